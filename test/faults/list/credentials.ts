/** Who asks: pull secrets that are wrong, missing or broken, ServiceAccounts, logins without rights. */
import { HOSTS, OTHER_APP, PASSWORD, PRIVATE_APP, USER } from '../../cluster/up/settings.ts';
import type { Fault } from '../fault.ts';
import { spoiled } from './hosts.ts';
import { base64, HOST, login, secretOf, secretWith, serviceAccount } from './secrets.ts';

const TOKEN = HOSTS.token.name;
const TEAM = `${TOKEN}/team/app:1.0`;

/** A pod with a pull secret of its own, both named after the fault. */
function withSecret(fault: Omit<Fault, 'secrets' | 'image'> & { readonly image?: string }): Fault {
  return { image: PRIVATE_APP, secrets: [fault.name], ...fault };
}

/** A token of three parts that ended an hour ago, signed by nobody. */
function expiredToken(): string {
  const hour = 3600;
  const now = Math.floor(Date.now() / 1000);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { iss: 'https://corp.test', sub: USER, iat: now - 2 * hour, exp: now - hour };
  return `${part({ alg: 'ES256', typ: 'JWT' })}.${part(claims)}.${base64('signature')}`;
}

const UNAUTHORIZED: readonly Fault[] = [
  {
    name: 'no-secret',
    cause: 'Unauthorized',
    what: 'no pull secret, basic auth',
    image: PRIVATE_APP,
  },
  {
    name: 'wrong-password',
    cause: 'Unauthorized',
    what: 'wrong password, basic auth',
    image: PRIVATE_APP,
    secrets: ['wrong'],
    as: 'Deployment',
  },
  {
    name: 'wrong-password-token',
    cause: 'Unauthorized',
    what: 'wrong password, token server',
    image: TEAM,
    secrets: ['token-wrong'],
    as: 'Job',
  },
  {
    name: 'wrong-password-public',
    cause: 'Unauthorized',
    what: 'wrong password for an image that anybody may pull',
    image: OTHER_APP.replace(HOSTS.open.name, TOKEN),
    secrets: ['token-wrong'],
  },
  withSecret({
    name: 'other-host',
    cause: 'Unauthorized',
    what: 'pull secret for another registry',
    objects: [secretOf('other-host', { [HOSTS.open.name]: login() })],
  }),
  withSecret({
    name: 'opaque',
    cause: 'Unauthorized',
    what: 'pull secret of type Opaque',
    objects: [
      secretWith('opaque', JSON.stringify({ auths: { [HOST]: login() } }), { type: 'Opaque' }),
    ],
  }),
];

const RIGHTS: readonly Fault[] = [
  {
    name: 'private-none',
    cause: 'RepositoryMissingOrPrivate',
    what: 'no pull secret, and a registry that hides what is private',
    image: TEAM,
  },
  {
    name: 'private-guest',
    cause: 'RepositoryMissingOrPrivate',
    what: 'login without rights, and a registry that hides what is private',
    image: TEAM,
    secrets: ['token-guest'],
    as: 'several containers',
  },
  {
    name: 'private-nowhere',
    cause: 'RepositoryMissingOrPrivate',
    what: 'repository that is not there, asked for by a login without rights',
    image: `${TOKEN}/team/nowhere:1.0`,
    secrets: ['token-guest'],
  },
  {
    name: 'denied',
    cause: 'Forbidden',
    what: 'a 403 with DENIED for the manifest',
    image: spoiled('denied'),
  },
  {
    name: 'realm-denied',
    cause: 'Forbidden',
    what: 'a 403 with DENIED of the token server',
    image: spoiled('realm-403'),
  },
  withSecret({
    name: 'login-denied',
    cause: 'Forbidden',
    what: 'login that is right and may not pull',
    image: spoiled('login-denied'),
    objects: [secretOf('login-denied', { 'login-denied.faults.corp.test': login() })],
  }),
  withSecret({
    name: 'login-expired',
    cause: 'CredentialsExpired',
    what: 'a 403 saying that the token of the login has expired',
    image: spoiled('login-expired'),
    objects: [secretOf('login-expired', { 'login-expired.faults.corp.test': login() })],
  }),
  withSecret({
    name: 'realm-expired',
    cause: 'CredentialsExpired',
    what: 'a 403 of the token server saying that the token of the login has expired',
    image: spoiled('realm-expired'),
    objects: [secretOf('realm-expired', { 'realm-expired.faults.corp.test': login() })],
  }),
  withSecret({
    name: 'token-expired',
    cause: 'CredentialsExpired',
    what: 'token in the pull secret that ended an hour ago',
    objects: [secretOf('token-expired', { [HOST]: login('token', expiredToken()) })],
  }),
];

