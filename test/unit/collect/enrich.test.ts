import assert from 'node:assert/strict';
import { enricher } from '../../../src/collect/enrich.ts';
import { lookAt } from '../../../src/commands/look.ts';
import { judgePod } from '../../../src/judge/judge.ts';
import { wantsOf } from '../../../src/judge/wants.ts';
import type { Answer } from '../../../src/words/known.ts';
import type { ListQuery, ObjectSource } from '../../../src/words/objects.ts';
import { captured, capturedPod, capturedPods } from '../../rig/dumps.ts';

interface Asked {
  readonly source: ObjectSource;
  readonly lists: ListQuery<unknown>[];
}

/** The captured cluster `modern`; lists are not filtered beyond the namespace. */
function modern(live: boolean): Asked {
  const lists: ListQuery<unknown>[] = [];
  const objects = (plural: string, namespace: string | undefined) =>
    captured(`modern-${plural}`).filter((o) => {
      const metadata = o['metadata'] as { namespace?: string };
      return namespace === undefined || metadata.namespace === namespace;
    });
  const source: ObjectSource = {
    live,
    get: async <T>(): Promise<Answer<T>> => {
      return { known: false, why: { reason: 'not found', what: 'object', text: '' } };
    },
    list: async <T>(query: ListQuery<T>): Promise<Answer<readonly T[]>> => {
      lists.push(query as ListQuery<unknown>);
      if (query.resource.group !== '') {
        return { known: false, why: { reason: 'not found', what: 'list', text: '' } };
      }
      const value = objects(query.resource.plural, query.namespace) as unknown as T[];
      return { known: true, value };
    },
    findKind: async () => null,
    findOwnerKind: async () => null,
  };
  return { source, lists };
}

describe('what other pods on the node got', () => {
  it('is asked for in the namespace, on the node, and said', async () => {
    const { source, lists } = modern(true);
    const pod = capturedPod('modern', 'cron-linden');
    const evidence = await enricher(source, false)(pod, wantsOf(pod));
    const own = lists.find((q) => q.resource.plural === 'pods');
    assert.equal(own?.namespace, 'shop');
    assert.equal(own?.fieldSelector, 'spec.nodeName=node1');
    const [verdict] = judgePod(evidence, 0).verdicts;
    const found = verdict?.contributing.find((c) => c.code === 'present-but-not-verified');
    assert.match(found?.text ?? '', /frontend-amber/);
  });

  it('is not asked for where imagePullPolicy is Always or a pull secret is known to be missing', () => {
    const pod = capturedPod('modern', 'cron-linden');
    const containers = pod.pod.containers.map((c) => ({ ...c, pullPolicy: 'Always' }));
    assert.equal(wantsOf(pod).neighbours, true);
    assert.equal(wantsOf({ ...pod, pod: { ...pod.pod, containers } }).neighbours, false);
    assert.equal(wantsOf(capturedPod('modern', 'cache-fern')).neighbours, false);
  });

  for (const [what, live, count] of [
    ['many pods of a live cluster: not', true, 0],
    ['many pods of files: once a namespace', false, 5],
  ] as const) {
    it(what, async () => {
      const { source, lists } = modern(live);
      await lookAt(source, false).closely(capturedPods('modern'), wantsOf);
      assert.equal(lists.filter((q) => q.resource.plural === 'pods').length, count);
    });
  }
});

describe('a missing secret that another namespace has', () => {
  const pod = capturedPod('modern', 'agent-onyx');
  const misplaced = { ...pod, pod: { ...pod.pod, pullSecrets: ['creds-proxy-oak'] } };

  it('is looked for in files, by name alone', async () => {
    const { source, lists } = modern(false);
    const evidence = await enricher(source, false)(misplaced, wantsOf(misplaced));
    assert.deepEqual(evidence.elsewhere?.get('creds-proxy-oak'), ['platform']);
    assert.ok(lists.filter((q) => q.resource.plural === 'secrets').every((q) => q.metadataOnly));
  });

  it('is not looked for in a live cluster, nor with --no-secrets', async () => {
    for (const [live, noSecrets] of [
      [true, false],
      [false, true],
    ] as const) {
      const { source, lists } = modern(live);
      const evidence = await enricher(source, noSecrets)(misplaced, wantsOf(misplaced));
      assert.equal(evidence.elsewhere, undefined);
      assert.ok(!lists.some((q) => q.resource.plural === 'secrets' && q.namespace === undefined));
    }
  });
});
