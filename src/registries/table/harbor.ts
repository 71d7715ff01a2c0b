/**
 * Harbor, known by a word in the host or by its token server. Source of its errors: goharbor/harbor
 * src/server/middleware/{v2auth,security}, src/lib/errors.
 */
import { body, CONTENT, documented, recorded } from '../answers.ts';
import type { Registry } from '../registry.ts';

const ERRORS = 'https://github.com/goharbor/harbor/tree/main/src/lib/errors';
const SCAN =
  'https://github.com/goharbor/harbor/blob/main/src/server/middleware/vulnerable/vulnerable.go';

export const harbor: Registry = {
  id: 'harbor',
  name: 'Harbor',
  hosts: [],
  habits: ['harbor'],
  users: { known: ['robot$*'], closed: false, usual: null },
  credentials: [
    'A robot account (robot$PROJECT+NAME, robot$NAME for the whole system; the prefix can be set), as many days as it was made for',
    'A user with the password, with OIDC the CLI secret of the profile',
  ],
  nodeCredentials: null,
  key: '{host}',
  secret: {
    get: 'A robot account of the project with the right to pull. Its name holds a dollar sign: in double quotes the shell takes it away.',
  },
  renew: 'A robot account of the project lasts as many days as it was made for.',
  answers: [
    {
      at: CONTENT,
      status: [401],
      says: /unauthorized to access repository/i,
      causes: ['RepositoryMissingOrPrivate', 'Unauthorized', 'Forbidden'],
      ladder: 'missing-or-private',
      means: 'no such project, or no right to pull from it',
      example: body(
        'UNAUTHORIZED',
        'unauthorized to access repository: team/app, action: pull: unauthorized to access repository: team/app, action: pull',
      ),
      source: recorded('https://github.com/goharbor/harbor/issues/17713'),
    },
    {
      at: ['manifest'],
      status: [404],
      code: 'NOT_FOUND',
      says: /^(?:repository|project) .{1,200} not found/i,
      causes: ['RepositoryNotFound'],
      ladder: 'repository-not-found',
      means: 'the project can be read, the repository is not there',
      example: body('NOT_FOUND', 'repository team/app not found'),
      source: documented(ERRORS),
    },
    {
      at: ['manifest'],
      status: [404],
      code: 'NOT_FOUND',
      says: /^artifact .{1,250} not found/i,
      causes: ['TagNotFound'],
      ladder: 'manifest-not-found',
      means: 'the repository can be read, the tag or digest is not there',
      example: body('NOT_FOUND', 'artifact team/app:1.0 not found'),
      source: documented(ERRORS),
    },
    {
      at: CONTENT,
      status: [412],
      code: 'PROJECTPOLICYVIOLATION',
      causes: ['PolicyBlocked'],
      means: "the project's policy stops the pull: vulnerabilities found, or no signature",
      open: 'the image is there and may be read: the scan or the signature must change, or the policy',
      example: body(
        'PROJECTPOLICYVIOLATION',
        'current image with 3 vulnerabilities cannot be pulled due to configured policy in \'Prevent images with vulnerability severity of "High" or higher from running.\'',
      ),
      source: documented(SCAN),
    },
  ],
  existence: {
    hidden: 'partly',
    text: 'Harbor answers 401 for a project that is missing and for one that you may not see; inside a project that you may see it says what is missing',
    who: 'a robot account or a member of the project',
  },
  limits: [],
  docs: 'https://goharbor.io/docs/2.5.0/working-with-projects/project-configuration/create-robot-accounts',
};
