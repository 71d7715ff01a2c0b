import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  type EntryFacts,
  entryFaults,
  FAULT_IDS,
  type FaultId,
  holdsUser,
  impossibleName,
  possibleName,
  secretFaults,
} from '../../../src/credentials/faults/index.ts';
import { Hidden } from '../../../src/words/hidden.ts';
import { base64, ecrToken, jwt } from './tokens.ts';

/** An entry as `kubectl create secret docker-registry` writes it. */
function entry(key: string, username: string, password: string, more?: Partial<EntryFacts>) {
  return {
    key,
    username,
    password: new Hidden(password),
    auth: new Hidden(base64(`${username}:${password}`)),
    writtenUsername: new Hidden(username),
    writtenPassword: new Hidden(password),
    identityToken: false,
    ...more,
  } satisfies EntryFacts;
}

/** Only `auth` is there, and cannot be read. */
function badAuth(auth: string) {
  return entry('a.example', '', '', {
    auth: new Hidden(auth),
    writtenUsername: null,
    writtenPassword: null,
  });
}

const A = 'a.example';
const IBM = 'us.icr.io';
const ECR = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
const ZERO = '00000000-0000-0000-0000-000000000000';
const JSON_KEY = '{"type":"service_account",\n"private_key":"k"}';
const ghp = `ghp_${'a'.repeat(36)}`;

const key = (written: string) => entry(written, 'alice', 'secret');
const user = (name: string, at = A) => entry(at, name, 'secret');
const pass = (password: string, at = A, name = 'alice') => entry(at, name, password);

