/** The last resort: nothing is known but the protocol. */
import { ANY_USER, type Registry } from '../registry.ts';

export const generic: Registry = {
  id: 'generic',
  name: 'the registry',
  hosts: [],
  habits: [],
  users: ANY_USER,
  credentials: [],
  nodeCredentials: null,
  key: '{host}',
  secret: {
    get: 'An account that may only pull, with a password or token that does not expire.',
  },
  renew:
    'An account that may only pull, with a password or token that does not expire, or a job that renews it.',
  answers: [],
  existence: {
    hidden: 'not known',
    text: '{host} does not say whether it is missing or private',
    who: 'whoever owns the repository, or a login that may see it',
  },
  limits: [],
  docs: 'https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/',
};
