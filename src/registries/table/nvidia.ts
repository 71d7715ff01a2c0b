/** NVIDIA NGC. */
import { body, CONTENT, recorded } from '../answers.ts';
import type { Registry } from '../registry.ts';

export const nvidia: Registry = {
  id: 'nvidia',
  name: 'NVIDIA NGC',
  hosts: [{ host: 'nvcr.io' }],
  habits: [],
  users: { known: ['$oauthtoken'], closed: true, usual: '$oauthtoken' },
  credentials: [
    'An NGC API key (nvapi-…, older ones without a prefix), until its date or until it is made anew',
  ],
  nodeCredentials: null,
  key: '{host}',
  secret: {
    get: 'A key with NGC Catalog among its services, from NGC under Setup. The user name is the word $oauthtoken itself.',
  },
  renew:
    'The user name is the word $oauthtoken itself, in single quotes for the shell; the password is an NGC API key.',
  answers: [
    {
      at: ['token'],
      status: [401, 403],
      sent: false,
      causes: ['RepositoryMissingOrPrivate', 'Unauthorized'],
      ladder: 'missing-or-private',
      means: 'not public, or not there: NGC gives no token without a key',
      open: 'tags that were taken away answer so too',
      example: '',
      source: recorded('test/corpus A251'),
    },
    {
      at: ['token'],
      status: [401],
      sent: true,
      causes: ['Unauthorized', 'TagNotFound'],
      means: 'the key is wrong or was revoked, or the user name is not the word $oauthtoken',
      open: 'tags that were taken away have been seen to answer 401 as well',
      example: '',
      source: recorded('https://github.com/NVlabs/BundleSDF/issues/199'),
    },
    {
      at: CONTENT,
      status: [401, 402, 403],
      sent: false,
      causes: ['RepositoryMissingOrPrivate', 'Unauthorized'],
      ladder: 'missing-or-private',
      means: 'not public, or not there',
      example: '',
      source: recorded('test/corpus A251'),
    },
    {
      at: CONTENT,
      status: [402],
      sent: true,
      causes: ['Forbidden'],
      means: 'the account of the key has no licence for this image (NVIDIA AI Enterprise)',
      example: '',
      source: recorded('https://github.com/NVIDIA/k8s-nim-operator/issues/491'),
    },
    {
      at: CONTENT,
      status: [403],
      sent: true,
      causes: ['Forbidden', 'RepositoryMissingOrPrivate'],
      means: 'the key is good and its organisation may not read this image',
      open: 'NGC may also let the manifest through and refuse at a layer',
      example: body('DENIED', 'Access Denied'),
      source: recorded('test/corpus A250'),
    },
  ],
  existence: {
    hidden: 'yes',
    text: 'NVIDIA NGC answers 401 or 403 for what is missing and for what your organisation may not read',
    who: 'a key of an organisation that has the image in its catalog',
  },
  limits: [],
  docs: 'https://docs.nvidia.com/nim-operator/latest/image-pull-secrets.html',
};
