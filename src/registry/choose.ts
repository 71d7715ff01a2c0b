/** From an index to the image that a node takes, as containerd walks it (`images.Manifest`). */
import { accepted, platformWords, rank } from '../image/platforms.ts';
import { type Descriptor, isAttestation, kindOf, type ParsedDocument } from './documents.ts';
import { type ReadDocument, readDocument } from './manifests.ts';
import type { Session } from './session.ts';
import type { Platform } from './settings.ts';
import { StepFault } from './step-fault.ts';

/** An index may name indexes; those may not. */
const MAX_DEPTH = 2;
/** Entries that say no platform, or are indexes, that are looked into. */
const MAX_LOOKED_INTO = 8;
/** Platforms that are told. */
const MAX_TOLD = 64;

export interface Chosen {
  readonly descriptor: Descriptor;
  readonly read: ReadDocument;
}

/** The platforms of an index, each once, in its order; attestations left out. */
export function platformsOf(index: ParsedDocument): string[] {
  const named = index.manifests.filter((entry) => !isAttestation(entry));
  const words = named.flatMap(({ platform }) =>
    platform === null ? [] : [platformWords(platform)],
  );
  return [...new Set(words)].slice(0, MAX_TOLD);
}

/** False where an entry leaves open what it is for: an image without a platform, or another index. */
export function saysEveryPlatform(index: ParsedDocument): boolean {
  return index.manifests.every((entry) => isAttestation(entry) || entry.platform !== null);
}

/** Entries of an index a node may take, best first; those without a platform come last. Pure. */
export function candidates(index: ParsedDocument, platform: Platform | null): Descriptor[] {
  const entries = index.manifests.filter((entry) => !isAttestation(entry));
  if (platform === null) return entries;
  const wanted = accepted(platform);
  const ranked = entries.flatMap((entry) => {
    const at = entry.platform === null ? wanted.length : rank(entry.platform, wanted);
    return at === null ? [] : [{ entry, at }];
  });
  return ranked.sort((a, b) => a.at - b.at).map(({ entry }) => entry);
}

/** Throws StepFault of the step `platform`. */
export async function choose(
  session: Session,
  index: ParsedDocument,
  platform: Platform | null,
): Promise<Chosen> {
  const chosen = await walk(session, index, platform, 1);
  if (chosen !== null) return chosen;
  const platforms = platformsOf(index);
  const there =
    platforms.length === 0
      ? 'it names no platform'
      : `there are ${platforms.slice(0, 12).join(', ')}`;
  const wanted = platform === null ? 'any platform' : platformWords(platform);
  throw new StepFault('platform', 'platform-missing', `no image for ${wanted}: ${there}`, {
    wanted,
    platforms,
  });
}

async function walk(
  session: Session,
  index: ParsedDocument,
  platform: Platform | null,
  depth: number,
): Promise<Chosen | null> {
  for (const descriptor of candidates(index, platform).slice(0, MAX_LOOKED_INTO)) {
    const isIndex = kindOf(descriptor.mediaType) === 'index';
    if (isIndex && depth >= MAX_DEPTH) {
      throw new StepFault(
        'platform',
        'index-too-deep',
        `an index within an index within an index: ${descriptor.digest}`,
        {
          digest: descriptor.digest,
        },
      );
    }
    const read = await readEntry(session, descriptor);
    if (read.kind === 'image') return { descriptor, read };
    const inner = await walk(session, read.document, platform, depth + 1);
    if (inner !== null) return inner;
  }
  return null;
}

async function readEntry(
  session: Session,
  { digest, mediaType, platform }: Descriptor,
): Promise<ReadDocument> {
  try {
    const kind = kindOf(mediaType);
    return await readDocument(session, 'platform', `/manifests/${digest}`, { digest, kind });
  } catch (error) {
    const isMissing = error instanceof StepFault && error.facts.status === 404;
    if (!isMissing) throw error;
    const what = platform === null ? 'an image' : `the image for ${platformWords(platform)}`;
    throw new StepFault(
      'platform',
      'platform-manifest-missing',
      `the index names ${what}, and it is not there: ${digest}`,
      { ...error.facts, digest },
      error,
    );
  }
}
