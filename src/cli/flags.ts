/**
 * Every flag once, as data: the parser, the help, docs/commands.md and the tests read this place.
 * Names, letters and words are kubectl's (cli-runtime/pkg/genericclioptions/config_flags.go) where kubectl has them.
 */

export type Verb = 'describe' | 'explain';

export interface Flag {
  readonly name: string;
  readonly short?: string;
  readonly type: 'string' | 'boolean';
  /** May be given several times; all other flags: the last wins. */
  readonly repeatable?: boolean;
  /** Name of the value in help, e.g. `FILENAME`. */
  readonly value?: string;
  readonly choices?: readonly string[];
  readonly description: string;
  readonly group: 'connection' | 'selection' | 'output';
  readonly verbs: readonly Verb[];
}

const LIVE: readonly Verb[] = ['describe'];
const ALL: readonly Verb[] = ['describe', 'explain'];

export const OUTPUTS = ['wide', 'json', 'yaml', 'name'] as const;
export const COLORS = ['auto', 'always', 'never'] as const;

export const FLAGS: readonly Flag[] = [
  selection(
    'filename',
    'f',
    'FILENAME',
    'Saved objects instead of a cluster: file, folder or - for standard input; for explain a file of messages',
    { verbs: ALL, repeatable: true },
  ),
  selection('namespace', 'n', 'NAMESPACE', 'Namespace to look in; default is that of the context'),
  selectionSwitch('all-namespaces', 'A', 'Look in all namespaces'),
  selection(
    'selector',
    'l',
    'SELECTOR',
    'Label selector, supports =, ==, !=, in, notin and bare keys',
  ),
  selection(
    'field-selector',
    undefined,
    'SELECTOR',
    'Field selector for pods, e.g. spec.nodeName=node1',
  ),
  selection('cause', undefined, 'CAUSE', 'Only failures of this cause, also a list with commas', {
    repeatable: true,
  }),
  selection(
    'registry',
    undefined,
    'HOST',
    'Only images of this registry, or failures it is guilty of',
  ),
  selection('since', undefined, 'DURATION', 'Only failures seen within this time, e.g. 30m or 1h'),
  selectionSwitch(
    'no-secrets',
    undefined,
    'Never ask for Secrets; the answer says what that leaves open',
  ),
  {
    name: 'output',
    short: 'o',
    type: 'string',
    value: 'FORMAT',
    choices: OUTPUTS,
    description: 'Output format, one of wide, json, yaml, name',
    group: 'output',
    verbs: ALL,
  },
  {
    name: 'no-headers',
    type: 'boolean',
    description: 'Leave out the header line of tables',
    group: 'output',
    verbs: ALL,
  },
  {
    name: 'color',
    type: 'string',
    value: 'WHEN',
    choices: COLORS,
    description: 'Use colour: auto, always or never',
    group: 'output',
    verbs: ALL,
  },
  {
    name: 'exit-code',
    type: 'boolean',
    description: 'Exit with 3 when there are findings, with 4 when it could not be looked',
    group: 'output',
    verbs: LIVE,
  },
  connection('kubeconfig', 'FILENAME', 'Path of the kubeconfig file to use'),
  connection('context', 'NAME', 'Context of the kubeconfig to use'),
  connection('cluster', 'NAME', 'Cluster of the kubeconfig to use'),
  connection('user', 'NAME', 'User of the kubeconfig to use'),
  { ...connection('server', 'URL', 'Address and port of the API server'), short: 's' },
  connection('token', 'TOKEN', 'Bearer token for the API server'),
  connection('as', 'NAME', 'User to impersonate'),
  connection('as-uid', 'UID', 'UID to impersonate'),
  { ...connection('as-group', 'GROUP', 'Group to impersonate, may be repeated'), repeatable: true },
  {
    ...connection('as-user-extra', 'KEY=VALUE', 'Extra field to impersonate, may be repeated'),
    repeatable: true,
  },
  connection(
    'request-timeout',
    'DURATION',
    'Time for one request, e.g. 10s or 1m; 0 is no limit of its own',
  ),
  {
    name: 'insecure-skip-tls-verify',
    type: 'boolean',
    description: 'Do not check the certificate of the API server',
    group: 'connection',
    verbs: LIVE,
  },
  connection('certificate-authority', 'FILENAME', 'CA certificates for the API server'),
  connection('client-certificate', 'FILENAME', 'Client certificate for the API server'),
  connection('client-key', 'FILENAME', 'Client key for the API server'),
  connection('tls-server-name', 'NAME', 'Name to check the certificate of the API server against'),
];

function connection(name: string, value: string, description: string): Flag {
  return { name, type: 'string', value, description, group: 'connection', verbs: LIVE };
}

function selection(
  name: string,
  short: string | undefined,
  value: string,
  description: string,
  more: Partial<Flag> = {},
): Flag {
  const letter = short === undefined ? {} : { short };
  return {
    name,
    ...letter,
    type: 'string',
    value,
    description,
    group: 'selection',
    verbs: LIVE,
    ...more,
  };
}

function selectionSwitch(name: string, short: string | undefined, description: string): Flag {
  const letter = short === undefined ? {} : { short };
  return { name, ...letter, type: 'boolean', description, group: 'selection', verbs: LIVE };
}

/** The flags a verb takes. */
export function flagsOf(verb: Verb): readonly Flag[] {
  return FLAGS.filter((f) => f.verbs.includes(verb));
}
