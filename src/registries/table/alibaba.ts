/** Alibaba Cloud. */
import { body, CONTENT, documented, recorded } from '../answers.ts';
import { ANY_USER, type Registry } from '../registry.ts';

const TOKEN = 'https://www.alibabacloud.com/help/en/doc-detail/145324.htm';

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
  credentials: [
    'The fixed password of the registry with the account or RAM user, until it is changed',
    'User cr_temp_user: the temporary password of GetAuthorizationToken, an hour or as long as the STS token; decode shows when it ends',
  ],
  nodeCredentials: null,
  key: '{host}',
  secret: {
    get: 'The fixed password, set in the console under Access Credential; the user name is the one shown there. The VPC host needs an entry of its own.',
  },
  renew:
    "The registry's own fixed password lasts; the temporary one of cr_temp_user lives an hour and must be renewed by a job.",
  answers: [
    {
      at: CONTENT,
      status: [401],
      causes: ['RepositoryMissingOrPrivate', 'Forbidden'],
      ladder: 'missing-or-private',
      means: 'no such repository, or no right to read it',
      example: body('UNAUTHORIZED', 'authentication required'),
      source: recorded('test/corpus A181'),
    },
    {
      at: ['token'],
      status: [401],
      sent: true,
      causes: ['Unauthorized', 'CredentialsExpired'],
      means: 'wrong user name or password, or a temporary password that has ended',
      example: '',
      source: documented(TOKEN),
    },
  ],
  existence: {
    hidden: 'yes',
    text: 'Alibaba Cloud Container Registry answers 401 for a repository that is missing and for one that you may not read',
    who: 'a RAM user that may pull from the namespace',
  },
  limits: [],
  docs: TOKEN,
};
