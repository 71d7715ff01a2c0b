/** Durations as Go's `time.ParseDuration` reads them. Pure. */

const MS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** Go counts nanoseconds in 63 bits. */
const MAX_MS = 2 ** 63 / 1e6;

export type Duration =
  | { readonly ok: true; readonly ms: number }
  /** What is wrong, in Go's words without `time: `. */
  | { readonly ok: false; readonly problem: string };

/** `1h30m`, `1.5s`, `-2m`, `0` to milliseconds. */
export function parseDuration(text: string): Duration {
  const quoted = JSON.stringify(text.slice(0, 100));
  const invalid: Duration = { ok: false, problem: `invalid duration ${quoted}` };
  const sign = /^[-+]/.test(text) ? 1 : 0;
  let rest = text.slice(sign, 101);
  if (rest === '0') return { ok: true, ms: 0 };
  if (rest === '' || text.length > 100) return invalid;
  let ms = 0;
  while (rest !== '') {
    const number = /^(?:\d+\.?\d*|\.\d+)/.exec(rest)?.[0];
    if (number === undefined) return invalid;
    rest = rest.slice(number.length);
    const unit = /^[^\d.]*/.exec(rest)?.[0] ?? '';
    if (unit === '') return { ok: false, problem: `missing unit in duration ${quoted}` };
    const factor = Object.hasOwn(MS, unit) ? MS[unit] : undefined;
    if (factor === undefined) {
      return { ok: false, problem: `unknown unit ${JSON.stringify(unit)} in duration ${quoted}` };
    }
    rest = rest.slice(unit.length);
    ms += Number(number) * factor;
  }
  if (ms >= MAX_MS) return invalid;
  return { ok: true, ms: text.startsWith('-') ? -ms : ms };
}
