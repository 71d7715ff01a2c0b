/**
 * Every flag once, as data: the parser, the help text, the docs and the tests read it here.
 * Names, letters and meanings are kubectl's where kubectl has the flag
 * (cli-runtime `genericclioptions/config_flags.go`).
 */

import type { Flag, Verb } from './flag.ts';
import { clusterFlags } from './flags-cluster.ts';
import { nodeFlags } from './flags-nodes.ts';
import { registryFlags } from './flags-registry.ts';

export { FLAG_GROUPS, type Flag, type FlagGroup, type Verb } from './flag.ts';

const DESCRIBE: readonly Verb[] = ['describe'];
const SECRETS: readonly Verb[] = ['secrets'];
const DECODE: readonly Verb[] = ['decode'];
const VERIFY: readonly Verb[] = ['verify'];
/** Verbs that ask a cluster, or saved objects in its place. */
const CLUSTER: readonly Verb[] = ['describe', 'verify', 'secrets', 'decode'];
const ALL: readonly Verb[] = [...CLUSTER, 'explain'];

const SECRETS_OF_LABELS = { description: 'Secrets whose labels match, e.g. -l team=web' };

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
    description: 'Pods whose labels match, e.g. -l app=web,tier!=db',
    group: 'What to look at',
    verbs: CLUSTER,
    of: { secrets: SECRETS_OF_LABELS, decode: SECRETS_OF_LABELS },
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
    name: 'image',
    type: 'string',
    repeatable: true,
    value: 'IMAGE',
    description: 'Image to ask for, instead of those of pods; may be repeated',
    group: 'What to look at',
    verbs: VERIFY,
  },
  {
    name: 'secret',
    type: 'string',
    repeatable: true,
    value: 'NAME',
    description: 'With --image: pull secret to use, several in the order in which they are tried',
    group: 'What to look at',
    verbs: VERIFY,
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
    name: 'verify',
    type: 'boolean',
    description: 'Ask the registries too, with the credentials of the pods',
    group: 'Registry',
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
    description:
      'Stay and tell of every change, waiting where no pod matches; ends with 0 once all images are pulled',
    group: 'Watching',
    verbs: DESCRIBE,
  },
  {
    name: 'timeout',
    type: 'string',
    value: 'DURATION',
    description: 'With --watch: give up after this time, with exit code 1; 0 for never',
    group: 'Watching',
    verbs: ['describe', 'verify'],
    of: {
      verify: { description: 'With --from-node: longest wait for a node', group: 'From the node' },
    },
  },
  {
    name: 'output',
    short: 'o',
    type: 'string',
    value: 'FORMAT',
    description: 'Output format: json, yaml, name or wide',
    group: 'Output',
    verbs: ALL,
    of: {
      verify: { description: 'Output format: json, yaml, name, wide or junit' },
      decode: { description: 'Output format: json, yaml, name, wide or dockerconfigjson' },
    },
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
  ...registryFlags(['describe', 'verify']),
  ...nodeFlags(VERIFY),
  ...clusterFlags(CLUSTER),
];

/** Taken before any verb and by every verb. */
export const HELP_FLAG = { name: 'help', short: 'h', type: 'boolean' } as const;

/** Taken without a verb. */
export const VERSION_FLAG = { name: 'version', type: 'boolean' } as const;

/** The flags a verb takes, in the order of the data, in the sense that they have for it. */
export function flagsOf(verb: Verb): Flag[] {
  return FLAGS.filter((flag) => flag.verbs.includes(verb)).map((flag) => ({
    ...flag,
    ...flag.of?.[verb],
  }));
}
