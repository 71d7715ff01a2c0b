/**
 * Amazon ECR, private and public.
 * Source of the hosts: awslabs/amazon-ecr-credential-helper ecr-login/api/client.go.
 */
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

export const ecr: Registry = {
  id: 'ecr',
  name: 'Amazon ECR',
  hosts: DOMAINS.flatMap((domain) =>
    SERVICES.map((service): HostRule => ({ host: `{account}.${service}.{region}.${domain}` })),
  ),
  habits: [],
  users: { known: ['AWS'], closed: true, usual: 'AWS' },
  nodeCredentials: "the node's IAM role, through the plugin ecr-credential-provider (usual on EKS)",
  key: '{host}',
  renew:
    'A token lives 12 hours (aws ecr get-login-password): let the nodes or an operator fetch it in place of a secret that stays.',
  docs: null,
};

export const ecrPublic: Registry = {
  id: 'ecr-public',
  name: 'Amazon ECR Public',
  hosts: [{ host: 'public.ecr.aws' }, { host: 'ecr-public.aws.com' }],
  habits: [],
  users: { known: ['AWS'], closed: true, usual: 'AWS' },
  nodeCredentials: null,
  key: '{host}',
  renew:
    'Images are public; an expired token blocks them all the same, so a secret that is not renewed is better removed.',
  docs: null,
};
