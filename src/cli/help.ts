/** Help texts in kubectl's form, made from the verbs and flags. Pure. */
import { EXIT_CODES } from './exit-codes.ts';
import { type Flag, flagsOf } from './flags.ts';
import { COMMAND, VERBS, type VerbHelp } from './verbs.ts';

const GROUPS: readonly (readonly [Flag['group'], string])[] = [
  ['selection', 'What to look at'],
  ['output', 'Output'],
  ['connection', 'Cluster (as kubectl has them)'],
];

/** `kubectl imagepull --help`. */
export function mainHelp(): string {
  const verbs = VERBS.map((v) => `  ${v.name.padEnd(12)}${v.short}`);
  const codes = EXIT_CODES.map((c) => `  ${String(c.code).padEnd(6)}${c.meaning}`);
  return [
    'Say why an image does not pull: the cause, what it rests on, and what to do next.',
    '',
    'Commands:',
    ...verbs,
    '',
    'Examples:',
    ...VERBS.flatMap((v) => examples(v).slice(0, 2)),
    '',
    'Exit codes:',
    ...codes,
    '',
    'Usage:',
    `  ${COMMAND} COMMAND [flags]`,
    `  ${COMMAND} --version`,
    '',
    `Use "${COMMAND} COMMAND --help" for the flags of a command.`,
    '',
  ].join('\n');
}

/** `kubectl imagepull VERB --help`. */
export function verbHelp(verb: VerbHelp): string {
  const flags = flagsOf(verb.name);
  const sections = GROUPS.flatMap(([group, title]) => {
    const own = flags.filter((f) => f.group === group);
    return own.length > 0 ? [`${title}:`, ...own.map(flagLine), ''] : [];
  });
  return [
    ...wrap(verb.long, 80),
    '',
    'Examples:',
    ...examples(verb),
    '',
    ...sections,
    'Usage:',
    `  ${COMMAND} ${verb.usage}`,
    '',
  ].join('\n');
}

function examples(verb: VerbHelp): string[] {
  return verb.examples.flatMap((e) => [`  # ${e.comment}`, `  ${COMMAND} ${e.command}`]);
}

function flagLine(flag: Flag): string {
  const short = flag.short ? `-${flag.short}, ` : '    ';
  const value = flag.value ? ` ${flag.value}` : '';
  return `  ${`${short}--${flag.name}${value}`.padEnd(38)} ${flag.description}`;
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line && line.length + word.length + 1 > width) {
      lines.push(line);
      line = word;
    } else {
      line = line ? `${line} ${word}` : word;
    }
  }
  return [...lines, line];
}
