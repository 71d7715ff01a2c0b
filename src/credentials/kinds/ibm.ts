/**
 * IBM Cloud. Sources: ibm-cloud-docs/Registry registry_access.md, registry_access_trusted_profiles.md;
 * ibm-cloud-docs/containers registry.md (end of registry tokens, 2021-08-19).
 */
import { HOUR, type KindRow, row, UNTIL_DELETED } from './kind.ts';

export const IBM_KINDS: readonly KindRow[] = [
  row(
    {
      id: 'ibm-iam-token',
      label: 'IAM token (1h)',
      life: 'about an hour',
      lifeMs: HOUR,
      expiry: 'jwt',
      advice:
        'An IAM access token is of no use in a secret that stays: write the API key of a service ID, with user name iamapikey.',
    },
    (s) => s.user === 'iambearer' || (s.user === 'iamapikey' && s.jwt()),
  ),
  row(
    {
      id: 'ibm-api-key',
      label: 'IBM API key',
      life: UNTIL_DELETED,
      advice:
        'It holds no date; IAM says whether it is alive and whose it is, and the service role Reader on container-registry lets it pull.',
    },
    (s) => s.user === 'iamapikey',
  ),
  row(
    {
      id: 'ibm-refresh-token',
      label: 'IAM refresh token',
      life: 'as long as the session of the person who logged in',
      advice:
        'ibmcloud cr login wrote it and it dies when that session is idle: write the API key of a service ID, with user name iamapikey.',
    },
    (s) => s.user === 'iamrefresh',
  ),
  row(
    {
      id: 'ibm-profile',
      label: 'IBM API key (profile)',
      life: UNTIL_DELETED,
      advice:
        'The service ID of the key must be allowed to assume this trusted profile, and the profile to read container-registry.',
    },
    (s) => s.user.startsWith('Profile-'),
  ),
  row(
    {
      id: 'ibm-registry-token',
      label: 'IBM registry token (dead)',
      life: 'ended on 2021-08-19',
      pulls: 'no',
      advice:
        'Registry tokens have not worked since 2021: write the API key of a service ID, with user name iamapikey.',
    },
    (s) => s.registry === 'ibm' && s.user === 'token',
  ),
  row(
    {
      id: 'ibm-entitlement',
      label: 'IBM entitlement key',
      expiry: 'jwt',
      advice:
        'The login works even where the key entitles to nothing: the IBMid it belongs to must own the product.',
    },
    (s) => s.registry === 'ibm-entitled' && (s.user === 'cp' || s.user === 'ekey'),
  ),
];
