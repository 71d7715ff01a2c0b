/**
 * Ages as kubectl prints them (k8s.io/apimachinery/pkg/util/duration, HumanDuration). Pure.
 */

const SECOND = 1000;
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

/** A duration in milliseconds as kubectl words it: `90s`, `2m30s`, `47h`, `5d12h`, `<invalid>` below -1 s. */
export function humanDuration(ms: number): string {
  const s = Math.trunc(ms / SECOND);
  if (s < -1) return '<invalid>';
  if (s < 0) return '0s';
  if (s < 2 * MINUTE) return `${s}s`;
  const m = Math.floor(s / MINUTE);
  if (m < 10) return two(m, 'm', s % MINUTE, 's');
  if (m < 180) return `${m}m`;
  const h = Math.floor(s / HOUR);
  if (h < 8) return two(h, 'h', m % 60, 'm');
  if (h < 48) return `${h}h`;
  const d = Math.floor(s / DAY);
  if (h < 8 * 24) return two(d, 'd', h % 24, 'h');
  if (s < 2 * YEAR) return `${d}d`;
  const y = Math.floor(s / YEAR);
  if (s < 8 * YEAR) return two(y, 'y', d % 365, 'd');
  return `${y}y`;
}

function two(big: number, bigUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${big}${bigUnit}` : `${big}${bigUnit}${small}${smallUnit}`;
}

/** Age of a moment; both in milliseconds since the epoch, `<unknown>` for a missing one. */
export function humanAge(from: number | null, now: number): string {
  return from === null ? '<unknown>' : humanDuration(now - from);
}
