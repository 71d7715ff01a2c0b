/** Command lines: every verb and flag with values that fit and that do not. Nothing is reached. */
import fc from 'fast-check';
import { FLAGS } from '../../../src/cli/flags.ts';
import { command } from '../command.ts';
import { HARM, mutated } from '../mutate.ts';
import { nothingOpen, type Opened, type Target } from '../target.ts';

const VERBS = [
  'describe',
  'verify',
  'secrets',
  'decode',
  'explain',
  'completion',
  'help',
  'options',
];
const VALUES = [
  ...[
    'a',
    'shop',
    'pod/web',
    'deploy',
    '1s',
    '-1',
    'json',
    'yaml',
    'name',
    'wide',
    'always',
    '-',
    'a=b',
  ],
  ...[
    'a in (b)',
    'x!=y,,',
    'r.example/a:1',
    'status.phase=Running',
    '0',
    '1e9',
    '99999999999h',
    '/nonexistent',
  ],
  ...[
    'TagNotFound',
    'linux/arm64',
    'a.b=127.0.0.1:1',
    'https://m.example',
    'a,b,,c',
    'notatype/x/y',
    '',
  ],
];
/** Following has no end of its own, and images that are named would be asked for. */
const LEFT_OUT = ['watch', 'image', 'server'];

export const argv: Target = {
  name: 'argv',
  what: 'command lines of every verb and flag, through the parser and as far as a kubeconfig that is not there',
  share: 0.6,
  async open() {
    const flags = FLAGS.filter(({ name }) => !LEFT_OUT.includes(name));
    const names = flags.flatMap(({ name, short }) => [
      `--${name}`,
      ...(short ? [`-${short}`] : []),
    ]);
    const word = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...VALUES, ...names) },
      {
        weight: 3,
        arbitrary: fc
          .tuple(fc.constantFrom(...names), fc.constantFrom(...VALUES))
          .map((pair) => pair.join('=')),
      },
      {
        weight: 2,
        arbitrary: mutated([...VALUES, ...names], { words: names, most: 3, size: 2000 }),
      },
      { weight: 1, arbitrary: fc.constantFrom(...HARM) },
    );
    const opened: Opened<readonly string[]> = {
      inputs: fc
        .tuple(
          fc.oneof(
            { weight: 9, arbitrary: fc.constantFrom(...VERBS) },
            { weight: 1, arbitrary: word },
          ),
          fc.array(word, { maxLength: 6 }),
        )
        .map(([verb, words]) => [verb, ...words].map((text) => text.toWellFormed()))
        .filter((words) => !words.some(isLeftOut)),
      run: (words) => command(words, { env: { KUBECONFIG: '/nonexistent/config' }, stdin: '' }),
      growths: [],
      close: nothingOpen,
    };
    return opened;
  },
};

function isLeftOut(word: string): boolean {
  return /^-[A-Za-z]*w/.test(word) || LEFT_OUT.some((name) => word.includes(name.slice(0, 4)));
}
