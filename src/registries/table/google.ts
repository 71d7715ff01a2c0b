/**
 * Google Artifact Registry and what is left of Container Registry.
 * Sources of the hosts: kubernetes/cloud-provider-gcp pkg/gcpcredential;
 * GoogleCloudPlatform/docker-credential-gcr config/const.go.
 */
import { ANYWHERE, body, CONTENT, documented, LOGIN, recorded } from '../answers.ts';
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

const DENIED =
  'Permission "artifactregistry.repositories.downloadArtifacts" denied on resource "projects/team/locations/europe-west1/repositories/app"';

const CREDENTIAL_HELPER = 'https://github.com/kubernetes/cloud-provider-gcp';

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
  credentials: [
    'User _json_key: the JSON key of a service account, until it is deleted',
    'User _json_key_base64: the same in base64',
    'User oauth2accesstoken: an access token, about an hour',
  ],
  nodeCredentials: "the node's service account (usual on GKE)",
  key: '{host}',
  secret: {
    get: 'To try it: an access token, which lives an hour. To last: the JSON key KEY.json of a service account with Artifact Registry Reader; jq writes the secret, and the key stays off the command line.',
    command:
      'jq -n --rawfile key KEY.json \'{auths: {"{host}": {username: "_json_key", password: ($key | rtrimstr("\\n"))}}}\' | {create}',
  },
  renew:
    'A service account key with user name _json_key lasts until it is deleted; an access token lives about an hour.',
  answers: [
    {
      at: ['token'],
      status: [403],
      sent: false,
      says: /or it may not exist/i,
      causes: ['RepositoryMissingOrPrivate', 'Unauthorized'],
      ladder: 'missing-or-private',
      means: 'no such repository, or it is not public',
      example: body('DENIED', `${DENIED} (or it may not exist)`),
      source: documented(CREDENTIAL_HELPER),
    },
    {
      at: ANYWHERE,
      status: [403],
      sent: false,
      causes: ['RepositoryMissingOrPrivate', 'Unauthorized'],
      ladder: 'missing-or-private',
      means: 'no such repository, or it is not public',
      example: '',
      source: recorded('test/corpus A219'),
    },
    {
      at: CONTENT,
      status: [403],
      says: /or it may not exist/i,
      causes: ['RepositoryMissingOrPrivate', 'Forbidden'],
      ladder: 'missing-or-private',
      means: 'no right to read it, or no such repository: Google says the same of both',
      example: body('DENIED', `${DENIED} (or it may not exist)`),
      source: documented('https://cloud.google.com/artifact-registry/docs/troubleshooting'),
    },
    {
      at: ANYWHERE,
      status: [403],
      sent: true,
      says: /^Permission .{0,100}\bdenied\b/i,
      causes: ['Forbidden'],
      means: 'whoever asks lacks the right that the answer names: grant Artifact Registry Reader',
      example: body('DENIED', DENIED),
      source: recorded('test/corpus A025'),
    },
    {
      at: ANYWHERE,
      status: [412],
      says: /Container Registry is deprecated and shutting down/i,
      causes: ['RegistryUnavailable'],
      means: 'Container Registry is shut down and the project was not moved to Artifact Registry',
      example:
        "Container Registry is deprecated and shutting down, please use the auto migration tool to migrate to Artifact Registry (gcloud artifacts docker upgrade migrate --projects='team')",
      source: recorded(
        'https://cloud.google.com/artifact-registry/docs/transition/transition-from-gcr',
      ),
    },
    {
      at: ANYWHERE,
      status: [],
      says: /^Project .{1,100} not found or deleted/i,
      causes: ['RepositoryNotFound'],
      ladder: 'repository-not-found',
      means: 'the Google Cloud project in the name is not there any more',
      example: body('UNKNOWN', "Project 'project:team' not found or deleted."),
      source: recorded('test/corpus A106'),
    },
    {
      at: LOGIN,
      status: [401],
      sent: true,
      causes: ['Unauthorized', 'CredentialsExpired'],
      means:
        'Google does not take the credential: an access token lives an hour, a key until it is deleted',
      example: body('UNAUTHORIZED', 'failed authentication'),
      source: recorded('test/corpus A177'),
    },
    {
      at: ['manifest'],
      status: [404],
      says: /^Failed to fetch /i,
      causes: ['TagNotFound'],
      means: 'the repository can be read, the tag is not there',
      example: body('MANIFEST_UNKNOWN', 'Failed to fetch "latest"'),
      source: recorded('test/corpus A288'),
    },
  ],
  existence: {
    hidden: 'yes',
    text: 'Google Artifact Registry answers 403 for a repository that is missing and for one that you may not read',
    who: 'an account that has Artifact Registry Reader on the project',
  },
  limits: [
    {
      text: '60,000 requests a minute for each project and region, can be raised; one pull is several requests',
      source: 'https://cloud.google.com/artifact-registry/quotas',
    },
  ],
  docs: 'https://cloud.google.com/artifact-registry/docs/docker/authentication',
};
