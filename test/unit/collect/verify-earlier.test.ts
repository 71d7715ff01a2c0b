/** What StatefulSets and DaemonSets had before, from a made-up live source; and what may not be read. */
import assert from 'node:assert/strict';
import { Earlier } from '../../../src/collect/verify-earlier.ts';
import type { Answer, Unavailable } from '../../../src/words/known.ts';
import type { ListQuery, ObjectSource } from '../../../src/words/objects.ts';

const template = (image: string) => ({ spec: { containers: [{ name: 'app', image }] } });

function revision(kind: string, owner: string, number: number, image: string): object {
  const ownerReferences = [
    { apiVersion: 'apps/v1', kind, name: 'web', uid: owner, controller: true },
  ];
  return {
    metadata: { namespace: 'shop', name: `web-${number}`, ownerReferences },
    revision: number,
    data: { spec: { template: { $patch: 'replace', ...template(image) } } },
  };
}

const FORBIDDEN: Unavailable = {
  reason: 'forbidden',
  what: 'controllerrevisions in namespace shop',
  text: 'not allowed to list controllerrevisions in namespace shop',
};

function source(kind: string, revisions: readonly object[] | null, asked: string[]): ObjectSource {
  const workload = {
    metadata: { namespace: 'shop', name: 'web', uid: 'uid-web' },
    spec: { template: template('app:2') },
  };
  return {
    live: true,
    async get<T>(query: { resource: { kind: string }; name: string }): Promise<Answer<T>> {
      asked.push(`get ${query.resource.kind} ${query.name}`);
      assert.equal(query.resource.kind, kind);
      return { known: true, value: workload as T };
    },
    async list<T>({ resource, namespace, keep }: ListQuery<T>): Promise<Answer<readonly T[]>> {
      asked.push(`list ${resource.plural} ${namespace}`);
      if (revisions === null) return { known: false, why: FORBIDDEN };
      return { known: true, value: revisions.filter((one) => keep?.(one as T)) as T[] };
    },
    findKind: async () => null,
    findOwnerKind: async () => null,
  };
}

describe('Earlier', () => {
  for (const kind of ['StatefulSet', 'DaemonSet']) {
    const user = { kind, namespace: 'shop', name: 'web' };
    const revisions = [
      revision(kind, 'uid-web', 1, 'app:0'),
      revision(kind, 'uid-web', 3, 'app:2'),
      revision(kind, 'uid-web', 2, 'app:1'),
      revision(kind, 'uid-of-one-before', 9, 'app:9'),
    ];

    it(`${kind}: the last but one of its own ControllerRevisions, read once`, async () => {
      const asked: string[] = [];
      const earlier = new Earlier(source(kind, revisions, asked));
      const wanted = [{ workload: user, revision: 2, paused: false, image: 'app:1' }];
      assert.deepEqual(await earlier.of('app:2', [user, user]), wanted);
      assert.deepEqual(await earlier.of('app:2', [user]), wanted);
      assert.deepEqual(await earlier.of('app:0', [user]), []);
      assert.deepEqual(asked, [`get ${kind} web`, 'list controllerrevisions shop']);
    });

    it(`${kind}: what may not be read is a gap, told once`, async () => {
      const earlier = new Earlier(source(kind, null, []));
      assert.deepEqual(await earlier.of('app:2', [user]), []);
      assert.deepEqual(await earlier.of('app:2', [user]), []);
      assert.deepEqual(earlier.gaps, [FORBIDDEN]);
    });
  }

  it('lists the revisions of a namespace once, for all its workloads', async () => {
    const asked: string[] = [];
    const revisions = [revision('DaemonSet', 'uid-web', 1, 'app:1')];
    const earlier = new Earlier(source('DaemonSet', revisions, asked));
    const users = ['a', 'b', 'c'].map((name) => ({ kind: 'DaemonSet', namespace: 'shop', name }));
    await earlier.of('app:2', users);
    assert.deepEqual(
      asked.filter((one) => one.startsWith('list')),
      ['list controllerrevisions shop'],
    );
  });

  it('a pod of no workload has no before', async () => {
    const asked: string[] = [];
    const earlier = new Earlier(source('Pod', [], asked));
    assert.deepEqual(
      await earlier.of('app:2', [{ kind: 'Pod', namespace: 'shop', name: 'x' }]),
      [],
    );
    assert.deepEqual(earlier.gaps, []);
  });
});
