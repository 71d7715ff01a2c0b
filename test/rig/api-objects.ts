/** Saved objects as the rig serves them. */
import { builtinKind } from '../../src/cluster/lists/builtin-kinds.ts';
import { openFiles } from '../../src/cluster/open.ts';
import type { Fields } from '../../src/words/fields.ts';
import type { ObjectSource, ResourceKind } from '../../src/words/objects.ts';
import { Changes } from './api-watch.ts';
import { testWorld } from './world.ts';

export interface SavedObjects {
  readonly source: ObjectSource;
  /** What was changed since they were saved. */
  readonly changes: Changes;
  /** Objects of a custom kind: served by `apis/GROUP/VERSION/PLURAL`, since saved files keep only their outline. */
  readonly custom: readonly {
    readonly kind: ResourceKind;
    readonly shortNames: readonly string[];
    readonly objects: readonly Fields[];
  }[];
}

/** One custom kind, so that discovery and owner chains have something to find. */
const ROLLOUT: ResourceKind = {
  kind: 'Rollout',
  plural: 'rollouts',
  group: 'argoproj.io',
  version: 'v1alpha1',
  namespaced: true,
};

export async function loadObjects(dumps: readonly string[]): Promise<SavedObjects> {
  const { source } = await openFiles(dumps, testWorld());
  const objects = [
    {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      metadata: { name: 'canary', namespace: 'shop', uid: 'r-1' },
    },
  ];
  return {
    source,
    changes: new Changes(),
    custom: [{ kind: ROLLOUT, shortNames: ['ro'], objects }],
  };
}

/** The kinds that discovery names. */
export const SERVED: readonly {
  readonly kind: ResourceKind;
  readonly shortNames: readonly string[];
}[] = [
  ['pods', 'po'],
  ['nodes', 'no'],
  ['secrets'],
  ['serviceaccounts', 'sa'],
  ['events', 'ev'],
  ['namespaces', 'ns'],
  ['replicationcontrollers', 'rc'],
  ['deployments', 'deploy'],
  ['replicasets', 'rs'],
  ['statefulsets', 'sts'],
  ['daemonsets', 'ds'],
  ['jobs'],
  ['cronjobs', 'cj'],
].map(([plural = '', ...shortNames]) => ({
  kind: builtinKind(plural) as ResourceKind,
  shortNames,
}));
