/** Other clouds: DigitalOcean, Oracle, Alibaba, NVIDIA, and the registry of the Kubernetes project. */
import { ANY_USER, type Registry } from '../registry.ts';

export const digitalocean: Registry = {
  id: 'digitalocean',
  name: 'DigitalOcean Container Registry',
  hosts: [{ host: 'registry.digitalocean.com' }],
  habits: [],
  users: ANY_USER,
  nodeCredentials: null,
  key: '{host}',
  renew:
    'The same API token is user name and password; the one that doctl registry login writes lives 30 days.',
  docs: null,
};

/** Hosts: Oracle's page of questions on its registry; the second form is unconfirmed. */
export const ocir: Registry = {
  id: 'ocir',
  name: 'Oracle Cloud Infrastructure Registry',
  hosts: [{ host: '{region}.ocir.io' }, { host: 'ocir.{region}.oci.oraclecloud.com' }],
  habits: [],
  users: { known: ['*/*'], closed: true, usual: 'TENANCY_NAMESPACE/USER' },
  nodeCredentials: null,
  key: '{host}',
  renew:
    'An auth token of the user, with user name TENANCY_NAMESPACE/USER, lasts until it is deleted.',
  docs: null,
};

export const alibaba: Registry = {
  id: 'alibaba',
  name: 'Alibaba Cloud Container Registry',
  hosts: [
    { host: 'registry.{region}.aliyuncs.com' },
    { host: 'registry-vpc.{region}.aliyuncs.com' },
    { host: 'registry-intl.{region}.aliyuncs.com' },
    { host: 'registry-intl-vpc.{region}.aliyuncs.com' },
    { host: '*-registry.{region}.cr.aliyuncs.com' },
    { host: '*-registry-vpc.{region}.cr.aliyuncs.com' },
  ],
  habits: [],
  users: ANY_USER,
  nodeCredentials: null,
  key: '{host}',
  renew:
    "The registry's own fixed password lasts; the temporary one of cr_temp_user lives an hour and must be renewed by a job.",
  docs: 'https://www.alibabacloud.com/help/en/doc-detail/145324.htm',
};

export const nvidia: Registry = {
  id: 'nvidia',
  name: 'NVIDIA NGC',
  hosts: [{ host: 'nvcr.io' }],
  habits: [],
  users: { known: ['$oauthtoken'], closed: true, usual: '$oauthtoken' },
  nodeCredentials: null,
  key: '{host}',
  renew:
    'The user name is the word $oauthtoken itself, in single quotes for the shell; the password is an NGC API key.',
  docs: null,
};

/** Source: kubernetes/registry.k8s.io docs. */
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
  nodeCredentials: null,
  key: '{host}',
  renew: 'Images are public and need no credentials.',
  docs: null,
};
