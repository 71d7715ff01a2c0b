/** Oracle Cloud. Hosts: Oracle's page of questions on its registry; the second form is unconfirmed. */
import { ANYWHERE, body, LOGIN, recorded } from '../answers.ts';
import type { Registry } from '../registry.ts';

export const ocir: Registry = {
  id: 'ocir',
  name: 'Oracle Cloud Infrastructure Registry',
  hosts: [{ host: '{region}.ocir.io' }, { host: 'ocir.{region}.oci.oraclecloud.com' }],
  habits: [],
  users: { known: ['*/*'], closed: true, usual: 'TENANCY_NAMESPACE/USER' },
  credentials: ['An auth token of the user, until it is deleted'],
  nodeCredentials: null,
  key: '{host}',
  secret: {
    get: 'An auth token of the user, made in the console under the profile. The user name is TENANCY_NAMESPACE/USER, with a federated or domain user TENANCY_NAMESPACE/DOMAIN/USER.',
  },
  renew:
    'An auth token of the user, with user name TENANCY_NAMESPACE/USER, lasts until it is deleted.',
  answers: [
    {
      at: ANYWHERE,
      status: [403],
      says: /Anonymous users are only allowed read access on public repos/i,
      causes: ['RepositoryMissingOrPrivate', 'Unauthorized'],
      ladder: 'missing-or-private',
      means: 'no such repository, or it is not public; no credential was taken',
      example: body('DENIED', 'Anonymous users are only allowed read access on public repos'),
      source: recorded(
        'https://github.com/oracle-devrel/oke-credential-provider-for-ocir/issues/3',
      ),
    },
    {
      at: LOGIN,
      status: [401],
      sent: true,
      causes: ['Unauthorized'],
      means: 'wrong user name or auth token: the user name begins with the tenancy namespace',
      example: '{"code":401,"message":"Unauthorized"}',
      source: recorded('https://github.com/oracle/cloudtestdrive/issues/128'),
    },
  ],
  existence: {
    hidden: 'yes',
    text: 'Oracle Cloud Infrastructure Registry answers 403 without credentials for a repository that is missing and for one that is not public',
    who: 'an auth token of a user in the tenancy',
  },
  limits: [],
  docs: 'https://docs.oracle.com/iaas/Content/Registry/Tasks/registrypullingimagesfromocir.htm',
};
