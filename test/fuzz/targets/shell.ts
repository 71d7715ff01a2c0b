/** Words quoted for the shell come out of a real `sh` as they went in. */
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { shellQuote } from '../../../src/words/shell.ts';
import { imageNames } from '../corpora.ts';
import { repeated } from '../growth.ts';
import { mutated } from '../mutate.ts';
import { promise } from '../properties.ts';
import { nothingOpen, type Opened, type Target } from '../target.ts';

/** Words a shell is asked about at once: starting it takes the time. */
const WORDS = 100;

const SEEDS = [
  'a b',
  '$(id)',
  '`id`',
  "it's",
  '"',
  '\\',
  '!x',
  '~',
  '*',
  '-n',
  '',
  '\n',
  '#a',
  'a=b',
  '&&',
  '>x',
];

export const shell: Target = {
  name: 'shell',
  what: `words (${WORDS} in each input) through \`shellQuote\`, a real sh, and back`,
  share: 0.1,
  async open() {
    const word = mutated([...SEEDS, ...imageNames().slice(0, 50)], { size: 800 });
    const opened: Opened<readonly string[]> = {
      // An argument of a program ends at a zero byte, and sh knows bytes alone.
      inputs: fc.array(
        word.map((text) => text.replaceAll('\0', '').toWellFormed()),
        {
          minLength: WORDS,
          maxLength: WORDS,
        },
      ),
      run(words) {
        const script = `printf '%s\\0' ${words.map(shellQuote).join(' ')}`;
        const out = execFileSync('sh', ['-s'], { input: script, encoding: 'utf8' });
        const back = out.split('\0').slice(0, -1);
        promise(back.length === words.length, `${words.length} words became ${back.length}`);
        for (const [i, one] of words.entries()) {
          promise(back[i] === one, `${JSON.stringify(one)} became ${JSON.stringify(back[i])}`);
        }
        return { texts: [] };
      },
      growths: ["'", 'a', ' '].map((piece) => ({
        name: JSON.stringify(piece),
        make: (bytes) => [repeated(piece, bytes)],
      })),
      close: nothingOpen,
    };
    return opened;
  },
};
