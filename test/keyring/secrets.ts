/** Random pull secrets: whole ones, and ones that are broken in many ways. Every password is made up. */
import { randomKey } from './keys.ts';
import type { Chance } from './random.ts';

export interface CaseSecret {
  readonly name: string;
  readonly type: string;
  /** Base64, as in the API. */
  readonly data: Readonly<Record<string, string>>;
}

const JSON_TYPE = 'kubernetes.io/dockerconfigjson';
const CFG_TYPE = 'kubernetes.io/dockercfg';
const USERS = [
  'iamapikey',
  'ada',
  'robot$ci',
  'AWS',
  '',
  'a:b',
  '\u00fcser',
  '_json_key',
  '$oauthtoken',
  '\ud83d\ude00',
];
const PASSWORDS = [
  'fake-pass',
  'fake:pass',
  '',
  'fake\n',
  ' fake ',
  '\u00e9\u00e8',
  'x'.repeat(60),
  '"fake"',
  '\ufffd',
  'a\0b',
];
const FIELDS = [
  'username',
  'password',
  'auth',
  'email',
  'identitytoken',
  'registrytoken',
  'Auth',
  'PASSWORD',
  'x',
  'userName',
  'pa\u017f\u017fword',
  'to\u212aen',
];
const WRONG = [
  'null',
  'true',
  'false',
  '0',
  '-1.5e+3',
  '[]',
  '{}',
  '"text"',
  '[1,{"a":[]}]',
  '{"a":{"b":null}}',
  '""',
];
/** No JSON. */
const UNSOUND = [
  '-',
  '01',
  '1.',
  '1e',
  '1.e1',
  '-a',
  '+1',
  '.5',
  '1e+',
  '1e-x',
  'tru',
  'nul',
  'falsy',
  '{"a"}',
  '{"a":}',
  '[1,]',
  '{,}',
  '[',
  '"',
  '"\\u12g4"',
  '1 2',
  '{"a":1,}',
  "{'a':1}",
];
const NAMES = ['regcred', 'all-icr-io', 'ghcr', 'b'];

/** None to three secrets, as a pod may name them; the same name may come twice. */
export function randomSecrets(chance: Chance, image: string): CaseSecret[] {
  const count = chance.of([0, 1, 1, 1, 1, 2, 2, 3]);
  return Array.from({ length: count }, () => randomSecret(chance, image));
}

function randomSecret(chance: Chance, image: string): CaseSecret {
  const cfg = chance.percent(25);
  const entries = randomEntries(chance, image);
  const wrapped = chance.odd(3) === cfg;
  let text = wrapped ? config(chance, entries) : entries;
  if (chance.odd(6)) text = chance.of(WRONG);
  if (chance.odd(2)) text = chance.of(UNSOUND);
  if (chance.odd(3)) text = '';
  let bytes = Buffer.from(text, 'utf8');
  if (chance.odd(7)) bytes = damage(chance, bytes);
  if (chance.odd(1)) bytes = Buffer.from(`\ufeff${text}`, chance.percent(50) ? 'utf8' : 'utf16le');
  const type = !chance.odd(7)
    ? cfg
      ? CFG_TYPE
      : JSON_TYPE
    : chance.of(['Opaque', '', JSON_TYPE, CFG_TYPE, `${JSON_TYPE} `]);
  const right = cfg ? '.dockercfg' : '.dockerconfigjson';
  const dataKey = !chance.odd(3)
    ? right
    : chance.of(['.dockercfg', '.dockerconfigjson', 'config.json']);
  const data: Record<string, string> = { [dataKey]: bytes.toString('base64') };
  if (chance.odd(2)) data['.dockercfg'] = Buffer.from('{}').toString('base64');
  return { name: chance.of(NAMES), type, data };
}

function config(chance: Chance, entries: string): string {
  const auths = !chance.odd(6)
    ? '"auths"'
    : chance.of(['"Auths"', '"AUTHS"', '"auth"', '"auth\u017f"', '"\\u0061uths"', '"auths "']);
  const members = [`${auths}${blank(chance)}:${blank(chance)}${entries}`];
  if (chance.odd(4))
    members.push(
      `"auths":${chance.of(['null', '{}', '[]', '{"quay.io":{"auth":"YTpi"}}', 'true', '1'])}`,
    );
  if (chance.odd(4))
    members.push(
      `"HttpHeaders":${chance.of(['{"a":"b"}', '{"a":1}', 'null', '[]', '"x"', '{"a":null}', '{}'])}`,
    );
  if (chance.odd(4)) members.push('"credsStore":"desktop"');
  if (chance.odd(4)) members.push('"credHelpers":{"us.icr.io":"ic"}');
  if (chance.percent(30)) members.reverse();
  return `${blank(chance)}{${members.join(`${blank(chance)},`)}}${blank(chance)}`;
}

