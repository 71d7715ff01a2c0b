/** For each fault: `verify` finds out what containerd said of the same pull, or the table says why not. */
import assert from 'node:assert/strict';
import { AGREEMENTS } from './help/agreements.ts';
import { describeJson, type Item } from './help/described.ts';
import {
  apply,
  type KubeObject,
  ownNamespace,
  pod,
  registrySecrets,
  waitUntilFailing,
  waitUntilRunning,
} from './help/objects.ts';
import { type VerifiedPod, verifyJson } from './help/verified.ts';
import { APP, ARM_SINGLE, HOSTS, PRIVATE_APP, SECOND_APP } from './up/settings.ts';

interface Good {
  readonly name: string;
  readonly image: string;
  readonly secrets?: readonly string[];
}

const TOKEN = HOSTS.token.name;

const GOOD: readonly Good[] = [
  { name: 'good-open', image: APP },
  { name: 'good-basic', image: PRIVATE_APP, secrets: ['right'] },
  { name: 'good-token', image: `${TOKEN}/team/app:1.0`, secrets: ['token-right'] },
  { name: 'good-anonymous', image: `${TOKEN}/public/app:1.0` },
  // The kubelet goes on to the next one.
  { name: 'good-later', image: `${TOKEN}/team/app:1.0`, secrets: ['token-guest', 'token-right'] },
  { name: 'good-cache', image: `${HOSTS.cache.name}/public/app:1.0` },
  { name: 'good-second', image: SECOND_APP },
  // containerd takes an image that stands alone for whatever platform it says it is for.
  { name: 'good-single', image: ARM_SINGLE },
];

/** A pod that pulls whatever others have pulled before. */
function pulling({ name, image, secrets = [] }: Good): KubeObject {
  return pod(name, image, {
    containers: [{ name: 'app', image, imagePullPolicy: 'Always' }],
    imagePullSecrets: secrets.map((secret) => ({ name: secret })),
  });
}

describe('cluster: verify and containerd agree', () => {
  const namespace = ownNamespace('agree');
  const described = new Map<string, Item>();
  const verified = new Map<string, VerifiedPod>();

  before(async () => {
    await registrySecrets(namespace);
    await apply(namespace, ...[...AGREEMENTS, ...GOOD].map(pulling));
    await waitUntilFailing(namespace, AGREEMENTS.length);
    for (const { name } of GOOD) await waitUntilRunning(namespace, name);
    for (const item of (await describeJson('-n', namespace)).items) described.set(item.pod, item);
    const names = [...AGREEMENTS, ...GOOD].map(({ name }) => name).values();
    const work = async () => {
      for (const name of names) verified.set(name, await verifyJson(namespace, name));
    };
    await Promise.all([work(), work(), work(), work()]);
  });

  for (const { name, node, asked, why } of AGREEMENTS) {
    it(`${name}: ${node}${why === undefined ? '' : ', and for verify something else'}`, () => {
      const item = described.get(name);
      const answer = verified.get(name);
      assert.ok(item && answer, 'is in both');
      const said = JSON.stringify(item.evidence[0]);
      assert.equal(item.cause, node, said);
      const row = answer.item.credentials.find(({ order }) => order === 1);
      const told = row ?? answer.item.credentials[0];
      assert.ok(told, 'has a row');
      assert.deepEqual([told.result, told.step, told.code, told.cause], asked, told.detail);
      assert.equal(answer.item.result, told.result);
      assert.equal(answer.code, told.result === 'unverifiable' ? 4 : 3);
      const causes: readonly (string | null)[] = [item.cause, ...item.alternatives];
      assert.equal(causes.includes(told.cause), why === undefined, `${causes} and ${told.cause}`);
    });
  }

  for (const { name } of GOOD) {
    it(`${name}: pulled by containerd, and pullable`, () => {
      assert.equal(described.get(name), undefined);
      const answer = verified.get(name);
      assert.equal(answer?.item.result, 'pullable', JSON.stringify(answer?.item.credentials));
      assert.equal(answer?.code, 0);
    });
  }

  it('a credential that sees less than the next one does not hide what the pod may pull', () => {
    const rows = verified.get('good-later')?.item.credentials ?? [];
    assert.deepEqual(
      rows.filter(({ order }) => order !== null).map(({ order, code }) => [order, code]),
      [
        [1, 'missing-or-private'],
        [2, 'ok'],
      ],
    );
  });

  it('wrong credentials are told apart from an image that nobody may pull', () => {
    const rows = verified.get('token-public')?.item.credentials ?? [];
    assert.deepEqual(
      rows.map(({ order, result }) => [order, result]),
      [
        [1, 'not pullable'],
        [null, 'pullable'],
      ],
    );
  });

  it('a registry that wants to be left alone says for how long', () => {
    assert.equal(verified.get('limited')?.item.credentials[0]?.retryAfterSeconds, 120);
  });
});
