/**
 * Amazon ECR, private.
 * Source of the hosts: awslabs/amazon-ecr-credential-helper ecr-login/api/client.go.
 */
import { ANYWHERE, body, CONTENT, documented, recorded } from '../answers.ts';
import type { HostRule, Registry } from '../registry.ts';

const DOMAINS = [
  'amazonaws.com',
  'amazonaws.com.cn',
  'amazonaws.eu',
  'on.aws',
  'on.amazonwebservices.com.cn',
  'sc2s.sgov.gov',
  'c2s.ic.gov',
  'cloud.adc-e.uk',
  'csp.hci.ic.gov',
];

const SERVICES = ['dkr.ecr', 'dkr-ecr', 'dkr.ecr-fips', 'dkr-ecr-fips'];

const QUOTAS = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html';

export const ecr: Registry = {
  id: 'ecr',
  name: 'Amazon ECR',
  hosts: DOMAINS.flatMap((domain) =>
    SERVICES.map((service): HostRule => ({ host: `{account}.${service}.{region}.${domain}` })),
  ),
  habits: [],
  users: { known: ['AWS'], closed: true, usual: 'AWS' },
  credentials: [
    'A token of aws ecr get-login-password lives 12 hours; when it ends stands inside it, and decode shows it',
  ],
  nodeCredentials: "the node's IAM role, through the plugin ecr-credential-provider (usual on EKS)",
  key: '{host}',
  secret: {
    get: 'The AWS CLI prints the token; REGION is the one in the host. Its identity needs ecr:GetAuthorizationToken, ecr:BatchGetImage and ecr:GetDownloadUrlForLayer.',
    password: 'aws ecr get-login-password --region {region}',
  },
  renew:
    'A token lives 12 hours (aws ecr get-login-password): let the nodes or an operator fetch it in place of a secret that stays.',
  answers: [
    {
      at: ['challenge', ...ANYWHERE],
      status: [401, 403],
      sent: false,
      causes: ['Unauthorized', 'CredentialProviderFailed'],
      means: 'ECR answers nothing without a token, whether or not the repository is there',
      open: "on EKS the node signs in by itself: that its plugin failed stands only in the kubelet's log",
      example: '',
      source: recorded('test/corpus A080'),
    },
    {
      at: ANYWHERE,
      status: [403],
      sent: true,
      says: /authorization token has expired/i,
      causes: ['CredentialsExpired'],
      ladder: 'unauthorized',
      means: 'the ECR token has expired: it lives 12 hours',
      example: body(
        'DENIED',
        'Your authorization token has expired. Reauthenticate and try again.',
      ),
      source: recorded('test/corpus A125'),
    },
    {
      at: CONTENT,
      status: [403],
      sent: true,
      says: /is not authorized to perform: ecr:/i,
      causes: ['Forbidden'],
      means: 'the token is good, and its AWS identity lacks the right that the answer names',
      open: 'in the same account the policy of the identity or that of the repository must allow it, from another account both',
      example: body(
        'DENIED',
        'User: arn:aws:sts::123456789012:assumed-role/node/i-0 is not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:us-west-2:123456789012:repository/team/app because no identity-based policy allows the ecr:BatchGetImage action',
      ),
      source: recorded('test/corpus A029'),
    },
    {
      at: ['manifest'],
      status: [404],
      says: /does not exist in the registry with id/i,
      causes: ['RepositoryNotFound'],
      ladder: 'repository-not-found',
      means: 'there is no such repository in that AWS account and region',
      example: body(
        'NAME_UNKNOWN',
        "The repository with name 'team/app' does not exist in the registry with id '123456789012'",
      ),
      source: recorded('test/corpus A278'),
    },
    {
      at: ['manifest'],
      status: [404],
      says: /Requested image not found/i,
      causes: ['TagNotFound'],
      means: 'the repository is there, the tag or digest is not',
      open: 'behind a pull-through cache it also means that ecr:BatchImportUpstreamImage is missing, or that upstream has no such tag',
      example: body('MANIFEST_UNKNOWN', 'Requested image not found'),
      source: documented(
        'https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html',
      ),
    },
    {
      at: CONTENT,
      status: [401],
      sent: true,
      causes: ['Unauthorized', 'CredentialsExpired'],
      means: 'ECR does not take the token',
      open: 'whether it is damaged, or a password of another kind, is not told',
      example: '',
      source: recorded('test/corpus A223'),
    },
  ],
  existence: {
    hidden: 'partly',
    text: 'Amazon ECR tells a missing repository (404) from a missing right (403) once a good token is sent, and nothing before',
    who: 'a token of an identity in the same AWS account',
  },
  limits: [
    {
      text: 'BatchGetImage: 2,000 requests a second for each region, can be raised',
      source: QUOTAS,
    },
    {
      text: 'GetDownloadUrlForLayer: 3,000 requests a second for each region, can be raised',
      source: QUOTAS,
    },
    {
      text: 'GetAuthorizationToken: 500 requests a second for each region, can be raised',
      source: QUOTAS,
    },
  ],
  docs: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry_auth.html',
};
