/**
 * The pull secret that IBM Cloud makes for a cluster: made anew, brought to where a pod needs it, and the pods recreated.
 * Source: ibm-cloud-docs/containers registry.md. Pure.
 */
import { awaitIbmSecret, IBM_SECRET_VERSION } from '../registries/ibm-secrets.ts';
import { lookUp } from '../words/lookup.ts';
import type { NextStep } from '../words/next-step.ts';
import { shellQuote } from '../words/shell.ts';
import type { ImageUser } from '../words/verification.ts';
import { attachSteps, copySteps } from './pod-credentials-copy.ts';

/** Who pulls, and with what. */
export interface Puller {
  readonly users: readonly ImageUser[];
  readonly serviceAccount: string | null;
}

export interface SecretRef {
  readonly namespace: string;
  readonly name: string;
}

/** The name of the secret that IBM makes today. */
const ALL = 'all-icr-io';

/** Worker nodes carry the ID of their cluster: `ibm://ACCOUNT///CLUSTER/WORKER`. */
const CLUSTER_ID =
  '"$(kubectl get nodes -o jsonpath=\'{.items[0].spec.providerID}\' | cut -d/ -f6)"';

const FROM = { namespace: 'default', name: ALL, type: 'kubernetes.io/dockerconfigjson' };

/** The command of IBM returns before the secret is written, which takes some minutes: an old key must not be copied. */
const NOTED: NextStep = {
  text: `Note which version of secret ${ALL} namespace default has (bash, zsh)`,
  command: `OLD=$(${IBM_SECRET_VERSION})`,
};
const AWAITED: NextStep = {
  text: 'Wait in the same shell until another one is there, which takes some minutes (Ctrl-C ends it)',
  command: awaitIbmSecret('OLD'),
};

/** `cluster`: its ID, where it is known; `secret`: the pod's own of today. */
export function clusterSecret(
  cluster: string | null,
  secret: SecretRef | null,
  puller: Puller,
): NextStep[] {
  const [user] = puller.users;
  const namespace = secret?.namespace ?? user?.namespace ?? null;
  const apply: NextStep = {
    text: `Make the cluster's pull secret ${ALL} in namespace default anew (needs Administrator on container-registry)`,
    command: `ibmcloud ks cluster pull-secret apply --cluster ${cluster === null ? CLUSTER_ID : shellQuote(cluster)}`,
  };
  if (namespace === null) return [apply];
  const inPlace = secret?.name === ALL;
  const copied = namespace === 'default' ? [] : copySteps(FROM, namespace, 'replaced');
  const attached =
    inPlace || puller.serviceAccount === null
      ? []
      : attachSteps(ALL, {
          namespace,
          serviceAccount: puller.serviceAccount,
          lists: null,
        });
  return [NOTED, apply, AWAITED, ...copied, ...attached, ...recreated(puller)];
}

const RESTARTED: Readonly<Record<string, string>> = {
  Deployment: 'deployment',
  StatefulSet: 'statefulset',
  DaemonSet: 'daemonset',
};

/** Only a new pod gets what its ServiceAccount lists. */
export function recreated({ users }: Puller): NextStep[] {
  const [user] = users;
  if (user === undefined) return [];
  const { kind, namespace, name } = user;
  const workload = lookUp(RESTARTED, kind);
  const at = `${shellQuote(name)} -n ${shellQuote(namespace)}`;
  if (workload !== undefined) {
    const command = `kubectl rollout restart ${workload} ${at}`;
    return [{ text: 'Recreate its pods', command, brought: 'done' }];
  }
  if (kind !== 'Pod') return [{ text: `Recreate the pods of ${kind} ${name}`, brought: 'new pod' }];
  return [
    {
      text: 'Recreate the pod: its workload makes a new one; a pod without workload must be applied again',
      command: `kubectl delete pod ${at}`,
      brought: 'done',
    },
  ];
}
