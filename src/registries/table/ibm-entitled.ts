/** IBM's Entitled Registry. */
import { body, CONTENT, documented, recorded } from '../answers.ts';
import type { Registry } from '../registry.ts';

export const ibmEntitled: Registry = {
  id: 'ibm-entitled',
  name: 'IBM Entitled Registry',
  hosts: [{ host: 'cp.icr.io', region: 'global' }],
  habits: [],
  // Some of IBM's older guides use the other two.
  users: { known: ['cp', 'ekey', 'iamapikey'], closed: true, usual: 'cp' },
  credentials: ['User cp: an entitlement key (a JWT)'],
  nodeCredentials: null,
  key: '{host}',
  secret: {
    get: "An entitlement key from IBM's container software library, https://myibm.ibm.com/products-services/containerlibrary.",
  },
  renew:
    "User name cp with an entitlement key from IBM's container software library; the pull secrets of a cluster do not cover this host.",
  answers: [
    {
      at: CONTENT,
      status: [401, 403],
      sent: true,
      says: /not authorized to access this resource/i,
      causes: ['Forbidden'],
      ladder: 'forbidden',
      means:
        'the key is good and entitles to nothing here: the product is not among what it covers',
      example: body('DENIED', 'You are not authorized to access this resource'),
      source: recorded('https://github.com/IBM/cloud-pak-deployer/issues/1085'),
    },
    {
      at: CONTENT,
      status: [401, 403],
      sent: false,
      causes: ['RepositoryMissingOrPrivate', 'Unauthorized'],
      ladder: 'missing-or-private',
      means: 'no entitlement key was sent: the image wants one, or is not there',
      example: '',
      source: documented('https://cloud.ibm.com/docs/Registry?topic=Registry-registry_access'),
    },
    {
      at: ['token'],
      status: [400, 401, 403],
      sent: false,
      causes: ['Unauthorized', 'RepositoryMissingOrPrivate'],
      means: 'no entitlement key was sent',
      example: '',
      source: documented('https://cloud.ibm.com/docs/Registry?topic=Registry-registry_access'),
    },
    {
      at: ['token'],
      status: [400],
      sent: true,
      causes: ['Unauthorized'],
      means: 'user name and entitlement key do not go together',
      example: '',
      source: documented('https://cloud.ibm.com/docs/Registry?topic=Registry-registry_access'),
    },
  ],
  existence: {
    hidden: 'yes',
    text: 'IBM Entitled Registry says of nothing that it is missing unless the key covers it; a login works with any key',
    who: 'the key of an IBM id that holds the product',
  },
  limits: [],
  docs: 'https://myibm.ibm.com/products-services/containerlibrary',
};
