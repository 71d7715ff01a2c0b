/** A pull secret for every fault that `decode` knows, and what comes of a pod that uses it. Pure. */
import type { FaultId } from '../../../src/credentials/faults/fault.ts';
import { PASSWORD, USER } from '../../cluster/up/settings.ts';
import { base64, HOST, login } from './secrets.ts';

/** What comes of it, besides a cause: an API server of today does not take the secret, or the image is pulled. */
export type Came =
  | 'refused by the API server'
  | 'the pod runs'
  | 'Unauthorized'
  | 'SecretMalformed'
  | 'SecretMissing';

export interface SecretFault {
  readonly id: FaultId;
  readonly what: string;
  readonly came: Came;
  readonly content: string;
  readonly type?: string;
  readonly dataKey?: string;
  /** Name of the secret in the pod, where no secret can have it. */
  readonly named?: string;
}

type Row = Omit<SecretFault, 'content'>;

const CONFIG = 'kubernetes.io/dockerconfigjson';
const OLD = { type: 'kubernetes.io/dockercfg', dataKey: '.dockercfg' } as const;
const GOOD = JSON.stringify({ auths: { [HOST]: login() } });

function content(id: FaultId, what: string, came: Came, text: string, more: Partial<Row> = {}) {
  return { id, what, came, content: text, type: CONFIG, ...more };
}

/** With these entries. */
function auths(id: FaultId, what: string, came: Came, of: object, more: object = {}): SecretFault {
  return content(id, what, came, JSON.stringify({ auths: of, ...more }));
}

function keyed(id: FaultId, what: string, key: string, came: Came = 'Unauthorized'): SecretFault {
  return auths(id, what, came, { [key]: login() });
}

function user(id: FaultId, what: string, name: string, host: string = HOST): SecretFault {
  return auths(id, what, 'Unauthorized', { [host]: { username: name, password: PASSWORD } });
}

function password(id: FaultId, what: string, text: string): SecretFault {
  return auths(id, what, 'Unauthorized', { [HOST]: { username: USER, password: text } });
}

const REFUSED = 'refused by the API server';

const OF_SECRETS: readonly SecretFault[] = [
  content('secret-name-impossible', 'a name with capitals', 'SecretMissing', GOOD, {
    named: 'My_Secret',
  }),
  content('secret-wrong-type', 'type Opaque', 'Unauthorized', GOOD, { type: 'Opaque' }),
  content('data-key-wrong', 'the configuration under config.json', REFUSED, GOOD, {
    dataKey: 'config.json',
  }),
  content('content-empty', 'nothing', REFUSED, ''),
  content('content-bom', 'a byte order mark before the JSON', REFUSED, `\ufeff${GOOD}`),
  content('content-utf16', 'UTF-16', REFUSED, `\ufeff${[...GOOD].join('\0')}\0`),
  content('content-double-base64', 'base64 of the configuration', REFUSED, base64(GOOD)),
  content('content-placeholder', 'a variable that nothing filled in', REFUSED, '$DOCKER_CONFIG'),
  content('content-not-json', 'JSON that breaks off', REFUSED, GOOD.slice(0, -10)),
  content('content-not-object', 'a list', REFUSED, '[]'),
  auths('creds-store', 'a credential store', 'Unauthorized', { [HOST]: {} }, { credsStore: 'x' }),
  content('auths-missing', 'entries without auths', 'Unauthorized', `{"${HOST}":{"auth":"x"}}`),
  auths('auths-wrong-shape', 'auths that is a list', 'SecretMalformed', [login()]),
  auths('auths-empty', 'no entry', 'Unauthorized', {}),
  content('dockercfg-has-auths', 'the newer form in the older type', 'Unauthorized', GOOD, OLD),
  auths('entry-wrong-shape', 'an entry that is a text', 'SecretMalformed', { [HOST]: 'x' }),
];

