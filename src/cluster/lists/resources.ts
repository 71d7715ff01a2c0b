/**
 * The TYPE/NAME grammar of kubectl's arguments, with pods as the type where none is given.
 * Rule: cli-runtime pkg/resource/builder.go ResourceTypeOrNameArgs.
 */
import { UsageError } from '../../words/errors.ts';
import type { ResourceKind } from '../../words/objects.ts';
import { builtinKind } from './builtin-kinds.ts';
import { refusePasted } from './pasted-arguments.ts';

/** One thing that the command line names. */
export interface Target {
  /** As typed (`deploy`, `rollouts.argoproj.io`); `pods` where only a name was given. */
  readonly type: string;
  /** The built-in kind; null: ask the source (`findKind`) what `type` stands for. */
  readonly resource: ResourceKind | null;
  /** Null: every object of the type. */
  readonly name: string | null;
}

export interface TargetSettings {
  readonly allNamespaces?: boolean | undefined;
  /** `-n a,b`. */
  readonly severalNamespaces?: boolean | undefined;
  /** `-l` or `--field-selector`. */
  readonly selector?: string | undefined;
}

/**
 * What the arguments name, in their order, each once.
 *
 * - `TYPE/NAME …`: each is such a pair; TYPE may be a custom one.
 * - `TYPE`, `TYPE NAME…`, `TYPE,TYPE NAME…`: where the first word is a built-in TYPE.
 * - `NAME…`: pods, where the first word is not a built-in TYPE. A pod called like a type is `pod/NAME`, objects
 *   of a custom type are `TYPE/NAME`.
 *
 * Throws UsageError with kubectl's sentence for what kubectl refuses, and for what was pasted and is no name.
 */
export function parseTargets(
  args: readonly string[],
  settings: TargetSettings = {},
): readonly Target[] {
  refusePasted(args);
  const targets = args.some((arg) => arg.includes('/')) ? pairs(args) : words(args);
  const named = targets.some((target) => target.name !== null);
  if (named && settings.allNamespaces) {
    throw new UsageError('a resource cannot be retrieved by name across all namespaces');
  }
  if (named && settings.severalNamespaces) {
    throw new UsageError('a resource cannot be retrieved by name across several namespaces');
  }
  if (named && settings.selector) {
    throw new UsageError('name cannot be provided when a selector is specified');
  }
  const seen = new Map(targets.map((t) => [`${t.resource?.plural ?? t.type}/${t.name ?? ''}`, t]));
  return [...seen.values()];
}

function pairs(args: readonly string[]): Target[] {
  if (!args.every((arg) => arg.includes('/'))) {
    throw new UsageError(
      "there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl imagepull describe resource/<resource_name>' instead of 'kubectl imagepull describe resource resource/<resource_name>')",
    );
  }
  return args.map((arg) => {
    const [type = '', name = '', ...more] = arg.split('/');
    if (more.length > 0) {
      throw new UsageError('arguments in resource/name form may not have more than one slash');
    }
    if (type === '' || name === '' || type.includes(',')) {
      throw new UsageError('arguments in resource/name form must have a single resource and name');
    }
    return { type, resource: builtinKind(type) ?? null, name };
  });
}

function words(args: readonly string[]): Target[] {
  const [first, ...names] = args;
  if (first === undefined) return [];
  if (args.includes('')) throw new UsageError('a name must not be empty');
  const types = first.split(',').filter((type) => type !== '');
  const kinds = types.map((type) => builtinKind(type));
  if (!types.length || !kinds.every((kind) => kind !== undefined)) {
    if (first.includes(',')) {
      const unknown = types.find((_, i) => kinds[i] === undefined) ?? first;
      throw new UsageError(`the server doesn't have a resource type "${unknown}"`);
    }
    return args.map((name) => ({ type: 'pods', resource: builtinKind('pods') ?? null, name }));
  }
  return types.flatMap((type, i): Target[] => {
    const resource = kinds[i] ?? null;
    if (names.length === 0) return [{ type, resource, name: null }];
    return names.map((name) => ({ type, resource, name }));
  });
}
