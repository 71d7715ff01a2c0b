import assert from 'node:assert/strict';
import { secretView, serviceAccountView } from '../../../src/collect/views.ts';
import { judgePod } from '../../../src/judge/judge.ts';
import type { PodEvidence } from '../../../src/words/evidence.ts';
import { type Answer, notAsked } from '../../../src/words/known.ts';
import type { SecretView } from '../../../src/words/pod.ts';
import type { Verdict } from '../../../src/words/verdict.ts';
import { capturedPod } from '../../rig/dumps.ts';

const NOW = Date.parse('2026-11-21T04:00:00Z');
const BEFORE = '2026-11-21T03:05:04Z';

interface Entry {
  readonly username?: string;
  readonly password?: string;
  readonly auth?: string;
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

function login(user = 'alice', password = 'open-sesame'): Entry {
  return { auth: base64(`${user}:${password}`) };
}

/** A Secret with this docker config, or with this text. */
function secret(config: unknown, more: Record<string, unknown> = {}): SecretView {
  const text = typeof config === 'string' ? config : JSON.stringify(config);
  return secretView({
    metadata: { name: 'regcred', namespace: 'shop', creationTimestamp: BEFORE },
    type: 'kubernetes.io/dockerconfigjson',
    data: { '.dockerconfigjson': base64(text) },
    ...more,
  });
}

function auths(entries: Record<string, Entry>): SecretView {
  return secret({ auths: entries });
}

/** A captured pod that lists these secrets instead of its own. */
function podWith(
  name: string,
  secrets: readonly (readonly [string, Answer<SecretView>])[],
): PodEvidence {
  const evidence = capturedPod('modern', name);
  return {
    ...evidence,
    pod: { ...evidence.pod, pullSecrets: secrets.map(([s]) => s) },
    secrets: new Map(secrets),
  };
}

function known(value: SecretView): Answer<SecretView> {
  return { known: true, value };
}

function only(evidence: PodEvidence): Verdict {
  const { verdicts } = judgePod(evidence, NOW);
  const [verdict] = verdicts;
  assert.ok(verdict);
  return verdict;
}

function codes(v: Verdict): string[] {
  return v.contributing.map((c) => c.code);
}

/** quay.junipercrest.example/ledger/proxy-us: basic auth, "no basic auth credentials". */
const NOTHING_SENT = 'agent-onyx';
/** repo.micabank.example/payments/scheduler: 401 of the token server. */
const REFUSED = 'worker-amber';
/** registry.oakcrest.example/media/worker-next: insufficient_scope. */
const DENIED = 'proxy-oak';
/** docker.ravenhill.example:8443/ads/exporter-rc. */
const WITH_PORT = 'renderer-nova';
/** docker.io/claims/portal. */
const HUB = 'api-coral';
/** registry.cobaltgrove.example/media/agent-v2: 403. */
const FORBIDDEN = 'renderer-moss';

function jwt(exp: number): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ exp })}.c2ln`;
}

describe('judge: the near miss of a key', () => {
  const cases: readonly [pod: string, key: string, code: string, said: RegExp][] = [
    [
      NOTHING_SENT,
      'quay.io',
      'secret-other-host',
      /is for quay\.io, and the image is on quay\.jun/,
    ],
    [NOTHING_SENT, 'ftp://quay.junipercrest.example', 'key-scheme', /only https/],
    [NOTHING_SENT, 'quay.junipercrest.example\n', 'key-blank', /at the end of the key/],
    [NOTHING_SENT, ' quay.junipercrest.example', 'key-blank', /at the start/],
    [NOTHING_SENT, 'QUAY.junipercrest.example', 'secret-key-case', /small letters/],
    [NOTHING_SENT, 'quay.junipercrest.example/other', 'secret-key-path', /below \/other/],
    [NOTHING_SENT, 'quay.junipercrest.example/v2', 'key-version-path', /without a slash/],
    [NOTHING_SENT, 'quay.junipercrest.example/ledger/proxy-us:1', 'key-tag', /tag/],
    [
      NOTHING_SENT,
      'quay.junipercrest.example:443',
      'secret-key-port',
      /port 443, and the image names none/,
    ],
    [NOTHING_SENT, '*.example', 'secret-key-wildcard', /stands for one part/],
    [
      WITH_PORT,
      'docker.ravenhill.example',
      'secret-key-port-missing',
      /no port, and the image names :8443/,
    ],
    [
      WITH_PORT,
      'docker.ravenhill.example:443',
      'secret-key-port',
      /port 443, and the image names :8443/,
    ],
    [HUB, 'registry-1.docker.io', 'secret-other-host', /index\.docker\.io\/v1\//],
    [HUB, 'https://index.docker.io/v1', 'key-version-path', /index\.docker\.io\/v1\//],
  ];
  for (const [pod, key, code, said] of cases) {
    it(`${JSON.stringify(key)} for ${pod}: ${code}`, () => {
      const v = only(podWith(pod, [['regcred', known(auths({ [key]: login() }))]]));
      const found = v.contributing.find((c) => c.code === code);
      assert.ok(found, codes(v).join());
      assert.match(found.text, said);
      assert.equal(found.object, 'secret/regcred');
      assert.deepEqual(v.credentials, { tried: [], complete: true });
      const [write, ...more] = v.nextSteps.filter((s) =>
        /secret generic pull-/.test(s.command ?? ''),
      );
      assert.ok(write && more.length === 0);
      assert.ok(v.nextSteps.some((s) => /imagePullSecrets: \[\{name: pull-/.test(s.command ?? '')));
    });
  }

  it('names the region that a key of IBM Cloud is for', () => {
    const evidence = podWith(NOTHING_SENT, [['icr', known(auths({ 'us.icr.io': login() }))]]);
    const image = 'de.icr.io/ns/app:1';
    const containers = evidence.pod.containers.map((c) => ({ ...c, image }));
    const v = only({ ...evidence, pod: { ...evidence.pod, containers } });
    const found = v.contributing.find((c) => c.code === 'secret-other-host');
    assert.match(found?.text ?? '', /us-south.*eu-de/);
  });

  it('tells of one entry a secret: the nearest', () => {
    const entries = {
      'a.example': login(),
      'QUAY.junipercrest.example': login(),
      'b.example': login(),
    };
    const v = only(podWith(NOTHING_SENT, [['regcred', known(auths(entries))]]));
    assert.deepEqual(codes(v), ['secret-key-case']);
  });

  it('says that docker.io hides index.docker.io', () => {
    const entries = { 'docker.io': login(), 'https://index.docker.io/v1/': login() };
    const v = only(podWith(HUB, [['regcred', known(auths(entries))]]));
    assert.deepEqual(
      v.credentials?.tried.map((t) => t.key),
      ['docker.io'],
    );
    assert.ok(codes(v).includes('secret-key-hidden'));
  });
});

describe('judge: the credential that was sent', () => {
  const host = 'repo.micabank.example';
  const cases: readonly [what: string, entry: Entry, code: string][] = [
    ['nothing to see in it', login(), 'wrong-password'],
    ['line break', login('alice', 'open-sesame\n'), 'password-newline'],
    ['quotes', login('alice', '"open-sesame"'), 'password-quoted'],
    ['Bearer', login('alice', 'Bearer abc'), 'password-bearer'],
    ['placeholder', login('alice', '<password>'), 'password-placeholder'],
    ['no password', login('alice', ''), 'password-missing'],
    ['nothing at all', { username: '', password: '' }, 'empty-credentials'],
    ['date over', login('alice', jwt(1_767_225_600)), 'expired'],
  ];
  for (const [what, entry, code] of cases) {
    it(`${what}: ${code}`, () => {
      const v = only(podWith(REFUSED, [['regcred', known(auths({ [host]: entry }))]]));
      assert.deepEqual(codes(v), [code]);
      assert.equal(v.cause, code === 'expired' ? 'CredentialsExpired' : 'Unauthorized');
      assert.notEqual(v.certainty, 'certain');
      assert.ok(v.contributing[0]?.text.startsWith(`secret regcred entry ${host}`));
    });
  }

  it('names secret, entry and user in the order of the kubelet', () => {
    const v = only(
      podWith(REFUSED, [
        ['first', known(auths({ [host]: login('alice') }))],
        ['second', known(auths({ [`${host}/payments`]: login('bob'), 'quay.io': login('carol') }))],
      ]),
    );
    assert.deepEqual(
      v.credentials?.tried.map((t) => `${t.secret} ${t.key} ${t.user}`),
      [`second ${host}/payments bob`, `first ${host} alice`],
    );
  });

  it('does not show a user name that is the password', () => {
    const token = 'dop_v1_0123456789abcdef';
    const v = only(podWith(REFUSED, [['regcred', known(auths({ [host]: login(token, token) }))]]));
    assert.equal(v.credentials?.tried[0]?.user, null);
    assert.ok(!JSON.stringify(v).includes(token));
  });

  it('a date that is not over rules out CredentialsExpired, and one of two is not all', () => {
    const lasting = login('alice', jwt(NOW / 1000 + 86_400));
    const over = login('bob', jwt(1_767_225_600));
    const one = only(podWith(REFUSED, [['regcred', known(auths({ [host]: lasting }))]]));
    assert.equal(one.cause, 'Unauthorized');
    assert.ok(!one.alternatives.includes('CredentialsExpired'));
    const two = only(
      podWith(REFUSED, [
        ['regcred', known(auths({ [host]: lasting, [`${host}/payments`]: over }))],
      ]),
    );
    assert.equal(two.cause, 'Unauthorized');
    assert.deepEqual(codes(two).sort(), ['expired', 'wrong-password']);
  });

  it('an answer of the registry that knows the account: no-permission', () => {
    const denied = only(
      podWith(DENIED, [['regcred', known(auths({ 'registry.oakcrest.example': login('bob') }))]]),
    );
    assert.deepEqual(codes(denied), ['no-permission']);
    const forbidden = only(
      podWith(FORBIDDEN, [['regcred', known(auths({ 'registry.cobaltgrove.example': login() }))]]),
    );
    assert.equal(forbidden.cause, 'Forbidden');
    assert.deepEqual(codes(forbidden), ['no-permission']);
  });

  it('reckons an end from when the secret was written, and only where that is known', () => {
    // An access token of IBM Cloud without a date in it lives an hour.
    const auth = { 'us.icr.io': login('iambearer', 'opaque-token-without-a-date') };
    const image = 'us.icr.io/ns/app:1';
    const cause = (managedFields?: unknown) => {
      const metadata = { name: 'icr', creationTimestamp: '2026-10-01T00:00:00Z', managedFields };
      const evidence = podWith(REFUSED, [['icr', known(secret({ auths: auth }, { metadata }))]]);
      const containers = evidence.pod.containers.map((c) => ({ ...c, image }));
      return only({ ...evidence, pod: { ...evidence.pod, containers } });
    };
    const written = cause([{ time: '2026-10-02T00:00:00Z' }]);
    assert.ok(codes(written).includes('expired'), codes(written).join());
    assert.ok(!codes(cause()).includes('expired'));
  });

  it('does not call a password wrong where the runtime says that none was sent', () => {
    const v = only(
      podWith(NOTHING_SENT, [['regcred', known(auths({ 'quay.junipercrest.example': login() }))]]),
    );
    assert.deepEqual(codes(v), ['secret-not-sent']);
  });
});

describe('judge: a secret that holds no credential', () => {
  const cases: readonly [string, SecretView, string][] = [
    ['credsStore alone', secret({ credsStore: 'desktop' }), 'creds-store'],
    [
      'credsStore beside an empty entry',
      secret({ auths: { 'quay.junipercrest.example': {} }, credsStore: 'desktop' }),
      'creds-store',
    ],
    ['no auths', secret({}), 'auths-missing'],
    ['empty auths', secret({ auths: {} }), 'auths-empty'],
    ['another data key', secret({}, { data: { 'config.json': base64('{}') } }), 'data-key-wrong'],
    ['Opaque', secret({ auths: {} }, { type: 'Opaque' }), 'secret-wrong-type'],
  ];
  for (const [what, view, code] of cases) {
    it(`${what}: ${code}`, () => {
      const v = only(podWith(NOTHING_SENT, [['regcred', known(view)]]));
      assert.deepEqual(codes(v), [code]);
      assert.equal(v.cause, 'Unauthorized');
    });
  }
});

describe('judge: a broken secret', () => {
  const broken: readonly [string, SecretView, string][] = [
    [
      'auth twice in base64',
      auths({ 'quay.io': { auth: base64(base64('alice:x')) } }),
      'auth-double-base64',
    ],
    ['no colon', auths({ 'quay.io': { auth: base64('alice') } }), 'auth-no-colon'],
    ['no base64', auths({ 'quay.io': { auth: 'a:b' } }), 'auth-not-base64'],
    ['no JSON', secret('auths'), 'content-not-json'],
    ['cut off', secret('{"auths":{'), 'content-not-json'],
    ['byte order mark', secret('\ufeff{"auths":{}}'), 'content-bom'],
    ['a list', secret('[]'), 'content-not-object'],
    ['auths a list', secret({ auths: [] }), 'auths-wrong-shape'],
    ['entry a text', secret({ auths: { 'quay.io': 'x' } }), 'entry-wrong-shape'],
  ];
  for (const [what, view, code] of broken) {
    it(`${what}: ${code}, whichever registry it is for`, () => {
      const v = only(podWith('proxy-juniper-649946c478-kjj68', [['regcred', known(view)]]));
      assert.equal(v.cause, 'SecretMalformed');
      assert.ok(codes(v).includes(code), codes(v).join());
      assert.equal(v.guilty.name, 'platform,secret/regcred');
    });
  }

  it('is the likely cause where the texts hold none', () => {
    const evidence = podWith(NOTHING_SENT, [['regcred', known(secret('no'))]]);
    const containers = evidence.pod.containers.map((c) => ({
      ...c,
      state: {
        kind: 'waiting' as const,
        reason: 'ImagePullBackOff',
        message: `Back-off pulling image "${c.image}"`,
      },
    }));
    const bare = { ...evidence, pod: { ...evidence.pod, containers } };
    const v = only({ ...bare, events: { known: true, value: [] } });
    assert.equal(v.cause, 'SecretMalformed');
    assert.equal(v.certainty, 'likely');
  });
});

describe('judge: what was not seen is not claimed', () => {
  const other = known(auths({ 'quay.io': login() }));
  const unseen: readonly [string, Answer<SecretView>][] = [
    [
      'forbidden',
      {
        known: false,
        why: { reason: 'forbidden', what: 'secret', text: 'not allowed to get secret shop/b' },
      },
    ],
    ['--no-secrets', notAsked('secret', 'secret shop/b: not asked for (--no-secrets)')],
    ['elided', known({ ...auths({}), elided: true, data: new Map() })],
  ];
  for (const [what, answer] of unseen) {
    it(`${what}: nothing about the image where a secret was not seen`, () => {
      const alone = only(podWith(NOTHING_SENT, [['b', answer]]));
      assert.equal(alone.credentials, null);
      assert.deepEqual(codes(alone), []);
      const beside = only(
        podWith(NOTHING_SENT, [
          ['a', other],
          ['b', answer],
        ]),
      );
      assert.equal(beside.credentials?.complete, false);
      assert.deepEqual(codes(beside), []);
    });
  }

  it('an entry that is for the image is told, whatever the unseen secret holds', () => {
    const seen = known(auths({ 'repo.micabank.example': login() }));
    const [, refused] = unseen[0] ?? [];
    assert.ok(refused);
    const v = only(
      podWith(REFUSED, [
        ['a', seen],
        ['b', refused],
      ]),
    );
    assert.deepEqual(codes(v), ['wrong-password']);
    assert.ok(v.unavailable.some((u) => u.text.startsWith('not allowed')));
  });

  it('a pod made up from its events has no known list', () => {
    const v = only({ ...capturedPod('modern', 'cron-umber'), presence: 'gone' });
    assert.equal(v.credentials, null);
  });
});

describe('judge: a secret written after the last attempt', () => {
  it('is what the next try uses, and explains nothing of the last', () => {
    const metadata = {
      name: 'regcred',
      creationTimestamp: BEFORE,
      managedFields: [{ time: '2026-11-21T03:59:00Z' }],
    };
    const over = secret({ auths: { 'repo.micabank.example': login('a', jwt(1)) } }, { metadata });
    const v = only(podWith(REFUSED, [['regcred', known(over)]]));
    assert.deepEqual(codes(v), ['secret-newer']);
    assert.match(v.contributing[0]?.text ?? '', /the next try uses/);
    assert.equal(v.cause, 'Unauthorized');
    assert.equal(v.credentials?.tried.length, 1);
  });
});

describe('judge: around the secrets', () => {
  it('imagePullSecrets under a container is named', () => {
    const evidence = capturedPod('modern', 'cron-umber');
    const v = only({ ...evidence, pod: { ...evidence.pod, secretsUnderContainers: ['main'] } });
    assert.ok(codes(v).includes('secrets-under-container'));
  });

  const absent: Answer<SecretView> = {
    known: false,
    why: { reason: 'not found', what: 'secret', text: '' },
  };

  it('a missing secret that another namespace has', () => {
    const evidence = podWith(NOTHING_SENT, [['regcred', absent]]);
    const v = only({ ...evidence, elsewhere: new Map([['regcred', ['default']]]) });
    assert.ok(codes(v).includes('secret-elsewhere'));
    assert.equal(v.cause, 'SecretMissing');
  });

  it('a name that no secret can have', () => {
    const v = only(podWith(NOTHING_SENT, [['my_registry', absent]]));
    assert.ok(codes(v).includes('secret-name-impossible'));
  });

  it('a provider of the node is named for a ServiceAccount of its own, never for default', () => {
    const account = {
      known: true,
      value: serviceAccountView({ metadata: { name: 'own' } }),
    } as const;
    const own = only({ ...capturedPod('modern', 'proxy-linden'), serviceAccount: account });
    assert.ok(codes(own).includes('credential-provider-failed'));
    const plain = only({ ...capturedPod('modern', 'cron-umber'), serviceAccount: account });
    assert.ok(!codes(plain).includes('credential-provider-failed'));
  });

  it('the patch fits the ServiceAccount: append to a list, or make one', () => {
    const command = (pullSecrets: readonly string[]) => {
      const account = serviceAccountView({
        imagePullSecrets: pullSecrets.map((name) => ({ name })),
      });
      const evidence = capturedPod('modern', 'cron-umber');
      const v = only({ ...evidence, serviceAccount: { known: true, value: account } });
      return v.nextSteps.flatMap((s) => (s.command?.includes('patch') ? [s.command] : []));
    };
    assert.match(command([]).join(), /op: test.*value: null/);
    assert.equal(command([]).length, 1);
    // The pod is older than its ServiceAccount's list: it is only to be made anew.
    assert.deepEqual(command(['regcred']), []);
  });
});
