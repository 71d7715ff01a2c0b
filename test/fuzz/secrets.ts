/** Pull secrets of every kind of credential, with passwords that must not be seen. */
import { REGISTRIES } from '../../src/registries/index.ts';
import { Canaries, formsOf } from '../rig/canaries.ts';
import { base64, ecrToken, jwt } from '../unit/credentials/tokens.ts';

const canaries = new Canaries();
const CANARY = canaries.plant('password');

/** In each form in which it could get out. */
export const SECRETS: readonly string[] = formsOf(CANARY);

/** User names that say what the password is, and passwords of each form, all with the canary inside. */
const USERS = [
  'alice',
  'AWS',
  'oauth2accesstoken',
  '_json_key',
  'iamapikey',
  'iambearer',
  '<token>',
];
const MORE_USERS = [
  '$oauthtoken',
  'robot$team+ci',
  '00000000-0000-0000-0000-000000000000',
  '',
  'cp',
];
const PASSWORDS = [
  CANARY,
  `ghp_${CANARY}`,
  `glpat-${CANARY}`,
  `dckr_pat_${CANARY}`,
  jwt({ iss: 'kubernetes/serviceaccount', sub: CANARY, exp: 1_790_000_000 }) + CANARY,
  ecrToken(1_790_000_000) + base64(CANARY),
  JSON.stringify({ type: 'service_account', private_key: CANARY, client_email: 'a@b.c' }),
];

/** Texts of `.dockerconfigjson`, well-formed. */
export function configTexts(): string[] {
  const hosts = REGISTRIES.flatMap((registry) => registry.hosts.map(({ host }) => nameOf(host)));
  const users = [...USERS, ...MORE_USERS];
  return hosts.map((host, i) => {
    const username = users[i % users.length] ?? '';
    const password = PASSWORDS[i % PASSWORDS.length] ?? '';
    const auth = base64(`${username}:${password}`);
    const entry = [
      { auth },
      { username, password },
      { username, password, auth, email: 'alice@example.com' },
      { identitytoken: password, auth },
    ][i % 4];
    const more = i % 5 === 0 ? { HttpHeaders: { 'X-Meta': CANARY }, credsStore: 'desktop' } : {};
    return JSON.stringify({ auths: { [host]: entry, 'a.example/team': { auth } }, ...more });
  });
}

/** A name that a rule for hosts fits. */
function nameOf(rule: string): string {
  return rule.replaceAll('{account}', '123456789012').replace(/\*\*|\*|\{\w+\}/g, 'eu');
}

/** Of the API, around a config. */
export function secretObject(name: string, config: string, form = 'dockerconfigjson'): object {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { namespace: 'shop', name, uid: name, creationTimestamp: '2026-11-20T00:00:00Z' },
    type: `kubernetes.io/${form}`,
    data: { [`.${form}`]: base64(config) },
  };
}

/** Fields that hold what must not be seen. */
const SECRET_FIELDS = [
  'password',
  'auth',
  'identitytoken',
  'registrytoken',
  'httpheaders',
  'x-meta',
];

/** Base64 that may be a config. */
const PACKED = /[A-Za-z0-9+/_=\s-]{40,}/g;

/**
 * Whether a secret stands where nobody can know that it is one: a change of the text may have made it a part of a user
 * name or of a registry. Of a text that is no JSON nothing at all is shown. Looks into base64.
 */
export function isMisplaced(text: string, depth = 0): boolean {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    if (depth > 4) return false;
    const packed = text.match(PACKED) ?? [];
    return packed.some((one) => isMisplaced(unpacked(one), depth + 1));
  }
  return isOutside(value);
}

function unpacked(base64: unknown): string {
  return typeof base64 === 'string' ? Buffer.from(base64, 'base64').toString('latin1') : '';
}

function isOutside(value: unknown): boolean {
  if (typeof value === 'string') return holdsSecret(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, inner]) => {
    if (holdsSecret(name)) return true;
    const field = name.toLowerCase();
    if (field.startsWith('.dockerc')) return isMisplaced(unpacked(inner));
    if (!SECRET_FIELDS.includes(field)) return isOutside(inner);
    // What stands before the colon is a user name.
    const [user = ''] = unpacked(inner).split(':');
    return field === 'auth' && (holdsSecret(user) || holdsSecret(unpacked(user)));
  });
}

/** Also a few letters of it. */
function holdsSecret(text: string): boolean {
  return PARTS.some((part) => text.includes(part)) || SECRETS.some((form) => text.includes(form));
}

const PARTS = Array.from({ length: CANARY.length - 5 }, (_, at) => CANARY.slice(at, at + 6));
