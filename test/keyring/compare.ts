/** One question to both sides, and what their answers differ in. */

import { buildKeyring, lookup, repositoryName } from '../../src/credentials/keyring.ts';
import { parseImage } from '../../src/image/reference.ts';
import { randomImage, randomRepository } from './keys.ts';
import type { Chance } from './random.ts';
import { type CaseSecret, randomSecrets } from './secrets.ts';

/** A pod's pull secrets and an image, or a repository name that is normalised already. */
export interface Case {
  readonly secrets: readonly CaseSecret[];
  readonly image?: string | undefined;
  readonly repo?: string | undefined;
}

/** What test/keyring/oracle answers. */
export interface OracleAnswer {
  readonly repo?: string | undefined;
  readonly credentials?: readonly Tried[] | undefined;
  readonly stage?: 'image' | 'keyring' | undefined;
  readonly error?: string | undefined;
}

export interface Tried {
  readonly username: string;
  readonly password: string;
  readonly secret: string;
}

/** Makes a case up. */
export function randomCase(chance: Chance): Case {
  chance.wildness = chance.of([0, 0.2, 0.2, 1]);
  const bare = chance.percent(10);
  const wanted = bare ? randomRepository(chance) : randomImage(chance);
  const secrets = randomSecrets(chance, wanted);
  // An empty name would be read as no question.
  return bare || wanted === '' ? { secrets, repo: wanted || 'a/b' } : { secrets, image: wanted };
}

/**
 * What our answer and the kubelet's differ in, or null. Entries of one secret whose keys read alike are compared as a
 * set, for the kubelet tries them in random order.
 */
export function difference(asked: Case, theirs: OracleAnswer): string | null {
  const repository = repositoryFor(asked);
  if (theirs.stage === 'image') {
    return repository === null ? null : `image refused by the kubelet, we read ${repository}`;
  }
  if (repository !== theirs.repo) return `repository ${theirs.repo}, ours ${repository}`;
  const ring = buildKeyring(asked.secrets);
  if (ring.kind === 'broken' || theirs.stage === 'keyring') {
    const ours = ring.kind === 'broken' ? ring.error : 'none';
    return ours === theirs.error ? null : `error ${theirs.error ?? 'none'}, ours ${ours}`;
  }
  const wanted = theirs.credentials ?? [];
  const { credentials, others } = lookup(ring, repository);
  const mute = others.find(({ why }) => why.length === 0);
  if (mute !== undefined) return `no reason why ${mute.key} is not tried`;
  if (credentials.length !== wanted.length) {
    return `${wanted.length} credentials, ours ${credentials.length}`;
  }
  for (let at = 0; at < credentials.length; ) {
    const first = credentials[at];
    let end = at + 1;
    while (
      first?.randomOrder &&
      credentials[end]?.secret === first.secret &&
      credentials[end]?.keyRead === first.keyRead
    ) {
      end++;
    }
    const ours = credentials.slice(at, end).map(({ username, password, secret }) => ({
      username,
      password: password.reveal(),
      secret,
    }));
    if (sorted(ours) !== sorted(wanted.slice(at, end))) {
      return `credential ${at}: ${sorted(wanted.slice(at, end))}, ours ${sorted(ours)}`;
    }
    at = end;
  }
  return null;
}

/** The name that we look up, or null for an image that we refuse. */
export function repositoryFor(asked: Case): string | null {
  if (asked.image === undefined) return asked.repo ?? '';
  const image = parseImage(asked.image);
  return image.valid ? repositoryName(image) : null;
}

function sorted(list: readonly Tried[]): string {
  return JSON.stringify(
    list.map(({ secret, username, password }) => [secret, username, password]).sort(),
  );
}
