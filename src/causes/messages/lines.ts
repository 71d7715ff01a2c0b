/** Messages in text: a message a line, a log, tables of events, `kubectl describe`. */
import { bareRow, type EventHeader, eventHeader, tableRow } from './event-table.ts';
import { lineMessages } from './json.ts';
import { type Message, message } from './message.ts';

/** What one line may be joined of; a message of more lines goes on as messages of their own. */
const MAX_LINES = 50;

/** The lines of a text without their line breaks, one after the other: a text may have millions. */
function* linesOf(text: string): Generator<string> {
  let start = 0;
  while (start < text.length) {
    const found = text.indexOf('\n', start);
    const end = found === -1 ? text.length : found;
    yield text.slice(start, end > start && text[end - 1] === '\r' ? end - 1 : end);
    start = end + 1;
  }
}

/** Collects messages and lets the last one go on in further lines. */
class Collector {
  readonly messages: Message[] = [];
  private readonly open: string[] = [];
  private beside: Message = message('');

  begin(first: Message): void {
    this.end();
    this.beside = first;
    this.open.push(first.text);
  }

  /** Adds a line to the message that is open. */
  goOn(line: string): void {
    this.open.push(line);
  }

  end(): void {
    if (this.open.length === 0) return;
    this.messages.push(message(this.open.join('\n'), this.beside));
    this.open.length = 0;
  }

  get lines(): number {
    return this.open.length;
  }

  get last(): string | undefined {
    return this.open.at(-1);
  }
}

/** Every message of the text, in its order; blank lines are none. */
export function textMessages(text: string): Message[] {
  return isDescribe(text) ? describeMessages(text) : plainMessages(text);
}

/** The output of `kubectl describe`, or the part of it from its events on. */
export function isDescribe(text: string): boolean {
  if (!/^Events:(?:[ \t]*$|[ \t]+<none>)|^(?:Containers|Init Containers):[ \t]*$/m.test(text)) {
    return false;
  }
  return /^Name:[ \t]+\S|^[ \t]*Type[ \t]+Reason[ \t]+Age[ \t]+From[ \t]+Message/m.test(text);
}

/** Only rows of events and waiting states are messages here, whatever else the text holds. */
function describeMessages(text: string): Message[] {
  const collector = new Collector();
  const states = new Set<string>();
  let header: EventHeader | null = null;
  let waiting = false;
  for (const line of linesOf(text)) {
    const found = eventHeader(line);
    if (found) {
      collector.end();
      header = found;
      continue;
    }
    if (header) {
      if (/^\s*-[- ]*$/.test(line.slice(0, 500)) && collector.lines === 0) continue;
      const row = tableRow(line, header) ?? bareRow(line);
      if (row) collector.begin(row);
      else if (line.trim() === '' || /^Name:\s/.test(line)) header = null;
      else if (collector.lines > 0 && collector.lines < MAX_LINES) collector.goOn(line);
      if (header) continue;
    }
    collector.end();
    const state = /^\s+(State|Last State|Reason|Message):\s+(\S.*)$/.exec(line);
    if (state?.[1]?.endsWith('State')) waiting = state[2] === 'Waiting';
    else if (state && waiting) {
      const said = state[2] ?? '';
      // A kubelet that cannot read a secret puts the raw error where the reason belongs; real reasons are one word.
      if (state[1] === 'Message' || said.includes(' ')) {
        states.add(said);
        collector.begin(message(said));
      }
    } else waiting = waiting && state !== null;
  }
  collector.end();
  // A state and the event that says the same are one message.
  const { messages } = collector;
  const repeated = [...states].filter((said) =>
    messages.some((m) => m.text !== said && m.text.endsWith(said)),
  );
  return messages.filter((m) => !repeated.includes(m.text));
}

/** A message a line: of tables their rows, of JSON Lines their message, of anything else the line. */
function plainMessages(text: string): Message[] {
  const collector = new Collector();
  let header: EventHeader | null = null;
  for (const line of linesOf(text)) {
    if (line.trim() === '') {
      collector.end();
      header = null;
      continue;
    }
    const found = eventHeader(line);
    if (found || isPrompt(line)) {
      collector.end();
      header = found;
      continue;
    }
    const rows = jsonLine(line);
    if (rows) {
      collector.end();
      for (const row of rows) collector.messages.push(row);
      continue;
    }
    const row = (header && tableRow(line, header)) ?? bareRow(line);
    if (row) collector.begin(row);
    else if (
      collector.lines > 0 &&
      collector.lines < MAX_LINES &&
      goesOn(line, collector, header)
    ) {
      collector.goOn(line);
    } else collector.begin(message(line.trim()));
  }
  collector.end();
  return collector.messages;
}

/** The command line that stands above a pasted output. */
function isPrompt(line: string): boolean {
  return /^\S{0,80}[$#>] (?:kubectl|oc|k) /.test(line.slice(0, 200));
}

function jsonLine(line: string): Message[] | null {
  const text = line.trim();
  if (!text.startsWith('{') || !text.endsWith('}')) return null;
  try {
    return lineMessages(JSON.parse(text), text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** containerd 2: the status, then the registry's own words on a line of their own; CRI-O: `errors:` or `1 error occurred:` and a list. */
const OPEN_END =
  /unexpected status from [A-Z]{3,7} request to \S{1,4000}: [1-5]\d\d [A-Z][A-Za-z' -]{1,40}$|\berrors:$|errors? occurred(?: while pulling)?:$/;

/**
 * `denied`, `denied: …`, `name unknown: …`: an error code of a registry as Docker writes it, in lower case with blanks.
 * The codes of the distribution specification, and others by how codes end: in a file of a message a line the next line
 * may begin with words and a colon as well (`dial tcp: …`).
 */
const CODE_LINE =
  /^(?:[a-z]{3,30} ){0,2}(?:unknown|invalid|unverified|unsupported|unauthorized|denied|forbidden|unavailable|toomanyrequests|too many requests|not found|exceeded|violation|expired|blocked|disabled|required)(?:$|: )/;

const BULLET = /^\s{0,8}\* /;

/** Whether a line belongs to the message before it. */
function goesOn(line: string, collector: Collector, header: EventHeader | null): boolean {
  // In a table what is no row can only be the rest of one.
  if (header) return true;
  const last = collector.last ?? '';
  const listed = BULLET.test(line) || CODE_LINE.test(line);
  if (!listed && !/^\s/.test(line)) return false;
  // After a first continuation only lines of the same kind go on.
  return collector.lines === 1
    ? OPEN_END.test(last.slice(-5000))
    : listed && BULLET.test(last) === BULLET.test(line);
}
