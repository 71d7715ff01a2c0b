/** Asks the cluster what it says elsewhere of the images that `verify` asked registries about. */

import type { OpenedSource } from '../cluster/opened.ts';
import type { NoticingSource } from '../collect/noticing.ts';
import { openShiftReader } from '../collect/openshift.ts';
import { type Kept, refreshers } from '../collect/refreshers.ts';
import { withSourceFindings } from '../judge/verify-sources.ts';
import type { Refresher } from '../words/cluster-sources.ts';
import { isAbsent, type Unavailable } from '../words/known.ts';
import type { ObjectSource } from '../words/objects.ts';
import type { World } from '../words/streams.ts';
import type { Subject, VerifiedImage } from '../words/verification.ts';

/** Secrets of which the operator is asked for. */
const MAX_SECRETS = 50;

/** Where `verify` asks for objects. */
export interface OpenedSources {
  readonly files: Pick<OpenedSource, 'source' | 'capturedAt'> | null;
  readonly cluster: Pick<OpenedSource, 'source'> | null;
}

export interface Ruled {
  readonly images: readonly VerifiedImage[];
  readonly gaps: readonly Unavailable[];
}

/** Begins to ask at once, so that registries and cluster are asked at the same time. */
export function verifySources(
  { files, cluster }: OpenedSources,
  subjects: readonly Subject[],
  world: Pick<World, 'now'>,
): (images: readonly VerifiedImage[]) => Promise<Ruled> {
  const source = (cluster ?? files)?.source ?? null;
  if (source === null) return async (images) => ({ images, gaps: [] });
  const read = showsOpenShift(source) ? openShiftReader(source) : null;
  const rules = read?.(false) ?? Promise.resolve(null);
  // What fails here fails again where the answer is awaited.
  rules.catch(() => undefined);
  return async (images) => {
    const refused = images.some(({ result }) => result === 'not pullable');
    const [openshift, operators] = await Promise.all([
      refused && read ? read(true) : rules,
      refused ? operatorsOf(source, subjects) : new Map<string, Refresher>(),
    ]);
    const now = (cluster === null ? files?.capturedAt : undefined) ?? world.now();
    const sources = { openshift, refreshers: operators, subjects, now };
    return {
      images: images.map((image) => withSourceFindings(image, sources)),
      gaps: openshift?.unavailable ? [openshift.unavailable] : [],
    };
  };
}

/** Of files everything is at hand; a cluster is asked where an object of it told. */
function showsOpenShift(source: ObjectSource): boolean {
  return source.live ? 'isOpenShift' in source && (source as NoticingSource).isOpenShift() : true;
}

async function operatorsOf(
  source: ObjectSource,
  subjects: readonly Subject[],
): Promise<ReadonlyMap<string, Refresher>> {
  const { find } = refreshers(source);
  const secrets = subjects.flatMap((subject) =>
    subject.secrets.flatMap(({ namespace, name, answer }): Kept[] => {
      if (!answer.known) return isAbsent(answer.why) ? [{ namespace, name, secret: null }] : [];
      return answer.value.keeper ? [{ namespace, name, secret: answer.value }] : [];
    }),
  );
  const byName = new Map(secrets.map((one) => [`${one.namespace}/${one.name}`, one]));
  const found = await Promise.all(
    [...byName].slice(0, MAX_SECRETS).map(async ([key, one]) => {
      const answer = await find(one);
      return answer?.known ? [[key, answer.value] as const] : [];
    }),
  );
  return new Map(found.flat());
}
