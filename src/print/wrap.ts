/** Words into lines. Pure. */

/** A command in a sentence, in its brackets or quotes with what follows them, or a word. */
const PIECE = /\((?:kubectl|oc) [^()]{1,2000}\)\S*|"(?:kubectl|oc) [^"]{1,2000}"\S*|\S+/g;

/**
 * `text` in lines of at most `width` characters, broken at blanks only: a longer word keeps a line of its own, and so
 * does a command in brackets or quotes, so that names and commands can still be copied. Runs of blanks become one,
 * except within a command.
 */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.match(PIECE) ?? []) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  if (line !== '') lines.push(line);
  return lines;
}

/** The lines of `wrapText`, each behind `indent` blanks, ending in a line break; `width` counts the indent. */
export function wrapIndented(text: string, indent: number, width: number): string {
  return wrapText(text, width - indent)
    .map((line) => `${' '.repeat(indent)}${line}\n`)
    .join('');
}

/** How far right of a heading its further lines begin: labels below it begin at 2. */
export const HEADING_HANG = 4;

/** A column narrower than this is harder to read than lines that the terminal breaks. */
const MIN_FOLD = 24;

/** `foldLine` for a text in `width` columns of which labels take `labels`. */
export function foldBeside(text: string, labels: number, width: number): string[] {
  return foldLine(text, Math.max(width - labels, MIN_FOLD));
}

/**
 * A line folded to `width` characters, what is broken off `hang` blanks to the right: as a rule a little, or below the
 * text of `1. `. A line that begins with a blank is a command or laid out already, and stays whole.
 */
export function foldLine(
  line: string,
  width: number,
  hang = /^\d+\. /.exec(line)?.[0].length ?? 2,
): string[] {
  if (line.length <= width || line.startsWith(' ')) return [line];
  const [first = '', ...rest] = wrapText(line, width);
  const below = wrapText(rest.join(' '), width - hang);
  return [first, ...below.map((text) => ' '.repeat(hang) + text)];
}
