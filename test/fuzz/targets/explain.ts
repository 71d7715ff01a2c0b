/** `explain -f -`: logs, tables, JSON and YAML of messages, through the whole command. */
import fc from 'fast-check';
import { command } from '../command.ts';
import { dumpedObjects, messageRows } from '../corpora.ts';
import { checkDocument } from '../documents.ts';
import { repeated } from '../growth.ts';
import { mutated } from '../mutate.ts';
import { mutatedJson } from '../mutate-json.ts';
import { nothingOpen, type Opened, type Target } from '../target.ts';
import { OUTPUTS } from './decode.ts';

interface TextInput {
  readonly text: string;
  readonly output: (typeof OUTPUTS)[number];
}

const TABLE = `LAST SEEN   TYPE      REASON    OBJECT      MESSAGE
2m          Warning   Failed    pod/web-0   `;

export const explain: Target = {
  name: 'explain',
  what: 'messages, tables and objects of events, through `explain -f -` in every format',
  share: 0.6,
  async open() {
    const messages = messageRows().map(({ message }) => message);
    const events = dumpedObjects(/^(?:extra|kill|sandbox)-events\.json$/).map((event) =>
      JSON.stringify(event),
    );
    const pages = messages.slice(0, 200).map((message) => `${TABLE}${message}\n`);
    const logs = messages.slice(0, 200).map((text) => `E1121 04:00:00.0 1 x.go:1] err="${text}"`);
    const opened: Opened<TextInput> = {
      inputs: fc.record({
        text: fc.oneof(
          mutated([...messages, ...pages, ...logs, ...events]),
          mutatedJson(events).map((value) => JSON.stringify(value, null, 1)),
        ),
        output: fc.constantFrom(...OUTPUTS),
      }),
      async run({ text, output }) {
        const flags = output === 'table' ? [] : ['-o', output];
        const ran = await command(['explain', '-f', '-', ...flags], { stdin: text });
        await checkDocument(ran, output);
        return ran;
      },
      growths: [
        'a',
        'a b  ',
        '\n',
        'a\n',
        '{"message":',
        '- message: a\n',
        'Warning  Failed  x  ',
      ].map((piece) => ({
        name: JSON.stringify(piece),
        make: (bytes) => ({ text: repeated(piece, bytes), output: 'table' }),
      })),
      close: nothingOpen,
    };
    return opened;
  },
};
