/** Sonatype Nexus, known by a word in the host. Its error texts are not known well enough to lean on. */
import { body, CONTENT, documented } from '../answers.ts';
import { ANY_USER, type Registry } from '../registry.ts';

const DOCS = 'https://help.sonatype.com/en/docker-authentication.html';

export const nexus: Registry = {
  id: 'nexus',
  name: 'Sonatype Nexus',
  hosts: [],
  habits: ['nexus'],
  users: ANY_USER,
  credentials: [
    'A user with the password',
    'A user token: its name code as user, its pass code as password',
  ],
  nodeCredentials: null,
  key: '{host}',
  secret: {
    get: 'A user, or its user token, with read privilege on the Docker repository. The port of the repository is part of the key.',
  },
  renew: 'A user with read privilege on the Docker repository; the port is part of the key.',
  answers: [
    {
      at: CONTENT,
      status: [401],
      sent: false,
      says: /access to the requested resource is not authorized/i,
      causes: ['Unauthorized', 'RepositoryMissingOrPrivate'],
      ladder: 'unauthorized',
      means: 'nobody is let in without a login',
      open: 'pulls without credentials also need the Docker Bearer Token Realm to be active',
      example: body('UNAUTHORIZED', 'access to the requested resource is not authorized'),
      source: documented(DOCS),
    },
    {
      at: CONTENT,
      status: [401],
      sent: true,
      says: /access to the requested resource is not authorized/i,
      causes: ['Unauthorized', 'Forbidden'],
      ladder: 'unauthorized',
      means: 'wrong user name or password, or no right to read',
      open: 'pulls without credentials also need the Docker Bearer Token Realm to be active',
      example: body('UNAUTHORIZED', 'access to the requested resource is not authorized'),
      source: documented(DOCS),
    },
  ],
  existence: {
    hidden: 'not known',
    text: 'Sonatype Nexus does not say here whether it is missing or private',
    who: 'a user with read privilege on the repository',
  },
  limits: [],
  docs: DOCS,
};
