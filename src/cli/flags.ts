/**
 * Every flag once, as data: the parser, the help text, the docs and the tests read it here.
 * Names, letters and meanings are kubectl's where kubectl has the flag
 * (cli-runtime `genericclioptions/config_flags.go`).
 */

import type { VerbName } from '../words/verbs.ts';

export type Verb = VerbName;

export type FlagGroup = 'What to look at' | 'Filters' | 'Watching' | 'Output' | 'Cluster';

/** In the order the help shows them. */
export const FLAG_GROUPS: readonly FlagGroup[] = [
  'What to look at',
  'Filters',
  'Watching',
  'Output',
  'Cluster',
];

export interface Flag {
  /** Without dashes. */
  readonly name: string;
  readonly short?: string;
  readonly type: 'string' | 'boolean';
  /** Given several times all values count; of any other flag the last one does. */
  readonly repeatable?: boolean;
  /** What the help calls the value. */
  readonly value?: string;
  /** Upper-case first letter, no final period. */
  readonly description: string;
  readonly group: FlagGroup;
  /** Verbs that take it. */
  readonly verbs: readonly Verb[];
}

const DESCRIBE: readonly Verb[] = ['describe'];
const SECRETS: readonly Verb[] = ['secrets'];
const DECODE: readonly Verb[] = ['decode'];
/** Verbs that ask a cluster, or saved objects in its place. */
const CLUSTER: readonly Verb[] = ['describe', 'secrets', 'decode'];
const ALL: readonly Verb[] = [...CLUSTER, 'explain'];

export const FLAGS: readonly Flag[] = [
  {
    name: 'all-namespaces',
    short: 'A',
    type: 'boolean',
    description: 'Look at all namespaces; --namespace is ignored then',
    group: 'What to look at',
    verbs: CLUSTER,
  },
  {
    name: 'namespace',
    short: 'n',
    type: 'string',
    value: 'NAMESPACE',
    description:
      "Namespace to look at, or several: -n a,b; without it the current context's, with -f all",
    group: 'What to look at',
    verbs: CLUSTER,
  },
  {
    name: 'selector',
    short: 'l',
    type: 'string',
    value: 'SELECTOR',
    description: 'Pods (secrets, decode: Secrets) whose labels match, e.g. -l app=web,tier!=db',
    group: 'What to look at',
    verbs: CLUSTER,
  },
  {
    name: 'field-selector',
    type: 'string',
    value: 'SELECTOR',
    description: 'Pods whose fields match, e.g. --field-selector spec.nodeName=node-1',
    group: 'What to look at',
    verbs: DESCRIBE,
  },
  {
    name: 'filename',
    short: 'f',
    type: 'string',
    repeatable: true,
    value: 'FILENAME',
    description: 'File to read instead of asking a cluster, - for standard input; may be repeated',
    group: 'What to look at',
    verbs: ALL,
  },
  {
    name: 'no-secrets',
    type: 'boolean',
    description: 'Never ask for Secrets',
    group: 'What to look at',
    verbs: DESCRIBE,
  },
  {
    name: 'cause',
    type: 'string',
    repeatable: true,
    value: 'CAUSE',
    description:
      'Only failures of this cause (kubectl imagepull explain lists them); comma-separated or repeated',
    group: 'Filters',
    verbs: DESCRIBE,
  },
  {
    name: 'registry',
    type: 'string',
    value: 'HOST',
    description: 'Only this registry, e.g. quay.io',
    group: 'Filters',
    verbs: ['describe', 'secrets'],
  },
  {
    name: 'since',
    type: 'string',
    value: 'DURATION',
    description: 'Only failures seen within this time, e.g. 30m or 1h30m',
    group: 'Filters',
    verbs: DESCRIBE,
  },
  {
    name: 'status',
    type: 'string',
    repeatable: true,
    value: 'STATUS',
    description: 'Only secrets of this status, e.g. malformed; comma-separated or repeated',
    group: 'Filters',
    verbs: SECRETS,
  },
  {
    name: 'expiring',
    type: 'string',
    value: 'DURATION',
    description: 'Only credentials that have expired or end within this time, e.g. 24h',
    group: 'Filters',
    verbs: SECRETS,
  },
  {
    name: 'watch',
    short: 'w',
    type: 'boolean',
    description: 'Stay and tell of every change; ends with 0 once all images are pulled',
    group: 'Watching',
    verbs: DESCRIBE,
  },
  {
    name: 'timeout',
    type: 'string',
    value: 'DURATION',
    description: 'With --watch: give up after this time, with exit code 1; 0 for never',
    group: 'Watching',
    verbs: DESCRIBE,
  },
  {
    name: 'output',
    short: 'o',
    type: 'string',
    value: 'FORMAT',
    description: 'Output format: json, yaml, name or wide; decode also dockerconfigjson',
    group: 'Output',
    verbs: ALL,
  },
  {
    name: 'show-secrets',
    type: 'boolean',
    description: 'Print passwords and tokens, in every format',
    group: 'Output',
    verbs: DECODE,
  },
  {
    name: 'no-headers',
    type: 'boolean',
    description: 'Print no header line',
    group: 'Output',
    verbs: ALL,
  },
  {
    name: 'color',
    type: 'string',
    value: 'WHEN',
    description: 'Colour: auto, always or never; auto heeds NO_COLOR and TERM',
    group: 'Output',
    verbs: ALL,
  },
  {
    name: 'exit-code',
    type: 'boolean',
    description: 'Exit with 3 on findings, with 4 when something could not be verified',
    group: 'Output',
    verbs: ['describe', 'secrets'],
  },
  ...clusterFlags(),
];