const OF_KEYS: readonly SecretFault[] = [
  keyed('key-empty', 'a key without a host', 'https://'),
  keyed('key-blank', 'a key with a blank at its end', `${HOST} `),
  keyed('key-scheme', 'a key with oci://', `oci://${HOST}`),
  keyed('key-placeholder', 'a variable for a key', '$REGISTRY'),
  keyed('key-holds-user', 'a key with a user before @', `https://${USER}@${HOST}`, 'the pod runs'),
  keyed('secret-key-case', 'a key in capitals', HOST.toUpperCase()),
  keyed('key-trailing-dot', 'a key with a dot at its end', `${HOST}.`),
  keyed('key-tag', 'a key with a tag', `${HOST}/team/app:1.0`),
  keyed('key-version-path', 'a key that ends in /v2', `${HOST}/v2`),
  keyed('key-default-port', 'a key with port 443', `${HOST}:443`),
  keyed('key-hub-name', "a key of Docker Hub's API", 'hub.docker.com'),
  keyed('key-old-host', 'a key of a host that is no more', 'k8s.gcr.io'),
  keyed('key-no-registry', 'a key of a web interface', 'gitlab.com'),
];

const OF_ENTRIES: readonly SecretFault[] = [
  auths('auth-not-base64', 'auth that is not base64', 'SecretMalformed', {
    [HOST]: { auth: `${USER}:${PASSWORD}` },
  }),
  auths('auth-double-base64', 'auth encoded twice', 'SecretMalformed', {
    [HOST]: { auth: base64(login().auth) },
  }),
  auths('auth-no-colon', 'auth without a colon', 'SecretMalformed', {
    [HOST]: { auth: base64(USER) },
  }),
  auths('auth-disagrees', 'auth and fields of two users', 'the pod runs', {
    [HOST]: { ...login(), username: 'bob', password: 'another' },
  }),
  auths('identity-token-only', 'an identity token alone', 'Unauthorized', {
    [HOST]: { identitytoken: 'token' },
  }),
  auths('empty-credentials', 'an entry with nothing in it', 'Unauthorized', { [HOST]: {} }),
];

const OF_LOGINS: readonly SecretFault[] = [
  user('username-missing', 'no user name', ''),
  user('username-blank', 'a blank behind the user name', `${USER} `),
  user('username-quoted', 'a user name in quotes', `"${USER}"`),
  user('username-placeholder', 'a variable for a user name', '$REGISTRY_USER'),
  user('username-shell', 'a robot of which the shell took a part', 'robot+'),
  user('username-unknown', 'a user name that IBM does not know', USER, 'us.icr.io'),
  password('password-missing', 'no password', ''),
  password('password-newline', 'a line break behind the password', `${PASSWORD}\n`),
  password('password-blank', 'a blank before the password', ` ${PASSWORD}`),
  password('password-invisible', 'a soft hyphen in the password', 'correct\u00adhorse'),
  password('password-quoted', 'a password in quotes', `'${PASSWORD}'`),
  password('password-bearer', 'Bearer before the password', `Bearer ${PASSWORD}`),
  password('password-command-output', 'the output of docker login', 'Login Succeeded'),
  password('password-placeholder', 'a placeholder for a password', 'changeme'),
  user('password-wrong-form', 'a password that goes with another user name', '_json_key'),
  auths('credential-cannot-pull', 'a fine-grained token of GitHub', 'Unauthorized', {
    'ghcr.io': { username: USER, password: `github_pat_${'a'.repeat(30)}` },
  }),
  auths('credential-of-another-registry', 'a token of GitHub for Quay', 'Unauthorized', {
    'quay.io': { username: 'org+robot', password: `ghp_${'a'.repeat(36)}` },
  }),
];

export const SECRET_FAULTS: readonly SecretFault[] = [
  ...OF_SECRETS,
  ...OF_KEYS,
  ...OF_ENTRIES,
  ...OF_LOGINS,
];
