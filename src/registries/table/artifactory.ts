/** JFrog Artifactory: at jfrog.io, elsewhere known by a word in the host. */
import { body, CONTENT, documented } from '../answers.ts';
import { ANY_USER, type Registry } from '../registry.ts';

const HIDE =
  'https://jfrog.com/help/r/jfrog-platform-administration-documentation/hide-existence-of-unauthorized-resources';
const XRAY =
  'https://jfrog.com/help/r/artifactory-why-docker-pull-of-an-xray-blocked-image-returns-403-from-local-and-404-from-virtual';

export const artifactory: Registry = {
  id: 'artifactory',
  name: 'JFrog Artifactory',
  hosts: [{ host: '*.jfrog.io' }],
  habits: ['artifactory', 'jfrog'],
  users: ANY_USER,
  credentials: [
    'An access token (a JWT), until the date inside it, if it has one',
    'A reference token (64 characters), until its date',
    'An API key (AKCp…) of a user, in older installations',
  ],
  nodeCredentials: null,
  key: '{host}',
  secret: {
    get: 'An access token or reference token of a user that may read the Docker repository; the user name is the one it was made for.',
  },
  renew: 'An access or reference token with read permission on the Docker repository.',
  answers: [
    {
      at: CONTENT,
      status: [403],
      says: /download blocking policy/i,
      causes: ['PolicyBlocked'],
      ladder: 'policy-blocked',
      means: 'Xray stops the download by policy',
      open: 'through a virtual repository the same image answers 404, as if it were missing',
      example: body(
        'DENIED',
        'Artifact download request rejected: app/1.0/manifest.json was not downloaded due to the download blocking policy configured in Xray for docker-local.',
      ),
      source: documented(XRAY),
    },
    {
      at: CONTENT,
      status: [401, 403],
      sent: false,
      causes: ['RepositoryMissingOrPrivate', 'Unauthorized'],
      ladder: 'missing-or-private',
      means: 'no such repository, or it is not open to everybody',
      example: '',
      source: documented(HIDE),
    },
    {
      at: CONTENT,
      status: [403],
      sent: true,
      causes: ['Forbidden'],
      means: 'the login is good and may not read this repository',
      example: '',
      source: documented(HIDE),
    },
    {
      at: ['manifest'],
      status: [404],
      causes: ['TagNotFound', 'RepositoryMissingOrPrivate', 'PolicyBlocked'],
      means: 'not there, or hidden from whoever asks',
      open: 'Artifactory answers 404 to a user without the right where Hide Existence of Unauthorized Resources is on, and through a virtual repository for an image that Xray blocks',
      example: body('MANIFEST_UNKNOWN', 'The named manifest is not known to the registry.'),
      source: documented(HIDE),
    },
  ],
  existence: {
    hidden: 'partly',
    text: 'JFrog Artifactory answers 404 to whoever has no right where Hide Existence of Unauthorized Resources is on, else 403',
    who: 'a user that may read the repository, or its administrator',
  },
  limits: [],
  docs: HIDE,
};
