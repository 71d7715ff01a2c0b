/**
 * Google Artifact Registry and what is left of Container Registry.
 * Sources of the hosts: kubernetes/cloud-provider-gcp pkg/gcpcredential;
 * GoogleCloudPlatform/docker-credential-gcr config/const.go.
 */
import type { HostRule, Registry } from '../registry.ts';

const GCR =
  'Container Registry is shut down: the name works only where the project has moved to Artifact Registry';

const GCR_HOSTS: readonly HostRule[] = [
  { host: 'gcr.io', note: GCR },
  ...['us', 'eu', 'asia'].map(
    (region): HostRule => ({ host: `${region}.gcr.io`, region, note: GCR }),
  ),
  { host: 'marketplace.gcr.io' },
  { host: '**.gcr.io', note: GCR },
];

export const google: Registry = {
  id: 'google',
  name: 'Google Artifact Registry',
  hosts: [
    { host: '{region}-docker.pkg.dev' },
    { host: 'docker.{region}.rep.pkg.dev' },
    ...GCR_HOSTS,
    { host: '**.pkg.dev' },
    { host: 'container.cloud.google.com', standing: 'old' },
  ],
  habits: [],
  users: {
    // The last two are written by Google's own credential helpers and by kubelets before 1.26.
    known: ['oauth2accesstoken', '_json_key', '_json_key_base64', '_token', '_dcgcr_*'],
    closed: true,
    usual: '_json_key',
  },
  nodeCredentials: "the node's service account (usual on GKE)",
  key: '{host}',
  renew:
    'A service account key with user name _json_key lasts until it is deleted; an access token lives about an hour.',
  docs: null,
};
