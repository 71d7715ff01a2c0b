/** From pods to all that can be known of them: events, then secrets, ServiceAccounts and nodes, as far as they matter. */
import { enricher } from '../collect/enrich.ts';
import { withSources } from '../collect/enrich-sources.ts';
import { withEventsOf } from '../collect/events.ts';
import { withHolders } from '../collect/image-holders.ts';
import type { PodEvidence, Wants } from '../words/evidence.ts';
import type { ObjectSource } from '../words/objects.ts';

/** For so many pods of a live cluster it is asked what their nodes had for others, and which nodes have their images. */
const FEW_PODS = 3;

type WantsOf = (evidence: PodEvidence) => Wants;

/** Looks at pods as they come, and at all of them in the end; each object is asked for once. */
export interface Look {
  /** A pod of a list that is still being read: what it is sure to need is asked for now. */
  early(evidence: PodEvidence, wantsOf: WantsOf): void;
  /** What a first look at the pods says is worth asking for. In the order of the pods. */
  closely(pods: readonly PodEvidence[], wantsOf: WantsOf): Promise<PodEvidence[]>;
}

export function lookAt(source: ObjectSource, noSecrets: boolean): Look {
  const enrich = withHolders(source, withSources(source, noSecrets, enricher(source, noSecrets)));
  return {
    early(evidence, wantsOf) {
      const wants = wantsOf(evidence);
      // What fails here fails again when the answer is needed.
      if (!wants.events) {
        enrich(evidence, { ...wants, neighbours: false, holders: false }).catch(() => undefined);
      }
    },
    async closely(pods, wantsOf) {
      const open = pods.filter((evidence) => wantsOf(evidence).events);
      const places = new Map(open.map((evidence, i) => [evidence, i]));
      const told = withEventsOf(source, open);
      const few = !source.live || pods.length <= FEW_PODS;
      return Promise.all(
        pods.map(async (pod) => {
          const at = places.get(pod);
          const evidence = at === undefined ? pod : ((await told)[at] ?? pod);
          const wants = wantsOf(evidence);
          if (!few) return enrich(evidence, { ...wants, neighbours: false, holders: false });
          // Which nodes have the image is worth no round trip of its own.
          const holders = wants.holders && (!source.live || asksAgain(wants));
          return enrich(evidence, { ...wants, holders });
        }),
      );
    },
  };
}

/** A second round goes out anyway. */
function asksAgain({ node, secrets, serviceAccount, neighbours }: Wants): boolean {
  return node || secrets || serviceAccount || neighbours === true;
}
