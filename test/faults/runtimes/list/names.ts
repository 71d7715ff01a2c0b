/** Images that are not there, and who may have them. */
import {
  APP,
  ARM_ONLY,
  GUEST,
  HOSTS,
  PASSWORD,
  PRIVATE_APP,
  USER,
} from '../../../cluster/up/settings.ts';
import type { RuntimeFault } from '../help/fault.ts';
import { spoiled } from '../up/settings.ts';

const OPEN = HOSTS.open.name;
const TOKEN = `${HOSTS.token.name}/team/app:1.0`;
const at = (kind: string) => `${kind}.${HOSTS.faults.name}/public/app:1.0`;

export const NAMES: readonly RuntimeFault[] = [
  {
    name: 'invalid-name',
    what: 'upper case in the repository',
    cause: 'InvalidImageName',
    image: `${OPEN}/Public/App:1.0`,
  },
  {
    name: 'invalid-digest',
    what: 'a digest of too few characters',
    cause: 'InvalidImageName',
    image: `${OPEN}/public/app@sha256:0123`,
  },
  { name: 'tag', what: 'no such tag', cause: 'TagNotFound', image: `${OPEN}/public/app:nope` },
  {
    name: 'tag-private',
    what: 'no such tag, logged in',
    cause: 'TagNotFound',
    image: PRIVATE_APP.replace(/[^:]*$/, 'nope'),
    login: `${USER}:${PASSWORD}`,
  },
  {
    name: 'digest',
    what: 'no such digest',
    cause: 'DigestNotFound',
    image: `${OPEN}/public/app@sha256:${'0'.repeat(64)}`,
  },
  {
    name: 'repository',
    what: 'no such repository, and the registry says so',
    cause: 'RepositoryNotFound',
    image: spoiled('name-unknown'),
  },
  {
    name: 'platform-index',
    what: 'an index without our platform',
    cause: 'PlatformMismatch',
    image: ARM_ONLY,
  },
  {
    name: 'platform-windows',
    what: 'an index of one Windows image',
    cause: 'PlatformMismatch',
    image: spoiled('windows'),
  },
  {
    name: 'platform-windows-alone',
    what: 'a Windows image, no index',
    cause: 'PlatformMismatch',
    image: spoiled('windows-alone'),
    tools: ['dockerd'],
  },
];

export const CREDENTIALS: readonly RuntimeFault[] = [
  {
    name: 'basic-none',
    what: 'a private repository (basic), not logged in',
    cause: 'Unauthorized',
    image: PRIVATE_APP,
  },
  {
    name: 'basic-wrong',
    what: 'a private repository (basic), wrong password',
    cause: 'Unauthorized',
    image: PRIVATE_APP,
    login: `${USER}:wrong`,
  },
  {
    name: 'token-none',
    what: 'a private repository (tokens), not logged in',
    cause: 'RepositoryMissingOrPrivate',
    image: TOKEN,
  },
  {
    name: 'token-guest',
    what: 'a private repository (tokens), a user without rights',
    cause: 'RepositoryMissingOrPrivate',
    image: TOKEN,
    login: `${GUEST}:${PASSWORD}`,
  },
  {
    name: 'token-wrong',
    what: 'tokens, wrong password',
    cause: 'Unauthorized',
    image: TOKEN,
    login: `${USER}:wrong`,
  },
  { name: 'mute', what: '401 without a challenge', cause: 'Unauthorized', image: at('mute') },
  {
    name: 'realm-401',
    what: 'the token server refuses',
    cause: 'Unauthorized',
    image: at('realm-401'),
  },
  {
    name: 'realm-403',
    what: 'the token server denies',
    cause: 'Forbidden',
    image: at('realm-403'),
  },
  {
    name: 'realm-500',
    what: 'the token server breaks',
    cause: 'RegistryUnavailable',
    image: at('realm-500'),
  },
  {
    name: 'realm-page',
    what: 'the token server sends a web page',
    cause: 'UnexpectedContent',
    image: at('realm-page'),
  },
  {
    name: 'realm-lost',
    what: 'the name of the token server does not resolve',
    cause: 'DnsFailure',
    image: at('realm-lost'),
  },
  {
    name: 'token-closed',
    what: 'nothing listens at the token server',
    cause: 'ConnectionRefused',
    image: spoiled('token-closed'),
  },
  {
    name: 'token-untrusted',
    what: 'the token server has an unknown CA',
    cause: 'TlsUntrusted',
    image: spoiled('token-untrusted'),
  },
  {
    name: 'token-plain',
    what: 'the token server is named with http and speaks https',
    cause: 'HttpHttpsMismatch',
    image: spoiled('token-plain'),
  },
  {
    name: 'token-limited',
    what: 'the token server says 429',
    cause: 'RateLimited',
    image: spoiled('token-limited'),
  },
  {
    name: 'token-empty',
    what: 'the token server sends no token',
    cause: 'UnexpectedContent',
    image: spoiled('token-empty'),
    hidden: {
      podman: 'it asks again without a token and tells only that refusal',
      skopeo: 'it asks again without a token and tells only that refusal',
    },
  },
  {
    name: 'expired-token',
    what: 'the registry says that the login has expired',
    cause: 'CredentialsExpired',
    image: spoiled('expired'),
  },
  {
    name: 'auth-file',
    what: 'an auth file that is no JSON',
    cause: 'SecretMalformed',
    image: APP,
    tools: ['podman', 'skopeo'],
    setting: {
      etc: { 'containers/auth.json': 'no JSON' },
    },
    options: ['--authfile', '/etc/containers/auth.json'],
  },
  {
    name: 'auth-helper',
    what: 'a credential helper that is not installed',
    cause: 'CredentialProviderFailed',
    image: PRIVATE_APP,
    tools: ['podman', 'skopeo'],
    setting: {
      etc: {
        'containers/auth.json': JSON.stringify({ credHelpers: { [HOSTS.private.name]: 'none' } }),
      },
    },
    options: ['--authfile', '/etc/containers/auth.json'],
  },
];
