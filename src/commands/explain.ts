/** `kubectl imagepull explain`: a message or many → readings; a name → the page of a cause; nothing → their list. */

import { CAUSES, type Cause } from '../causes/index.ts';
import {
  argumentMessages,
  documentMessages,
  isBareMessage,
  isManifest,
  type Message,
  splitMessages,
} from '../causes/messages.ts';
import { decodeText } from '../cluster/saved/decode.ts';
import { documentsOf } from '../cluster/saved/documents.ts';
import { FILE_LIMIT_BYTES, savedFiles } from '../cluster/saved/files.ts';
import { fillStep, type StepValues } from '../judge/steps.ts';
import { palette } from '../print/color.ts';
import { visibleJson } from '../print/escape.ts';
import {
  causePage,
  causeTable,
  type ExplainPrint,
  readingBlock,
  readingTable,
} from '../print/explain.ts';
import {
  type CauseView,
  causeDocument,
  causeList,
  type ReadMessage,
  readingList,
  readingListJson,
} from '../print/reading-list.ts';
import { foldWidth } from '../print/width.ts';
import { toYaml } from '../print/yaml.ts';
import { CAUSE_NAMES } from '../words/cause.ts';
import { InputError, UsageError } from '../words/errors.ts';
import type { NextStep } from '../words/next-step.ts';
import type { ExitCode, ExplainOptions } from '../words/options.ts';
import type { Reading } from '../words/reading.ts';
import type { World } from '../words/streams.ts';
import { isAvailable } from '../words/verbs.ts';
import {
  asOnlyMessage,
  asPullError,
  causeNamed,
  isWord,
  noSuchCause,
  readingOf,
  saidInstead,
  stateNamed,
  tellsNothing,
} from './explain-argument.ts';

/** More messages than this are no question anyone reads the answer of. */
const MAX_MESSAGES = 1_000_000;

/** Runs the verb; what it throws (`UsageError`, `InputError`) is worded by the caller. */
export async function explain(options: ExplainOptions, world: World): Promise<ExitCode> {
  const { text, filenames } = options;
  if (text !== undefined && filenames.length > 0) {
    throw new UsageError('a message and --filename cannot be given together');
  }
  if (filenames.length > 0) {
    return await printReadings(await filedMessages(filenames, world), options, world);
  }
  if (text !== undefined) return await explainArgument(text, options, world);
  const piped = world.stdin.isTTY ? '' : await pipedText(world);
  // With nothing in it, standard input was not meant: cron and CI give an empty one.
  if (piped.trim() === '') return await printCauses(options, world);
  return await printReadings(await pipedMessages(piped, 'standard input'), options, world);
}

async function explainArgument(
  text: string,
  options: ExplainOptions,
  world: World,
): Promise<ExitCode> {
  const given = text.trim();
  if (given === '') throw new UsageError('no message given');
  const name = causeNamed(given);
  if (name !== null) return await printCause(causeView(CAUSES[name]), options, world);
  const messages = argumentMessages(text);
  const asked = messages.map(isBareMessage(text, messages) ? asOnlyMessage : asPullError);
  if (isWord(given) && stateNamed(given) === null && asked.every(tellsNothing)) {
    throw noSuchCause(given);
  }
  return await printReadings(asked, options, world);
}

async function pipedText(world: World): Promise<string> {
  return decodeText(await world.stdin.read(FILE_LIMIT_BYTES), 'standard input');
}

async function filedMessages(filenames: readonly string[], world: World): Promise<Message[]> {
  const all: Message[] = [];
  const piped = filenames.length === 1 && filenames[0] === '-';
  for (const file of savedFiles(filenames, world)) {
    const text = decodeText(await file.read(), file.shown);
    const messages = await (piped ? pipedMessages : messagesOf)(text, file.shown);
    for (const message of messages) all.push(message);
  }
  if (all.length === 0) {
    const named = filenames.map((name) => (name === '-' ? 'standard input' : name));
    throw new InputError(`${named.join(', ')}: no message in it`);
  }
  return all;
}

/** One bare message alone is asked about like an argument; a log is not about pulls only. */
async function pipedMessages(text: string, shown: string): Promise<Message[]> {
  const messages = await messagesOf(text, shown);
  return isBareMessage(text, messages) ? messages.map(asOnlyMessage) : messages;
}

async function messagesOf(text: string, shown: string): Promise<Message[]> {
  const messages = isManifest(text)
    ? (await documentsOf(text, shown)).flatMap((document) => documentMessages(document))
    : splitMessages(text);
  if (messages.length > MAX_MESSAGES) {
    throw new InputError(`${shown}: more than ${MAX_MESSAGES} messages`);
  }
  return messages;
}

function* readOneByOne(messages: readonly Message[]): Generator<ReadMessage> {
  for (const message of messages) yield read(message);
}

function read(message: Message): ReadMessage {
  const reading = readingOf(message);
  const { text, reason, object } = message;
  const instead = saidInstead(message, reading);
  const assumed = message.readAs !== undefined && reading.cause !== 'Unknown';
  return { message: text, reason, object, reading, assumed, ...aboutCause(reading), ...instead };
}

