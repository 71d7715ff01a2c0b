/** What `explain` prints for people: the list of causes, the page of one, readings. Pure. */
import type { CauseName } from '../words/cause.ts';
import type { NextStep } from '../words/next-step.ts';
import type { Paint } from './color.ts';
import { cut, visible, visibleLines } from './escape.ts';
import { LABEL_WIDTH, labelled } from './labelled.ts';
import type { CauseView, ReadMessage, TellApartView } from './reading-list.ts';
import { formatTable } from './table.ts';
import { whereText } from './where.ts';
import { foldLine, HEADING_HANG, wrapText } from './wrap.ts';

export interface ExplainPrint {
  /** Columns at which sentences are folded. */
  readonly width: number;
  readonly wide: boolean;
  readonly noHeaders: boolean;
  readonly bold: Paint;
}

/** Longest quote shown; `-o json` has it whole. */
const MAX_QUOTE = 700;

/** Longest message in a table, unless it is wide. */
const MAX_CELL = 100;

/** More different causes than this, and the blocks under the table give way to a hint. */
const MAX_BLOCKS = 5;

const WAITING: ReadonlyMap<boolean | null, string> = new Map([
  [true, 'may help'],
  [false, 'no'],
  [null, '<none>'],
]);

/** Every cause, a row each. */
export function causeTable(causes: readonly CauseView[], print: ExplainPrint): string {
  const headers = ['NAME', 'WAITING', 'MEANING'];
  const rows = causes.map((c) => [c.name, WAITING.get(c.retryable) ?? '', c.title]);
  const table = formatTable(headers, rows, { noHeaders: print.noHeaders });
  return print.noHeaders
    ? table
    : `${table}\nOne in full: kubectl imagepull explain TagNotFound\nA message:   kubectl imagepull explain 'Failed to pull image ...'\n`;
}

/** The page of one cause. */
export function causePage(cause: CauseView, docs: string, print: ExplainPrint): string {
  const block = new Block(print.width);
  block.text('Means', cause.meaning);
  block.add(
    'Example',
    cause.examples.slice(0, 2).flatMap((text) => quoted(text)),
  );
  for (const [i, { from, how, command }] of cause.tellApart.entries()) {
    block.text(i === 0 ? 'Similar' : '', `${from}: ${visible(how)}`);
    if (command) block.add('', [`  ${visible(command)}`]);
  }
  block.text('Waiting', cause.waiting);
  block.steps('Next', cause.nextSteps);
  block.add('More', [docs]);
  return heading(`${cause.name}: ${cause.title}`, print) + block.toString();
}

/** What one message says. */
export function readingBlock(read: ReadMessage, print: ExplainPrint): string {
  const { reading } = read;
  const sure = reading.certainty === 'certain' || reading.cause === 'Unknown';
  const doubt = sure ? '' : ` (${reading.certainty})`;
  const block = new Block(print.width);
  if (reading.cause === 'None') {
    block.add('Said', quoted(read.message));
    return heading(`None: ${read.title}`, print) + block.toString();
  }
  block.add('Said', quoted(reading.decisive || read.message));
  if (reading.image) block.add('Image', [visible(reading.image)]);
  const where = whereText(reading.facts, reading.image ?? '');
  if (where) block.add('Where', [visible(where)]);
  if (reading.facts.runtime) block.add('Runtime', [reading.facts.runtime]);
  if (read.assumed)
    block.text('Note', 'read as the error of an image pull, which it does not say itself');
  for (const [i, cause] of reading.alternatives.entries()) {
    block.alternative(i === 0 ? 'Could be' : '', cause, read.tellApart);
  }
  block.text('Waiting', read.waiting);
  block.steps('Next', read.nextSteps);
  block.add('More', [`kubectl imagepull explain ${reading.cause}`]);
  return heading(`${reading.cause}: ${read.title}${doubt}`, print) + block.toString();
}

function heading(text: string, { bold, width }: ExplainPrint): string {
  return foldLine(text, width, HEADING_HANG)
    .map((line) => `${bold(line)}\n`)
    .join('');
}

/** Lines under a heading, each with a label in a column of its own. */
class Block {
  private readonly lines: string[] = [];
  private readonly width: number;

  constructor(width: number) {
    this.width = Math.max(width - LABEL_WIDTH - 2, 30);
  }

  /** Lines as they are, safe for a terminal already. */
  add(label: string, lines: readonly string[]): void {
    this.lines.push(...labelled(label, lines).map((line) => line.trimEnd()));
  }

  text(label: string, text: string): void {
    this.add(label, wrapText(visible(text), this.width));
  }

