/** The yargs parser, built from the data in `flags.ts` and `verbs.ts`. */
import yargs from 'yargs';
import type { CommandLine } from './argv.ts';
import { FlagError } from './flag-error.ts';
import { FLAGS, type Flag, flagsOf, HELP_FLAG, type Verb } from './flags.ts';

/** Values by flag name; a flag that was not given is absent. */
export interface FlagValues {
  string(name: string): string | undefined;
  boolean(name: string): boolean | undefined;
  strings(name: string): readonly string[];
}

/**
 * yargs by itself makes `--no-headers` a `headers: false`, `a.b` an object and `012` a number. With
 * `duplicate-arguments-array` off, repeatable flags would keep their last value only, so it is on and every
 * other flag says itself that the last one wins (`last`).
 */
const PARSER = {
  'boolean-negation': false,
  'camel-case-expansion': false,
  'dot-notation': false,
  'duplicate-arguments-array': true,
  'parse-numbers': false,
  'parse-positional-numbers': false,
} as const;

function last(value: unknown): unknown {
  return Array.isArray(value) ? value.at(-1) : value;
}

/** Not yargs' type `array`: that one loses empty values. */
function all(value: unknown): unknown {
  return value === undefined || Array.isArray(value) ? value : [value];
}

function option(flag: Flag) {
  return { type: flag.type, coerce: flag.repeatable ? all : last };
}

/**
 * The flags of a verb, from the form that `readArgv` gives. Arguments stay with the CommandLine. yargs is told of
 * the given flags only, and of no command: each option costs time at every start, and a command makes it render
 * its help each time.
 */
export function parseFlags(verb: Verb, line: CommandLine): FlagValues {
  const flags = line.flags.filter((flag) => !flag.startsWith(`--${HELP_FLAG.name}=`));
  const parser = yargs()
    .scriptName('kubectl imagepull')
    // Else yargs reads LANG, and a bundle has no translations.
    .locale('en')
    .help(false)
    .version(false)
    .exitProcess(false)
    .showHelpOnFail(false)
    .parserConfiguration(PARSER)
    .strict()
    .fail((message, error) => {
      throw error ?? new FlagError(message, verb);
    });
  for (const flag of flagsOf(verb)) {
    if (flags.some((given) => given.startsWith(`--${flag.name}=`))) {
      parser.option(flag.name, option(flag));
    }
  }
  return flagValues(parser.parseSync(flags));
}

function flagValues(parsed: Readonly<Record<string, unknown>>): FlagValues {
  const value = (name: string): unknown => {
    if (!FLAGS.some((flag) => flag.name === name)) throw new Error(`no flag is named ${name}`);
    return Object.hasOwn(parsed, name) ? parsed[name] : undefined;
  };
  return {
    string: (name) => {
      const found = value(name);
      return typeof found === 'string' ? found : undefined;
    },
    boolean: (name) => {
      const found = value(name);
      return typeof found === 'boolean' ? found : undefined;
    },
    strings: (name) => {
      const found = value(name);
      return Array.isArray(found) ? found.map(String) : [];
    },
  };
}