function randomEntries(chance: Chance, image: string): string {
  if (chance.odd(3)) return chance.of(WRONG);
  const count = chance.of([0, 1, 1, 1, 1, 2, 2, 3, 5]);
  const keys = Array.from({ length: count }, () => randomKey(chance, image));
  if (count > 1 && chance.percent(15)) keys[1] = respell(chance, keys[0] ?? '');
  const members = keys.map(
    (key) => `${quote(chance, key)}${blank(chance)}:${blank(chance)}${randomEntry(chance)}`,
  );
  return `{${members.join(',')}}`;
}

/** Another spelling that reads alike, or the same once more. */
function respell(chance: Chance, key: string): string {
  return chance.of([
    `https://${key}`,
    `http://${key}`,
    `${key}/`,
    `${key}/v2/`,
    `user@${key}`,
    `${key}?x`,
    key,
  ]);
}

function randomEntry(chance: Chance): string {
  if (chance.odd(3)) return chance.of(WRONG);
  if (chance.odd(1)) return chance.of(UNSOUND);
  const members: string[] = [];
  const user = chance.of(USERS);
  const password = chance.of(PASSWORDS);
  if (chance.percent(65))
    members.push(`${field(chance, 'auth')}:${quote(chance, randomAuth(chance, user, password))}`);
  if (chance.percent(45)) members.push(`${field(chance, 'username')}:${quote(chance, user)}`);
  if (chance.percent(45)) members.push(`${field(chance, 'password')}:${quote(chance, password)}`);
  if (chance.percent(15)) members.push('"email":"a@example.com"');
  if (chance.percent(8))
    members.push(`"${chance.of(FIELDS)}":${quote(chance, chance.of(PASSWORDS))}`);
  if (chance.odd(3)) members.push(`"${chance.of(FIELDS)}":${chance.of(WRONG)}`);
  return `{${members.join(`,${blank(chance)}`)}}`;
}

function field(chance: Chance, name: string): string {
  return !chance.odd(5)
    ? `"${name}"`
    : chance.of([
        `"${name.toUpperCase()}"`,
        `"${name} "`,
        `"\\u00${name.charCodeAt(0).toString(16)}${name.slice(1)}"`,
      ]);
}

function randomAuth(chance: Chance, user: string, password: string): string {
  const login = !chance.odd(4) ? `${user}:${password}` : user;
  let bytes = Buffer.from(login, 'utf8');
  if (chance.odd(2)) bytes = Buffer.concat([bytes, Buffer.from([0xff, 0xc3, 0xe2, 0x82])]);
  const auth = bytes.toString('base64');
  if (!chance.odd(30)) return auth;
  const at = chance.below(auth.length + 1);
  const cutTo = (part: string) => auth.slice(0, at) + part + auth.slice(at);
  return chance.of([
    auth.replace(/=+$/, ''),
    `${auth}=`,
    `${auth} `,
    ` ${auth}`,
    `${auth}\n`,
    `${auth}\r\n`,
    cutTo('\n'),
    cutTo('\r\n'),
    cutTo(' '),
    cutTo('='),
    cutTo('-'),
    cutTo('\u00e9'),
    auth.slice(0, at),
    auth.slice(1),
    login,
    `${auth}${auth}`,
    `${auth}\u00a0`,
    `${auth}=\u2003`,
    Buffer.from(auth).toString('base64'),
    auth.replace(/=/g, '=\n'),
    '=',
    '==',
    'A',
    'AA=',
    'AA=\n=',
    'AAA\n',
    'A\n===',
    '\n',
    'Og',
    'Og==',
  ]);
}

/** A JSON string, sometimes with escapes that nobody needs. */
function quote(chance: Chance, text: string): string {
  const plain = JSON.stringify(text);
  if (!chance.odd(4)) return plain;
  const at = 1 + chance.below(Math.max(1, plain.length - 2));
  const part = chance.of([
    '\\u0061',
    '\\/',
    '\\ud83d\\ude00',
    '\\ud800',
    '\\udc00x',
    '\\ud800\\u0061',
    '\\x',
    "\\'",
    '\\u12',
    '\t',
    '\\t',
    '\\n',
  ]);
  return plain.slice(0, at) + part + plain.slice(at);
}

function blank(chance: Chance): string {
  return !chance.odd(10)
    ? ''
    : chance.of([' ', '\n', '\t', '\r\n', '  ', chance.odd(30) ? '\v' : ' ']);
}

/** A byte taken out, put in, doubled or changed; or the end cut off. */
function damage(chance: Chance, bytes: Buffer): Buffer<ArrayBuffer> {
  const at = chance.below(bytes.length + 1);
  const before = bytes.subarray(0, at);
  const odd = chance.percent(50)
    ? chance.of([...'{}[]",:\\\'0-.eE+tfn \n'].map((char) => char.charCodeAt(0)))
    : chance.below(256);
  switch (chance.below(4)) {
    case 0:
      return Buffer.concat([before, bytes.subarray(at + 1)]);
    case 1:
      return Buffer.concat([before, Buffer.from([odd]), bytes.subarray(at)]);
    case 2:
      return Buffer.concat([before, Buffer.from([odd]), bytes.subarray(at + 1)]);
    default:
      return Buffer.concat([before]);
  }
}
