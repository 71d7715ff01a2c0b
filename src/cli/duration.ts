/** Go durations on the command line. Pure. */
import { UsageError } from '../words/errors.ts';

const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** Milliseconds of a Go duration (`1h30m`, `1.5s`); a bare whole number is seconds, as --request-timeout takes it. */
export function parseDuration(text: string, flag: string): number {
  const invalid = new UsageError(
    `invalid argument "${text.slice(0, 100)}" for "--${flag}" flag: a duration such as 30s, 5m or 1h30m is needed`,
  );
  if (text.length > 64) throw invalid;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  if (!/^(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h))+$/.test(text)) throw invalid;
  let ms = 0;
  for (const [, number, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)) {
    ms += Number(number) * (UNITS[unit ?? ''] ?? 0);
  }
  return ms;
}