function clusterFlags(): Flag[] {
  const flag = (
    name: string,
    value: string,
    description: string,
    more: Partial<Flag> = {},
  ): Flag => ({
    name,
    type: 'string',
    value,
    description,
    group: 'Cluster',
    verbs: CLUSTER,
    ...more,
  });
  return [
    flag('kubeconfig', 'FILENAME', 'Path to the kubeconfig file'),
    flag('context', 'NAME', 'Context of the kubeconfig to use'),
    flag('cluster', 'NAME', 'Cluster of the kubeconfig to use'),
    flag('user', 'NAME', 'User of the kubeconfig to use'),
    flag('server', 'URL', 'Address and port of the API server', { short: 's' }),
    flag('token', 'TOKEN', 'Bearer token for the API server'),
    flag('username', 'NAME', 'User name for basic authentication'),
    flag('password', 'PASSWORD', 'Password for basic authentication'),
    flag('as', 'USER', 'User to impersonate'),
    flag('as-uid', 'UID', 'UID to impersonate'),
    flag('as-group', 'GROUP', 'Group to impersonate; may be repeated', { repeatable: true }),
    flag('as-user-extra', 'KEY=VALUE', 'Extra of the user to impersonate; may be repeated', {
      repeatable: true,
    }),
    flag(
      'request-timeout',
      'DURATION',
      'Longest wait for one answer, e.g. 5s or 2m; 0 for no limit',
    ),
    {
      name: 'insecure-skip-tls-verify',
      type: 'boolean',
      description: "Do not check the API server's certificate",
      group: 'Cluster',
      verbs: CLUSTER,
    },
    flag('certificate-authority', 'FILENAME', "CA certificate for the API server's certificate"),
    flag('client-certificate', 'FILENAME', 'Client certificate for the API server'),
    flag('client-key', 'FILENAME', 'Key of the client certificate'),
    flag('tls-server-name', 'NAME', "Name to expect in the API server's certificate"),
    flag('proxy-url', 'URL', 'Proxy to the API server: http, https, socks5 or socks5h'),
    flag('chunk-size', 'NUMBER', 'Objects asked for at a time; 0 for all at once'),
    {
      name: 'disable-compression',
      type: 'boolean',
      description: 'Do not ask for compressed answers',
      group: 'Cluster',
      verbs: CLUSTER,
    },
    flag('cache-dir', 'FOLDER', 'Taken for the sake of scripts; nothing is cached'),
    flag('v', 'LEVEL', 'Log the requests on standard error, from 6 on', { short: 'v' }),
  ];
}

/** Taken before any verb and by every verb. */
export const HELP_FLAG = { name: 'help', short: 'h', type: 'boolean' } as const;

/** Taken without a verb. */
export const VERSION_FLAG = { name: 'version', type: 'boolean' } as const;

/** The flags a verb takes, in the order of the data. */
export function flagsOf(verb: Verb): Flag[] {
  return FLAGS.filter((flag) => flag.verbs.includes(verb));
}
