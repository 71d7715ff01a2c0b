/** What the errors of IBM Cloud Container Registry mean. Source: ibm-cloud-docs/Registry ts_*.md. */
import {
  ANYWHERE,
  body,
  CONTENT,
  documented,
  LOGIN,
  type RegistryAnswer,
  recorded,
} from '../answers.ts';

const page = (topic: string) =>
  documented(`https://cloud.ibm.com/docs/Registry?topic=Registry-${topic}`);

const ROLE_OR_RULE =
  'a missing role and a context-based restriction look alike; only the audit log tells them apart';

export const ibmAnswers: readonly RegistryAnswer[] = [
  {
    at: ANYWHERE,
    status: [],
    says: /^Private-only access is enabled/i,
    causes: ['AccessBlocked'],
    ladder: 'forbidden',
    means: 'nobody is let in over the public network',
    open: 'it is the way of this request: nodes that use private.HOST, or a cluster in private mode, may get through',
    address: true,
    example: body(
      'DENIED',
      'Private-only access is enabled on this account, but this request was over the public network. You must access this account over the private network',
    ),
    source: page('ts_private'),
  },
  {
    at: CONTENT,
    status: [],
    says: /exceeded (?:its|your) pull traffic quota/i,
    causes: ['QuotaExceeded'],
    ladder: 'quota-exceeded',
    means: "the account's pull traffic of this month is used up",
    open: 'pulls over the private network (private.HOST) do not count and still work',
    example: body(
      'DENIED',
      'Your account has exceeded its pull traffic quota for the current month.',
    ),
    source: recorded('test/corpus A097'),
  },
  {
    at: ['token'],
    status: [400, 401, 403],
    sent: false,
    causes: ['Unauthorized', 'RepositoryMissingOrPrivate'],
    means: 'no credential was sent, and IBM Cloud gives no token without',
    open: 'a missing entry in the pull secret of a node has been seen to end in 400',
    example: '',
    source: page('registry_access'),
  },
  {
    at: ['token'],
    status: [400],
    sent: true,
    causes: ['Unauthorized', 'CredentialsExpired'],
    means: 'user name and password do not go together, or the API key is gone',
    example: '',
    source: page('registry_access'),
  },
  {
    at: CONTENT,
    status: [401, 403],
    sent: false,
    causes: ['RepositoryMissingOrPrivate', 'Unauthorized'],
    ladder: 'missing-or-private',
    means: 'no credential was sent, and the namespace is private or not there',
    example: '',
    source: page('ts_forbidden_ce'),
  },
  {
    at: CONTENT,
    status: [401, 403],
    sent: true,
    says: /not authorized to access the specified resource/i,
    causes: ['Forbidden'],
    ladder: 'forbidden',
    means:
      'the API key is good and lacks Reader on the namespace, or a rule of the account forbids it',
    open: ROLE_OR_RULE,
    example: body('DENIED', 'You are not authorized to access the specified resource.'),
    source: recorded('test/corpus A101'),
  },
  {
    at: CONTENT,
    status: [401, 403],
    sent: true,
    says: /insufficient scope/i,
    causes: ['Forbidden'],
    ladder: 'forbidden',
    means:
      'the API key is good and lacks Reader on the namespace, or a rule of the account forbids it',
    open: ROLE_OR_RULE,
    example: body('DENIED', 'insufficient scope'),
    source: page('ts_scope'),
  },
  {
    at: LOGIN,
    status: [401],
    sent: true,
    says: /^Authorization required|^You were not authorized to complete this operation/i,
    causes: ['Unauthorized', 'CredentialsExpired'],
    means: 'IBM Cloud does not know the API key, or it has ended',
    example: body(
      'UNAUTHORIZED',
      'Authorization required. See https://cloud.ibm.com/docs/Registry?topic=Registry-troubleshoot-auth-req',
    ),
    source: page('troubleshoot-auth-req'),
  },
  {
    at: ['manifest'],
    status: [404],
    causes: ['TagNotFound', 'RepositoryNotFound'],
    means: 'no such image under this host: name, tag or region is wrong',
    open: 'a namespace belongs to one region: the same name on another host of icr.io is another one',
    example: body('MANIFEST_UNKNOWN', 'manifest unknown'),
    source: page('ts_manifest_unknown'),
  },
];
