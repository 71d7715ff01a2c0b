/** Red Hat's registries. quay.io, where some of its images lie, is a row of its own. */
import { body, documented, LOGIN, recorded } from '../answers.ts';
import type { Registry } from '../registry.ts';

const LOGIN_TEXT =
  'Please login to the Red Hat Registry using your Customer Portal credentials. Further instructions can be found here: https://access.redhat.com/RegistryAuthentication';

export const redhat: Registry = {
  id: 'redhat',
  name: 'Red Hat Registry',
  hosts: [
    { host: 'registry.redhat.io' },
    { host: 'registry.connect.redhat.com' },
    { host: 'registry.access.redhat.com', note: 'serves without credentials' },
  ],
  habits: [],
  users: { known: ['*|*'], closed: false, usual: null },
  credentials: [
    'A registry service account (NUMBER|NAME) with its token, until it is deleted or its token is made anew',
    'A login of the customer portal with its password: for people, not for clusters',
  ],
  nodeCredentials: 'the global pull secret of OpenShift, which is on every node there',
  key: '{host}',
  secret: {
    get: 'A registry service account, made at https://access.redhat.com/terms-based-registry/; the user name is NUMBER|NAME. The page also offers the finished secret. registry.access.redhat.com needs none; quay.io needs one of its own.',
  },
  renew: 'A registry service account (NUMBER|NAME) with its token lasts until it is deleted.',
  answers: [
    {
      at: LOGIN,
      status: [401],
      sent: false,
      causes: ['Unauthorized'],
      means: 'it gives nothing without a login, whether or not the image is there',
      open: 'some of the same images (UBI among them) lie on registry.access.redhat.com, which asks for none',
      example: body('UNAUTHORIZED', LOGIN_TEXT),
      source: recorded('test/corpus A180'),
    },
    {
      at: LOGIN,
      status: [401],
      sent: true,
      causes: ['Unauthorized'],
      means: 'wrong service account or token: the user name is NUMBER|NAME, whole',
      example: body('UNAUTHORIZED', LOGIN_TEXT),
      source: documented('https://access.redhat.com/RegistryAuthentication'),
    },
    {
      at: ['manifest'],
      status: [404],
      says: /^Repo not found/i,
      causes: ['RepositoryNotFound'],
      ladder: 'repository-not-found',
      means: 'there is no such repository',
      example: body('NAME_UNKNOWN', 'Repo not found'),
      source: documented('https://access.redhat.com/RegistryAuthentication'),
    },
    {
      at: ['manifest'],
      status: [404],
      says: /^Image not found/i,
      causes: ['RepositoryNotFound', 'TagNotFound'],
      means: 'there is no such repository, or no such tag in it',
      example: body('NAME_UNKNOWN', 'Image not found'),
      source: recorded('test/corpus A216'),
    },
  ],
  existence: {
    hidden: 'partly',
    text: 'Red Hat Registry says nothing before a login; behind a good one it says what is missing',
    who: 'any registry service account',
  },
  limits: [],
  docs: 'https://access.redhat.com/RegistryAuthentication',
};
