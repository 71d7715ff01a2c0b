/**
 * Strangers' texts made fit for a terminal: event messages, image names and registry answers may hold escape
 * sequences, bidi overrides or invisible characters (kubectl: cli-runtime/pkg/printers/terminal.go). Pure.
 */

/** No text shown is longer than this, whatever a caller allows: cut first, then escape. */
const MAX_VISIBLE = 65_536;

/** Everything but a line break that moves the cursor, changes direction or cannot be seen. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
const HIDDEN =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

/** `^[` for ESC as kubectl has it, a code such as `\u202e` for the rest. */
function show(char: string): string {
  if (char === '\u001b') return '^[';
  if (char === '\r') return '\\r';
  if (char === '\t') return '\\t';
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** The text with control characters visible; line breaks stay. */
export function visibleLines(text: string): string {
  return cut(text, MAX_VISIBLE).replace(HIDDEN, show);
}

/** The text on one line with control characters visible. */
export function visible(text: string): string {
  return visibleLines(text).replaceAll('\n', '\\n');
}

/** The first `max` characters, with a word on how many were left out. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const last = text.charCodeAt(max - 1);
  const whole = last >= 0xd800 && last <= 0xdbff ? max - 1 : max;
  return `${text.slice(0, whole)}... (${text.length - whole} more characters)`;
}
