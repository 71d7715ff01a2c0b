/** The verbs as data, for the parser, the help text and the docs. */
import { SHELLS } from '../words/completion.ts';
import type { Verb } from './flags.ts';

export interface Example {
  /** What it does, without a period. */
  readonly comment: string;
  readonly command: string;
}

export interface VerbInfo {
  readonly name: Verb;
  /** Starts with a verb, no period. */
  readonly summary: string;
  /** Whole sentences. */
  readonly about: readonly string[];
  /** The forms of the command line, behind `kubectl imagepull`. */
  readonly usage: readonly string[];
  readonly examples: readonly Example[];
}

export const VERBS: readonly VerbInfo[] = [
  {
    name: 'describe',
    summary: 'Show why images do not pull',
    about: [
      'For each container whose image does not pull: the cause, what it rests on, what else it could be, whether waiting helps, and the next steps.',
      'Without a name: every pull failure of the namespace, grouped by what is guilty.',
      '--verify asks the registries, too, from this machine and with the credentials of the pods: where a text leaves open which of several causes it is, their answer often decides.',
      '--watch stays after the answer and tells of every change, until all images are pulled. Where no pod matches, it waits for one.',
      '-f takes saved objects: JSON or YAML, folders, kubectl cluster-info dump, must-gather.',
    ],
    usage: ['describe [POD | TYPE/NAME ... | TYPE NAME ...] [flags]'],
    examples: [
      { comment: 'A pod', command: 'kubectl imagepull describe web-7d4b9c6f5-x2x9k' },
      {
        comment: 'The same, settled by what the registry answers',
        command: 'kubectl imagepull describe web-7d4b9c6f5-x2x9k --verify',
      },
      {
        comment: 'The failing pods of workloads',
        command: 'kubectl imagepull describe deploy/web sts/db cronjob/report',
      },
      {
        comment: 'The pods of a selector in a namespace',
        command: 'kubectl imagepull describe -l app=web -n prod',
      },
      { comment: 'Every pull failure of the namespace', command: 'kubectl imagepull describe' },
      {
        comment: 'Every pull failure of the cluster, one line a pod',
        command: 'kubectl imagepull describe -A -o wide',
      },
      {
        comment: 'A rollout: a line for each change, until every image is pulled',
        command: 'kubectl imagepull describe deploy/web --watch --timeout 10m',
      },
      {
        comment: 'Saved objects, without a cluster',
        command: 'kubectl get pods,ev,secrets,sa,nodes -o json | kubectl imagepull describe -f -',
      },
    ],
  },
  {
    name: 'verify',
    summary: 'Ask the registry whether images can be pulled, with the credentials of the pods',
    about: [
      'For each image a row a credential, in the order of the kubelet, and one without any where none matches or one fails. -o wide, and a single image, show every step.',
      'NAME is a pod; TYPE/NAME are the pods of a workload, and its template where no pod was made from it; without a name all pods of the namespace. -f takes manifests before they are applied, all or those of a name or -l; pull secrets in the same files count before those of the cluster.',
      'The registry is asked from this machine: mirrors, CAs and proxies of the nodes are not used, and a registry out of reach from here is unverifiable. --registry-mirror, --ca-file and --registry-address imitate a node.',
      '--from-node has the node of the pod pull instead, by a Job of one pod that is followed and removed again; --nodes and --node name others. Nothing is made before you said yes, or --yes. The manifest is resolved anew, layers that the node holds are not fetched.',
      'Ends with 0 where every image can be pulled, 3 where one cannot, 4 where one could not be verified.',
    ],
    usage: [
      'verify [POD | TYPE/NAME ... | TYPE NAME ...] [flags]',
      'verify --image IMAGE [--secret NAME] [flags]',
    ],
    examples: [
      { comment: 'The images of a pod', command: 'kubectl imagepull verify web-7d4b9c6f5-x2x9k' },
      { comment: 'Those of a workload', command: 'kubectl imagepull verify deploy/web -n prod' },
      {
        comment: 'An image with a pull secret of the namespace',
        command: 'kubectl imagepull verify --image us.icr.io/ns/app:1.2 --secret all-icr-io',
      },
      {
        comment: 'Manifests before they are applied',
        command: 'helm template shop ./chart | kubectl imagepull verify -f -',
      },
      {
        comment: 'Every image of the cluster: what would fail if its node died now',
        command: 'kubectl imagepull verify -A',
      },
      {
        comment: "The pod's node itself, with its mirrors, CAs and proxies",
        command: 'kubectl imagepull verify web-7d4b9c6f5-x2x9k --from-node',
      },
      {
        comment: 'Which nodes cannot reach the registry',
        command: 'kubectl imagepull verify --image icr.io/ns/app:1 --secret regcred --nodes all',
      },
      {
        comment: 'With the logins of docker on this machine, too',
        command: 'kubectl imagepull verify deploy/web --docker-config ~/.docker/config.json',
      },
    ],
  },
  {
    name: 'secrets',
    summary: 'Show pull secrets, and which of them the kubelet would use',
    about: [
      'Without a name: the pull secrets of the namespace, what is in them, who uses them, and what is wrong.',
      'For a pod or workload: for each image the credentials the kubelet would try, in its order, and why it does not try the others.',
      'Credentials of the node (its config.json, credential provider plugins) cannot be seen through the API.',
    ],
    usage: ['secrets [POD | TYPE/NAME ... | TYPE NAME ...] [flags]'],
    examples: [
      { comment: 'The pull secrets of the namespace', command: 'kubectl imagepull secrets' },
      {
        comment: 'What the kubelet would use for a pod',
        command: 'kubectl imagepull secrets web-7d4b9c6f5-x2x9k',
      },
      {
        comment: 'What ends within a day, in the whole cluster',
        command: 'kubectl imagepull secrets -A --expiring 24h',
      },
    ],
  },
  {
    name: 'decode',
    summary: 'Show what is in a pull secret',
    about: [
      'Entry by entry: the registry as written and as the kubelet reads it, user, kind of credential, when it ends, what is wrong. Passwords are masked unless --show-secrets is given.',
      'Equal fingerprints stand for equal user names and passwords. They change with every run, unless the environment holds a key for them: KUBECTL_IMAGEPULL_FINGERPRINT_KEY.',
      'NAME is a Secret, else a pod: then the secrets that count for it. secret/NAME, pod/NAME and TYPE/NAME are exact.',
      '-f takes Secrets (JSON or YAML), alone or with pods, a docker config.json, or a paste of its base64.',
    ],
    usage: ['decode [SECRET | POD | TYPE/NAME ...] [flags]'],
    examples: [
      { comment: 'A pull secret', command: 'kubectl imagepull decode regcred' },
      { comment: 'With its passwords', command: 'kubectl imagepull decode regcred --show-secrets' },
      {
        comment: 'The pull secrets that count for a pod',
        command: 'kubectl imagepull decode web-7d4b9c6f5-x2x9k',
      },
      {
        comment: 'Without a cluster',
        command: 'kubectl get secret regcred -o yaml | kubectl imagepull decode -f -',
      },
      {
        comment: 'What docker has on this machine',
        command: 'kubectl imagepull decode -f ~/.docker/config.json',
      },
    ],
  },
  {
    name: 'explain',
    summary: 'Explain a pull error message or a cause',
    about: [
      'Reads a message as the kubelet, the container runtime or a registry wrote it and names the cause. No cluster is asked.',
      'Given the name of a cause, says what it means and what to do; without an argument, lists the causes.',
      "-f takes a message a line, whole logs, events as kubectl prints them, JSON Lines. A line with a registry's own error (denied: ...) belongs to the message above it.",
    ],
    usage: ['explain [CAUSE | MESSAGE] [flags]'],
    examples: [
      {
        comment: 'A pasted message',
        command: `kubectl imagepull explain 'Failed to pull image "web": pull QPS exceeded'`,
      },
      { comment: 'A cause by its name', command: 'kubectl imagepull explain TagNotFound' },
      { comment: 'The list of causes', command: 'kubectl imagepull explain' },
      {
        comment: 'Every message of a log, as JSON',
        command: 'journalctl -u kubelet | kubectl imagepull explain -f - -o json',
      },
    ],
  },
  {
    name: 'completion',
    summary: 'Set up completion of commands, flags and names in the shell',
    about: [
      'kubectl completes the command lines of plugins itself: it asks a program called kubectl_complete-imagepull, which is a link to this one. Without an argument, says which link to make.',
      'With the name of a shell, prints a script that completes kubectl-imagepull where it is called without kubectl.',
    ],
    usage: [`completion [${SHELLS.join(' | ')}]`],
    examples: [
      { comment: 'Which link to make', command: 'kubectl imagepull completion' },
      {
        comment: 'For kubectl-imagepull without kubectl, in bash',
        command: 'source <(kubectl-imagepull completion bash)',
      },
    ],
  },
];

/** The verb of that name, if there is one. */
export function findVerb(name: string): VerbInfo | undefined {
  return VERBS.find((verb) => verb.name === name);
}
