/**
 * kubectl's table (cli-runtime/pkg/printers/tabwriter.go) made with cli-table3: no borders, three blanks between
 * columns, nothing after the last one. cli-table3 pads the last column, breaks cells at line breaks and lets escape
 * sequences through; hence cells are made visible before and lines trimmed after.
 */
import Table from 'cli-table3';
import { visibleLines } from './escape.ts';

const NO_BORDER = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
};

/** Longest cell; names are at most 253 characters, images may be anything. */
const MAX_CELL = 512;

/** A cell ends at the first line break, as kubectl cuts it. */
function cell(text: string): string {
  const line = text.slice(0, MAX_CELL + 1);
  const end = line.search(/[\n\r\f]/);
  const first = end === -1 ? line : `${line.slice(0, end)}...`;
  return visibleLines(first.length > MAX_CELL ? `${first.slice(0, MAX_CELL)}...` : first);
}

/** Rows under upper-case headers, each line ended by a line break; empty where there are no rows. */
export function formatTable(
  headers: readonly string[],
  rows: readonly (readonly string[])[],
  options: { readonly noHeaders?: boolean } = {},
): string {
  if (rows.length === 0) return '';
  const table = new Table({
    chars: NO_BORDER,
    style: { 'padding-left': 0, 'padding-right': 3, head: [], border: [], compact: true },
  });
  if (!options.noHeaders) table.push([...headers]);
  for (const row of rows) table.push(row.map(cell));
  const lines = table.toString().split('\n');
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}
