/** Help texts, from the data. Pure. */
import { wrapIndented, wrapText } from '../print/wrap.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { FLAG_GROUPS, type Flag, flagsOf } from './flags.ts';
import { VERBS, type VerbInfo } from './verbs.ts';

/** Column where the descriptions of flags start. */
const FLAG_COLUMN = 36;

const NAME_COLUMN = 12;

/** The help of the whole command; `width` in columns. */
export function rootHelp(width: number): string {
  return [
    'Say why an image does not pull: the cause, what it rests on, and what to do next.\n',
    `Examples:\n${examples(VERBS.map((verb) => ({ ...verb, examples: verb.examples.slice(0, 2) })))}`,
    `Commands:\n${VERBS.map((v) => entry(v.name, v.summary, NAME_COLUMN, width)).join('')}`,
    `Options:\n${[
      entry('-h, --help', 'Show this help, or that of a command', FLAG_COLUMN, width),
      entry('    --version', 'Show the version', FLAG_COLUMN, width),
    ].join('')}`,
    `Exit codes:\n${EXIT_CODES.map(({ code, meaning }) => entry(String(code), meaning, NAME_COLUMN, width)).join('')}`,
    'Usage:\n  kubectl imagepull COMMAND [flags]\n',
    'Use "kubectl imagepull COMMAND --help" for the flags of a command.\n',
  ].join('\n');
}

/** The help of a verb; `width` in columns. */
export function verbHelp(verb: VerbInfo, width: number): string {
  const flags = flagsOf(verb.name);
  const groups = FLAG_GROUPS.map((name) => ({
    name,
    flags: flags.filter((flag) => flag.group === name),
  }));
  return [
    `${verb.summary}.\n`,
    ...verb.about.map((text) => wrapIndented(text, 1, width)),
    `Examples:\n${examples([verb])}`,
    ...groups
      .filter((group) => group.flags.length > 0)
      .map((group) => `${group.name}:\n${group.flags.map((f) => flagEntry(f, width)).join('')}`),
    `Usage:\n  kubectl imagepull ${verb.usage}\n`,
    'Use "kubectl imagepull --help" for the exit codes.\n',
  ].join('\n');
}

function examples(verbs: readonly Pick<VerbInfo, 'examples'>[]): string {
  return verbs
    .flatMap((verb) => verb.examples)
    .map(({ comment, command }) => `  # ${comment}\n  ${command}\n`)
    .join('\n');
}

/** `-n, --namespace NAMESPACE`. */
export function flagTitle(flag: Flag): string {
  const letter = flag.short ? `-${flag.short}, ` : '    ';
  return `${letter}--${flag.name}${flag.value ? ` ${flag.value}` : ''}`;
}

function flagEntry(flag: Flag, width: number): string {
  return entry(flagTitle(flag), flag.description, FLAG_COLUMN, width);
}

function entry(title: string, text: string, column: number, width: number): string {
  const lines = wrapText(text, Math.max(width - column, 30));
  const first = `  ${title}`;
  const head = first.length < column ? [] : [first];
  const rest = lines.map((line, i) =>
    i === 0 && head.length === 0 ? first.padEnd(column) + line : ' '.repeat(column) + line,
  );
  return `${[...head, ...rest].join('\n')}\n`;
}
