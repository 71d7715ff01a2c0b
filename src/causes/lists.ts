import { RECORD_END } from './unescape.ts';

/**
 * Takes several errors of one text apart: the kubelet's `[e1, e2]` for several credentials, containers/image's
 * `N errors occurred:` lists. Strings are read as they come from `readable`.
 */

/** dockerd before 1.10 ended every failed ping with the same advice, whatever had failed. */
const PING_ADVICE =
  /\. If this private registry supports only HTTP or HTTPS with an unknown CA certificate,.{0,1000}?\/ca\.crt/g;

/** The text without what repeats or only accompanies the error. */
export function withoutEchoes(text: string): string {
  let out = text;
  // CRI-O ≥ 1.34 says everything twice: once as an image, once as an artifact.
  const artifact = out.search(/; artifact err: /);
  if (artifact !== -1) out = out.slice(0, artifact);
  out = out.replace(PING_ADVICE, '');
  out = withoutBracketed(out, '(Mirrors also failed: ');
  out = withoutBracketed(out, '(heuristic tuning data: ');
  return withoutBracketed(out, '(after reconnecting, ');
}

/** Removes one bracketed remark, with the brackets inside it, and a colon that follows. */
function withoutBracketed(text: string, opening: string): string {
  const start = text.indexOf(opening);
  if (start === -1) return text;
  let depth = 0;
  for (let index = start; index < text.length; index++) {
    if (text[index] === '(') depth++;
    if (text[index] !== ')') continue;
    depth--;
    if (depth > 0) continue;
    const rest = text.slice(index + 1).replace(/^: /, '');
    return `${text.slice(0, start)}${rest}`;
  }
  return text.slice(0, start);
}

/** The errors of a text, at least one; what stands before a list is kept with each. */
export function splitErrors(text: string): readonly string[] {
  return text.split(RECORD_END).flatMap(splitRecord);
}

function splitRecord(text: string): readonly string[] {
  const listed = /\b\d+ errors? occurred(?: while pulling)?:/.exec(text);
  if (listed !== null) {
    const head = text.slice(0, listed.index);
    const items = text
      .slice(listed.index + listed[0].length)
      .split(/(?:^|\s)\* /)
      .map((item) => item.trim())
      .filter((item) => item !== '');
    if (items.length > 0) return items.map((item) => head + item);
  }
  const aggregate = /(?:^|: )\[(?=rpc error: |failed to |Error |unable |initializing )/.exec(text);
  if (aggregate === null) return [text];
  const open = aggregate.index + aggregate[0].length;
  const head = text.slice(0, open - 1);
  const close = text.lastIndexOf(']');
  const body = text.slice(open, close > open ? close : text.length);
  const items = body.split(/, (?=rpc error: code|failed to pull and unpack|unable to pull image)/);
  return items.map((item) => head + item);
}
