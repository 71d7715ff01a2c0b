/**
 * Texts that strangers wrote (event messages, image names, annotations) made safe for a terminal. Pure.
 *
 * ESC becomes `^[` as kubectl does it (kubernetes/kubernetes#101695). Beyond kubectl: every other control
 * character, format characters (bidirectional overrides and isolates, zero-width, soft hyphen, tags), line and
 * paragraph separators and lone surrogates, since they can make a text look like another one.
 */

/** Longest text shown by `visible` and `visibleLines` where the caller has not cut it, in UTF-16 units. */
const MAX_VISIBLE = 65_536;

const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const HIDDEN_BUT_NEWLINE = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Of a JSON text only what `JSON.stringify` leaves raw: C0 is escaped by then, line breaks are layout. */
const HIDDEN_IN_JSON = /[\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}]/gu;

const SHORT: Readonly<Record<string, string>> = {
  '\x1b': '^[',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

function shown(char: string): string {
  return SHORT[char] ?? unicodeEscape(char);
}

function unicodeEscape(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  if (code > 0xffff) return `\\u{${code.toString(16)}}`;
  return `\\u${code.toString(16).padStart(4, '0')}`;
}

/** One line: control characters, line breaks and tabs among them, written out (`\n`, `^[`, `\u202e`). */
export function visible(text: string): string {
  return cut(text, MAX_VISIBLE).replace(HIDDEN, shown);
}

/** As `visible`, but line breaks stay line breaks. */
export function visibleLines(text: string): string {
  return cut(text, MAX_VISIBLE).replaceAll('\r\n', '\n').replace(HIDDEN_BUT_NEWLINE, shown);
}

/** At most `max` UTF-16 units of `text`; says how many were left out. Constant time for any length of text. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  // Not between the halves of a pair.
  const end = /[\ud800-\udbff]/.test(text.charAt(max - 1)) ? max - 1 : max;
  return `${text.slice(0, end)}... (${text.length - end} more characters)`;
}

/**
 * JSON text whose strings may be printed on a terminal: what JSON allows raw but a terminal may obey (C1, DEL,
 * format characters) becomes `\uXXXX`. The parsed value stays the same.
 */
export function visibleJson(json: string): string {
  return json.replace(HIDDEN_IN_JSON, jsonEscape);
}

/** `\uXXXX` for each UTF-16 unit; JSON and YAML's double quotes both read it. */
export function jsonEscape(chars: string): string {
  let escaped = '';
  for (let i = 0; i < chars.length; i++) {
    escaped += `\\u${chars.charCodeAt(i).toString(16).padStart(4, '0')}`;
  }
  return escaped;
}
