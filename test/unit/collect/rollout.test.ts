import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRollout } from '../../../src/collect/rollout.ts';

interface Kind {
  readonly kind: string;
  readonly object: {
    spec: Record<string, unknown>;
    status: Record<string, unknown>;
    metadata: object;
  };
}

/** The first captured object of a kind. */
function captured(plural: string): Kind['object'] {
  const path = join(import.meta.dirname, `../../dumps/modern-${plural}.json`);
  return JSON.parse(readFileSync(path, 'utf8')).items[0];
}

const deployment = captured('deployments');
const statefulSet = captured('statefulsets');
const daemonSet = captured('daemonsets');
const job = captured('jobs');
const change = (object: Kind['object'], spec: object, status: object, metadata: object = {}) => ({
  spec: { ...object.spec, ...spec },
  status: { ...object.status, ...status },
  metadata: { ...object.metadata, ...metadata },
});
const condition = (type: string, status: string) => ({ conditions: [{ type, status }] });

describe('rollout', () => {
  const rows: readonly (readonly [what: string, kind: string, object: object, settled: boolean])[] =
    [
      ['as captured', 'Deployment', deployment, true],
      ['not seen yet', 'Deployment', change(deployment, {}, {}, { generation: 99 }), false],
      [
        'pods of the old template are left',
        'Deployment',
        change(deployment, { replicas: 5 }, { updatedReplicas: 3 }),
        false,
      ],
      [
        'paused half-way',
        'Deployment',
        change(deployment, { replicas: 5, paused: true }, { updatedReplicas: 3 }),
        true,
      ],
      [
        'given up by its controller',
        'Deployment',
        change(
          deployment,
          { replicas: 5 },
          { updatedReplicas: 3, ...condition('Progressing', 'False') },
        ),
        true,
      ],
      ['as captured', 'StatefulSet', statefulSet, true],
      [
        'one after the other',
        'StatefulSet',
        change(statefulSet, { replicas: 3 }, { replicas: 1, updatedReplicas: 1 }),
        false,
      ],
      [
        'partitioned',
        'StatefulSet',
        change(
          statefulSet,
          {
            replicas: 3,
            updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 2 } },
          },
          { replicas: 3, updatedReplicas: 1 },
        ),
        true,
      ],
      [
        'on delete',
        'StatefulSet',
        change(
          statefulSet,
          { replicas: 3, updateStrategy: { type: 'OnDelete' } },
          { replicas: 3, updatedReplicas: 0 },
        ),
        true,
      ],
      ['as captured', 'DaemonSet', daemonSet, true],
      [
        'on some nodes only',
        'DaemonSet',
        change(daemonSet, {}, { desiredNumberScheduled: 4, updatedNumberScheduled: 2 }),
        false,
      ],
      ['as captured', 'Job', job, true],
      [
        'without a pod so far',
        'Job',
        change(job, {}, { active: 0, ready: 0, conditions: [] }),
        false,
      ],
      ['complete', 'Job', change(job, {}, { active: 0, ...condition('Complete', 'True') }), true],
      ['of an unknown kind', 'Rollout', {}, true],
    ];
  for (const [what, kind, object, settled] of rows) {
    it(`${kind} ${what}: ${settled ? 'settled' : 'more pods to come'}`, () => {
      assert.equal(readRollout(kind, object).settled, settled);
    });
  }
});
