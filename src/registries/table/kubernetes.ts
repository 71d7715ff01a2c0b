/** The registry of the Kubernetes project. Source: kubernetes/registry.k8s.io docs. */
import { CONTENT, documented, recorded } from '../answers.ts';
import { ANY_USER, type Registry } from '../registry.ts';

const DEBUGGING = 'https://github.com/kubernetes/registry.k8s.io/blob/main/docs/debugging.md';

export const kubernetes: Registry = {
  id: 'kubernetes',
  name: 'the registry of the Kubernetes project',
  hosts: [
    { host: 'registry.k8s.io' },
    {
      host: 'k8s.gcr.io',
      standing: 'old',
      instead: 'registry.k8s.io',
      note: 'frozen: it gets no new images; registry.k8s.io has them',
    },
  ],
  habits: [],
  users: ANY_USER,
  credentials: [],
  nodeCredentials: null,
  key: '{host}',
  secret: null,
  renew: 'Images are public and need no credentials.',
  answers: [
    {
      at: CONTENT,
      status: [403],
      page: true,
      causes: ['AccessBlocked'],
      means: 'Google, where the images lie, does not serve this network',
      open: 'it is the network of this machine: nodes elsewhere may get through. Whoever runs the network must take it up with Google; a mirror of your own helps',
      address: true,
      example:
        '<!DOCTYPE html><title>Error 403 (Forbidden)!!1</title><p>Your client does not have permission to get URL /v2/pause/manifests/3.7 from this server.',
      source: recorded('https://github.com/kubernetes/registry.k8s.io/issues/138'),
    },
    {
      at: ['manifest'],
      status: [404],
      causes: ['TagNotFound', 'RepositoryNotFound'],
      means: 'everything here is public, so it is not there: name or tag is wrong',
      open: 'images made after April 2023 are on registry.k8s.io only, not on k8s.gcr.io',
      example: '',
      source: documented(DEBUGGING),
    },
  ],
  existence: {
    hidden: 'no',
    text: 'The registry of the Kubernetes project is public: what it calls missing is missing',
    who: null,
  },
  limits: [],
  docs: DEBUGGING,
};
