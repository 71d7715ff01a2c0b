/** Pull secrets with faults: what the kubelet does with each is the proof of what is said about it. */
import assert from 'node:assert/strict';
import { kubectl, plugin } from './help/commands.ts';
import { describeJson, type Item } from './help/described.ts';
import {
  apply,
  type KubeObject,
  ownNamespace,
  pod,
  waitUntilFailing,
  waitUntilRunning,
} from './help/objects.ts';
import { HOSTS, PASSWORD, PRIVATE_APP, USER } from './up/settings.ts';

const HOST = HOSTS.private.name;

const base64 = (text: string) => Buffer.from(text).toString('base64');
const login = (user = USER, password = PASSWORD) => ({ auth: base64(`${user}:${password}`) });

function secretOf(
  name: string,
  config: object,
  type = 'kubernetes.io/dockerconfigjson',
): KubeObject {
  const data = { '.dockerconfigjson': base64(JSON.stringify(config)) };
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name }, type, data };
}

interface Fault {
  /** Of secret and pod. */
  readonly name: string;
  readonly config: object;
  readonly type?: string;
  readonly cause: string;
  /** Contributing code that names the fault. */
  readonly says: string;
}

const REFUSED = 'Unauthorized';
const BROKEN = 'SecretMalformed';

const FAULTS: readonly Fault[] = [
  {
    name: 'password',
    config: { auths: { [HOST]: login(USER, 'not-it') } },
    cause: REFUSED,
    says: 'wrong-password',
  },
  {
    name: 'newline',
    config: { auths: { [HOST]: login(USER, `${PASSWORD}\n`) } },
    cause: REFUSED,
    says: 'password-newline',
  },
  {
    name: 'double',
    config: { auths: { [HOST]: { auth: base64(login().auth) } } },
    cause: BROKEN,
    says: 'auth-double-base64',
  },
  {
    name: 'colon',
    config: { auths: { [HOST]: { auth: base64(USER) } } },
    cause: BROKEN,
    says: 'auth-no-colon',
  },
  {
    name: 'opaque',
    config: { auths: { [HOST]: login() } },
    type: 'Opaque',
    cause: REFUSED,
    says: 'secret-wrong-type',
  },
  {
    name: 'other-host',
    config: { auths: { [HOSTS.open.name]: login() } },
    cause: REFUSED,
    says: 'secret-other-host',
  },
  {
    name: 'path',
    config: { auths: { [`${HOST}/other`]: login() } },
    cause: REFUSED,
    says: 'secret-key-path',
  },
  {
    name: 'case',
    config: { auths: { [HOST.toUpperCase()]: login() } },
    cause: REFUSED,
    says: 'secret-key-case',
  },
  {
    name: 'store',
    config: { auths: { [HOST]: {} }, credsStore: 'desktop' },
    cause: REFUSED,
    says: 'creds-store',
  },
  {
    name: 'empty',
    config: { auths: { [HOST]: {} } },
    cause: REFUSED,
    says: 'empty-credentials',
  },
];

/** What the test reads of `secrets POD -o json`. */
interface Listed {
  readonly images: readonly {
    readonly credentials: readonly { readonly secret: string; readonly order: number | null }[];
  }[];
}

/** Keys that look odd and that the kubelet takes. */
const GOOD = [
  ['scheme', `https://${HOST}`],
  ['version', `https://${HOST}/v2/`],
  ['star', `*.${HOST.split('.').slice(1).join('.')}`],
  ['prefix', `${HOST}/team`],
] as const;

describe('cluster: pull secrets', () => {
  const namespace = ownNamespace('secrets');
  let items: readonly Item[] = [];

  before(async () => {
    const uses = (name: string) => ({ imagePullSecrets: [{ name }] });
    await apply(
      namespace,
      ...FAULTS.map(({ name, config, type }) => secretOf(name, config, type)),
      ...GOOD.map(([name, key]) => secretOf(name, { auths: { [key]: login() } })),
    );
    await apply(
      namespace,
      ...FAULTS.map(({ name }) => pod(name, PRIVATE_APP, uses(name))),
      ...GOOD.map(([name]) => pod(name, PRIVATE_APP, uses(name))),
      pod('typo', PRIVATE_APP, uses('prefixx')),
    );
    await waitUntilFailing(namespace, FAULTS.length - 1);
    items = (await describeJson('-n', namespace)).items;
  });

  for (const { name, cause, says } of FAULTS) {
    it(`${name}: ${cause}, because of ${says}`, async () => {
      const named = (await describeJson(name, '-n', namespace)).items;
      for (const item of [named[0], items.find((each) => each.pod === name)]) {
        assert.ok(item, `${name} is not told`);
        assert.equal(item.cause, cause, JSON.stringify(item.evidence));
        const codes = item.contributing.map(({ code }) => String(code));
        assert.ok(codes.includes(says), codes.join());
      }
    });
  }

  it('a name that is nearly right', async () => {
    const [item] = (await describeJson('typo', '-n', namespace)).items;
    assert.equal(item?.cause, 'SecretMissing');
    assert.ok(item?.contributing.some(({ code }) => code === 'secret-missing-typo'));
  });

  for (const [name] of GOOD) {
    it(`${name}: the kubelet takes the key, and so do we`, async () => {
      await waitUntilRunning(namespace, name);
      const { code, stdout, stderr } = await plugin('secrets', name, '-n', namespace, '-o', 'json');
      assert.equal(code, 0, stderr);
      const [listed] = (JSON.parse(stdout) as { items: Listed[] }).items;
      assert.deepEqual(
        listed?.images.flatMap((image) => image.credentials.map((c) => [c.secret, c.order])),
        [[name, 1]],
      );
    });
  }

  it('decode shows what is in one, and nothing of the password', async () => {
    const { code, stdout } = await plugin('decode', 'newline', '-n', namespace);
    assert.equal(code, 0);
    assert.match(stdout, new RegExp(`${HOST} +${USER} `));
    assert.match(stdout, /line break/);
    assert.doesNotMatch(stdout, new RegExp(PASSWORD));
    const shown = await plugin('decode', 'newline', '-n', namespace, '--show-secrets');
    assert.match(shown.stdout, new RegExp(PASSWORD));
  });

  it('without the right to read Secrets every verb says what it can', async () => {
    const user = `reader-${namespace}`;
    const bound = ['--clusterrole=view', `--user=${user}`, '-n', namespace];
    await kubectl('create', 'rolebinding', 'view', ...bound);
    const as = ['-n', namespace, '--as', user];
    const listed = await plugin('secrets', ...as);
    assert.match(listed.stdout + listed.stderr, /not allowed/);
    assert.match(listed.stdout, /password/);
    const decoded = await plugin('decode', 'newline', ...as);
    assert.equal(decoded.code, 1);
    assert.match(decoded.stderr, /not allowed to get secret/);
    const described = await plugin('describe', 'newline', ...as);
    assert.equal(described.code, 0);
    assert.match(described.stdout, /not allowed to get secret/);
    for (const { stdout } of [listed, decoded, described]) {
      assert.doesNotMatch(stdout, /does not exist|malformed|line break/);
    }
  });
});