/** Entries, and every fault that is told of them. */
const ENTRIES: readonly (readonly [string, EntryFacts, readonly FaultId[]])[] = [
  ['a plain entry', key(A), []],
  ['a key with a path', key('a.example/team/app'), []],
  ['a key with a scheme and a port', key('https://a.example:8443'), []],
  ['a glob', key('*.example'), []],
  ['Docker Hub', key('https://index.docker.io/v1/'), []],
  ['Docker Hub by its short name', key('docker.io'), []],
  ['Docker Hub, v2', key('https://index.docker.io/v2/'), []],
  ['an empty key', key(''), ['key-empty']],
  ['a scheme alone', key('https://'), ['key-empty']],
  ['a key with a line break', key('a.example\n'), ['key-blank']],
  ['a key with a blank before', key(' a.example'), ['key-blank']],
  ['a key with a blank inside', key('a. example'), ['key-blank']],
  ['oci://', key('oci://a.example'), ['key-scheme']],
  ['a scheme in capitals', key('HTTPS://a.example'), ['key-scheme']],
  ['a region left open', pass('k', '<region>.icr.io', 'iamapikey'), ['key-placeholder']],
  ['a variable', key(`\${REGISTRY}`), ['key-placeholder']],
  ['YOUR_REGISTRY', key('YOUR_REGISTRY'), ['key-placeholder']],
  ["kubectl's help", key('DOCKER_REGISTRY_SERVER'), ['key-placeholder']],
  ['a user in the key', key('me:pw@a.example'), ['key-holds-user']],
  ['capitals', key('A.Example'), ['secret-key-case']],
  ['capitals in the path only', key('a.example/Team'), []],
  ['a bracket glob', key('[A-Z].example'), []],
  ['a final dot', key('a.example.'), ['key-trailing-dot']],
  ['a final dot before a port', key('a.example.:5000'), ['key-trailing-dot']],
  ['a tag', key('a.example/team/app:1'), ['key-tag']],
  ['v2 without slash', key('https://a.example/v2'), ['key-version-path']],
  ['Docker Hub without slash', key('https://index.docker.io/v1'), ['key-version-path']],
  ['the default port', key('a.example:443'), ['key-default-port']],
  ['registry-1', key('https://registry-1.docker.io/v2/'), ['key-hub-name']],
  ['hub.docker.com', key('hub.docker.com'), ['key-hub-name']],
  ['a glob for Docker Hub', key('*.docker.io'), ['key-hub-name']],
  ['an old host of IBM', pass('k', 'registry.ng.bluemix.net', 'iamapikey'), ['key-old-host']],
  ['the console of IBM', pass('k', 'cr.cloud.ibm.com', 'iamapikey'), ['key-no-registry']],
  ['auth as plain text', badAuth('alice:secret'), ['auth-not-base64']],
  ['auth, URL-safe', badAuth('YWxpY2U6c2VjcmV0Pz8_'), ['auth-not-base64']],
  ['auth with a blank', badAuth('YWxpY2U6c2Vjc mV0'), ['auth-not-base64']],
  ['auth too short', badAuth('YWxpY'), ['auth-not-base64']],
  ['auth with a line break, which Go skips', badAuth('YWxpY2U=\n'), ['auth-no-colon']],
  ['auth without a colon', badAuth('YWxpY2U='), ['auth-no-colon']],
  ['auth twice in base64', badAuth(base64(base64('alice:secret'))), ['auth-double-base64']],
  ['no auth', entry(A, 'alice', 'secret', { auth: null }), []],
  [
    'another password in auth',
    entry(A, 'alice', 'secret', { writtenPassword: new Hidden('older') }),
    ['auth-disagrees'],
  ],
  ['only auth', entry(A, 'alice', 'secret', { writtenPassword: null, writtenUsername: null }), []],
  ['nothing', entry(A, '', '', { auth: null }), ['empty-credentials']],
  ['a colon alone', entry(A, '', ''), ['empty-credentials']],
  [
    'only an identity token',
    entry(A, '', '', { auth: null, identityToken: true }),
    ['identity-token-only'],
  ],
  ['no user', user(''), ['username-missing']],
  ['a user with a line break', user('alice\n'), ['username-blank']],
  ['a user in quotes', user('"alice"'), ['username-quoted']],
  ['a user in angle brackets', user('<username>'), ['username-placeholder']],
  ["OpenShift's user", user('<token>'), []],
  ['my-robot', user('my-robot'), []],
  ["NVIDIA's user", user('$oauthtoken', 'nvcr.io'), []],
  ["NVIDIA's user without $", user('oauthtoken', 'nvcr.io'), ['username-shell']],
  ["NVIDIA's user with its backslash", user('\\$oauthtoken', 'nvcr.io'), ['username-shell']],
  ["Quay's user without $", user('oauthtoken', 'quay.io'), ['username-shell']],
  ["Harbor's robot", user('robot$ci'), []],
  ["Harbor's robot, eaten", user('robot', 'harbor.example'), ['username-shell']],
  ["Harbor's robot of a project, eaten", user('robot+ci'), ['username-shell']],
  ["Quay's organisation robot", user('robot+ci', 'quay.io'), []],
  ["Red Hat's account, piped", user('12345678', 'registry.redhat.io'), ['username-shell']],
  ['iam', user('iam', IBM), ['username-unknown']],
  ['an e-mail address', user('me@acme.example', IBM), ['username-unknown']],
  ['an e-mail address elsewhere', user('me@acme.example'), []],
  ['a profile', user('Profile-1234', IBM), []],
  ['no AWS', entry(ECR, 'admin', ecrToken(1)), ['username-unknown']],
  ['no tenancy', user('me', 'iad.ocir.io'), ['username-unknown']],
  ['no password', pass(''), ['password-missing']],
  ['a line break at the end', pass('secret\n'), ['password-newline']],
  ['a carriage return at the end', pass('secret\r'), ['password-newline']],
  ['a blank before', pass(' secret'), ['password-blank']],
  ['a no-break blank behind', pass('secret\u00a0'), ['password-blank']],
  ['a zero-width blank inside', pass('sec\u200bret'), ['password-invisible']],
  ['a broken byte inside', pass('sec\ufffdret'), ['password-invisible']],
  ['quotes', pass("'secret'"), ['password-quoted']],
  ['one quote', pass("'secret"), []],
  ['Bearer', pass('Bearer abc'), ['password-bearer']],
  [
    'the output of ibmcloud iam oauth-tokens',
    pass(`IAM token:  Bearer ${jwt({})}`, IBM, 'iambearer'),
    ['password-command-output', 'password-wrong-form'],
  ],
  ['a docker config', pass('{"auths":{}}'), ['password-command-output']],
  ['a variable', pass('$TOKEN'), ['password-placeholder']],
  ['a variable of Windows', pass('%TOKEN%'), ['password-placeholder']],
  ['a variable in braces', pass(`\${{ secrets.TOKEN }}`), ['password-placeholder']],
  ['a template', pass('{{ .Values.token }}'), ['password-placeholder']],
  ['your', pass('your-password'), ['password-placeholder']],
  ['xxx', pass('xxxxxx'), ['password-placeholder']],
  ['changeme', pass('ChangeMe'), ['password-placeholder']],
  ['a dollar in small letters', pass('$ecret'), []],
  ['an API key', pass('k', IBM, 'iamapikey'), []],
  ['a token as an API key', pass(jwt({}), IBM, 'iamapikey'), ['password-wrong-form']],
  ['an API key as a token', pass('k', IBM, 'iambearer'), ['password-wrong-form']],
  ['Bearer as a token', pass(`Bearer ${jwt({})}`, IBM, 'iambearer'), ['password-bearer']],
  ['a token of ECR', pass(ecrToken(1), ECR, 'AWS'), []],
  ['an access key of AWS', pass('AKIAABCDEFGHIJKLMNOP', ECR, 'AWS'), ['password-wrong-form']],
  ['the authorizationToken', pass(base64('AWS:abc'), ECR, 'AWS'), ['password-wrong-form']],
  ['a JSON key', pass(JSON_KEY, 'gcr.io', '_json_key'), []],
  ['a JSON key in base64', pass(base64(JSON_KEY), 'gcr.io', '_json_key'), ['password-wrong-form']],
  ['a JSON key, not base64', pass(JSON_KEY, 'gcr.io', '_json_key_base64'), ['password-wrong-form']],
  ['base64 of a JSON key', pass(base64(JSON_KEY), 'gcr.io', '_json_key_base64'), []],
  ['a secret with the user of zeros', pass('k', 'r.azurecr.io', ZERO), ['password-wrong-form']],
  ['a dead token of IBM', pass('k', IBM, 'token'), ['credential-cannot-pull']],
  ['a fine-grained token', pass('github_pat_a', 'ghcr.io'), ['credential-cannot-pull']],
  ['a token of GitHub', pass(ghp, 'ghcr.io'), []],
  [
    'a token of GitHub at GitLab',
    pass(ghp, 'registry.gitlab.com'),
    ['credential-of-another-registry'],
  ],
  ['a token of GitHub at a mirror', pass(ghp), []],
];

