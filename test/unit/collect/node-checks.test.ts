import assert from 'node:assert/strict';
import { nodesNamed } from '../../../src/collect/node-checks.ts';
import type { ObjectSource } from '../../../src/words/objects.ts';

describe('nodes for checks from nodes', () => {
  it('hide what the condition of a node that is not ready quotes', async () => {
    const message = 'Get "https://bob:s3cret@runtime.example/": EOF';
    const conditions = [{ type: 'Ready', status: 'False', reason: 'KubeletNotReady', message }];
    const source = {
      live: true,
      get: async () => ({
        known: true,
        value: { metadata: { name: 'n1' }, status: { conditions } },
      }),
    } as unknown as ObjectSource;
    const { nodes } = await nodesNamed(source, ['n1']);
    assert.match(nodes[0]?.unfit ?? '', /^not Ready \(KubeletNotReady: .*runtime\.example/);
    assert.doesNotMatch(nodes[0]?.unfit ?? '', /s3cret/);
  });
});
