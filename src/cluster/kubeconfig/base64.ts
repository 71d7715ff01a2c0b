/** Base64 as Go reads it: Node takes anything and leaves out what it cannot read. */

/**
 * Index of the first character that Go's base64.StdEncoding refuses, counted as Go counts it; line breaks are skipped.
 * Null for data that is whole. Rule: Go's encoding/base64 decodeQuantum.
 */
export function base64Problem(data: string): number | null {
  let at = 0;
  let digits = 0;
  for (; at < data.length; at++) {
    const c = data[at] ?? '';
    if (isLineBreak(c)) continue;
    if (c === '=') return paddingProblem(data, at, digits % 4);
    if (!DIGIT.test(c)) return at;
    digits++;
  }
  return digits % 4 === 0 ? null : data.length - (digits % 4);
}

const DIGIT = /[A-Za-z0-9+/]/;

/** `at` is the first `=`, behind `digits` digits of its group of four. */
function paddingProblem(data: string, at: number, digits: number): number | null {
  if (digits < 2) return at;
  let next = skipLineBreaks(data, at + 1);
  if (digits === 2) {
    if (next === data.length) return next;
    if (data[next] !== '=') return next - 1;
    next = skipLineBreaks(data, next + 1);
  }
  return next === data.length ? null : next;
}

function skipLineBreaks(data: string, from: number): number {
  let at = from;
  while (at < data.length && isLineBreak(data[at] ?? '')) at++;
  return at;
}

function isLineBreak(c: string): boolean {
  return c === '\n' || c === '\r';
}
