import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { decodeText } from '../../../src/print/decode.ts';
import { type DecodePrint, expiresText } from '../../../src/print/decode-cells.ts';
import { dockerConfig } from '../../../src/print/decode-config.ts';
import { decodedSecretList } from '../../../src/print/decode-document.ts';
import type { EntryItem, FaultItem, SecretItem, UserItem } from '../../../src/print/decode-view.ts';
import { SECRET_STATUSES } from '../../../src/words/secret-status.ts';

const NOW = Date.parse('2026-11-21T04:00:00Z');
const HOUR = 3_600_000;
const PRINT: DecodePrint = {
  now: NOW,
  wide: false,
  noHeaders: false,
  withNamespace: false,
  named: true,
  bold: (text) => text,
  width: 100,
  command: (line) => line,
};
const FAULT: FaultItem = {
  id: 'password-newline',
  place: 'password',
  effect: 'refused',
  certainty: 'likely',
  text: 'the password ends in a line break',
  fix: 'leave it out',
};
const ENTRY: EntryItem = {
  registry: 'quay.io',
  readAs: 'quay.io',
  user: 'alice',
  password: { text: '********', masked: true, length: 32 },
  from: 'auth',
  broken: false,
  repeated: false,
  auth: '********',
  identityToken: null,
  registryToken: null,
  email: null,
  kind: { id: 'unknown', label: 'unknown', life: 'not known', advice: 'Nothing tells.' },
  expires: null,
  fingerprint: '0badcafe',
  faults: [],
};
const SECRET: SecretItem = {
  namespace: 'shop',
  name: 'regcred',
  file: null,
  status: 'ok',
  why: null,
  notes: [],
  type: 'kubernetes.io/dockerconfigjson',
  dataKey: '.dockerconfigjson',
  createdAt: NOW - 30 * HOUR,
  changedAt: null,
  kubelet: null,
  fingerprint: '0badcafe',
  content: null,
  faults: [],
  entries: [ENTRY],
  near: null,
};
const USER: UserItem = {
  kind: 'Pod',
  namespace: 'shop',
  name: 'web',
  from: 'own',
  serviceAccount: 'default',
  pullSecrets: [],
  tooLate: ['late'],
  unseen: false,
};

function secret(entry: Partial<EntryItem>, more: Partial<SecretItem> = {}): SecretItem {
  return { ...SECRET, ...more, entries: [{ ...ENTRY, ...entry }] };
}

function text(item: SecretItem, print: Partial<DecodePrint> = {}): string {
  return decodeText({ secrets: [item], users: [] }, { ...PRINT, ...print });
}

/** The cells of the only row. */
function cells(item: SecretItem, print: Partial<DecodePrint> = {}): string[] {
  const row = text(item, { ...print, noHeaders: true }).split('\n')[0] ?? '';
  return row.split(/ {3,}/);
}

