/** Lines of a block under its heading, labels in a column of their own. Pure. */

/** Columns of the label, the two blanks before it not counted. */
export const LABEL_WIDTH = 11;

/** Each row as a line, the first one with the label. */
export function labelled(label: string, rows: readonly string[]): string[] {
  return rows.map((row, i) => {
    const head = i === 0 && label !== '' ? `${label}:` : '';
    return `  ${head.padEnd(LABEL_WIDTH)}${row}`;
  });
}
