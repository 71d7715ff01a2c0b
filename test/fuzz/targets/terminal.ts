/** What everything that is shown goes through: escaping, tables, wrapped lines, JSON and YAML. */
import fc from 'fast-check';
import { load } from 'js-yaml';
import { cut, visible, visibleJson, visibleLines } from '../../../src/print/escape.ts';
import { formatTable } from '../../../src/print/table.ts';
import { wrapText } from '../../../src/print/wrap.ts';
import { toYaml } from '../../../src/print/yaml.ts';
import { redact } from '../../../src/words/redact.ts';
import { messageRows } from '../corpora.ts';
import { repeated } from '../growth.ts';
import { mutated } from '../mutate.ts';
import { mutatedJson } from '../mutate-json.ts';
import { Broken, promise } from '../properties.ts';
import { nothingOpen, type Opened, type Target } from '../target.ts';
import { listsOfDumps } from './saved.ts';

const PIECES = [
  'a',
  '\x1b',
  '\u202e',
  '\n',
  '\r\n',
  ' ',
  '\ud800',
  '漢',
  '\u0301',
  '://a@',
  'token=',
  'Bearer ',
];
/** Between a scheme and the host. */
const LOGINS = [':', ':a', 'a:b@', '/', '?', '\\/', '=', 'sha256:'];
const URLS = [
  'https://alice:hunter2@r.example/v2/?token=abc&sig=def',
  'Authorization: Bearer abcdefghijklmnop',
];

export const terminal: Target = {
  name: 'terminal',
  what: 'texts with control characters, through escaping, tables, wrapping and redaction',
  share: 9,
  async open() {
    const seeds = [...messageRows().map(({ message }) => message), ...URLS];
    const opened: Opened<string> = {
      inputs: fc.oneof(mutated(seeds, { most: 8 }), fc.string({ unit: 'binary', maxLength: 60 })),
      run(text) {
        const line = visible(text);
        promise(!line.includes('\n'), 'visible() lets a line break through');
        const lines = wrapText(text, 40).map(visible);
        promise(cut(text, 100).length <= 140, 'cut() is too long');
        return {
          texts: [
            line,
            visibleLines(text),
            visibleJson(JSON.stringify({ [text]: text })),
            formatTable(
              ['a', 'b'],
              [
                [text, 'x'],
                [text.slice(1), text],
              ],
            ),
            lines.join('\n'),
            visible(redact(text)),
          ],
        };
      },
      growths: [
        ...PIECES.map((piece) => ({
          name: JSON.stringify(piece),
          make: (bytes: number) => repeated(piece, bytes),
        })),
        ...LOGINS.map((piece) => ({
          name: `http://…${piece}…@`,
          make: (bytes: number) => repeated(piece, bytes, 'http://a', '@b.example/'),
        })),
      ],
      close: nothingOpen,
    };
    return opened;
  },
};

export const documents: Target = {
  name: 'documents',
  what: 'values of any shape, printed as JSON and YAML and read again',
  share: 2,
  async open() {
    const opened: Opened<unknown> = {
      inputs: fc.oneof(
        mutatedJson(
          listsOfDumps().map((text) => JSON.stringify(JSON.parse(text).items[0].status ?? {})),
        ),
        fc.jsonValue({ stringUnit: 'binary', maxDepth: 4 }),
        mutated(
          messageRows().map(({ message }) => message),
          { most: 8, size: 4000 },
        ),
      ),
      async run(value) {
        const json = visibleJson(JSON.stringify(value));
        same(value, JSON.parse(json), 'JSON');
        const yaml = await toYaml({ value });
        const again = load(yaml) as { value?: unknown } | null;
        same(value, again?.value ?? null, `YAML ${yaml}`);
        return { texts: [json, yaml] };
      },
      growths: [],
      close: nothingOpen,
    };
    return opened;
  },
};

function same(value: unknown, again: unknown, what: string): void {
  const [before, after] = [value, again].map((one) => JSON.stringify(one));
  if (before === after) return;
  throw new Broken('promise', `${what} says ${after?.slice(0, 500)} of ${before?.slice(0, 500)}`);
}
