/**
 * Azure Container Registry.
 * Source: MicrosoftDocs/azure-management-docs articles/container-registry. The suffixes .cn and .us are unconfirmed.
 */
import { ANYWHERE, body, CONTENT, documented, recorded } from '../answers.ts';
import type { HostRule, Registry } from '../registry.ts';

const DATA: HostRule = {
  host: '*.{region}.data.azurecr.io',
  standing: 'api',
  note: 'serves the layers; images are named by REGISTRY.azurecr.io',
};

const LOGIN_HELP =
  'authentication required, visit https://aka.ms/acr/authorization for more information.';

const TROUBLES =
  'https://learn.microsoft.com/azure/container-registry/container-registry-troubleshoot-login';

export const acr: Registry = {
  id: 'acr',
  name: 'Azure Container Registry',
  hosts: [
    { host: '*.azurecr.io' },
    { host: '*.azurecr.cn' },
    { host: '*.azurecr.us' },
    { host: '*.{region}.geo.azurecr.io' },
    DATA,
  ],
  habits: [],
  users: { known: ['00000000-0000-0000-0000-000000000000'], closed: false, usual: null },
  credentials: [
    'A service principal: its application id and a client secret, one year unless it was made for longer',
    'A token of the registry itself (token name and its password), with or without an end',
    'User 00000000-0000-0000-0000-000000000000: the token of az acr login --expose-token, 3 hours',
    "The registry's admin user: until its password is made anew",
  ],
  nodeCredentials:
    "the kubelet's managed identity, where the registry is attached to the cluster (usual on AKS)",
  key: '{host}',
  secret: {
    get: 'A service principal with the role AcrPull: the user is its application id, the password its client secret. On AKS az aks update --attach-acr makes a secret needless.',
  },
  renew:
    'A service principal, or a token of the registry itself, lasts as long as it was made for; az acr login --expose-token gives one for 3 hours.',
  answers: [
    {
      at: ANYWHERE,
      status: [403],
      says: /client with IP .{1,80} is not allowed access/i,
      causes: ['AccessBlocked'],
      means: "the registry's firewall does not let this address in",
      open: 'it is the address of this machine: the nodes come from another one, and the other way round',
      address: true,
      example: body(
        'DENIED',
        "client with IP '192.0.2.7' is not allowed access. Refer https://aka.ms/acr/firewall to grant access.",
      ),
      source: recorded('test/corpus A294'),
    },
    {
      at: ['token'],
      status: [401],
      sent: false,
      causes: ['Unauthorized', 'RepositoryMissingOrPrivate'],
      means: 'without credentials it says nothing of any repository, unless anonymous pull is on',
      example: body('UNAUTHORIZED', LOGIN_HELP),
      source: recorded('test/corpus A333'),
    },
    {
      at: ['token'],
      status: [401],
      sent: true,
      causes: ['Unauthorized', 'CredentialsExpired'],
      means: 'user name or password is wrong, or the client secret or token has ended',
      example: body('UNAUTHORIZED', LOGIN_HELP),
      source: documented(TROUBLES),
    },
    {
      at: CONTENT,
      status: [401],
      sent: false,
      causes: ['RepositoryMissingOrPrivate', 'Unauthorized'],
      ladder: 'missing-or-private',
      means: 'no such repository, or it is not open to everybody',
      example: body('UNAUTHORIZED', LOGIN_HELP),
      source: documented(TROUBLES),
    },
    {
      at: CONTENT,
      status: [401],
      sent: true,
      causes: ['RepositoryMissingOrPrivate', 'Forbidden'],
      ladder: 'missing-or-private',
      means: 'the login is good and may not pull this repository, or it is not there',
      open: 'a registry in ABAC mode looks past AcrPull and wants Container Registry Repository Reader',
      example: body('UNAUTHORIZED', LOGIN_HELP),
      source: documented(TROUBLES),
    },
    {
      at: ['manifest'],
      status: [404],
      code: 'NAME_UNKNOWN',
      causes: ['RepositoryNotFound'],
      means: 'there is no such repository in this registry',
      example: body('NAME_UNKNOWN', 'repository name not known to registry'),
      source: documented(TROUBLES),
    },
    {
      at: ['manifest'],
      status: [404],
      says: /^manifest tagged by .{1,140} is not found/i,
      causes: ['TagNotFound'],
      means: 'the repository can be read, the tag is not there',
      example: body('MANIFEST_UNKNOWN', 'manifest tagged by "latest" is not found'),
      source: recorded('test/corpus A209'),
    },
  ],
  existence: {
    hidden: 'partly',
    text: 'Azure Container Registry says that a repository is missing (404) only to a login that may pull from the registry',
    who: 'a login that has AcrPull on the whole registry',
  },
  limits: [
    {
      text: 'Requests a minute depend on the tier; earlier states of the page say 1,000 reads for Basic, 3,000 for Standard, 10,000 for Premium. Over it: 429 with Retry-After',
      source: 'https://learn.microsoft.com/azure/container-registry/container-registry-skus',
    },
  ],
  docs: 'https://learn.microsoft.com/azure/container-registry/container-registry-auth-kubernetes',
};
