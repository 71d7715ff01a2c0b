/** Longest part of a text that is looked at: an event has at most 1024 bytes, a log line some kilobytes. */
const HEAD_LIMIT = 12_000;
const TAIL_LIMIT = 4_000;

/** Stands between the records of a text that holds several log lines. */
export const RECORD_END = '\u2029';

/** How deep log lines quote one another. */
const MAX_QUOTING = 6;

/**
 * Cuts a text to a bounded size (its head and its tail) before anything is matched on it.
 * Causes stand at the end of a text, its frame at the start.
 */
export function bound(text: string): string {
  if (text.length <= HEAD_LIMIT + TAIL_LIMIT) return text;
  return `${text.slice(0, HEAD_LIMIT)} ... ${text.slice(-TAIL_LIMIT)}`;
}

/** A text as its author meant it: out of its log line, unquoted, with plain quotes. */
export function readable(text: string): string {
  let out = fromJson(bound(text).trim());
  out = fromLogLine(out);
  for (let depth = 0; depth < MAX_QUOTING && /\\["'\\]/.test(out); depth++) out = unquoteOnce(out);
  return (
    out
      .replace(/\\r?\\n|\\n|\\r/g, '\n')
      .replace(/\\t/g, ' ')
      .replace(/\\u003c/gi, '<')
      .replace(/\\u003e/gi, '>')
      .replace(/\\u0026/gi, '&')
      .replace(/[“”„]/g, '"')
      .replace(/[‘’]/g, "'")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: strangers' texts may hold them
      .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, ' ')
  );
}

/** One level of backslashes before quotes and backslashes; `\x15` and the like stay. */
function unquoteOnce(text: string): string {
  return text.replace(/\\(["'\\])/g, '$1');
}

/** The message fields of a JSON log line; other text as it is. */
function fromJson(text: string): string {
  if (!text.startsWith('{') || !text.endsWith('}')) return text;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
  if (typeof value !== 'object' || value === null) return text;
  const fields = value as Record<string, unknown>;
  const found = ['msg', 'message', 'log', 'err', 'error', 'details']
    .map((key) => fields[key])
    .filter((field): field is string => typeof field === 'string' && field !== '');
  return found.length === 0 ? text : found.join(': ');
}

const FIELD = /(?:^|[\s,])(msg|err|error)=(?=["'\S])/g;

/**
 * Klog and logfmt lines: the values of `msg=`, `err=` and `error=`, joined in their order, behind what stands
 * before the first of them. Other text as it is.
 */
function fromLogLine(text: string): string {
  const fields = [...text.matchAll(FIELD)];
  if (fields.length === 0) return text;
  const first = fields[0];
  if (first === undefined) return text;
  const start = text.search(/(?:^|[\s,])(?:time|level|msg|err|error)=/);
  const before = text.slice(0, start === -1 ? first.index : start).trim();
  let message = before;
  let seen = new Set<string>();
  let end = 0;
  for (const field of fields) {
    if (field.index < end) continue;
    const at = field.index + field[0].length;
    const [value, next] = valueAt(text, at);
    const key = field[1] ?? '';
    const joint =
      seen.has(key) || (key === 'msg' && seen.size > 0) ? RECORD_END : message === '' ? '' : ': ';
    if (joint === RECORD_END) seen = new Set();
    seen.add(key);
    message += joint + value;
    end = next;
  }
  const rest = text.slice(end);
  const image = /(?:^|\s)image="([^"]*)"/.exec(rest)?.[1];
  // The field is a name; a frame keeps it from being read as words.
  return image === undefined ? message : `image "${image}": ${message}`;
}

/** The value of a log field that starts at `at`, and where it ends. Unterminated: up to the end. */
function valueAt(text: string, at: number): [string, number] {
  if (text[at] !== '"') {
    const end = text.slice(at).search(/\s/);
    const stop = end === -1 ? text.length : at + end;
    return [text.slice(at, stop), stop];
  }
  let index = at + 1;
  while (index < text.length && text[index] !== '"') index += text[index] === '\\' ? 2 : 1;
  return [text.slice(at + 1, index), index + 1];
}
