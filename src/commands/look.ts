/** From pods to all that can be known of them: events, then secrets, ServiceAccounts and nodes, as far as they matter. */
import { enrich } from '../collect/enrich.ts';
import { withEventsOf } from '../collect/events.ts';
import type { PodEvidence } from '../words/evidence.ts';
import type { ObjectSource } from '../words/objects.ts';

/** Asks for what a first look at the pods says is worth asking for. In the order of the pods. */
export async function lookClosely(
  source: ObjectSource,
  pods: readonly PodEvidence[],
  noSecrets: boolean,
): Promise<PodEvidence[]> {
  const { wantsOf } = await import('./describe-answer.ts');
  const open = pods.filter((evidence) => wantsOf(evidence).events);
  const answered = open.length > 0 ? await withEventsOf(source, open) : [];
  const told = new Map(open.map((evidence, i) => [evidence, answered[i]]));
  const first = pods.map((pod) => {
    const evidence = told.get(pod) ?? pod;
    return { evidence, wants: wantsOf(evidence) };
  });
  return enrich(source, first, noSecrets);
}
