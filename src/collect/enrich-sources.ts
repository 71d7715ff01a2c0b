/** Beside the second round: what the cluster says of pulls elsewhere, asked for only where an object read hints at it. */
import type { ClusterSources, OpenShiftSources, Refresher } from '../words/cluster-sources.ts';
import type { PodEvidence, Wants } from '../words/evidence.ts';
import { type Answer, isAbsent } from '../words/known.ts';
import type { ObjectSource } from '../words/objects.ts';
import type { Enrich } from './enrich.ts';
import { openShiftReader, type ReadOpenShift } from './openshift.ts';
import { type Refreshers, refreshers } from './refreshers.ts';

/** `noSecrets`: the nodes' pull secret is not asked for either. */
export function withSources(source: ObjectSource, noSecrets: boolean, enrich: Enrich): Enrich {
  const readOpenShift = openShiftReader(source);
  const operators = refreshers(source);
  return async (evidence, wants) => {
    const search = wants.refreshers && wants.secretNames && !noSecrets;
    if (search) operators.ahead(evidence.pod.namespace);
    const [enriched, openshift] = await Promise.all([
      enrich(evidence, wants),
      openShiftOf(evidence, wants, { source, noSecrets, readOpenShift }),
    ]);
    const kept = wants.refreshers ? await keptBy(enriched, operators) : new Map();
    if (openshift === null && kept.size === 0) return enriched;
    const sources: ClusterSources = { openshift, refreshers: kept };
    return { ...enriched, sources };
  };
}

interface OpenShiftSettings {
  readonly source: ObjectSource;
  readonly noSecrets: boolean;
  readonly readOpenShift: ReadOpenShift;
}

async function openShiftOf(
  { pod }: PodEvidence,
  { openshift }: Wants,
  { source, noSecrets, readOpenShift }: OpenShiftSettings,
): Promise<OpenShiftSources | null> {
  if (openshift === undefined || (source.live && !pod.openshift)) return null;
  return readOpenShift(openshift === 'credentials' && !noSecrets);
}

/** The operators of the pull secrets that were read or are not there. */
async function keptBy(
  { pod, secrets }: PodEvidence,
  { find }: Refreshers,
): Promise<ReadonlyMap<string, Answer<Refresher>>> {
  const found = await Promise.all(
    [...secrets].map(async ([name, answer]) => {
      if (!answer.known && !isAbsent(answer.why)) return [];
      const secret = answer.known ? answer.value : null;
      const refresher = await find({ namespace: pod.namespace, name, secret });
      return refresher === null ? [] : [[name, refresher] as const];
    }),
  );
  return new Map(found.flat());
}
