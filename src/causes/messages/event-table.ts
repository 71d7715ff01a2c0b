/**
 * Rows of events as `kubectl get events`, `kubectl events` and `kubectl describe` print them. A message with a line
 * break goes on in the next line, and the columns after it are laid out anew (Go's tabwriter), so a header's
 * positions hold only as long as a row agrees with them.
 */
import { type Message, message } from './message.ts';

interface Column {
  readonly title: string;
  readonly start: number;
}

/** The header line of a table of events. */
export interface EventHeader {
  readonly columns: readonly Column[];
}

/** Titles of kubectl's tables of events, today's and those before 1.14. */
const TITLES = new Set([
  'NAMESPACE',
  'LAST SEEN',
  'FIRST SEEN',
  'LASTSEEN',
  'FIRSTSEEN',
  'COUNT',
  'NAME',
  'KIND',
  'TYPE',
  'REASON',
  'OBJECT',
  'SUBOBJECT',
  'SUBOBJECTPATH',
  'SOURCE',
  'AGE',
  'FROM',
  'MESSAGE',
]);

/** `-o wide` pads the header as far as the longest message, which is some thousand characters. */
const MAX_HEADER = 10_000;

/** The columns of a header line, `null` for any other line. */
export function eventHeader(line: string): EventHeader | null {
  if (line.length > MAX_HEADER || !/message/i.test(line) || !/reason/i.test(line)) return null;
  const columns: Column[] = [];
  for (const found of line.matchAll(/\S+(?: \S+)*/g)) {
    const title = found[0].toUpperCase();
    if (!TITLES.has(title)) return null;
    columns.push({ title, start: found.index });
  }
  const titles = columns.map((c) => c.title);
  const enough = ['TYPE', 'REASON', 'MESSAGE'].every((title) => titles.includes(title));
  return enough ? { columns } : null;
}

/** The row of a table with this header, `null` where the line is none (it goes on with the row before). */
export function tableRow(line: string, header: EventHeader): Message | null {
  const cells = alignedCells(line, header.columns) ?? splitCells(line, header.columns);
  if (cells === null || !isEventType(cells.get('TYPE'))) return null;
  return rowMessage(cells);
}

function isEventType(type: string | undefined): boolean {
  return type === 'Normal' || type === 'Warning';
}

function rowMessage(cells: ReadonlyMap<string, string>): Message {
  return message(cells.get('MESSAGE') ?? '', {
    reason: cells.get('REASON') || null,
    object: cells.get('OBJECT') || null,
  });
}

type Cells = ReadonlyMap<string, string>;

/** Cells by the header's positions; `null` where a word crosses the start of a column. */
function alignedCells(line: string, columns: readonly Column[]): Cells | null {
  const cells = new Map<string, string>();
  for (const [i, { title, start }] of columns.entries()) {
    const end = columns[i + 1]?.start ?? line.length;
    if (start > 0 && start < line.length && line[start - 1] !== ' ') return null;
    const cell = line.slice(start, end);
    if (cell.startsWith(' ') && cell.trim() !== '') return null;
    cells.set(title, cell.trim());
  }
  return cells;
}

/** Cells by the gaps of two blanks and more; the message may hold such gaps itself. */
function splitCells(line: string, columns: readonly Column[]): Cells | null {
  const at = columns.findIndex((c) => c.title === 'MESSAGE');
  const before = columns.slice(0, at);
  const after = columns.slice(at + 1);
  const cells = new Map<string, string>();
  const gap = /(\S+(?: \S+)*)(?: {2,}|\t+)/y;
  gap.lastIndex = line.search(/\S|$/);
  for (const { title } of before) {
    const from = gap.lastIndex;
    const found = gap.exec(line);
    if (found === null || found.index !== from) return null;
    cells.set(title, found[1] ?? '');
  }
  let text = line.slice(gap.lastIndex).trimEnd();
  for (const { title } of [...after].reverse()) {
    const cut = text.lastIndexOf('  ');
    if (cut === -1) return null;
    cells.set(title, text.slice(cut + 2));
    text = text.slice(0, cut).trimEnd();
  }
  return cells.set('MESSAGE', text);
}

const AGE = String.raw`(?:<unknown>|<invalid>|\d{1,6}[smhdy](?:\d{1,3}[smhd])?)(?: \(x\d{1,9} over [^)]{1,20}\))?`;

/** `5m  Warning  Failed  pod/web-1  Failed to pull image …`, with the namespace in front or not. */
const GET_ROW = new RegExp(
  String.raw`^(?:[a-z0-9][-a-z0-9.]{0,252} {2,40})?${AGE} {2,40}(?:Normal|Warning) {2,40}([A-Z]\w{1,127}) {2,40}([A-Za-z][\w.]{0,252}/\S{1,253}) {2,400}`,
);

/** `  Warning  Failed  5m (x3 over 9m)  kubelet  Failed to pull image …`. */
const DESCRIBE_ROW = new RegExp(
  String.raw`^\s{0,20}(?:Normal|Warning) {2,40}([A-Z]\w{1,127}) {2,40}${AGE} {2,40}(?:[\w.-]{1,253}(?:, [\w.-]{1,253})? {2,40})?`,
);

/** Enough of a row to hold everything before its message. */
const MAX_FRONT = 2000;

/** A row that was pasted without its header (`--no-headers`, grep), `null` for any other line. */
export function bareRow(line: string): Message | null {
  const front = line.slice(0, MAX_FRONT);
  const get = GET_ROW.exec(front);
  if (get) {
    const rest = line.slice(get[0].length).replace(/^spec\.\w{1,40}\{[^}]{1,80}\} {2,}/, '');
    return message(rest.trim(), { reason: get[1] ?? null, object: get[2] ?? null });
  }
  const described = DESCRIBE_ROW.exec(front);
  if (!described) return null;
  return message(line.slice(described[0].length).trim(), { reason: described[1] ?? null });
}
