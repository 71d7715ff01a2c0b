/** `describe --verify`: texts that leave two causes open, and what the registry's own answer makes of them. */
import assert from 'node:assert/strict';
import { plugin, run } from './help/commands.ts';
import { type Described, describeJson, document } from './help/described.ts';
import { apply, ownNamespace, pod, registrySecrets, waitUntilFailing } from './help/objects.ts';
import { TRUST } from './help/verified.ts';
import { HOSTS, PASSWORD, PRIVATE_APP, USER } from './up/settings.ts';

interface Ambiguous {
  readonly name: string;
  readonly image: string;
  readonly secrets?: readonly string[];
  /** What the node's text leaves open: the cause and its alternatives. */
  readonly node: readonly string[];
  /** What is left when the pod's own credentials have asked; the same where the registry tells nothing apart. */
  readonly asked: readonly string[];
  /** What is left when `USER`, who may see everything, has asked as well. */
  readonly own: readonly string[];
}

const HIDDEN = ['RepositoryMissingOrPrivate', 'Unauthorized'];
const BASIC = ['Unauthorized', 'RepositoryMissingOrPrivate'];
const NOT_FOUND = ['TagNotFound', 'RepositoryNotFound'];
const TAG = ['TagNotFound'];
const REPOSITORY = ['RepositoryNotFound'];

const TOKEN = HOSTS.token.name;
const SECOND = HOSTS.second.name;

const AMBIGUOUS: readonly Ambiguous[] = [
  {
    name: 'token-none',
    image: `${TOKEN}/team/app:1.0`,
    node: HIDDEN,
    asked: HIDDEN,
    own: ['Unauthorized'],
  },
  {
    name: 'token-guest',
    image: `${TOKEN}/team/app:1.0`,
    secrets: ['token-guest'],
    node: HIDDEN,
    asked: HIDDEN,
    own: ['Forbidden'],
  },
  {
    name: 'token-nowhere',
    image: `${TOKEN}/team/nowhere:1.0`,
    secrets: ['token-guest'],
    node: HIDDEN,
    asked: HIDDEN,
    own: REPOSITORY,
  },
  {
    // The kubelet tells what each of the two got.
    name: 'token-two',
    image: `${TOKEN}/team/app:nope`,
    secrets: ['token-right', 'token-guest'],
    node: ['TagNotFound', 'RepositoryMissingOrPrivate', 'RepositoryNotFound'],
    asked: TAG,
    own: TAG,
  },
  {
    name: 'token-tag',
    image: `${TOKEN}/team/app:nope`,
    secrets: ['token-right'],
    node: NOT_FOUND,
    asked: TAG,
    own: TAG,
  },
  {
    name: 'token-repository',
    image: `${TOKEN}/team/nowhere:1.0`,
    secrets: ['token-right'],
    node: NOT_FOUND,
    asked: REPOSITORY,
    own: REPOSITORY,
  },
  {
    name: 'basic-wrong',
    image: PRIVATE_APP,
    secrets: ['wrong'],
    node: BASIC,
    asked: BASIC,
    own: ['Unauthorized'],
  },
  {
    name: 'basic-nowhere',
    image: `${HOSTS.private.name}/team/nowhere:1.0`,
    secrets: ['wrong'],
    node: BASIC,
    asked: BASIC,
    own: REPOSITORY,
  },
  {
    name: 'open-tag',
    image: `${HOSTS.open.name}/public/app:nope`,
    node: NOT_FOUND,
    asked: TAG,
    own: TAG,
  },
  {
    name: 'open-repository',
    image: `${HOSTS.open.name}/public/nowhere:1.0`,
    node: NOT_FOUND,
    asked: REPOSITORY,
    own: REPOSITORY,
  },
  {
    name: 'second-tag',
    image: `${SECOND}/public/app:nope`,
    node: NOT_FOUND,
    asked: TAG,
    own: TAG,
  },
  {
    name: 'second-repository',
    image: `${SECOND}/public/nowhere:1.0`,
    node: NOT_FOUND,
    asked: REPOSITORY,
    own: REPOSITORY,
  },
];

const VERIFY = ['--verify', ...TRUST];

describe('cluster: describe --verify', () => {
  const namespace = ownNamespace('settle');
  let node: Described;
  let asked: Described;

  const only = (all: Described, name: string) => {
    const found = all.items.filter((item) => item.pod === name);
    assert.equal(found.length, 1);
    return found[0] as Described['items'][number];
  };
  const causes = (all: Described, name: string) => {
    const { cause, alternatives } = only(all, name);
    return [cause, ...alternatives];
  };

  before(async () => {
    await registrySecrets(namespace);
    await apply(
      namespace,
      ...AMBIGUOUS.map(({ name, image, secrets = [] }) =>
        pod(name, image, { imagePullSecrets: secrets.map((secret) => ({ name: secret })) }),
      ),
    );
    await waitUntilFailing(namespace, AMBIGUOUS.length);
    node = await describeJson('-n', namespace);
    asked = await describeJson('-n', namespace, ...VERIFY);
  });

  for (const each of AMBIGUOUS) {
    it(`${each.name}: ${each.node.join('|')} is ${each.asked.join('|')}`, () => {
      assert.deepEqual(causes(node, each.name), each.node);
      assert.equal(only(node, each.name).verified, undefined);
      assert.deepEqual(causes(asked, each.name), each.asked);
      const { certainty, verified } = only(asked, each.name);
      assert.equal(certainty === 'certain', each.asked.length === 1, certainty);
      assert.equal(verified?.result, 'not pullable');
    });
  }

  for (const name of ['token-none', 'token-guest', 'token-nowhere']) {
    it(`${name}: says that the registry hides it, and who can tell`, () => {
      const findings = only(asked, name).verified?.findings.join('\n') ?? '';
      assert.match(findings, new RegExp(`${TOKEN} does not say`));
      assert.match(findings, /whoever owns the repository/);
    });
  }

  for (const each of AMBIGUOUS) {
    it(`${each.name}: for a login that may see everything it is ${each.own.join('|')}`, async () => {
      const login = ['--registry-username', USER, '--password-stdin'];
      const args = ['describe', each.name, '-n', namespace, '-o', 'json', ...VERIFY, ...login];
      const ran = await run('kubectl', ['imagepull', ...args], { stdin: PASSWORD });
      assert.equal(ran.code, 0, ran.stderr);
      assert.doesNotMatch(ran.stdout + ran.stderr, new RegExp(PASSWORD));
      assert.deepEqual(causes(document(ran), each.name), each.own);
    });
  }

  it('the text says what settled it', async () => {
    const { code, stdout, stderr } = await plugin(
      'describe',
      'second-repository',
      ...['-n', namespace, ...VERIFY],
    );
    assert.equal(code, 0, stderr);
    assert.match(stdout, / RepositoryNotFound /);
    assert.doesNotMatch(stdout, /TagNotFound/);
  });
});
