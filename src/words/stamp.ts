/** Moments as texts, in milliseconds since the epoch. Pure. */

/** As far as a Date goes (ECMA-262, time values). */
const LAST = 8.64e15;

/** RFC 3339 in UTC, milliseconds only where there are some: `2026-11-21T04:00:00Z`. */
export function stamp(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}

/** As `stamp`; `null` for what is not known, or is beyond any date: a credential may carry any number for its end. */
export function stampOrNull(ms: number | null): string | null {
  return ms === null || Math.abs(ms) > LAST ? null : stamp(ms);
}
