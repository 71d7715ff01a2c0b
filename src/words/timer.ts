/** The longest time, in milliseconds, that one of Node's timers can hold: a longer one fires at once. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;
