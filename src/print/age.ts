/** Ages as kubectl prints them: `HumanDuration` of apimachinery's `pkg/util/duration`. Pure. */

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

interface Step {
  /** The step holds for durations below so many seconds. */
  readonly below: number;
  readonly unit: number;
  readonly letter: string;
  /** Shown behind the unit unless it is 0. */
  readonly minor?: { readonly unit: number; readonly letter: string };
}

const STEPS: readonly Step[] = [
  { below: 2 * MINUTE, unit: 1, letter: 's' },
  { below: 10 * MINUTE, unit: MINUTE, letter: 'm', minor: { unit: 1, letter: 's' } },
  { below: 3 * HOUR, unit: MINUTE, letter: 'm' },
  { below: 8 * HOUR, unit: HOUR, letter: 'h', minor: { unit: MINUTE, letter: 'm' } },
  { below: 2 * DAY, unit: HOUR, letter: 'h' },
  { below: 8 * DAY, unit: DAY, letter: 'd', minor: { unit: HOUR, letter: 'h' } },
  { below: 2 * YEAR, unit: DAY, letter: 'd' },
  { below: 8 * YEAR, unit: YEAR, letter: 'y', minor: { unit: DAY, letter: 'd' } },
  { below: Number.POSITIVE_INFINITY, unit: YEAR, letter: 'y' },
];

/** A duration in milliseconds: `90s`, `2m30s`, `47h`, `5d12h`; `<invalid>` from two seconds below zero. */
export function humanDuration(ms: number): string {
  const seconds = Math.trunc(ms / 1000);
  if (Number.isNaN(seconds)) return '<unknown>';
  if (seconds < -1) return '<invalid>';
  if (seconds < 0) return '0s';
  const step = STEPS.find((s) => seconds < s.below);
  if (!step) return '<invalid>';
  const major = `${Math.floor(seconds / step.unit)}${step.letter}`;
  if (!step.minor) return major;
  const rest = Math.floor((seconds % step.unit) / step.minor.unit);
  return rest === 0 ? major : `${major}${rest}${step.minor.letter}`;
}

/** Age at `now` of a moment, both in milliseconds since the epoch; `<unknown>` where there is no moment. */
export function humanAge(from: number | null | undefined, now: number): string {
  return from === null || from === undefined ? '<unknown>' : humanDuration(now - from);
}
