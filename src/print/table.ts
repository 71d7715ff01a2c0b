/** Tables by kubectl's rules (cli-runtime's `printers/tableprinter.go` and `tabwriter.go`), laid out by cli-table3. */
import Table from 'cli-table3';
import stringWidth from 'string-width';
import { visible } from './escape.ts';

export interface TableOptions {
  readonly noHeaders?: boolean | undefined;
}

/** Blanks between columns, and the least width of a column with them. */
const PADDING = 3;
const MIN_WIDTH = 6;

/** Longest cell, in characters: the longest image name of OCI is 255 + 1 + 128, with a digest 72 more. */
const MAX_CELL = 512;

/** cli-table3 compares each row with all before it; a bounded batch keeps long tables linear. */
const BATCH = 50;

const NO_BORDERS = {
  ...{ top: '', 'top-mid': '', 'top-left': '', 'top-right': '' },
  ...{ bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '' },
  ...{ left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: '' },
};

/**
 * The table, each line ending in a line break; empty without rows. Headers become upper-case, a cell ends at its
 * first line break (`...` instead), control characters are made visible before widths are measured, no line ends
 * in blanks.
 */
export function formatTable(
  headers: readonly string[],
  rows: readonly (readonly string[])[],
  options: TableOptions = {},
): string {
  return [...tableParts(headers, rows.length, (i) => rows[i] ?? [], options)].join('');
}

/**
 * The same in parts, for tables so long that neither their cells nor their text should be there at once: `rowAt` is
 * asked twice for each of `count` rows, first for the widths.
 */
export function* tableParts(
  headers: readonly string[],
  count: number,
  rowAt: (index: number) => readonly string[],
  options: TableOptions = {},
): Generator<string> {
  if (count === 0) return;
  const head = options.noHeaders ? [] : [headers.map((h) => h.toUpperCase())];
  const lineAt = (index: number) => {
    const row = rowAt(index);
    return headers.map((_, i) => cellText(row[i] ?? ''));
  };
  const widest = headers.map((_, i) => stringWidth(head[0]?.[i] ?? ''));
  for (let at = 0; at < count; at++) {
    for (const [i, cell] of lineAt(at).entries()) {
      widest[i] = Math.max(widest[i] ?? 0, stringWidth(cell));
    }
  }
  const colWidths = widest.map((width) => Math.max(width + PADDING, MIN_WIDTH));
  const lines = head;
  for (let at = 0; at < count; at++) {
    lines.push(lineAt(at));
    if (lines.length === BATCH) yield layOut(lines.splice(0), colWidths);
  }
  if (lines.length > 0) yield layOut(lines, colWidths);
}

function cellText(cell: string): string {
  const start = cell.slice(0, MAX_CELL + 1);
  const lineBreak = start.search(/[\n\r\f]/);
  if (lineBreak >= 0) return visible(`${start.slice(0, lineBreak)}...`);
  return visible(start.length > MAX_CELL ? `${start.slice(0, MAX_CELL)}...` : start);
}

/** A cell of at most `most` characters where the table is not wide. */
export function narrow(text: string, wide: boolean, most: number): string {
  return wide || text.length <= most ? text : `${text.slice(0, most - 3)}...`;
}

/** Private use: no font of a terminal, and no width but one, is agreed on for it. */
const STAND_IN = '\ue000';

function layOut(lines: readonly (readonly string[])[], colWidths: readonly number[]): string {
  const table = new Table({
    chars: NO_BORDERS,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
    colWidths: [...colWidths],
  });
  // cli-table3 cuts every cell for a trace that nobody reads, which takes the square of the length where a character is
  // as wide as two: 20 ms for one cell. So it gets a text that is as wide, and the cell comes back afterwards.
  const wide: string[] = [];
  const standIn = (cell: string) => {
    const width = stringWidth(cell);
    if (width === 0 || (width === cell.length && !cell.includes(STAND_IN))) return cell;
    wide.push(cell);
    return STAND_IN.repeat(width);
  };
  table.push(...lines.map((line) => line.map(standIn)));
  let next = 0;
  return table
    .toString()
    .replace(/\ue000+/g, () => wide[next++] ?? '')
    .split('\n')
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}
