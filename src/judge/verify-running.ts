/** What a tag points to now, against what running pods have of it. Pure. */
import { parseImage } from '../image/reference.ts';
import type { LadderResult } from '../words/ladder.ts';
import type { VerifiedRow } from '../words/verification.ts';
import type { VerifyCase } from './verify-plan.ts';

/**
 * A sentence for each digest that running pods have and the tag does not point to any more; none where the image is
 * named by digest or nobody was told what the tag points to. containerd and dockerd note the digest that was asked for,
 * the index, and CRI-O may note that of the platform's image: both are the tag's.
 */
export function movedTag(
  { reference, running }: Pick<VerifyCase, 'reference' | 'running'>,
  rows: readonly VerifiedRow[],
): string[] {
  if (!reference.valid || reference.digest !== null) return [];
  const name = `${reference.host}/${reference.repository}`;
  const known = running.flatMap(({ id, pods }) => {
    const digest = digestOf(id, name);
    return digest === null ? [] : [{ digest, pods }];
  });
  const asked = rows.flatMap((row) => (row.asked?.digest ? [row.asked] : []));
  const [first] = asked;
  if (first === undefined || known.length === 0) return [];
  const current = new Set(asked.flatMap(digestsOf));
  const all = known.reduce((sum, { pods }) => sum + pods, 0);
  const older = new Map<string, number>();
  for (const { digest, pods } of known) {
    if (!current.has(digest)) older.set(digest, pods + (older.get(digest) ?? 0));
  }
  return [...older].slice(0, MAX_TOLD).map(([digest, pods]) => {
    const what = `the tag points to ${short(first.digest ?? '')} now`;
    const who =
      all === 1
        ? 'the running pod has'
        : `${pods} of ${all} running pods ${pods === 1 ? 'has' : 'have'}`;
    return `${what}; ${who} ${short(digest)}, pulled earlier`;
  });
}

/** Digests that are told one by one. */
const MAX_TOLD = 3;

/**
 * The digest of a status' `imageID`; `null` for what cannot be compared: an id of the image's config (dockershim, images
 * that were built or loaded on the node), or the name of another repository that holds the same content.
 */
export function digestOf(id: string, name: string): string | null {
  const parsed = parseImage(id.replace(/^docker-pullable:\/\//, ''));
  if (!parsed.valid || parsed.digest === null) return null;
  return `${parsed.host}/${parsed.repository}` === name ? parsed.digest : null;
}

/** Of what the tag names, and of every image in it. */
function digestsOf({ digest, steps }: LadderResult): string[] {
  const facts = steps.find(({ step }) => step === 'platform')?.facts;
  return [digest, facts?.digest, ...(facts?.manifests ?? [])].flatMap((one) => one ?? []);
}

/** `sha256:0123456789ab…`, as long as the short ids of runtimes. */
function short(digest: string): string {
  const [algorithm = '', hex = ''] = digest.split(':');
  return `${algorithm}:${hex.slice(0, 12)}…`;
}