const MISSING: readonly Fault[] = [
  {
    name: 'secret-missing',
    cause: 'SecretMissing',
    what: 'pull secret that is not there',
    image: PRIVATE_APP,
    secrets: ['no-such-secret'],
  },
  {
    name: 'secret-misspelt',
    cause: 'SecretMissing',
    what: 'pull secret with a misspelt name',
    image: TEAM,
    secrets: ['token-rihgt'],
    as: 'Deployment',
  },
  {
    name: 'account-secret-missing',
    cause: 'SecretMissing',
    what: 'ServiceAccount that names a pull secret that is not there',
    image: PRIVATE_APP,
    objects: [serviceAccount('account-secret-missing', 'gone')],
    spec: { serviceAccountName: 'account-secret-missing' },
    as: 'StatefulSet',
  },
  {
    name: 'secret-elsewhere',
    cause: 'SecretMissing',
    what: 'pull secret in another namespace than the pod',
    image: PRIVATE_APP,
    secrets: ['elsewhere'],
    objects: [
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'faults-elsewhere' } },
      (() => {
        const made = secretOf('elsewhere', { [HOST]: login() });
        return { ...made, metadata: { ...made.metadata, namespace: 'faults-elsewhere' } };
      })(),
    ],
  },
];

const BROKEN: readonly Fault[] = [
  withSecret({
    name: 'auth-twice',
    cause: 'SecretMalformed',
    what: 'auth encoded twice',
    objects: [secretOf('auth-twice', { [HOST]: { auth: base64(login().auth) } })],
  }),
  withSecret({
    name: 'auth-no-colon',
    cause: 'SecretMalformed',
    what: 'auth without a colon',
    objects: [secretOf('auth-no-colon', { [HOST]: { auth: base64(USER) } })],
    as: 'Job',
  }),
  withSecret({
    name: 'auth-not-base64',
    cause: 'SecretMalformed',
    what: 'auth with the user and password as they are',
    objects: [secretOf('auth-not-base64', { [HOST]: { auth: `${USER}:${PASSWORD}` } })],
  }),
  withSecret({
    name: 'auths-list',
    cause: 'SecretMalformed',
    what: 'auths that is a list',
    objects: [secretOf('auths-list', [{ [HOST]: login() }])],
    as: 'Deployment',
  }),
  withSecret({
    name: 'entry-text',
    cause: 'SecretMalformed',
    what: 'entry that is a text',
    objects: [secretOf('entry-text', { [HOST]: login().auth })],
  }),
  {
    name: 'account-secret-broken',
    cause: 'SecretMalformed',
    what: 'ServiceAccount with a broken pull secret, for an image that anybody may pull',
    image: OTHER_APP,
    objects: [
      secretOf('account-secret-broken', { [HOST]: { auth: base64(USER) } }),
      serviceAccount('account-secret-broken', 'account-secret-broken'),
    ],
    spec: { serviceAccountName: 'account-secret-broken' },
  },
];

export const CREDENTIALS: readonly Fault[] = [...UNAUTHORIZED, ...RIGHTS, ...MISSING, ...BROKEN];
