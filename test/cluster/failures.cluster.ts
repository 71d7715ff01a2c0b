/** Ten ways not to get an image, each caused for real. */
import assert from 'node:assert/strict';
import { plugin } from './help/commands.ts';
import { type Described, describeJson } from './help/described.ts';
import {
  apply,
  ownNamespace,
  pod,
  pullSecret,
  waitUntilFailing,
  waitUntilRunning,
} from './help/objects.ts';
import { APP, ARM_ONLY, HOSTS, PRIVATE_APP, USER } from './up/settings.ts';

interface Failure {
  readonly name: string;
  readonly image: string;
  /** More of the pod's spec. */
  readonly spec?: object;
  readonly cause: string;
  readonly certainty: string;
  /** What else it could be, where one cannot tell. */
  readonly or?: string;
  /** Stands in the text that the verdict rests on. */
  readonly said: string;
}

const FAILURES: readonly Failure[] = [
  {
    name: 'missing-tag',
    image: `${HOSTS.open.name}/public/app:nope`,
    cause: 'TagNotFound',
    certainty: 'ambiguous',
    or: 'RepositoryNotFound',
    said: 'not found',
  },
  {
    name: 'missing-repository',
    image: `${HOSTS.open.name}/public/nope:1.0`,
    cause: 'TagNotFound',
    certainty: 'ambiguous',
    or: 'RepositoryNotFound',
    said: 'not found',
  },
  {
    name: 'no-secret',
    image: PRIVATE_APP,
    cause: 'Unauthorized',
    certainty: 'likely',
    said: 'no basic auth credentials',
  },
  {
    name: 'wrong-password',
    image: PRIVATE_APP,
    spec: { imagePullSecrets: [{ name: 'wrong' }] },
    cause: 'Unauthorized',
    certainty: 'likely',
    said: '401 Unauthorized',
  },
  {
    name: 'no-such-host',
    image: 'nowhere.corp.test/team/app:1.0',
    cause: 'DnsFailure',
    certainty: 'certain',
    said: 'no such host',
  },
  {
    name: 'refused',
    image: `${HOSTS.closed.name}/team/app:1.0`,
    cause: 'ConnectionRefused',
    certainty: 'certain',
    said: 'connection refused',
  },
  {
    name: 'unknown-ca',
    image: `${HOSTS.untrusted.name}/public/app:1.0`,
    cause: 'TlsUntrusted',
    certainty: 'certain',
    said: 'certificate signed by unknown authority',
  },
  {
    name: 'wrong-platform',
    image: ARM_ONLY,
    cause: 'PlatformMismatch',
    certainty: 'certain',
    said: 'no match for platform in manifest',
  },
  {
    name: 'invalid-name',
    image: `${HOSTS.open.name}/Public/App:1.0`,
    cause: 'InvalidImageName',
    certainty: 'certain',
    said: 'must be lowercase',
  },
  {
    name: 'never',
    image: `${HOSTS.open.name}/public/app:never`,
    spec: {
      containers: [
        { name: 'app', image: `${HOSTS.open.name}/public/app:never`, imagePullPolicy: 'Never' },
      ],
    },
    cause: 'ImageNeverPull',
    certainty: 'certain',
    said: 'not present with pull policy of Never',
  },
];

describe('cluster: ten failures', () => {
  const namespace = ownNamespace('failures');
  let all: Described;

  before(async () => {
    await pullSecret(namespace, 'wrong', HOSTS.private.name, USER, 'not-the-password');
    await apply(namespace, ...FAILURES.map(({ name, image, spec }) => pod(name, image, spec)));
    await waitUntilFailing(namespace, FAILURES.length);
    all = await describeJson('-n', namespace);
  });

  it('are all found, and nothing else', () => {
    assert.deepEqual(
      all.items.map((item) => item.pod).sort(),
      FAILURES.map(({ name }) => name).sort(),
    );
    assert.deepEqual(all.unavailable, []);
  });

  for (const failure of FAILURES) {
    it(`${failure.name}: JSON`, () => {
      const item = all.items.find(({ pod: name }) => name === failure.name);
      assert.ok(item, 'is in the list');
      const { cause, certainty, container, image, node } = item;
      assert.deepEqual(
        { cause, certainty, container, image, node, namespace: item.namespace },
        {
          cause: failure.cause,
          certainty: failure.certainty,
          container: 'app',
          image: failure.image,
          node: 'node1',
          namespace,
        },
      );
      if (failure.or) assert.deepEqual(item.alternatives, [failure.or]);
      assert.ok(item.evidence[0]?.text.includes(failure.said), item.evidence[0]?.text);
      assert.deepEqual(item.unavailable, []);
    });

    it(`${failure.name}: text`, async () => {
      const { code, stdout, stderr } = await plugin('describe', failure.name, '-n', namespace);
      assert.equal(code, 0, stderr);
      assert.equal(stderr, '');
      const [header = '', row = ''] = stdout.split('\n');
      assert.match(header, /^POD +CONTAINER +IMAGE +CAUSE +SINCE +TRIES$/);
      const cause = failure.or ? `${failure.cause}|${failure.or}` : failure.cause;
      assert.deepEqual(row.split(/ +/).slice(0, 4), [failure.name, 'app', failure.image, cause]);
      assert.ok(stdout.replace(/\s+/g, ' ').includes(failure.said), stdout);
    });
  }

  it('names the pull secret that was refused', () => {
    assert.deepEqual(all.items.find(({ pod: name }) => name === 'wrong-password')?.pullSecrets, [
      'wrong',
    ]);
  });

  it('a pod that runs is told apart from them', async () => {
    await apply(namespace, pod('good', APP));
    await waitUntilRunning(namespace, 'good');
    const { items, others } = await describeJson('good', '-n', namespace);
    assert.deepEqual(items, []);
    assert.equal(others[0]?.pod, 'good');
  });
});
