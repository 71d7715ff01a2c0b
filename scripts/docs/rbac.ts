/** The rights each verb and flag needs: docs/rbac/*.yaml and docs/rbac.md are made of it, test/cluster tries it. */

/** A right to some kinds of one API group. */
export interface Rule {
  /** Empty for the core group. */
  readonly group: string;
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** What is told by it. */
  readonly why: string;
  /** Kinds that lie in no namespace. */
  readonly cluster?: boolean;
  /** Used where it is there, and not missed aloud where it is not. */
  readonly silent?: boolean;
}

export interface Rights {
  /** Of the file, and of the Role behind `imagepull-`. */
  readonly name: string;
  readonly title: string;
  /** Behind `kubectl imagepull`; POD and IMAGE stand for names. */
  readonly commands: readonly string[];
  readonly rules: readonly Rule[];
}

const core = { group: '' } as const;

const POD: Rule = { ...core, resources: ['pods'], verbs: ['get'], why: 'the pod that is named' };
const PODS: Rule = { ...core, resources: ['pods'], verbs: ['list'], why: 'all pods' };
const EVENTS: Rule = {
  ...core,
  resources: ['events'],
  verbs: ['list'],
  why: 'what the kubelet said, where the status of the pod does not tell it',
};
const SECRET: Rule = {
  ...core,
  resources: ['secrets'],
  verbs: ['get'],
  why: 'what is in the pull secrets that the pod names',
};
const SECRETS: Rule = {
  ...core,
  resources: ['secrets'],
  verbs: ['list'],
  why: 'which pull secrets there are; for a missing one the nearest name',
};
const ACCOUNT: Rule = {
  ...core,
  resources: ['serviceaccounts'],
  verbs: ['get'],
  why: 'the pull secrets that the ServiceAccount adds',
};
const NODE: Rule = {
  ...core,
  resources: ['nodes'],
  verbs: ['get'],
  cluster: true,
  why: "the node's platform, and what it says of its disk",
};
const NODES: Rule = { ...core, resources: ['nodes'], verbs: ['list'], cluster: true, why: '' };
const ACCOUNTS: Rule = { ...ACCOUNT, verbs: ['list'], why: 'which ServiceAccounts use a secret' };
const WATCH: Rule = { ...POD, verbs: ['watch'], why: '--watch' };
const JOBS: Rule = {
  group: 'batch',
  resources: ['jobs'],
  verbs: ['create', 'delete'],
  why: 'the Job, which is removed again',
};
const WORKLOADS: readonly Rule[] = [
  {
    group: 'apps',
    resources: ['deployments', 'statefulsets', 'daemonsets'],
    verbs: ['get'],
    why: 'the workload that is named',
  },
  {
    group: 'apps',
    resources: ['replicasets'],
    verbs: ['list'],
    why: 'which pods are those of a Deployment',
  },
  { group: 'batch', resources: ['cronjobs'], verbs: ['get'], why: 'a CronJob that is named' },
  {
    group: 'batch',
    resources: ['jobs'],
    verbs: ['list'],
    why: 'which Jobs are those of a CronJob',
  },
];
const HOLDERS: Rule = { ...NODES, silent: true, why: 'which nodes have the image already' };

const DESCRIBE: readonly Rule[] = [POD, PODS, EVENTS, SECRET, SECRETS, ACCOUNT, NODE, HOLDERS];

/** In the order of the page. */
export const RIGHTS: readonly Rights[] = [
  {
    name: 'describe',
    title: 'describe: a pod, or all pods of a namespace',
    commands: ['describe', 'describe POD', 'describe GONE', 'describe NEVER', 'describe STARTING'],
    rules: DESCRIBE,
  },
  {
    name: 'describe-no-secrets',
    title: 'describe --no-secrets: who may not see Secrets',
    commands: ['describe POD --no-secrets', 'describe --no-secrets', 'describe NEVER --no-secrets'],
    rules: [POD, PODS, EVENTS, ACCOUNT, NODE, HOLDERS],
  },
  {
    name: 'workloads',
    title: 'describe, verify, secrets, decode of TYPE/NAME, and --watch',
    commands: [
      'describe deploy/web sts/db ds/agent cronjob/report',
      'describe deploy/web --watch --timeout 1s',
      'verify deploy/web',
      'verify sts/db ds/agent cronjob/report',
      'secrets deploy/web',
      'decode deploy/web',
    ],
    rules: [
      PODS,
      WATCH,
      EVENTS,
      SECRET,
      ACCOUNT,
      NODE,
      { ...NODES, why: 'for which platforms a workload without pods needs its image' },
      ...WORKLOADS,
    ],
  },
  {
    name: 'secrets',
    title: 'secrets: the list, or what counts for a pod',
    commands: ['secrets', 'secrets POD'],
    rules: [POD, PODS, EVENTS, SECRET, SECRETS, ACCOUNT, ACCOUNTS],
  },
  {
    name: 'decode',
    title: 'decode secret/NAME',
    commands: ['decode secret/wrong'],
    rules: [SECRET],
  },
  {
    name: 'verify',
    title: 'verify: the images of pods, of manifests, of a name',
    commands: [
      'verify',
      'verify POD',
      'verify --image IMAGE --secret wrong',
      'describe POD --verify',
      'describe GONE --verify',
    ],
    rules: DESCRIBE,
  },
  {
    name: 'verify-from-node',
    title: 'verify --from-node, --node, --nodes: a Job in the namespace of the pod',
    commands: ['verify POD --from-node --yes', 'verify --image IMAGE --nodes all --yes'],
    rules: [
      POD,
      PODS,
      ...[EVENTS, SECRET, ACCOUNT].map((rule) => ({ ...rule, silent: true })),
      NODE,
      { ...NODES, why: 'with --nodes' },
      JOBS,
    ],
  },
  {
    name: 'all-namespaces',
    title: '-A: the same rules for the whole cluster',
    commands: ['describe -A', 'secrets -A', 'verify -A'],
    rules: [PODS, EVENTS, SECRET, SECRETS, ACCOUNT, ACCOUNTS, NODE, HOLDERS].map((rule) => ({
      ...rule,
      cluster: true,
    })),
  },
];
