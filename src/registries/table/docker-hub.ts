/**
 * Docker Hub and its many spellings. Images are looked up as docker.io, then under the key index.docker.io
 * (kubelet pkg/credentialprovider/keyring.go); no other spelling is ever reached.
 */
import { ANYWHERE, body, CONTENT, recorded } from '../answers.ts';
import { ANY_USER, type HostRule, type Registry } from '../registry.ts';

const KEY = 'https://index.docker.io/v1/';
const PULLS = 'https://docs.docker.com/docker-hub/usage/pulls/';

function noKey(host: string, standing: 'api' | 'other', what: string): HostRule {
  return {
    host,
    standing,
    instead: KEY,
    note: `${what}; as a key it matches no image written nginx or docker.io/NAME`,
  };
}

export const dockerHub: Registry = {
  id: 'docker-hub',
  name: 'Docker Hub',
  hosts: [
    { host: 'docker.io' },
    { host: 'index.docker.io' },
    {
      host: 'dhi.io',
      note: 'Docker Hardened Images: the accounts of Docker Hub, but a key of its own in a pull secret',
    },
    noKey('registry-1.docker.io', 'api', 'the host that clients talk to'),
    noKey('registry.hub.docker.com', 'api', 'an older host that clients talk to'),
    noKey('auth.docker.io', 'other', 'the token server of Docker Hub'),
    noKey('hub.docker.com', 'other', 'the web site of Docker Hub'),
    noKey('docker.com', 'other', 'a web site of Docker'),
    noKey('www.docker.com', 'other', 'a web site of Docker'),
    noKey('**.docker.io', 'other', 'not a name that images have'),
  ],
  habits: [],
  users: ANY_USER,
  credentials: [
    'A personal access token (dckr_pat_…) with the account name, until its date or until it is deleted',
    'An organisation access token (dckr_oat_…) with the name of the organisation, until its date',
    'The password of the account, where the organisation does not forbid it',
  ],
  nodeCredentials: null,
  key: KEY,
  secret: {
    get: 'A personal access token that may read, with the account name; or an organisation access token with the name of the organisation.',
  },
  renew:
    'A personal access token (dckr_pat_…) with the account name, or an organisation token (dckr_oat_…) with the organisation name.',
  answers: [
    {
      at: ['token'],
      status: [401],
      sent: true,
      says: /personal access token is expired/i,
      causes: ['CredentialsExpired'],
      means: 'the personal access token has ended',
      example: body('UNAUTHORIZED', 'personal access token is expired'),
      source: recorded('https://github.com/sailor-sh/CK-X/issues/60'),
    },
    {
      at: ['token'],
      status: [401],
      sent: true,
      says: /must log in with a Personal Access Token/i,
      causes: ['Unauthorized'],
      means: 'the password is not taken from this account, only a personal access token',
      example: body(
        'UNAUTHORIZED',
        'your account must log in with a Personal Access Token (PAT) - learn more at docs.docker.com/go/access-tokens',
      ),
      source: recorded('test/corpus A248'),
    },
    {
      at: ANYWHERE,
      status: [401],
      sent: true,
      says: /access token has insufficient scopes/i,
      causes: ['Forbidden', 'Unauthorized'],
      ladder: 'forbidden',
      means: 'the access token is good and was made without the right to read',
      example: body('UNAUTHORIZED', 'access token has insufficient scopes'),
      source: recorded('test/corpus A249'),
    },
    {
      at: ['token'],
      status: [401],
      sent: true,
      causes: ['Unauthorized'],
      means: 'wrong user name or password',
      example: '{"details":"incorrect username or password"}',
      source: recorded('test/corpus A149'),
    },
    {
      at: CONTENT,
      status: [401],
      sent: false,
      causes: ['RepositoryMissingOrPrivate', 'Unauthorized'],
      ladder: 'missing-or-private',
      means: 'no such repository, or it is private',
      example: body('UNAUTHORIZED', 'authentication required'),
      source: recorded('test/corpus A154'),
    },
    {
      at: CONTENT,
      status: [401],
      sent: true,
      causes: ['RepositoryMissingOrPrivate'],
      ladder: 'missing-or-private',
      means: 'no such repository, or it is private and this account may not read it',
      example: body('UNAUTHORIZED', 'authentication required'),
      source: recorded('test/corpus A154'),
    },
    {
      at: ['manifest'],
      status: [404],
      code: 'MANIFEST_UNKNOWN',
      causes: ['TagNotFound'],
      means: 'the repository can be read, the tag is not there',
      example: body('MANIFEST_UNKNOWN', 'manifest unknown'),
      source: recorded('test/corpus A057'),
    },
    {
      at: ANYWHERE,
      status: [429],
      causes: ['RateLimited'],
      means: 'too many pulls in the last 6 hours, or too many requests at once',
      open: 'they count by account, without a login by address: a login of its own for the cluster helps',
      example: body(
        'TOOMANYREQUESTS',
        'You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: https://www.docker.com/increase-rate-limit',
      ),
      source: recorded('test/corpus A088'),
    },
  ],
  existence: {
    hidden: 'yes',
    text: 'Docker Hub answers the same for a repository that is missing and for one that you may not read',
    who: 'the account that owns it, or a member of the organisation',
  },
  limits: [
    {
      text: 'Without a login 100 pulls in 6 hours for each IPv4 address or IPv6 /64',
      source: PULLS,
    },
    { text: 'With a Personal account 200 pulls in 6 hours', source: PULLS },
    { text: 'Pro, Team and Business: no limit within fair use', source: PULLS },
    {
      text: 'A GET of a manifest counts, once for each architecture; a HEAD does not',
      source: PULLS,
    },
  ],
  docs: PULLS,
};
