/**
 * Azure Container Registry and Microsoft's public one.
 * Source: MicrosoftDocs/azure-management-docs articles/container-registry. The suffixes .cn and .us are unconfirmed.
 */
import type { HostRule, Registry } from '../registry.ts';

const DATA: HostRule = {
  host: '*.{region}.data.azurecr.io',
  standing: 'api',
  note: 'serves the layers; images are named by REGISTRY.azurecr.io',
};

export const acr: Registry = {
  id: 'acr',
  name: 'Azure Container Registry',
  hosts: [
    { host: '*.azurecr.io' },
    { host: '*.azurecr.cn' },
    { host: '*.azurecr.us' },
    { host: '*.{region}.geo.azurecr.io' },
    DATA,
  ],
  habits: [],
  users: { known: ['00000000-0000-0000-0000-000000000000'], closed: false, usual: null },
  nodeCredentials:
    "the kubelet's managed identity, where the registry is attached to the cluster (usual on AKS)",
  key: '{host}',
  renew:
    'A service principal, or a token of the registry itself, lasts as long as it was made for; az acr login --expose-token gives one for 3 hours.',
  docs: 'https://aka.ms/acr/authorization',
};

export const mcr: Registry = {
  id: 'mcr',
  name: 'Microsoft Artifact Registry',
  hosts: [
    { host: 'mcr.microsoft.com' },
    {
      host: '*.data.mcr.microsoft.com',
      standing: 'api',
      note: 'serves the layers of mcr.microsoft.com',
    },
  ],
  habits: [],
  users: { known: [], closed: false, usual: null },
  nodeCredentials: null,
  key: '{host}',
  renew: 'Images are public and need no credentials.',
  docs: null,
};
