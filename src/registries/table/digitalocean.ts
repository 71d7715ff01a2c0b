/** DigitalOcean. What its errors mean beyond the protocol is not known. */
import { ANY_USER, type Registry } from '../registry.ts';

export const digitalocean: Registry = {
  id: 'digitalocean',
  name: 'DigitalOcean Container Registry',
  hosts: [{ host: 'registry.digitalocean.com' }],
  habits: [],
  users: ANY_USER,
  credentials: [
    'An API token, as user name and as password both; of doctl registry login 30 days, of doctl registry kubernetes-manifest and the API without end',
  ],
  nodeCredentials: null,
  key: '{host}',
  secret: {
    get: 'doctl writes the whole secret, with a token that may only read.',
    command: 'doctl registry kubernetes-manifest --namespace {namespace} --name {secret} | {apply}',
  },
  renew:
    'The same API token is user name and password; the one that doctl registry login writes lives 30 days.',
  answers: [],
  existence: {
    hidden: 'not known',
    text: 'DigitalOcean Container Registry does not say here whether it is missing or private',
    who: 'a token of the account that owns the registry',
  },
  limits: [],
  docs: 'https://docs.digitalocean.com/reference/doctl/reference/registry/kubernetes-manifest',
};