describe('decodeText', () => {
  it('says an entry in one row', () => {
    assert.equal(
      text(SECRET),
      'SECRET    REGISTRY   USER    PASSWORD        KIND      EXPIRES     FINGERPRINT   FAULTS\n' +
        'regcred   quay.io    alice   ******** (32)   unknown   <unknown>   0badcafe      <none>\n',
    );
  });

  it('says more where it is wide', () => {
    assert.deepEqual(cells(SECRET, { wide: true, withNamespace: true }), [
      ...['shop', 'regcred', 'quay.io', 'quay.io', 'alice', '******** (32)', 'auth', '<none>'],
      ...['unknown', '<unknown>', '0badcafe', '.dockerconfigjson', '30h', '<none>'],
    ]);
  });

  for (const [expires, want] of [
    [null, '<unknown>'],
    [{ at: NOW + 11 * HOUR, atLatest: false }, 'in 11h'],
    [{ at: NOW - 48 * HOUR, atLatest: false }, '2d ago'],
    [{ at: NOW + HOUR, atLatest: true }, 'at the latest in 60m'],
    [{ at: NOW - HOUR, atLatest: true }, 'at the latest 60m ago'],
    [{ at: 1e300, atLatest: false }, /^in \d/],
  ] as const) {
    it(`says that it ends ${want}`, () => {
      if (typeof want === 'string') assert.equal(expiresText(expires, NOW), want);
      else assert.match(expiresText(expires, NOW), want);
    });
  }

  const last: readonly (readonly [string, SecretItem, string])[] = [
    ['faults by their ids', secret({ faults: [FAULT] }), 'password-newline'],
    [
      'two of many faults',
      secret({ faults: [FAULT, FAULT, FAULT] }, { faults: [FAULT] }),
      'password-newline,password-newline,+2',
    ],
    ['what has expired', secret({ expires: { at: NOW - 1, atLatest: false } }), 'expired'],
    ['a key that is ignored', secret({ readAs: null }), 'key-ignored'],
    ['a missing secret', { ...SECRET, status: 'missing', entries: [] }, 'missing'],
    ['a forbidden secret', { ...SECRET, status: 'not allowed', entries: [] }, 'not allowed'],
    ['an elided secret', { ...SECRET, status: 'elided', entries: [] }, 'elided'],
  ];
  for (const [name, item, want] of last) {
    it(`tells ${name} in its last cell`, () => assert.equal(cells(item).at(-1), want));
  }

  it('tells a fault in a sentence, with its fix', () => {
    assert.match(
      text(secret({ faults: [FAULT] }, { status: 'suspicious' })),
      /\n\nregcred: suspicious\n {2}Fault: {5}quay\.io: the password ends in a line break \(likely, the registry refuses it\)\n {2}Fix: {7}leave it out\n$/,
    );
  });

  const told: readonly (readonly [string, SecretItem, RegExp])[] = [
    [
      'how a key is read',
      secret({ registry: 'https://quay.io/v2/' }),
      /Read as: {3}https:\/\/quay\.io\/v2\/ is read as quay\.io/,
    ],
    [
      'a key that is not read',
      secret({ readAs: null }),
      /Ignored: {3}quay\.io: the kubelet cannot/,
    ],
    ['a key that stands twice', secret({ repeated: true }), /quay\.io stands there twice/],
    [
      'what the kubelet says',
      secret({}, { status: 'malformed', kubelet: { error: 'illegal base64', entry: 'quay.io' } }),
      /Kubelet: {3}.*pulls no image.*"illegal base64"\s+\(entry\s+quay\.io\)/,
    ],
    [
      'the nearest name',
      { ...SECRET, status: 'missing', why: 'it is not there', near: 'regcred2', entries: [] },
      /Why: {7}it is not there; the nearest pull secret there is regcred2/,
    ],
    [
      'the type where it is wrong',
      secret({}, { status: 'wrong type', type: 'Opaque' }),
      /Type: {6}Opaque/,
    ],
    ['how it was given', secret({}, { notes: ['it is UTF-16'] }), /Note: {6}it is UTF-16/],
    [
      'a password that a cell would cut',
      secret({ password: { text: 'x'.repeat(900), masked: false, length: 900 } }),
      /below \(900\)[\s\S]*Password: {2}quay\.io: x{900}\n/,
    ],
    [
      'a password that holds a line break',
      secret({ password: { text: 'a\nb', masked: false, length: 3 } }),
      /below \(3\)[\s\S]*Password: {2}quay\.io: a\\nb\n/,
    ],
    [
      'a token',
      secret({ password: { text: '', masked: false, length: 0 }, identityToken: 'tok' }),
      /Identity: {2}quay\.io: tok/,
    ],
  ];
  for (const [name, item, want] of told) {
    it(`tells ${name} below`, () => assert.match(text(item), want));
  }

  it('makes control characters visible', () => {
    const item = secret({ registry: 'quay\x1b[31m', user: 'a\u202eb', readAs: null });
    assert.ok(!/[\p{Cc}\p{Cf}]/u.test(text(item).replaceAll('\n', '')));
  });

  it('tells of a list only what is wrong', () => {
    const item = secret({ registry: 'https://quay.io' });
    assert.equal(text(item, { named: false }).split('\n').length, 3);
    assert.match(text(secret({ faults: [FAULT] }), { named: false }), /Fault:/);
  });

  it('tells of very many faults by a hint', () => {
    const secrets = Array.from({ length: 20 }, (_, i) =>
      secret({ faults: [FAULT] }, { name: `s${i}`, status: 'suspicious' }),
    );
    const out = decodeText(
      { secrets, users: [] },
      {
        ...PRINT,
        named: false,
        command: (line) => `${line} --context prod`,
      },
    );
    assert.match(
      out,
      /\n\nWhat is wrong with one: kubectl imagepull decode s0 -n shop --context prod\n$/,
    );
  });

  it('tells of a pod without pull secrets, and of those that came too late', () => {
    const out = decodeText({ secrets: [], users: [USER] }, PRINT);
    assert.match(out, /^pod\/web\n {2}Secrets: {3}none: images are pulled anonymously/);
    assert.match(out, /serviceaccount default lists late/);
  });
});

