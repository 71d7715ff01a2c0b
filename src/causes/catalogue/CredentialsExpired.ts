import type { Cause } from '../cause.ts';
import { RANK } from '../cause.ts';
import { NEW_POD } from '../steps.ts';
import { aboutPull } from '../when.ts';

export const CredentialsExpired: Cause = {
  name: 'CredentialsExpired',
  title: 'the credentials have expired',
  meaning:
    'The registry knows the credentials and says that their time is over. Tokens of Amazon ECR live 12 hours, access ' +
    'tokens of Google and IBM about one hour, of Azure three; a copy of them in a secret dies with them. An expired ' +
    'token also blocks images that are public.',
  patterns: [
    {
      runtime: 'registry',
      match:
        /token (?:has|is) expired|token has been expired|token expired|credentials? (?:have|has|is|are) expired|password (?:has|is) expired|security token included in the request is (?:invalid|expired)|ExpiredToken|expired token|session (?:has )?expired|refresh token (?:has )?expired|jwt expired|API key (?:has|is) expired|client secret (?:keys )?.{0,60}expired|AADSTS7000222|BXNIM0408E/i,
      on: 'part',
      only: aboutPull,
      rank: RANK.decisive,
      certainty: 'certain',
      stage: 'auth',
    },
    {
      runtime: 'containerd',
      match: /invalid_token: authorization failed/i,
      on: 'part',
      rank: RANK.words,
      certainty: 'likely',
      alternatives: ['Unauthorized'],
      stage: 'auth',
    },
  ],
  examples: [
    {
      id: 'A125',
      text: 'denied: Your authorization token has expired. Reauthenticate and try again.',
    },
  ],
  tellApart: [
    {
      from: 'Unauthorized',
      how: 'Read the expiry that the secret itself holds.',
      command: 'kubectl imagepull decode {secret} -n {namespace}',
    },
    {
      from: 'CredentialProviderFailed',
      how: "Credentials that no secret holds come from the node's plugin; its log on node {node} says whether it still works.",
    },
  ],
  retryable: false,
  waiting:
    'will not help unless something renews the secret; then the kubelet tries again every 5 minutes at most',
  group: 'namespace',
  nextSteps: [
    {
      text: 'See when the secret was written and when its token ends',
      when: 'pull secret',
      command: 'kubectl imagepull decode {secret} -n {namespace}',
    },
    {
      text: 'Renew the secret, or use credentials that do not expire (service account, robot, node identity)',
    },
    {
      text: 'Look for the job that should renew it',
      command: 'kubectl get cronjobs,jobs -n {namespace}',
    },
    NEW_POD,
  ],
};
