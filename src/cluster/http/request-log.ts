/**
 * `-v 6` and above: what was asked and how it was answered, one line each on standard error, in kubectl's words.
 *
 * | level | tells |
 * |---|---|
 * | 6, 7 | method, URL, status, duration |
 * | 8 and above | also the headers of request and answer |
 *
 * Bodies are never shown, and of a header that may hold a credential only that it was there.
 * Rule: client-go transport/round_trippers.go, klog's header.
 */
import type { IncomingMessage, RequestOptions } from 'node:http';
import { withoutSent } from './sent-secrets.ts';

/** The level from which requests are logged, as in kubectl. */
const LOG_LEVEL = 6;
const HEADERS_LEVEL = 8;

/** Headers whose value is shown; every other may be a secret (or a way to one). */
const SHOWN = new Set([
  'accept',
  'accept-encoding',
  'audit-id',
  'cache-control',
  'content-encoding',
  'content-length',
  'content-type',
  'date',
  'retry-after',
  'user-agent',
  'warning',
  'x-kubernetes-pf-flowschema-uid',
  'x-kubernetes-pf-prioritylevel-uid',
]);

export interface LoggedRequest {
  answered(message: IncomingMessage): void;
  failed(why: string): void;
}

export interface RequestLog {
  /** A request goes out; `url` is without user and password. */
  start(url: string, options: RequestOptions): LoggedRequest;
}

/** A log that writes whole lines, or none below LOG_LEVEL. `now` is in milliseconds since the epoch. */
export function requestLog(
  level: number,
  write: (line: string) => void,
  now: () => number,
): RequestLog | undefined {
  if (level < LOG_LEVEL) return undefined;
  const say = (text: string) => write(`${klogHeader(now())} ${plain(text)}\n`);
  const sayHeaders = (title: string, headers: object | undefined, tell = say) => {
    if (level < HEADERS_LEVEL) return;
    say(title);
    for (const [name, value] of Object.entries(headers ?? {})) tell(`    ${header(name, value)}`);
  };
  return {
    start(url, options) {
      const started = now();
      const method = options.method ?? 'GET';
      sayHeaders('Request Headers:', options.headers as object);
      // Phrases, headers and errors may say again what was sent.
      const tell = (text: string) => say(withoutSent(text, authorizationOf(options)));
      const took = () => `in ${Math.round(now() - started)} milliseconds`;
      return {
        answered(message) {
          const status = `${message.statusCode} ${message.statusMessage ?? ''}`.trim();
          tell(`${method} ${url} ${status} ${took()}`);
          sayHeaders('Response Headers:', message.headers, tell);
        },
        failed: (why) => tell(`${method} ${url} failed ${took()}: ${why}`),
      };
    },
  };
}

function authorizationOf({ headers }: RequestOptions): unknown {
  return (headers as Readonly<Record<string, unknown>> | undefined)?.['Authorization'];
}

function header(name: string, value: unknown): string {
  const known = SHOWN.has(name.toLowerCase()) || /^impersonate-/i.test(name);
  return `${name}: ${known ? [value].flat().join(', ') : '<masked>'}`;
}

/** `I1121 14:02:03.123456]`: severity, month, day, time of this machine. */
function klogHeader(ms: number): string {
  const date = new Date(ms);
  const two = (n: number) => String(n).padStart(2, '0');
  const day = two(date.getMonth() + 1) + two(date.getDate());
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  return `I${day} ${time}.${String(date.getMilliseconds()).padStart(3, '0')}]`;
}

/** A status phrase or the name in a certificate may hold what moves a terminal's cursor. */
function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '\ufffd');
}
