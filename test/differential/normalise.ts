/** What two runs can never have in common: ports, folders, the time, and kubectl's log lines. */
import { realpathSync } from 'node:fs';

/** Standard error or a plugin's file, comparable between two runs. */
export function normalise(text: string, port: number, folder: string): string {
  return (
    text
      .split('\n')
      .filter((line) => !KLOG.test(line))
      .join('\n')
      .replaceAll(realpathSync(folder), 'DIR')
      .replaceAll(folder, 'DIR')
      .replace(/(127\.0\.0\.1|\[::1\]):\d+->/g, '$1:EPHEMERAL->')
      .replaceAll(`:${port}`, ':PORT')
      .replace(
        /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d) is (after|before)/g,
        'NOW is $1',
      )
      // Which name server said so is known to Go and not to Node.
      .replace(/(lookup \S+) on \S+:53: /g, '$1: ')
      .trim()
  );
}

/** Lines of JSON with their keys in one order; Go ends such a line with a line break of its own. */
export function canonical(text: string): string {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (line.startsWith('{') ? JSON.stringify(sorted(JSON.parse(line))) : line))
    .join('\n');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

/** `E1121 07:22:44.123456   12345 memcache.go:265] "Unhandled Error" …` */
const KLOG = /^[EIWF]\d{4} \d\d:\d\d:\d\d\.\d+ +\d+ [\w.-]+:\d+\] /;
