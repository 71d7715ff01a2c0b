/**
 * The registry of GitLab, at gitlab.com and elsewhere.
 * Token prefixes and realms: gitleaks config/gitleaks.toml; docs.gitlab.com on token prefixes.
 */
import { body, documented, recorded } from '../answers.ts';
import { ANY_USER, type Registry } from '../registry.ts';

const DOCS =
  'https://docs.gitlab.com/user/packages/container_registry/authenticate_with_container_registry/';

export const gitlab: Registry = {
  id: 'gitlab',
  name: 'GitLab Container Registry',
  hosts: [
    { host: 'registry.gitlab.com' },
    {
      host: 'gitlab.com',
      standing: 'other',
      instead: 'registry.gitlab.com',
      note: 'the web site of GitLab; its registry is registry.gitlab.com',
    },
  ],
  habits: ['gitlab'],
  users: ANY_USER,
  credentials: [
    'A deploy token (gldt-…) with read_registry, until the date it was made for, or for ever',
    'A personal, group or project access token (glpat-…) with read_registry, until its date',
    'The job token of a pipeline (user gitlab-ci-token) dies with the job',
  ],
  nodeCredentials: null,
  key: '{host}',
  secret: {
    get: 'A deploy token of the project or group with the scope read_registry; the user name is the one that GitLab shows beside it (gitlab+deploy-token-NUMBER).',
  },
  renew:
    'A deploy token with read_registry, with the user name that GitLab shows beside it, lasts as long as it was made for.',
  answers: [
    {
      at: ['token'],
      status: [401, 403],
      sent: true,
      says: /HTTP Basic: Access denied/i,
      causes: ['Unauthorized', 'CredentialsExpired'],
      ladder: 'token-refused',
      means: 'the token is wrong, has ended or was revoked, or lacks read_registry',
      example: body('UNAUTHORIZED', 'HTTP Basic: Access denied'),
      source: documented(DOCS),
    },
    {
      at: ['token'],
      status: [401, 403],
      sent: false,
      causes: ['RepositoryMissingOrPrivate', 'Unauthorized'],
      ladder: 'missing-or-private',
      means: 'no such project, or it is not public',
      example: body('DENIED', 'access forbidden'),
      source: recorded('https://github.com/canonical/microk8s/issues/1150'),
    },
    {
      at: ['token'],
      status: [403],
      sent: true,
      says: /access forbidden/i,
      causes: ['Forbidden', 'Unauthorized', 'RepositoryMissingOrPrivate'],
      means: 'GitLab gives this user no token for the project',
      open: 'a wrong token, one without read_registry and a project it is not for get the same answer',
      example: body('DENIED', 'access forbidden'),
      source: documented(DOCS),
    },
    {
      at: ['manifest'],
      status: [404],
      code: 'NAME_UNKNOWN',
      causes: ['RepositoryNotFound'],
      means: 'there is no such repository in the project',
      example: body('NAME_UNKNOWN', 'repository name not known to registry'),
      source: documented('https://github.com/opencontainers/distribution-spec'),
    },
  ],
  existence: {
    hidden: 'yes',
    text: 'GitLab answers the same for a project that is missing and for one that you may not see',
    who: 'a deploy token of the project, or a member of it',
  },
  limits: [],
  docs: 'https://docs.gitlab.com/user/project/deploy_tokens/',
};
