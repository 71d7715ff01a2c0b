/** Flag values → the options of `verify --from-node`, checked. */
import { UsageError } from '../words/errors.ts';
import type { NodeCheckOptions } from '../words/node-check.ts';
import { redact } from '../words/redact.ts';
import { parseDuration } from './duration.ts';
import { flagsOf } from './flags.ts';
import { given, lookOptions, printOptions } from './options.ts';
import type { FlagValues } from './parser.ts';

const DEFAULT_TIMEOUT_MS = 120_000;
const SHORTEST_TIMEOUT_MS = 1_000;
const LONGEST_TIMEOUT_MS = 3_600_000;

/** Flags that only mean something with nodes. */
const OF_NODES = ['dry-run', 'timeout'] as const;

/** Whether nodes are to be asked, not registries. Throws UsageError for a flag that needs it. */
export function asksNodes(flags: FlagValues): boolean {
  const asked =
    flags.boolean('from-node') === true ||
    given(flags, 'nodes') !== undefined ||
    flags.strings('node').length > 0;
  if (asked) return true;
  const lone = flags.boolean('yes') ? 'yes' : OF_NODES.find((name) => given(flags, name));
  if (lone) throw new UsageError(`--${lone} can only be used with --from-node, --nodes or --node`);
  return false;
}

/** Options of `verify --from-node`; what cannot be is a UsageError. */
export function nodeCheckOptions(flags: FlagValues, args: readonly string[]): NodeCheckOptions {
  const { filenames: _, ...look } = lookOptions(flags, args);
  const selector = given(flags, 'nodes');
  const options: NodeCheckOptions = {
    ...look,
    ...printOptions(flags, 'verify'),
    images: flags.strings('image').map(redact),
    secrets: flags.strings('secret'),
    nodes: flags.strings('node'),
    nodeSelector: selector === 'all' ? '' : selector,
    yes: flags.boolean('yes') ?? false,
    dryRun: dryRun(flags),
    timeoutMs: timeout(flags),
  };
  check(options, flags);
  return options;
}

function check(options: NodeCheckOptions, flags: FlagValues): void {
  const { images, secrets, targets, nodes, nodeSelector, selector, namespaces } = options;
  const other = givenForRegistries(flags);
  if (other) {
    throw new UsageError(`--${other} is of no use where a node pulls: leave out one of both`);
  }
  if (nodes.includes('') || images.includes('') || secrets.includes('')) {
    throw new UsageError('--node, --image and --secret must not be empty');
  }
  if (nodes.length > 0 && nodeSelector !== undefined) {
    throw new UsageError('--node and --nodes cannot be used together');
  }
  if (images.length === 0) {
    if (secrets.length > 0) throw new UsageError('--secret can only be used with --image');
    if (targets.length > 0 || selector !== undefined) return;
    const asked = asking(options, flags);
    throw new UsageError(`${asked} needs a pod or workload, -l SELECTOR, or --image`);
  }
  if (targets.length > 0) throw new UsageError('--image and names cannot be used together');
  if (selector !== undefined)
    throw new UsageError('--image and --selector cannot be used together');
  if (options.allNamespaces || namespaces.length > 1) {
    throw new UsageError('--image takes one namespace: that of the secrets and of the Job');
  }
  if (nodes.length === 0 && nodeSelector === undefined) {
    throw new UsageError(
      '--image is on no node by itself: --node NAME or --nodes all says which to ask',
    );
  }
}

/** The flag by which nodes are asked, as the user gave it. */
function asking({ nodes, nodeSelector }: NodeCheckOptions, flags: FlagValues): string {
  if (flags.boolean('from-node')) return '--from-node';
  return nodeSelector === undefined && nodes.length > 0 ? '--node' : '--nodes';
}

/** A flag that only means something where this machine asks a registry. */
function givenForRegistries(flags: FlagValues): string | undefined {
  const ofRegistries = flagsOf('verify').filter(
    ({ group, name }) => group === 'Registry' || name === 'filename',
  );
  return ofRegistries.find(({ name, type, repeatable }) => {
    if (type === 'boolean') return flags.boolean(name) !== undefined;
    return repeatable ? flags.strings(name).length > 0 : given(flags, name) !== undefined;
  })?.name;
}

function dryRun(flags: FlagValues): NodeCheckOptions['dryRun'] {
  const value = given(flags, 'dry-run') ?? 'none';
  const found = (['none', 'client', 'server'] as const).find((one) => one === value);
  if (found) return found;
  throw new UsageError(`Invalid dry-run value (${value}). Must be "none", "server", or "client".`);
}

function timeout(flags: FlagValues): number {
  const value = given(flags, 'timeout');
  if (value === undefined) return DEFAULT_TIMEOUT_MS;
  const duration = parseDuration(value);
  if (!duration.ok) throw new UsageError(`--timeout ${value}: ${duration.problem}`);
  if (duration.ms >= SHORTEST_TIMEOUT_MS && duration.ms <= LONGEST_TIMEOUT_MS) return duration.ms;
  throw new UsageError('--timeout must be between 1s and 1h where nodes are asked');
}
