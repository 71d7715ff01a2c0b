/**
 * The command line up to the cursor, read leniently: whoever is still typing makes no mistakes yet. The rules are those of
 * `argv.ts`, without its errors. Pure.
 */
import { FLAGS, type Flag, type Verb } from '../flags.ts';
import type { FlagValues } from '../parser.ts';
import { findVerb } from '../verbs.ts';

export interface Typed {
  /** The first argument, whatever it is. */
  readonly command: string | undefined;
  readonly verb: Verb | undefined;
  /** The arguments behind the verb, without the word at the cursor. */
  readonly args: readonly string[];
  readonly flags: FlagValues;
  /** Names of the flags given before the cursor. */
  readonly given: ReadonlySet<string>;
  /** The flag whose value is at the cursor. */
  readonly flag: Flag | undefined;
  /** The word at the cursor; of `--name=value` the value. */
  readonly word: string;
  /** True where the word at the cursor may be a flag's name: no `--` stands before it. */
  readonly mayBeFlag: boolean;
}

/** Reads the words behind the program's name; the last one is at the cursor and may be empty. */
export function readTyped(words: readonly string[]): Typed {
  const before = words.slice(0, -1);
  const last = words.at(-1) ?? '';
  const args: string[] = [];
  const values = new Map<string, string[]>();
  const take = (flag: Flag, value: string) => {
    values.set(flag.name, [...(values.get(flag.name) ?? []), value]);
  };
  let awaiting: Flag | undefined;
  let mayBeFlag = true;
  for (const word of before) {
    if (awaiting !== undefined) {
      take(awaiting, word);
      awaiting = undefined;
    } else if (!mayBeFlag || word === '-' || !word.startsWith('-')) args.push(word);
    else if (word === '--') mayBeFlag = false;
    else awaiting = word.startsWith('--') ? readLong(word, take) : readShorts(word, take);
  }
  const cursor = awaiting === undefined && mayBeFlag ? valueAt(last) : null;
  const [command, ...rest] = args;
  return {
    command,
    verb: command === undefined ? undefined : findVerb(command)?.name,
    args: rest,
    flags: flagValues(values),
    given: new Set(values.keys()),
    flag: awaiting ?? cursor?.flag,
    word: cursor?.value ?? last,
    mayBeFlag,
  };
}

type Take = (flag: Flag, value: string) => void;

/** The flag that takes the next word as its value, if it does. */
function readLong(word: string, take: Take): Flag | undefined {
  const { name, value } = splitLong(word);
  const flag = FLAGS.find((f) => f.name === name);
  if (flag === undefined) return undefined;
  if (value === undefined && flag.type === 'string') return flag;
  take(flag, value ?? 'true');
  return undefined;
}

function readShorts(word: string, take: Take): Flag | undefined {
  for (let i = 1; i < word.length; i++) {
    const flag = FLAGS.find((f) => f.short === word.charAt(i));
    if (flag === undefined) return undefined;
    if (flag.type === 'boolean') {
      take(flag, 'true');
      continue;
    }
    const value = word.slice(i + 1);
    if (value === '') return flag;
    take(flag, value.startsWith('=') && value.length > 1 ? value.slice(1) : value);
    return undefined;
  }
  return undefined;
}

function splitLong(word: string): { name: string; value: string | undefined } {
  const equals = word.indexOf('=');
  if (equals < 0) return { name: word.slice(2), value: undefined };
  return { name: word.slice(2, equals), value: word.slice(equals + 1) };
}

/** `--name=val` and `-n=val` at the cursor: shells complete what stands behind the `=`. */
function valueAt(word: string): { flag: Flag; value: string } | null {
  const found = /^(?:--([\w-]{1,64})|-(\w))=(.*)$/s.exec(word);
  if (found === null) return null;
  const [, long, short, value = ''] = found;
  const flag = FLAGS.find((f) => (long === undefined ? f.short === short : f.name === long));
  return flag === undefined ? null : { flag, value };
}

function flagValues(values: ReadonlyMap<string, readonly string[]>): FlagValues {
  return {
    string: (name) => values.get(name)?.at(-1),
    boolean: (name) => {
      const value = values.get(name)?.at(-1);
      return value === undefined ? undefined : value === 'true';
    },
    strings: (name) => values.get(name) ?? [],
  };
}
