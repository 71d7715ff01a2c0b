/**
 * Amazon, Google, Azure, Oracle, Alibaba, DigitalOcean.
 * Sources: AWS GetAuthorizationToken (12 hours; the token's own `expiration`); cloud.google.com on access tokens and
 * keys; MicrosoftDocs container-registry authentication pages; Alibaba Cloud GetAuthorizationToken (1 hour or the life
 * of the STS token); docs.digitalocean.com get_docker_credentials.
 */
import { HOUR, type KindRow, row, UNTIL_DELETED } from './kind.ts';

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const GUID_ZERO = '00000000-0000-0000-0000-000000000000';

const AMAZON: readonly KindRow[] = [
  row(
    {
      id: 'ecr-token',
      label: 'ECR token (12h)',
      life: '12 hours',
      lifeMs: 12 * HOUR,
      expiry: 'ecr',
      advice:
        'It lives 12 hours: something must renew the secret, or the nodes fetch tokens themselves (ecr-credential-provider).',
    },
    (s) => s.user === 'AWS' && (s.registry === 'ecr' || s.registry === 'ecr-public' || s.ecr()),
  ),
];

const GOOGLE: readonly KindRow[] = [
  row(
    {
      id: 'gcp-access-token',
      label: 'GCP access token (1h)',
      life: 'about an hour',
      lifeMs: HOUR,
      advice:
        'It holds no date and lives about an hour: use a service account key with user name _json_key, or the identity of the node.',
    },
    (s) => s.user === 'oauth2accesstoken' || (s.registry === 'google' && s.starts('ya29.')),
  ),
  row(
    {
      id: 'gcp-json-key',
      label: 'GCP JSON key',
      life: UNTIL_DELETED,
      advice:
        'It holds no date; its service account needs roles/artifactregistry.reader on the repository.',
    },
    (s) => s.user === '_json_key',
  ),
  row(
    {
      id: 'gcp-json-key-base64',
      label: 'GCP JSON key (base64)',
      life: UNTIL_DELETED,
      advice:
        'It holds no date; its service account needs roles/artifactregistry.reader on the repository.',
    },
    (s) => s.user === '_json_key_base64',
  ),
];

/** The admin's user name is the registry's, which the host begins with (a hash may follow after a dash). */
function isAdminOf(host: string, user: string): boolean {
  const name = host.split('.', 1)[0] ?? '';
  const admin = user.toLowerCase();
  return admin !== '' && (name === admin || name.startsWith(`${admin}-`));
}

const AZURE: readonly KindRow[] = [
  row(
    {
      id: 'acr-token',
      label: 'ACR token (3h)',
      life: '3 hours',
      lifeMs: 3 * HOUR,
      expiry: 'jwt',
      advice:
        'az acr login --expose-token gives it for 3 hours: use a service principal, a token of the registry, or attach the registry to the cluster.',
    },
    (s) => s.user === GUID_ZERO,
  ),
  row(
    {
      id: 'acr-service-principal',
      label: 'Azure service principal',
      life: 'as long as its client secret was made for, a year if nothing was said',
      advice:
        'The date stands in Entra ID only; the principal needs AcrPull (in ABAC mode Container Registry Repository Reader).',
    },
    (s) => s.registry === 'acr' && GUID.test(s.user),
  ),
  row(
    {
      id: 'acr-admin',
      label: 'ACR admin password',
      life: 'until it is made anew',
      advice:
        'It may do everything in the registry: a token of the registry that may only pull is enough.',
    },
    (s) => s.registry === 'acr' && s.hasPassword && isAdminOf(s.host, s.user),
  ),
  row(
    {
      id: 'acr-scoped-token',
      label: 'ACR token password',
      life: 'as long as it was made for',
      advice: 'Its date and the repositories it may read stand in the registry only.',
    },
    (s) => s.registry === 'acr' && s.hasPassword && s.user !== '',
  ),
];

const OTHERS: readonly KindRow[] = [
  row(
    {
      id: 'alibaba-temporary',
      label: 'Alibaba token (1h)',
      life: 'an hour, or as long as the STS token it was made with',
      expiry: 'alibaba',
      advice: 'It lives an hour: something must renew the secret, or use the fixed password.',
    },
    (s) => s.user === 'cr_temp_user',
  ),
  row(
    {
      id: 'alibaba-password',
      label: 'Alibaba password',
      life: 'until it is changed',
      advice: "It is the registry's own password, not the one of the console.",
    },
    (s) => s.registry === 'alibaba' && s.hasPassword && s.user !== '',
  ),
  row(
    {
      id: 'oci-auth-token',
      label: 'OCI auth token',
      life: UNTIL_DELETED,
      advice: 'The user name is TENANCY_NAMESPACE/USER, federated users have a domain between.',
    },
    (s) => s.registry === 'ocir' && s.hasPassword && s.user !== '',
  ),
  row(
    {
      id: 'digitalocean-token',
      label: 'DigitalOcean token',
      life: 'as long as it was made for; 30 days from doctl registry login',
      secretUser: true,
      advice: 'The token is user name and password at once, so the user name is a secret too.',
    },
    (s) => s.hasPassword && (s.registry === 'digitalocean' || s.starts('dop_v1_', 'doo_v1_')),
  ),
];

export const CLOUD_KINDS: readonly KindRow[] = [...AMAZON, ...GOOGLE, ...AZURE, ...OTHERS];
