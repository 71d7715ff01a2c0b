/**
 * GitHub's registry.
 * Token prefixes: gitleaks config/gitleaks.toml. That the token server answers 401 for a private package and 403 for
 * none was measured and is not documented: it may change, so the words stay careful.
 */
import { body, CONTENT, recorded } from '../answers.ts';
import type { Registry } from '../registry.ts';

export const ghcr: Registry = {
  id: 'ghcr',
  name: 'GitHub Container Registry',
  hosts: [
    { host: 'ghcr.io' },
    {
      host: 'docker.pkg.github.com',
      standing: 'old',
      instead: 'ghcr.io',
      note: "GitHub's registry before ghcr.io; a pull secret for one does not match the other",
    },
  ],
  habits: [],
  users: { known: [], closed: false, usual: null },
  credentials: [
    'A classic personal access token (ghp_…) with read:packages, until its date',
    'The token of a workflow (ghs_…) dies with the job',
    'Fine-grained tokens (github_pat_…) are not taken',
  ],
  nodeCredentials: null,
  key: '{host}',
  secret: {
    get: 'A classic personal access token with the scope read:packages and nothing more; the user name is the login it belongs to. An organisation with SSO must authorise it.',
  },
  renew:
    'A classic personal access token with read:packages; fine-grained tokens (github_pat_…) are not supported.',
  answers: [
    {
      at: ['token'],
      status: [401],
      sent: false,
      causes: ['Unauthorized', 'RepositoryMissingOrPrivate'],
      means: 'the package is probably there and private',
      open: 'GitHub answers 401 for a private package and 403 where there is none; this is measured, not documented',
      example: body('UNAUTHORIZED', 'authentication required'),
      source: recorded('test/corpus A326'),
    },
    {
      at: ['token'],
      status: [403],
      sent: false,
      causes: ['RepositoryMissingOrPrivate', 'RepositoryNotFound', 'Unauthorized'],
      ladder: 'missing-or-private',
      means: 'probably there is no such package: a private one usually gets 401',
      open: 'GitHub answers 401 for a private package and 403 where there is none; this is measured, not documented',
      example: body('DENIED', 'requested access to the resource is denied'),
      source: recorded('test/corpus A332'),
    },
    {
      at: ['token'],
      status: [401, 403],
      sent: true,
      causes: ['Unauthorized', 'CredentialsExpired', 'Forbidden'],
      means: 'the token is wrong, has ended, or is of a kind that GHCR does not take',
      open: 'such a token blocks public packages too',
      example: body('DENIED', 'denied'),
      source: recorded('test/corpus A299'),
    },
    {
      at: CONTENT,
      status: [403],
      sent: true,
      causes: ['Forbidden', 'RepositoryMissingOrPrivate'],
      means: 'the token is good and may not read this package',
      open: 'a package that is not there may get the same answer',
      example: body('DENIED', 'denied'),
      source: recorded('test/corpus A276'),
    },
    {
      at: ['manifest'],
      status: [404],
      code: 'MANIFEST_UNKNOWN',
      causes: ['TagNotFound'],
      means: 'the package can be read, the tag is not there',
      example: body('MANIFEST_UNKNOWN', 'manifest unknown'),
      source: recorded('test/corpus A323'),
    },
  ],
  existence: {
    hidden: 'partly',
    text: 'GitHub Container Registry does not say outright whether a package is missing or private',
    who: 'a token of somebody who may read the package; its page at github.com shows who',
  },
  limits: [],
  docs: 'https://docs.github.com/packages/working-with-a-github-packages-registry/working-with-the-container-registry',
};
