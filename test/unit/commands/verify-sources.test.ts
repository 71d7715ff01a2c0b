import assert from 'node:assert/strict';
import { verifySources } from '../../../src/commands/verify-sources.ts';
import type { Answer } from '../../../src/words/known.ts';
import type { ListQuery, ObjectSource } from '../../../src/words/objects.ts';
import type { Subject, VerifiedImage } from '../../../src/words/verification.ts';

const GONE = { reason: 'not found', what: 'x', text: 'gone' } as const;
const LOGIN = {
  metadata: { name: 'login', namespace: 'shop' },
  spec: { target: { name: 'regcred' } },
  status: { conditions: [{ type: 'Ready', status: 'False', reason: 'SecretSyncedError' }] },
};
const USERS = [{ kind: 'Pod', namespace: 'shop', name: 'web' }];

function subject(reason: 'not found' | 'forbidden'): Subject {
  const answer = { known: false, why: { ...GONE, reason } } as const;
  return {
    users: USERS,
    count: 1,
    serviceAccount: 'default',
    images: [{ container: 'web', image: 'quay.io/team/app:1', never: false }],
    secrets: [{ namespace: 'shop', name: 'regcred', answer }],
    listUnknown: null,
    platforms: [],
  };
}

const image = (result: VerifiedImage['result']): VerifiedImage => ({
  image: 'quay.io/team/app:1',
  users: USERS,
  count: 1,
  platforms: [],
  result,
  rows: [],
  findings: [],
  nextSteps: [],
  nearestTags: null,
  ibm: null,
});

describe('verify: the operator of a secret that is not there', () => {
  async function told(of: Subject, result: VerifiedImage['result'], refused?: 403 | 404) {
    const asked: string[] = [];
    const source: ObjectSource = {
      live: true,
      get: async () => ({ known: false, why: GONE }),
      list: async <T>({ resource, namespace }: ListQuery<T>): Promise<Answer<readonly T[]>> => {
        asked.push(`${namespace}/${resource.plural}`);
        if (refused === 404) return { known: false, why: GONE };
        if (refused === 403) return { known: false, why: { ...GONE, reason: 'forbidden' } };
        return { known: true, value: [LOGIN] as unknown as T[] };
      },
      findKind: async () => null,
      findOwnerKind: async () => null,
    };
    const rule = verifySources({ files: null, cluster: { source } }, [of], { now: () => 0 });
    const { images, gaps } = await rule([image(result)]);
    return { findings: images[0]?.findings ?? [], gaps, asked };
  }

  it('is told, with one list of the namespace', async () => {
    const { findings, asked } = await told(subject('not found'), 'not pullable');
    assert.deepEqual(asked, ['shop/externalsecrets']);
    assert.match(findings[0] ?? '', /externalsecret\/login says SecretSyncedError/);
  });

  for (const status of [403, 404] as const) {
    it(`${status}: not a word`, async () => {
      const { findings, gaps } = await told(subject('not found'), 'not pullable', status);
      assert.deepEqual([findings, gaps], [[], []]);
    });
  }

  it('is not asked for where all can be pulled, or the secret may not be read', async () => {
    assert.deepEqual((await told(subject('not found'), 'pullable')).asked, []);
    assert.deepEqual((await told(subject('forbidden'), 'not pullable')).asked, []);
  });
});