describe('entryFaults', () => {
  for (const [what, facts, want] of ENTRIES) {
    it(`${what}: ${want.join(', ') || 'none'}`, () => {
      assert.deepEqual(
        entryFaults(facts).map(({ id }) => id),
        want,
      );
    });
  }

  it('says where the line break is', () => {
    const [fault] = entryFaults(pass('secret\n'));
    assert.match(fault?.text ?? '', /line break at the end \(character 7 of 7\)/);
  });

  it('names the right user', () => {
    for (const [at, name, right] of [
      [IBM, 'iam', 'iamapikey'],
      [IBM, 'me@acme.example', 'iamapikey'],
      ['cp.icr.io', 'me', 'cp'],
      [ECR, 'aws', 'AWS'],
      ['nvcr.io', 'oauthtoken', "'$oauthtoken'"],
      ['gcr.io', 'me', '_json_key'],
      ['harbor.example', 'robot', "'robot$NAME'"],
    ] as const) {
      const fixes = entryFaults(user(name, at)).map(({ fix }) => fix);
      assert.ok(
        fixes.some((fix) => fix.includes(right)),
        `${at}: ${fixes.join()}`,
      );
    }
  });
});

const CONFIG = 'kubernetes.io/dockerconfigjson';
const GOOD = '{"auths":{"a.example":{"auth":"YWxpY2U6c2VjcmV0"}}}';

function secret(
  content: string | null,
  more: { type?: string; name?: string; dataKeys?: string[] } = {},
) {
  return {
    name: 'regcred',
    type: CONFIG,
    dataKeys: [more.type === 'kubernetes.io/dockercfg' ? '.dockercfg' : '.dockerconfigjson'],
    content: content === null ? null : new Hidden(content),
    ...more,
  };
}

const CFG = { type: 'kubernetes.io/dockercfg' };

