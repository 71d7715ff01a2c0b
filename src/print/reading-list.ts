/**
 * Readings and causes as the documents `explain -o json` and `-o yaml` print. Field names are a contract
 * (docs/schema/reading-list.json): added to, never changed. Pure.
 */
import type { CauseName } from '../words/cause.ts';
import type { NextStep } from '../words/next-step.ts';
import type { Reading } from '../words/reading.ts';
import { API_VERSION } from './api-version.ts';
import { stepDocuments } from './step-document.ts';

/** A cause as it is shown; the texts of a catalogue, without its patterns. */
export interface CauseView {
  readonly name: CauseName;
  readonly title: string;
  readonly meaning: string;
  readonly examples: readonly string[];
  readonly tellApart: readonly TellApartView[];
  readonly retryable: boolean | null;
  readonly waiting: string;
  /** Placeholders named in capitals. */
  readonly nextSteps: readonly NextStep[];
}

export interface TellApartView {
  readonly from: CauseName;
  readonly how: string;
  readonly command?: string | undefined;
}

/** One message given and what it says. */
export interface ReadMessage {
  readonly message: string;
  readonly reason: string | null;
  /** What the input says the message is about, e.g. `Pod/web-1`. */
  readonly object: string | null;
  readonly reading: Reading;
  /** Read as the error of an image pull though nothing in it says so: it stood alone. */
  readonly assumed: boolean;
  readonly title: string;
  readonly waiting: string;
  /** One for each alternative, where the catalogue says how to tell it apart. */
  readonly tellApart: readonly TellApartView[];
  readonly nextSteps: readonly NextStep[];
}

function tellApart(list: readonly TellApartView[]) {
  return list.map(({ from, how, command }) => ({ from, how, ...(command ? { command } : {}) }));
}

/** One item of a `ReadingList`. */
function readingItem(read: ReadMessage) {
  const { reading } = read;
  return {
    message: read.message,
    reason: read.reason,
    object: read.object,
    cause: reading.cause,
    title: read.title,
    certainty: reading.certainty,
    alternatives: [...reading.alternatives],
    facts: { ...reading.facts },
    decisive: reading.decisive,
    image: reading.image,
    waiting: read.waiting,
    tellApart: tellApart(read.tellApart),
    nextSteps: stepDocuments(read.nextSteps),
  };
}

/** The document for messages, in the order they were given. */
export function readingList(reads: readonly ReadMessage[]) {
  return { apiVersion: API_VERSION, kind: 'ReadingList', items: reads.map(readingItem) };
}

function causeFields(cause: CauseView) {
  return {
    name: cause.name,
    title: cause.title,
    meaning: cause.meaning,
    retryable: cause.retryable,
    waiting: cause.waiting,
    examples: [...cause.examples],
    tellApart: tellApart(cause.tellApart),
    nextSteps: stepDocuments(cause.nextSteps),
  };
}

/** The document for one cause. */
export function causeDocument(cause: CauseView) {
  return { apiVersion: API_VERSION, kind: 'Cause', ...causeFields(cause) };
}

/** The document for all causes. */
export function causeList(causes: readonly CauseView[]) {
  return { apiVersion: API_VERSION, kind: 'CauseList', items: causes.map(causeFields) };
}

/**
 * `readingList` as JSON in pieces, the same text that `JSON.stringify(list, null, 4)` gives: a log may hold a
 * million messages, and their document more characters than one string.
 */
export function* readingListJson(reads: Iterable<ReadMessage>): Generator<string> {
  yield `{\n    "apiVersion": "${API_VERSION}",\n    "kind": "ReadingList",\n    "items": [`;
  let separator = '\n';
  for (const read of reads) {
    const item = JSON.stringify(readingItem(read), null, 4).replaceAll('\n', `\n${' '.repeat(8)}`);
    yield `${separator}${' '.repeat(8)}${item}`;
    separator = ',\n';
  }
  yield '\n    ]\n}\n';
}
