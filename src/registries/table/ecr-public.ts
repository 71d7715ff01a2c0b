/**
 * Amazon ECR Public.
 * Source of the hosts: awslabs/amazon-ecr-credential-helper ecr-login/api/client.go.
 */
import { ANYWHERE, body, documented, recorded } from '../answers.ts';
import type { Registry } from '../registry.ts';

const PULL = 'https://docs.aws.amazon.com/AmazonECR/latest/public/docker-pull-ecr-image.html';

export const ecrPublic: Registry = {
  id: 'ecr-public',
  name: 'Amazon ECR Public',
  hosts: [{ host: 'public.ecr.aws' }, { host: 'ecr-public.aws.com' }],
  habits: [],
  users: { known: ['AWS'], closed: true, usual: 'AWS' },
  credentials: ['None is needed; a token of aws ecr-public get-login-password lives 12 hours'],
  nodeCredentials: null,
  key: '{host}',
  secret: {
    get: 'Only for the higher limits. The token always comes from us-east-1.',
    password: 'aws ecr-public get-login-password --region us-east-1',
  },
  renew:
    'Images are public; an expired token blocks them all the same, so a secret that is not renewed is better removed.',
  answers: [
    {
      at: ANYWHERE,
      status: [403],
      sent: true,
      says: /authorization token has expired/i,
      causes: ['CredentialsExpired'],
      ladder: 'unauthorized',
      means: 'the token has expired, and blocks an image that needs none',
      example: body(
        'DENIED',
        'Your authorization token has expired. Reauthenticate and try again.',
      ),
      source: recorded('test/corpus A125'),
    },
    {
      at: ANYWHERE,
      status: [429],
      causes: ['RateLimited'],
      means: 'too many pulls at once',
      open: 'they count by account, without a login by address',
      example: body('TOOMANYREQUESTS', 'Rate exceeded'),
      source: recorded('test/corpus A133'),
    },
    {
      at: ['manifest'],
      status: [404],
      code: 'NAME_UNKNOWN',
      causes: ['RepositoryNotFound'],
      means: 'there is no such public repository',
      example: body('NAME_UNKNOWN', 'The repository does not exist'),
      source: documented('https://github.com/opencontainers/distribution-spec'),
    },
  ],
  existence: {
    hidden: 'no',
    text: 'Amazon ECR Public holds public repositories only: what it calls missing is missing',
    who: null,
  },
  limits: [
    {
      text: 'Without credentials 500 GB a month for each address',
      source: 'https://docs.aws.amazon.com/AmazonECR/latest/public/public-service-quotas.html',
    },
  ],
  docs: PULL,
};