const SECRETS: readonly (readonly [string, ReturnType<typeof secret>, readonly FaultId[]])[] = [
  ['a plain secret', secret(GOOD), []],
  ['an older one', secret('{"a.example":{"auth":"YTpi"}}', CFG), []],
  ['content that was not read', secret(null), []],
  ['names of fields in any case', secret('{"AUTHS":{"a.example":{"Auth":"YTpi"}}}'), []],
  ['an entry that is null', secret('{"auths":{"a.example":null}}'), []],
  ['credentials beside a store', secret('{"auths":{"a":{"auth":"YTpi"}},"credsStore":"x"}'), []],
  ['an underscore', secret(GOOD, { name: 'my_registry-secret' }), ['secret-name-impossible']],
  ['Opaque', secret(GOOD, { type: 'Opaque' }), ['secret-wrong-type']],
  ['another key', secret(null, { dataKeys: ['config.json'] }), ['data-key-wrong']],
  ['no content', secret(''), ['content-empty']],
  ['a byte order mark', secret(`\ufeff${GOOD}`), ['content-bom']],
  ['UTF-16 read as UTF-8', secret(Buffer.from(GOOD, 'utf16le').toString()), ['content-utf16']],
  [
    'UTF-16 with its mark',
    secret(Buffer.from(`\ufeff${GOOD}`, 'utf16le').toString()),
    ['content-utf16'],
  ],
  ['base64 once more', secret(base64(GOOD)), ['content-double-base64']],
  ['base64 once more, wrapped', secret(`${base64(GOOD)}\n`), ['content-double-base64']],
  ['a variable', secret(`\${DOCKER_CONFIG_JSON}`), ['content-placeholder']],
  ['YAML', secret('auths:\n  a.example: {}\n'), ['content-not-json']],
  ['half of it', secret(GOOD.slice(0, -5)), ['content-not-json']],
  ['a comma too many', secret('{"auths":{},}'), ['content-not-json']],
  ['a list', secret('[]'), ['content-not-object']],
  ['null', secret('null'), ['content-not-object']],
  ['a store', secret('{"auths":{"a.example":{}},"credsStore":"desktop"}'), ['creds-store']],
  ['helpers', secret('{"credHelpers":{"a.example":"gcloud"}}'), ['creds-store']],
  ['no auths', secret('{"kind":"Config"}'), ['auths-missing']],
  ['the older shape', secret('{"a.example":{"auth":"YTpi"}}'), ['auths-missing']],
  ['auths as a list', secret('{"auths":[]}'), ['auths-wrong-shape']],
  ['auths as a text', secret('{"auths":"x"}'), ['auths-wrong-shape']],
  ['no entry', secret('{"auths":{}}'), ['auths-empty']],
  ['no entry, older', secret('{}', CFG), ['auths-empty']],
  ['auths in the older type', secret(GOOD, CFG), ['dockercfg-has-auths']],
  ['an entry that is a text', secret('{"auths":{"a.example":"YTpi"}}'), ['entry-wrong-shape']],
  ['a password that is a number', secret('{"auths":{"a":{"password":1}}}'), ['entry-wrong-shape']],
  ['a file', { name: null, type: null, dataKeys: [], content: new Hidden(GOOD) } as never, []],
];

describe('secretFaults', () => {
  for (const [what, facts, want] of SECRETS) {
    it(`${what}: ${want.join(', ') || 'none'}`, () => {
      assert.deepEqual(
        secretFaults(facts).map(({ id }) => id),
        want,
      );
    });
  }
});

