/**
 * yargs, made to read a command line as pflag does. What yargs does otherwise is settled here: it prints and exits by
 * itself, makes lists of repeated flags, negates `--no-headers`, and guesses numbers.
 */
import yargs from 'yargs';
import { UsageError } from '../words/errors.ts';
import { nearest } from '../words/nearest.ts';
import { normalizeArgv } from './argv.ts';
import { type Flag, flagsOf, type Verb } from './flags.ts';
import { COMMAND, VERBS } from './verbs.ts';

/** One value of a flag, or several of a repeatable one. */
export type FlagValues = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

export type Parsed =
  | { readonly kind: 'help'; readonly verb: Verb | null }
  | { readonly kind: 'version' }
  | {
      readonly kind: 'verb';
      readonly verb: Verb;
      readonly args: readonly string[];
      readonly flags: FlagValues;
    };

/** Reads a command line; what it does not understand is a UsageError. */
export function parseCommandLine(argv: readonly string[]): Parsed {
  const first = argv.findIndex((a) => !a.startsWith('-'));
  const word = first === -1 ? undefined : argv[first];
  const verb = VERBS.find((v) => v.name === word)?.name ?? null;
  const before = first === -1 ? argv : argv.slice(0, first);
  if (word === 'help') {
    return { kind: 'help', verb: VERBS.find((v) => v.name === argv[first + 1])?.name ?? null };
  }
  if (verb === null) return withoutVerb(before, word);
  const after = [...before, ...argv.slice(first + 1)];
  const dashes = after.indexOf('--');
  const own = dashes === -1 ? after : after.slice(0, dashes);
  const flags = flagsOf(verb);
  const normal = normalizeArgv(own, flags);
  if (normal.includes('--help') || normal.includes('-h')) return { kind: 'help', verb };
  const rest = dashes === -1 ? [] : after.slice(dashes + 1);
  return { kind: 'verb', verb, ...parseFlags(normal, rest, flags, verb) };
}

function withoutVerb(before: readonly string[], word: string | undefined): Parsed {
  if (word !== undefined) {
    const near = nearest(
      word,
      VERBS.map((v) => v.name),
    );
    const hint = near ? `; did you mean "${near}"?` : '';
    throw new UsageError(`unknown command "${word.slice(0, 100)}" for "${COMMAND}"${hint}`);
  }
  const flag = before[0];
  if (flag === undefined || flag === '--help' || flag === '-h') return { kind: 'help', verb: null };
  if (flag === '--version') return { kind: 'version' };
  throw unknownFlag(flag, null);
}

function parseFlags(
  normal: readonly string[],
  rest: readonly string[],
  flags: readonly Flag[],
  verb: Verb,
): { args: string[]; flags: FlagValues } {
  const known = new Set(flags.map((f) => f.name));
  const parser = yargs()
    .scriptName(COMMAND)
    .locale('en')
    .help(false)
    .version(false)
    .exitProcess(false)
    .parserConfiguration({
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'duplicate-arguments-array': true,
      'greedy-arrays': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'short-option-groups': false,
    })
    .fail((message, error) => {
      throw error ?? new UsageError(message);
    });
  for (const flag of flags) parser.option(flag.name, { type: flag.type, requiresArg: false });
  const parsed: Record<string, unknown> = parser.parseSync([...normal]);
  const given = new Set<string>();
  for (const arg of normal) {
    if (!arg.startsWith('-') || arg === '-') continue;
    const name = arg.startsWith('--') ? arg.slice(2).split('=', 1)[0] : undefined;
    if (name === undefined || !known.has(name)) throw unknownFlag(arg, verb);
    if (!arg.includes('=')) throw new UsageError(`flag needs an argument: --${name}`);
    given.add(name);
  }
  const values: Record<string, string | boolean | string[] | undefined> = {};
  for (const flag of flags) {
    if (given.has(flag.name)) values[flag.name] = flagValue(flag, parsed[flag.name], normal);
  }
  const words = Array.isArray(parsed['_']) ? parsed['_'].map(String) : [];
  return { args: [...words, ...rest], flags: values };
}

/** The last value of a flag, all values of a repeatable one. */
function flagValue(
  flag: Flag,
  value: unknown,
  normal: readonly string[],
): string | boolean | string[] {
  if (flag.type === 'boolean') return switchValue(flag, normal);
  const all = (Array.isArray(value) ? value : [value]).map((v) =>
    v === undefined ? '' : String(v),
  );
  if (flag.repeatable) return all;
  const last = all.at(-1) ?? '';
  if (flag.choices && !flag.choices.includes(last)) {
    throw new UsageError(
      `invalid argument "${last.slice(0, 100)}" for "--${flag.name}" flag: one of ${flag.choices.join(', ')} is needed`,
    );
  }
  return last;
}

/** pflag's booleans (strconv.ParseBool). */
function switchValue(flag: Flag, normal: readonly string[]): boolean {
  const prefix = `--${flag.name}=`;
  const text = normal.findLast((a) => a.startsWith(prefix))?.slice(prefix.length) ?? '';
  if (['1', 't', 'T', 'true', 'TRUE', 'True'].includes(text)) return true;
  if (['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(text)) return false;
  throw new UsageError(
    `invalid argument "${text.slice(0, 100)}" for "--${flag.name}" flag: true or false is needed`,
  );
}

function unknownFlag(arg: string, verb: Verb | null): UsageError {
  const name = arg.split('=', 1)[0]?.slice(0, 100) ?? '';
  const help = verb ? `${COMMAND} ${verb} --help` : `${COMMAND} --help`;
  const what = name.startsWith('--')
    ? `unknown flag: ${name}`
    : `unknown shorthand flag: '${name.slice(1, 2)}' in ${name}`;
  return new UsageError(`${what}; see '${help}'`);
}