  alternative(label: string, cause: CauseName, tell: readonly TellApartView[]): void {
    const found = tell.find(({ from }) => from === cause);
    this.text(label, found ? `${cause} - tell apart: ${found.how}` : cause);
    if (found?.command) this.add('', [`  ${visible(found.command)}`]);
  }

  steps(label: string, steps: readonly NextStep[]): void {
    const lines = steps.flatMap((step, i) => [
      ...wrapText(visible(step.text), this.width - 3).map((line, at) =>
        at === 0 ? `${i + 1}. ${line}` : `   ${line}`,
      ),
      ...(step.command === undefined ? [] : [`   ${visible(step.command)}`]),
    ]);
    this.add(label, lines);
  }

  toString(): string {
    return `${this.lines.join('\n')}\n`;
  }
}

function quoted(text: string): string[] {
  const lines = visibleLines(cut(text.trim(), MAX_QUOTE)).split('\n');
  return lines.map((line, i) => {
    const close = i === lines.length - 1 ? '"' : '';
    return `${i === 0 ? '"' : ' '}${line}${close}`;
  });
}

interface Same {
  readonly read: ReadMessage;
  count: number;
}

/** Equal messages together, in the order of the first of each. */
function groupSame(reads: readonly ReadMessage[]): Same[] {
  const groups = new Map<string, Same>();
  for (const read of reads) {
    const key = `${read.reading.cause}\n${read.message}`;
    const group = groups.get(key);
    if (group) group.count++;
    else groups.set(key, { read, count: 1 });
  }
  return [...groups.values()];
}

/**
 * Several messages: a row for each different one that tells a cause, a line on the others, and what each cause
 * asks for. `wide` has a row for every different message.
 */
export function readingTable(reads: readonly ReadMessage[], print: ExplainPrint): string {
  const telling = reads.filter((r) => r.reading.cause !== 'None' && r.reading.cause !== 'Unknown');
  const shown = print.wide ? reads : telling;
  const rows = groupSame(shown).map(({ read, count }) => row(read, count, print));
  const headers = ['COUNT', 'CAUSE', 'CERTAINTY', 'HOST', ...(print.wide ? WIDE : []), 'MESSAGE'];
  const table = formatTable(headers, rows, { noHeaders: print.noHeaders });
  const left = print.wide ? '' : leftOut(reads);
  const gap = table !== '' && left !== '' ? '\n' : '';
  return table + gap + left + (print.wide ? '' : blocks(telling, print));
}

const WIDE: readonly string[] = ['STAGE', 'STATUS', 'RUNTIME', 'OBJECT'];

function row(read: ReadMessage, count: number, print: ExplainPrint): string[] {
  const { cause, certainty, alternatives, facts, decisive } = read.reading;
  const second = alternatives[0];
  const said = (decisive || read.message).replace(/\s*\n\s*/g, ' ');
  return [
    String(count),
    certainty === 'ambiguous' && second ? `${cause}|${second}` : cause,
    certainty,
    facts.host ?? '<none>',
    ...(print.wide
      ? [
          facts.stage ?? '<none>',
          facts.status === null ? '<none>' : String(facts.status),
          facts.runtime ?? '<none>',
          read.object ?? '<none>',
        ]
      : []),
    print.wide ? read.message : said.length > MAX_CELL ? `${said.slice(0, MAX_CELL)}...` : said,
  ];
}

function leftOut(reads: readonly ReadMessage[]): string {
  const count = (cause: CauseName): number => reads.filter((r) => r.reading.cause === cause).length;
  const lines: string[] = [];
  const [unknown, none] = [count('Unknown'), count('None')];
  if (unknown > 0) {
    lines.push(`${messages(unknown)} only that a pull failed, not why (Unknown).\n`);
  }
  if (none > 0) lines.push(`${messages(none, 'is', 'are')} not about an image pull (None).\n`);
  return lines.join('');
}

function messages(count: number, one = 'says', many = 'say'): string {
  return count === 1 ? `1 message ${one}` : `${count} messages ${many}`;
}

function blocks(telling: readonly ReadMessage[], print: ExplainPrint): string {
  const first = new Map<CauseName, ReadMessage>();
  for (const read of telling) {
    if (!first.has(read.reading.cause)) first.set(read.reading.cause, read);
  }
  if (first.size > MAX_BLOCKS) {
    const name = first.keys().next().value ?? 'CAUSE';
    return `\nA cause in full: kubectl imagepull explain ${name}\n`;
  }
  return [...first.values()].map((read) => `\n${readingBlock(read, print)}`).join('');
}