describe('the table of faults', () => {
  it('has each id once, and a case for each', () => {
    assert.equal(new Set(FAULT_IDS).size, FAULT_IDS.length);
    const tried = new Set([...ENTRIES, ...SECRETS].flatMap(([, , ids]) => ids));
    assert.deepEqual(
      FAULT_IDS.filter((id) => !tried.has(id)),
      [],
    );
  });

  it('writes sentences without a full stop', () => {
    const found = [
      ...ENTRIES.flatMap(([, facts]) => entryFaults(facts)),
      ...SECRETS.flatMap(([, facts]) => secretFaults(facts)),
    ];
    for (const { text, fix } of found) {
      assert.match(text, /[^.]$/);
      assert.match(fix, /[^.]$/);
      assert.doesNotMatch(text + fix, /undefined|null|\[object|NaN/);
    }
  });
});

describe('the captured secrets', () => {
  const file = path.join(import.meta.dirname, '../../dumps/modern-secrets.json');
  const { items } = JSON.parse(readFileSync(file, 'utf8')) as {
    items: { metadata: { name: string }; type: string; data: Record<string, string> }[];
  };
  /** What was injected, by `modern-truth.json`; the rest is well-formed (a wrong password is no fault of form). */
  const injected: Readonly<Record<string, FaultId[]>> = {
    'pull-gateway-sorrel': ['password-newline'],
    'registry-resolver-garnet': ['key-hub-name'],
    'pull-api-coral': ['key-hub-name'],
    'creds-proxy-juniper': ['auth-double-base64'],
    'creds-gateway-sage': ['auth-no-colon'],
    'docker-proxy-sage': ['secret-key-case'],
    'registry-gateway-maple': ['creds-store', 'empty-credentials'],
    'docker-api-violet': ['empty-credentials'],
  };
  for (const { metadata, type, data } of items) {
    it(`${metadata.name}: ${injected[metadata.name]?.join(', ') ?? 'none'}`, () => {
      const dataKeys = Object.keys(data);
      const content = Buffer.from(data[dataKeys[0] ?? ''] ?? '', 'base64').toString();
      const config = JSON.parse(content) as Record<string, Record<string, Record<string, string>>>;
      const found = [
        ...secretFaults({ name: metadata.name, type, dataKeys, content: new Hidden(content) }),
        ...Object.entries(config['auths'] ?? config).flatMap(([written, value]) => {
          const { username, password, auth } = value as Record<string, string>;
          const hide = (text: string | undefined) => (text === undefined ? null : new Hidden(text));
          return entryFaults({
            key: written,
            username: username ?? '',
            password: new Hidden(password ?? ''),
            auth: hide(auth),
            writtenUsername: hide(username),
            writtenPassword: hide(password),
            identityToken: false,
          });
        }),
      ];
      assert.deepEqual(
        found.map(({ id }) => id),
        injected[metadata.name] ?? [],
      );
    });
  }
});

describe('an entry of the wrong shape', () => {
  const texts: readonly (readonly [string, unknown, string])[] = [
    ['quay.io', 'hunter2secret', 'the entry quay.io is not an object'],
    ['https://index.docker.io/v1/', [], 'the entry https://index.docker.io/v1/ is not an object'],
    ['localhost:5000', { password: 1 }, 'password of the entry localhost:5000 is not a text'],
    ['hunter2secret', 'x', 'entry 1 is not an object'],
    ['alice:hunter2@quay.io', 'x', 'entry 1 is not an object'],
    ['quay.io\u001b[31m', 'x', 'entry 1 is not an object'],
    ['', { auth: 1 }, 'auth of entry 1 is not a text'],
  ];
  for (const [at, value, want] of texts) {
    it(`is named where its key is a host: ${JSON.stringify(at)}`, () => {
      const faults = secretFaults(secret(JSON.stringify({ auths: { [at]: value } })));
      assert.deepEqual(
        faults.map((fault) => fault.text),
        [want],
      );
    });
  }
});

describe('faults tell no secret', () => {
  /** What must not be seen: the mark, and both halves of it. */
  const MARKS = ['c4n4ryAAqx', 'zw77BBbird'];
  const MARK = MARKS.join('');
  /** Forms in which a mark gets into a field, among them those that faults look at. */
  const forms: readonly ((mark: string) => string)[] = [
    (mark) => mark,
    (mark) => `${mark}\n`,
    (mark) => `"${mark}"`,
    (mark) => `Bearer ${mark}`,
    (mark) => `IAM token: ${mark}`,
    (mark) => `<${mark}>`,
    (mark) => `$\{${mark}}`,
    (mark) => `your-${mark}`,
    (mark) => `ghp_${mark}`,
    (mark) => `github_pat_${mark}`,
    (mark) => `AKIA${mark}`,
    (mark) => `robot+${mark}`,
    (mark) => `\\$${mark}`,
    (mark) => `${mark}@acme.example`,
    (mark) => `{"auths":{"${mark}":"${mark}"}}`,
    (mark) => `{"${mark}":{"auth":"${mark}"}}`,
    (mark) => `{"auths":{"a":{"auth":"${base64(mark)}"}}} ${mark}`,
    (mark) => base64(mark),
    (mark) => base64(`${mark}:${mark}`),
    (mark) => base64(base64(`${mark}:${mark}`)),
    (mark) => encodeURIComponent(`${mark}/${mark}`),
    (mark) => jwt({ sub: mark, iss: mark }),
    (mark) => `sec\u200bret${mark}`,
    (mark) => `${mark}:${mark}`,
  ];
  const KEYS = [
    A,
    IBM,
    ECR,
    'gcr.io',
    'nvcr.io',
    'quay.io',
    'harbor.example',
    'cp.icr.io',
    'hub.docker.com',
  ];
  const USERS = ['alice', '', 'iamapikey', 'iambearer', 'AWS', '_json_key', 'token', ZERO];
  const seen = [...MARKS, ...MARKS.map(base64), base64(MARK).slice(0, 12)];

  function check(faults: readonly object[]): void {
    const text = JSON.stringify(faults);
    for (const mark of seen) assert.ok(!text.includes(mark), text);
  }

  for (const [i, form] of forms.entries()) {
    it(`in form ${i + 1}`, () => {
      const text = form(MARK);
      let told = 0;
      for (const at of KEYS) {
        for (const name of [...USERS, text]) {
          const hidden = new Hidden(text);
          for (const more of [
            {},
            { auth: hidden },
            { writtenPassword: hidden, writtenUsername: hidden },
          ]) {
            const faults = entryFaults(entry(at, name, text, more));
            told += faults.length;
            check(faults);
          }
        }
        check(entryFaults(entry(`${text}@${at}`, 'alice', text)));
        check(entryFaults(entry(`https://${text}:${text}@${at}/v2`, text, text)));
      }
      for (const type of [CONFIG, CFG.type, 'Opaque']) check(secretFaults(secret(text, { type })));
      assert.ok(told > 0);
    });
  }
});

describe('faults of hostile texts', () => {
  it('are found in time, and nothing throws', () => {
    const start = performance.now();
    for (const unit of [
      'a',
      ' ',
      '\n',
      '=',
      '"',
      '{',
      '[',
      '<',
      '$',
      ':',
      '.',
      '/',
      '@',
      '\\',
      '\0',
      '_',
      '-',
    ]) {
      const text = unit.repeat(1_000_000);
      entryFaults(entry(text, text, text, { auth: new Hidden(text) }));
      entryFaults(entry(IBM, text, text));
      secretFaults(secret(text));
      secretFaults(secret(`{"auths":${text}`, { name: text, type: text, dataKeys: [text] }));
    }
    secretFaults(secret('['.repeat(4_000_000)));
    secretFaults(secret('a'.repeat(50_000_000)));
    assert.ok(performance.now() - start < 8000, `${performance.now() - start} ms`);
  }).timeout(20_000);
});

describe('names of secrets', () => {
  for (const [name, possible, near] of [
    ['regcred', true, 'regcred'],
    ['a.b-c.d', true, 'a.b-c.d'],
    ['my_registry-secret', false, 'my-registry-secret'],
    ['RegCred', false, 'regcred'],
    ['reg cred', false, 'reg-cred'],
    ['-regcred-', false, 'regcred'],
    ['reg..cred', false, 'reg.cred'],
    ['', false, null],
    ['___', false, null],
    ['a'.repeat(254), false, 'a'.repeat(253)],
  ] as const) {
    it(name.slice(0, 30) || 'empty', () => {
      assert.equal(impossibleName(name) === null, possible);
      assert.equal(possibleName(name), near);
      if (near !== null) assert.equal(impossibleName(near), null);
    });
  }
});

describe('holdsUser', () => {
  it('sees a user before the host only', () => {
    assert.equal(holdsUser('https://me:pw@a.example/x'), true);
    assert.equal(holdsUser('me@a.example'), true);
    assert.equal(holdsUser('a.example/x@sha256:1'), false);
  });
});
