/** Help texts, from the data. Pure. */
import { wrapIndented, wrapText } from '../print/wrap.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { FLAG_GROUPS, FLAGS, type Flag, type FlagGroup, flagsOf } from './flags.ts';
import { VERBS, type VerbInfo } from './verbs.ts';

/** Column where the descriptions of flags start. */
const FLAG_COLUMN = 36;

const NAME_COLUMN = 14;

/** Columns that a description needs beside a title, and where it starts below one. */
const [LEAST_TEXT, BELOW] = [26, 8];

/** Those that answer the question people come with. */
const ASKING = VERBS.filter(({ name }) => name !== 'completion');

/** Listed once for all verbs: there are as many as of all other groups together. */
const GLOBAL: FlagGroup = 'Cluster';

/** The help of the whole command; `width` in columns, `program` as it was called. */
export function rootHelp(width: number, program: string): string {
  return [
    wrapIndented(
      'Say why an image does not pull: the cause, what it rests on, what to do next.',
      0,
      width,
    ),
    `Examples:\n${examples(ASKING.map((verb) => ({ ...verb, examples: verb.examples.slice(0, 2) })))}`,
    `Commands:\n${VERBS.map((v) => entry(v.name, v.summary, NAME_COLUMN, width)).join('')}`,
    `Options:\n${[
      entry('-h, --help', 'Show this help, or that of a command', FLAG_COLUMN, width),
      entry('    --version', 'Show the version', FLAG_COLUMN, width),
    ].join('')}`,
    `Exit codes:\n${EXIT_CODES.map(({ code, meaning }) => entry(String(code), meaning, NAME_COLUMN, width)).join('')}`,
    `Usage:\n  ${program} COMMAND [flags]\n`,
    wrapIndented(`Use "${program} COMMAND --help" for the flags of a command.`, 0, width) +
      useOptions(program, width),
  ].join('\n');
}

/** The help of a verb; `width` in columns. */
export function verbHelp(verb: VerbInfo, width: number, program: string): string {
  const flags = flagsOf(verb.name);
  const groups = FLAG_GROUPS.filter((name) => name !== GLOBAL).map((name) => ({
    name,
    flags: flags.filter((flag) => flag.group === name),
  }));
  return [
    wrapIndented(`${verb.summary}.`, 0, width),
    ...verb.about.map((text) => wrapIndented(text, 1, width)),
    `Examples:\n${examples([verb])}`,
    ...groups
      .filter((group) => group.flags.length > 0)
      .map((group) => `${group.name}:\n${group.flags.map((f) => flagEntry(f, width)).join('')}`),
    `Usage:\n${verb.usage.map((form) => hanging(`${program} ${form}`, width)).join('')}`,
    wrapIndented(`Use "${program} --help" for the exit codes.`, 0, width) +
      (flags.some((flag) => flag.group === GLOBAL) ? useOptions(program, width) : ''),
  ].join('\n');
}

/** The flags that every verb asking a cluster takes, as `kubectl options` lists kubectl's. */
export function optionsHelp(width: number, program: string): string {
  const flags = FLAGS.filter((flag) => flag.group === GLOBAL);
  const verbs = VERBS.filter(({ name }) => flags.some((flag) => flag.verbs.includes(name)));
  return [
    wrapIndented(
      `The following options can be passed to ${verbs.map(({ name }) => name).join(', ')}:`,
      0,
      width,
    ),
    `${flags.map((flag) => flagEntry(flag, width)).join('')}`,
    wrapIndented(`Use "${program} COMMAND --help" for the other flags of a command.`, 0, width),
  ].join('\n');
}

function useOptions(program: string, width: number): string {
  return wrapIndented(
    `Use "${program} options" for a list of global command-line options.`,
    0,
    width,
  );
}

/** A form of the command line; where it is too long, what follows stands deeper. */
function hanging(text: string, width: number): string {
  const [first = '', ...rest] = wrapText(text, width - 2);
  return `  ${first}\n${wrapIndented(rest.join(' '), 6, width)}`;
}

function examples(verbs: readonly Pick<VerbInfo, 'examples'>[]): string {
  return verbs
    .flatMap((verb) => verb.examples)
    .map(({ comment, command }) => `  # ${comment}\n  ${command}\n`)
    .join('\n');
}

/** `-n, --namespace NAMESPACE`. */
function flagTitle(flag: Flag): string {
  const letter = flag.short ? `-${flag.short}, ` : '    ';
  return `${letter}--${flag.name}${flag.value ? ` ${flag.value}` : ''}`;
}

function flagEntry(flag: Flag, width: number): string {
  return entry(flagTitle(flag), flag.description, FLAG_COLUMN, width);
}

function entry(title: string, text: string, column: number, width: number): string {
  const first = `  ${title}`;
  // On a narrow terminal the text stands below.
  if (width - column < LEAST_TEXT) return `${first}\n${wrapIndented(text, BELOW, width)}`;
  const lines = wrapText(text, width - column);
  const head = first.length < column ? [] : [first];
  const rest = lines.map((line, i) =>
    i === 0 && head.length === 0 ? first.padEnd(column) + line : ' '.repeat(column) + line,
  );
  return `${[...head, ...rest].join('\n')}\n`;
}
