/** Messages of runtimes through the classifier, and what it made of them. */
import fc from 'fast-check';
import { classify } from '../../../src/causes/classify.ts';
import { CAUSE_NAMES, type CauseName } from '../../../src/words/cause.ts';
import { imageNames, messageRows, patternWords } from '../corpora.ts';
import { repeated } from '../growth.ts';
import { mutated } from '../mutate.ts';
import { promise } from '../properties.ts';
import { type Growth, nothingOpen, type Opened, type Target } from '../target.ts';

export interface MessageInput {
  readonly text: string;
  readonly reason: string | null;
  readonly image: string | null;
}

const NAMES: ReadonlySet<CauseName> = new Set(CAUSE_NAMES);
const PULL = 'Failed to pull image "reg.example.com/a:1": ';

export const messages: Target = {
  name: 'messages',
  what: 'messages of the corpora, mutated and mixed, through `classify`',
  share: 20,
  async open() {
    const rows = messageRows();
    const words = [...new Set(patternWords().flat())];
    const reasons = [...new Set(rows.map(({ reason }) => reason))];
    const opened: Opened<MessageInput> = {
      inputs: fc.record({
        text: mutated(
          rows.map(({ message }) => message),
          { words },
        ),
        reason: fc.constantFrom(...reasons, '', '__proto__', 'constructor'),
        image: fc.option(mutated(imageNames(), { most: 2, size: 1000 })),
      }),
      run: ({ text, reason, image }) => {
        const reading = classify(text, { reason, image });
        const { cause, alternatives, decisive, facts } = reading;
        promise(NAMES.has(cause), `no cause of the catalogue: ${cause}`);
        promise(alternatives.length <= 3, 'more than 3 alternatives');
        promise(!alternatives.includes(cause), 'the cause is its own alternative');
        promise(
          alternatives.every((name) => NAMES.has(name)),
          'an alternative is no cause',
        );
        promise(decisive.length <= 1000, 'the quote is longer than 1000 characters');
        promise(typeof JSON.stringify(facts) === 'string', 'facts that are no JSON');
        return { texts: [] };
      },
      growths: growths(),
      close: nothingOpen,
    };
    return opened;
  },
};

function growths(): Growth<MessageInput>[] {
  const pieces = new Set<string>();
  for (const words of patternWords()) {
    // All but the last, so that a pattern begins to match at many places and does nowhere.
    pieces.add(`${words.slice(0, Math.max(1, words.length - 1)).join(' ')} `);
    pieces.add(`${words.at(-1)}x`);
    pieces.add(`${words[0]}:`);
  }
  for (const common of [
    'a',
    ' ',
    '"',
    '\\',
    '\\"',
    '[',
    '(',
    ': ',
    'a.',
    'a/',
    'a:',
    '\n',
    '¤',
    '4',
    '{"a":',
  ]) {
    pieces.add(common);
  }
  return [...pieces].map((piece) => ({
    name: JSON.stringify(piece),
    make: (bytes) => ({ text: repeated(piece, bytes, PULL), reason: null, image: null }),
  }));
}
