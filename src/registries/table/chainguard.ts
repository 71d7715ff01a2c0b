/** Chainguard. Source: chainguard-dev/edu content/chainguard/containers/troubleshooting/registry-errors.md (2026-10). */
import { body, CONTENT, documented } from '../answers.ts';
import { ANY_USER, type Registry } from '../registry.ts';

const ERRORS = 'https://edu.chainguard.dev/chainguard/containers/troubleshooting/registry-errors/';

export const chainguard: Registry = {
  id: 'chainguard',
  name: "Chainguard's registry",
  hosts: [{ host: 'cgr.dev' }],
  habits: [],
  users: ANY_USER,
  credentials: [
    'A pull token: the user name is the id of its Chainguard identity, never an e-mail address; 30 days unless made for longer, a year at most',
  ],
  nodeCredentials: null,
  key: '{host}',
  secret: {
    get: 'chainctl auth configure-docker --pull-token shows user name and password of a new pull token; cgr.dev/chainguard needs none.',
  },
  renew: 'A pull token lives 30 days unless it is made with --ttl (a year at most): note its date.',
  answers: [
    {
      at: ['token'],
      status: [400],
      sent: true,
      says: /keys have expired/i,
      causes: ['CredentialsExpired'],
      ladder: 'token-refused',
      means: 'the pull token has ended',
      example: body(
        'BAD_REQUEST',
        "rpc error: code = InvalidArgument desc = this identity's keys have expired",
      ),
      source: documented(ERRORS),
    },
    {
      at: ['token'],
      status: [400],
      says: /unable to resolve/i,
      causes: ['RepositoryNotFound'],
      ladder: 'repository-not-found',
      means: 'there is no such organisation: images are named cgr.dev/ORGANISATION/IMAGE',
      example: body(
        'BAD_REQUEST',
        'rpc error: code = InvalidArgument desc = unable to resolve acme',
      ),
      source: documented(ERRORS),
    },
    {
      at: ['token'],
      status: [401, 403],
      sent: false,
      causes: ['Unauthorized', 'RepositoryMissingOrPrivate'],
      means: 'the repository is not public, or not there: only cgr.dev/chainguard is public',
      example: body('UNAUTHORIZED', 'Authentication required'),
      source: documented(ERRORS),
    },
    {
      at: ['token'],
      status: [403],
      sent: true,
      causes: ['RepositoryMissingOrPrivate', 'Unauthorized', 'CredentialsExpired'],
      means:
        'Chainguard gives no token for this: a wrong credential, or no such image in the organisation',
      open: 'it answers so without credentials, with bad ones, and for a repository that is not in the catalog of the organisation',
      example: body('FORBIDDEN', 'Forbidden'),
      source: documented(ERRORS),
    },
    {
      at: CONTENT,
      status: [401, 403],
      sent: false,
      causes: ['RepositoryMissingOrPrivate', 'Unauthorized'],
      ladder: 'missing-or-private',
      means: 'no such repository, or it is not public',
      example: body('FORBIDDEN', 'Forbidden'),
      source: documented(ERRORS),
    },
    {
      at: CONTENT,
      status: [403],
      sent: true,
      says: /does not have the required capabilities/i,
      causes: ['Forbidden', 'RepositoryMissingOrPrivate'],
      means:
        'the login is good: the image is not in the catalog of the organisation, or the role registry.pull is missing',
      example: body('FORBIDDEN', 'caller does not have the required capabilities at "acme"'),
      source: documented(ERRORS),
    },
    {
      at: ['manifest'],
      status: [404],
      says: /repository does not exist/i,
      causes: ['RepositoryNotFound'],
      ladder: 'repository-not-found',
      means: 'there is no such repository in the organisation',
      example: body('NAME_UNKNOWN', 'repository does not exist "acme/app"'),
      source: documented(ERRORS),
    },
  ],
  existence: {
    hidden: 'partly',
    text: "Chainguard's registry says that a repository is missing (404) only behind a good pull token of the organisation",
    who: 'a pull token of the organisation',
  },
  limits: [],
  docs: 'https://edu.chainguard.dev/chainguard/containers/registry/authenticating/',
};