describe('dockerConfig', () => {
  it('holds the mask for a secret that is masked', () => {
    assert.deepEqual(dockerConfig({ secrets: [secret({ email: 'a@b.c' })], users: [] }), {
      config: {
        auths: {
          'quay.io': { username: 'alice', password: '********', email: 'a@b.c', auth: '********' },
        },
      },
      leftOut: [],
      masked: true,
    });
  });

  const none = { text: '********', masked: true, length: 0 };
  const bare = { user: '', password: none, from: 'nothing', auth: null } as const;
  const inside: readonly (readonly [string, Partial<EntryItem>, object, boolean])[] = [
    [
      'an identity token alone',
      { ...bare, identityToken: '********' },
      { identitytoken: '********' },
      true,
    ],
    ['a shown one', { ...bare, identityToken: 'T' }, { identitytoken: 'T' }, false],
    ['a registry token', { ...bare, registryToken: 'T' }, { registrytoken: 'T' }, false],
    ['nothing at all', bare, {}, false],
    ['auth of a lone colon', { ...bare, auth: 'Og==' }, { auth: 'Og==' }, false],
    [
      'a user name alone',
      { ...bare, user: 'alice', from: 'username and password' },
      { username: 'alice' },
      false,
    ],
    [
      'a user name in auth, with an identity token',
      { user: 'alice', password: none, from: 'auth', auth: '********', identityToken: '********' },
      { username: 'alice', auth: 'YWxpY2U6', identitytoken: '********' },
      true,
    ],
    [
      'a user name that is hidden',
      { ...bare, user: '********', from: 'auth', auth: '********' },
      { username: '********', auth: '********' },
      true,
    ],
    ['a password in the key', { ...bare, registry: '********@quay.io' }, {}, true],
  ];
  for (const [what, entry, want, masked] of inside) {
    it(`holds of ${what} what is there`, () => {
      const got = dockerConfig({ secrets: [secret(entry)], users: [] });
      assert.deepEqual(Object.values(got.config.auths), [want]);
      assert.equal(got.masked, masked);
    });
  }

  it('makes auth of what may be shown, in UTF-8', () => {
    const shown = secret({ password: { text: 'gehéim', masked: false, length: 6 } });
    const auth = dockerConfig({ secrets: [shown], users: [] }).config.auths['quay.io']?.auth ?? '';
    assert.equal(Buffer.from(auth, 'base64').toString(), 'alice:gehéim');
  });

  it('keeps the first of equal registries and leaves out what cannot be read', () => {
    const { config, leftOut } = dockerConfig({
      secrets: [
        secret({}),
        secret({ user: 'bob' }, { name: 'other' }),
        secret({ registry: 'ghcr.io', broken: true }),
      ],
      users: [],
    });
    assert.deepEqual(Object.keys(config.auths), ['quay.io']);
    assert.equal(config.auths['quay.io']?.username, 'alice');
    assert.match(leftOut.join('\n'), /quay\.io of shop\/other.*\nghcr\.io of shop\/regcred/);
  });

  it('takes a registry of any name', () => {
    const { config } = dockerConfig({ secrets: [secret({ registry: '__proto__' })], users: [] });
    assert.deepEqual(Object.keys(config.auths), ['__proto__']);
  });
});

describe('DecodedSecretList', () => {
  const schema = JSON.parse(
    readFileSync(
      join(import.meta.dirname, '../../../docs/schema/decoded-secret-list.json'),
      'utf8',
    ),
  ) as { $defs: { secret: { properties: { status: { enum: string[] } } } } };
  const validate = new Ajv2020({ allErrors: true, formats: { 'date-time': true } }).compile(schema);
  const why = {
    reason: 'forbidden',
    what: 'secret',
    text: 'not allowed',
    check: 'kubectl',
  } as const;

  const documents: readonly (readonly [string, SecretItem])[] = [
    ['a secret', SECRET],
    ['faults', secret({ faults: [FAULT] }, { faults: [FAULT], notes: ['x'] })],
    ['an end', secret({ expires: { at: NOW, atLatest: true } })],
    ['an end beyond all dates', secret({ expires: { at: 1e300, atLatest: false } })],
    ['a docker config', { ...SECRET, namespace: null, name: null, file: 'config.json' }],
    [
      'a broken one',
      secret(
        { broken: true, fingerprint: null },
        { kubelet: { error: 'e', entry: null }, content: 'x' },
      ),
    ],
    [
      'a missing one',
      { ...SECRET, type: null, dataKey: null, fingerprint: null, status: 'missing', entries: [] },
    ],
  ];
  for (const [name, item] of documents) {
    it(`of ${name} fits the schema`, () => {
      const list = decodedSecretList({ secrets: [item], users: [USER] }, [why]);
      const parsed: unknown = JSON.parse(JSON.stringify(list));
      assert.ok(validate(parsed), JSON.stringify(validate.errors?.slice(0, 3)));
    });
  }

  it('has every status there is', () => {
    const known = schema.$defs.secret.properties.status.enum;
    assert.deepEqual(
      SECRET_STATUSES.filter((status) => !known.includes(status)),
      [],
    );
  });
});
