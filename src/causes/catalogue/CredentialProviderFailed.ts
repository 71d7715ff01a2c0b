import type { Cause } from '../cause.ts';
import { RANK } from '../cause.ts';
import { NEW_POD } from '../steps.ts';

export const CredentialProviderFailed: Cause = {
  name: 'CredentialProviderFailed',
  title: "the node's credential plugin did not give credentials",
  meaning:
    'Cloud nodes sign in to their registry with a plugin of the kubelet or an identity of the machine, not with a ' +
    'secret. When the plugin is missing, misconfigured, or cannot reach the metadata service, the kubelet only logs it ' +
    'and pulls anonymously, and the pod shows an ordinary 401.',
  patterns: [
    {
      runtime: 'kubelet',
      match:
        /credential provider (?:plugin|config)|external registry credential provider|CredentialProvider(?:Request|Response|Config)|Failed to register CRI auth plugins|exec(?:ing)? credential (?:provider )?plugin/i,
      on: 'raw',
      rank: RANK.decisive,
      certainty: 'certain',
      stage: 'auth',
    },
    {
      runtime: 'any',
      match:
        /error getting credentials|Error retrieving credentials|GetAuthorizationToken|Failed to get authorization token|no EC2 IMDS role|exec: "docker-credential-[\w-]+"|credential[- ]helper \S{1,200} (?:returned|failed|exited)|NoCredentialProviders|failed to refresh cached credentials|ManagedIdentityCredential|failed to acquire (?:a )?token|instance metadata/i,
      on: 'raw',
      rank: RANK.words - 5,
      certainty: 'certain',
      stage: 'auth',
    },
  ],
  examples: [
    {
      id: 'A081',
      text: '{"ts":1748003206479.928,"caller":"plugin/plugin.go:440","msg":"Failed getting credential from external registry credential provider: error execing credential provider plugin ecr-credential-provider for image 123456789012.dkr.ecr.eu-central-1.amazonaws.com/yarrow78: fork/exec /usr/local/lib/kubelet/credentialproviders/ecr-credential-provider: no such file or directory: "}',
    },
  ],
  tellApart: [
    {
      from: 'Unauthorized',
      how: "Only the kubelet's log on node {node} names the plugin: journalctl -u kubelet | grep -i credential",
    },
  ],
  retryable: null,
  waiting:
    'may help if the metadata service is slow; the kubelet tries again every 5 minutes at most',
  group: 'node',
  nextSteps: [
    {
      text: "Read the kubelet's log of the node",
      command:
        "kubectl debug node/{node} -it --image=busybox -- chroot /host sh -c 'journalctl -u kubelet | grep -i credential | tail -20'",
    },
    { text: "Check the node's role or identity and that it may pull {repository}" },
    {
      text: 'Compare with pods on other nodes',
      command: 'kubectl get pods -A -o wide --field-selector spec.nodeName={node}',
    },
    NEW_POD,
  ],
};