type AboutCause = Pick<ReadMessage, 'title' | 'waiting' | 'tellApart' | 'nextSteps'>;

/** A log says the same again and again, and `classify` then gives the same reading. */
const about = new WeakMap<Reading, AboutCause>();

function aboutCause(reading: Reading): AboutCause {
  const known = about.get(reading);
  if (known !== undefined) return known;
  const cause = CAUSES[reading.cause];
  const values = stepValues(reading);
  const made = {
    title: cause.title,
    waiting: cause.waiting,
    tellApart: reading.alternatives.flatMap((other) => tellApart(cause, CAUSES[other], values)),
    nextSteps: explainSteps(cause, values),
  };
  about.set(reading, made);
  return made;
}

/** How to tell a cause from another one, whichever of the two says it. */
function tellApart(cause: Cause, other: Cause, values: StepValues) {
  const found =
    cause.tellApart.find(({ from }) => from === other.name) ??
    other.tellApart.find(({ from }) => from === cause.name);
  if (found === undefined) return [];
  const { text, command } = fillStep(
    { text: found.how, ...(found.command === undefined ? {} : { command: found.command }) },
    values,
  );
  return [{ from: other.name, how: text, command }];
}

/** A message names no pod; of what it does not name the placeholder stays, in capitals. */
function stepValues(reading: Reading | null): StepValues {
  return {
    pod: '',
    namespace: '',
    container: '',
    image: reading?.image ?? '',
    repository: null,
    host: reading?.facts.host ?? null,
    node: null,
    secret: null,
    serviceaccount: '',
    workload: null,
  };
}

/** Steps for any pod: what holds only for some says so. */
function explainSteps(cause: Cause, values: StepValues): NextStep[] {
  return cause.nextSteps
    .filter((step) => step.command === undefined || isAvailable(step.command))
    .map((step) => {
      const filled = fillStep(step, values);
      if (step.when === undefined) return filled;
      const which = step.when === 'pull secret' ? 'a pull secret' : 'no pull secret';
      return { ...filled, text: `If the pod has ${which}: ${filled.text}` };
    });
}

/** A cause of the catalogue as it is shown, in `explain` and in docs/causes. */
export function causeView(cause: Cause): CauseView {
  const values = stepValues(null);
  return {
    name: cause.name,
    title: cause.title,
    meaning: fillStep({ text: cause.meaning }, values).text,
    examples: cause.examples.map(({ text }) => text),
    tellApart: cause.tellApart.flatMap(({ from }) => tellApart(cause, CAUSES[from], values)),
    retryable: cause.retryable,
    waiting: cause.waiting,
    nextSteps: explainSteps(cause, values),
  };
}

function printing(options: ExplainOptions, world: World): ExplainPrint {
  return {
    width: foldWidth(world.out),
    wide: options.output === 'wide',
    noHeaders: options.noHeaders,
    bold: palette(options.color, world).bold,
  };
}

async function printDocument(
  document: unknown,
  options: ExplainOptions,
  world: World,
): Promise<ExitCode> {
  const text =
    options.output === 'yaml'
      ? await toYaml(document)
      : visibleJson(`${JSON.stringify(document, null, 4)}\n`);
  world.out.write(text);
  return 0;
}

function isDocument(options: ExplainOptions): boolean {
  return options.output === 'json' || options.output === 'yaml';
}

async function printCauses(options: ExplainOptions, world: World): Promise<ExitCode> {
  const views = CAUSE_NAMES.map((name) => causeView(CAUSES[name]));
  if (isDocument(options)) return await printDocument(causeList(views), options, world);
  if (options.output === 'name') world.out.write(`${CAUSE_NAMES.join('\n')}\n`);
  else world.out.write(causeTable(views, printing(options, world)));
  return 0;
}

async function printCause(
  view: CauseView,
  options: ExplainOptions,
  world: World,
): Promise<ExitCode> {
  if (isDocument(options)) return await printDocument(causeDocument(view), options, world);
  if (options.output === 'name') world.out.write(`${view.name}\n`);
  else {
    const page = causePage(
      view,
      `in the source: docs/causes/${view.name}.md`,
      printing(options, world),
    );
    world.out.write(page);
  }
  return 0;
}

async function printReadings(
  messages: readonly Message[],
  options: ExplainOptions,
  world: World,
): Promise<ExitCode> {
  if (messages.length === 0) throw new InputError('no message in the input');
  if (options.output === 'json') {
    for (const piece of readingListJson(readOneByOne(messages)))
      world.out.write(visibleJson(piece));
    return 0;
  }
  const reads = messages.map(read);
  if (options.output === 'yaml') return await printDocument(readingList(reads), options, world);
  if (options.output === 'name') {
    world.out.write(reads.map((r) => `${r.reading.cause}\n`).join(''));
    return 0;
  }
  const print = printing(options, world);
  const [first] = reads;
  if (first !== undefined && reads.length === 1 && !print.wide) {
    world.out.write(readingBlock(first, print));
    return 0;
  }
  world.out.write(readingTable(reads, print));
  return 0;
}
