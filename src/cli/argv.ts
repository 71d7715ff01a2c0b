/**
 * What kubectl users type, as pflag reads it (spf13/pflag `flag.go`: parseLongArg, parseShortArg), turned into the
 * one form that yargs reads without guessing: `--name=value` for each flag, then `--`, then the arguments.
 * yargs alone takes `-nprod` for three flags and `-A pod` for a value. Pure.
 */
import { nearest } from '../words/nearest.ts';
import { FlagError } from './flag-error.ts';
import { FLAGS, type Flag, HELP_FLAG, VERSION_FLAG, type Verb } from './flags.ts';
import { findVerb } from './verbs.ts';

type AnyFlag = Pick<Flag, 'name' | 'short' | 'type'>;

export interface CommandLine {
  /** The first argument: a verb, `help`, or a word that is none; absent without arguments. */
  readonly command: string | undefined;
  /** Every other argument. */
  readonly args: readonly string[];
  /** `--name=value` each, in the order given. Values are never split and never read as flags. */
  readonly flags: readonly string[];
}

const ROOT_FLAGS: readonly AnyFlag[] = [...FLAGS, HELP_FLAG, VERSION_FLAG];

/** Reads the command line. A flag that the verb does not take, or that lacks its value, is a FlagError. */
export function readArgv(argv: readonly string[]): CommandLine {
  const words: string[] = [];
  const flags: string[] = [];
  const names = new Set<string>();
  let i = 0;
  while (i < argv.length) {
    const arg = argv[i++] ?? '';
    const take = (flag: AnyFlag, value: string) => {
      names.add(flag.name);
      flags.push(`--${flag.name}=${value}`);
    };
    const next = (): string | undefined => argv[i++];
    if (arg === '--') {
      words.push(...argv.slice(i));
      break;
    }
    if (arg === '-' || !arg.startsWith('-')) words.push(arg);
    else if (arg.startsWith('--')) readLong(arg, verbOf(words), take, next);
    else readShorts(arg, verbOf(words), take, next);
  }
  const verb = verbOf(words);
  const allowed = allowedFlags(verb).map((flag) => flag.name);
  for (const name of names) {
    if (!allowed.includes(name)) throw new FlagError(`unknown flag: --${name}`, verb);
  }
  return { command: words[0], args: words.slice(1), flags };
}

type Take = (flag: AnyFlag, value: string) => void;
type Next = () => string | undefined;

function readLong(arg: string, verb: Verb | undefined, take: Take, next: Next): void {
  const equals = arg.indexOf('=');
  const name = arg.slice(2, equals < 0 ? undefined : equals);
  if (name === '' || name.startsWith('-')) throw new FlagError(`bad flag syntax: ${arg}`, verb);
  const allowed = allowedFlags(verb);
  const flag = allowed.find((f) => f.name === name);
  if (!flag) {
    const near = nearest(
      name,
      allowed.map((f) => f.name),
    );
    const hint = near === null ? '' : `, did you mean --${near}?`;
    throw new FlagError(`unknown flag: --${name}${hint}`, verb);
  }
  if (equals >= 0) {
    take(flag, checked(flag, arg.slice(equals + 1), verb));
    return;
  }
  const value = flag.type === 'boolean' ? 'true' : next();
  if (value === undefined) throw new FlagError(`flag needs an argument: --${name}`, verb);
  take(flag, value);
}

/** `-A`, `-nprod`, `-n=prod`, `-n prod`, `-Aowide`: letters until one takes the rest as its value. */
function readShorts(arg: string, verb: Verb | undefined, take: Take, next: Next): void {
  let rest = arg.slice(1);
  while (rest !== '') {
    const letter = rest.charAt(0);
    const flag = allowedFlags(verb).find((f) => f.short === letter);
    if (!flag) throw new FlagError(`unknown shorthand flag: '${letter}' in ${arg}`, verb);
    // As pflag: a lone `-n=` has the value `=`.
    if (rest.length > 2 && rest.charAt(1) === '=') {
      take(flag, checked(flag, rest.slice(2), verb));
      return;
    }
    if (flag.type === 'boolean') {
      take(flag, 'true');
      rest = rest.slice(1);
      continue;
    }
    const value = rest.length > 1 ? rest.slice(1) : next();
    if (value === undefined) {
      throw new FlagError(`flag needs an argument: '${letter}' in ${arg}`, verb);
    }
    take(flag, value);
    return;
  }
}

/** The words of Go's `strconv.ParseBool`. */
const TRUE = new Set(['1', 't', 'T', 'TRUE', 'true', 'True']);
const FALSE = new Set(['0', 'f', 'F', 'FALSE', 'false', 'False']);

function checked(flag: AnyFlag, value: string, verb: Verb | undefined): string {
  if (flag.type !== 'boolean' || FALSE.has(value)) return flag.type === 'boolean' ? 'false' : value;
  if (TRUE.has(value)) return 'true';
  const named = flag.short ? `-${flag.short}, --${flag.name}` : `--${flag.name}`;
  throw new FlagError(
    `invalid argument ${JSON.stringify(value)} for "${named}" flag: must be true or false`,
    verb,
  );
}

function verbOf(words: readonly string[]): Verb | undefined {
  return words[0] === undefined ? undefined : findVerb(words[0])?.name;
}

/** Before the verb is known every flag may come. */
function allowedFlags(verb: Verb | undefined): readonly AnyFlag[] {
  if (verb === undefined) return ROOT_FLAGS;
  return [...FLAGS.filter((f) => f.verbs.includes(verb)), HELP_FLAG];
}
