import assert from 'node:assert/strict';
import {
  causePage,
  causeTable,
  type ExplainPrint,
  readingBlock,
  readingTable,
} from '../../../src/print/explain.ts';
import {
  type CauseView,
  type ReadMessage,
  readingList,
  readingListJson,
} from '../../../src/print/reading-list.ts';
import type { Reading } from '../../../src/words/reading.ts';

const PRINT: ExplainPrint = { width: 80, wide: false, noHeaders: false, bold: (text) => text };

const VIEW: CauseView = {
  name: 'TagNotFound',
  title: 'the registry has no such tag',
  meaning: 'The registry was reached and answered that it does not have this tag, whatever it is.',
  examples: ['manifest unknown'],
  tellApart: [{ from: 'RepositoryNotFound', how: 'Ask for the tags.', command: 'list HOST' }],
  retryable: false,
  waiting: 'will not help',
  nextSteps: [{ text: 'Check the build' }, { text: 'Look', command: 'kubectl get pods' }],
};

function read(message: string, reading: Partial<Reading> = {}): ReadMessage {
  return {
    message,
    reason: null,
    object: null,
    reading: {
      cause: 'TagNotFound',
      certainty: 'certain',
      alternatives: [],
      facts: {
        stage: 'manifest',
        host: 'r.example',
        hostRole: 'registry',
        status: 404,
        runtime: null,
        retryable: false,
      },
      decisive: message,
      image: 'r.example/a:1',
      ...reading,
    },
    assumed: false,
    title: VIEW.title,
    waiting: VIEW.waiting,
    tellApart: VIEW.tellApart,
    nextSteps: VIEW.nextSteps,
  };
}

describe('print of explain', () => {
  it('the page of a cause', () => {
    assert.equal(
      causePage(VIEW, 'docs/x.md', PRINT),
      `TagNotFound: the registry has no such tag
  Means:     The registry was reached and answered that it does not have this
             tag, whatever it is.
  Example:   "manifest unknown"
  Similar:   RepositoryNotFound: Ask for the tags.
               list HOST
  Waiting:   will not help
  Next:      1. Check the build
             2. Look
                kubectl get pods
  More:      docs/x.md
`,
    );
  });

  it('a reading with doubt, its alternatives and how to tell them apart', () => {
    const text = readingBlock(
      read('a\nb', { certainty: 'ambiguous', alternatives: ['RepositoryNotFound', 'Unknown'] }),
      PRINT,
    );
    assert.equal(
      text,
      `TagNotFound: the registry has no such tag (ambiguous)
  Said:      "a
              b"
  Image:     r.example/a:1
  Where:     registry r.example, answering 404
  Could be:  RepositoryNotFound - tell apart: Ask for the tags.
               list HOST
             Unknown
  Waiting:   will not help
  Next:      1. Check the build
             2. Look
                kubectl get pods
  More:      kubectl imagepull explain TagNotFound
`,
    );
  });

  it('the list of causes, without hints where headers are not wanted', () => {
    assert.match(causeTable([VIEW], PRINT), /^NAME +WAITING +MEANING\nTagNotFound +no +the reg/);
    assert.equal(
      causeTable([VIEW], { ...PRINT, noHeaders: true }),
      'TagNotFound   no    the registry has no such tag\n',
    );
  });

  it('many causes: the table and a hint instead of blocks', () => {
    const causes = [
      'TagNotFound',
      'Forbidden',
      'DnsFailure',
      'RateLimited',
      'PullTimeout',
      'Unauthorized',
    ] as const;
    const text = readingTable(
      causes.map((cause) => read(`m ${cause}`, { cause })),
      PRINT,
    );
    assert.equal(text.split('\n')[8], 'A cause in full: kubectl imagepull explain TagNotFound');
    assert.doesNotMatch(text, /Said:/);
  });

  it('messages without a cause are counted, not shown', () => {
    const text = readingTable(
      [
        read('m', { cause: 'Unknown' }),
        read('m', { cause: 'Unknown' }),
        read('n', { cause: 'None' }),
      ],
      PRINT,
    );
    assert.equal(
      text,
      '2 messages say only that a pull failed, not why (Unknown).\n1 message is not about an image pull (None).\n',
    );
  });

  it('JSON in pieces is the JSON of the whole', () => {
    const reads = [read('a\n"b"'), read('c', { cause: 'None', image: null })];
    assert.equal(
      [...readingListJson(reads)].join(''),
      `${JSON.stringify(readingList(reads), null, 4)}\n`,
    );
  });
});
