/** Whether time grows with length and no faster: the same repetition at 16, 32, 64 and 128 KiB. */
import type { Growth, Opened } from './target.ts';
import { bestOf } from './time.ts';

const KIB = 1024;
const SIZES = [16, 32, 64, 128] as const;

/** A time per byte may be so many times that of the smallest size. */
export const STEEPEST = 3;

/** Shorter times, in milliseconds, say nothing about growth. */
const NOISE_MS = 3;

const TRIES = 3;

export interface Grown {
  readonly name: string;
  readonly at64Ms: number;
  readonly at128Ms: number;
  /** Time per byte of the largest size against that of the smallest; 1 where both are noise. */
  readonly steepness: number;
}

/** Measures one growth; what the input leads to does not matter, unless it throws. */
export async function grow<T>(opened: Opened<T>, growth: Growth<T>): Promise<Grown> {
  let last: Grown = { name: growth.name, at64Ms: 0, at128Ms: 0, steepness: 1 };
  // A machine that is busy gets a second and a third chance.
  for (let round = 0; round < 3; round++) {
    const times: number[] = [];
    for (const size of SIZES) {
      const input = growth.make(size * KIB);
      times.push(await bestOf(TRIES, () => opened.run(input)));
    }
    const [first = 0, , at64Ms = 0, at128Ms = 0] = times;
    const perByte = at128Ms / SIZES[3] / (Math.max(first, NOISE_MS / 8) / SIZES[0]);
    const steepness = at128Ms < NOISE_MS ? 1 : perByte;
    if (round === 0 || steepness < last.steepness || at64Ms < last.at64Ms) {
      last = { name: growth.name, at64Ms, at128Ms, steepness };
    }
    if (last.steepness <= STEEPEST && last.at64Ms <= 50) break;
  }
  return last;
}

/** `piece` again and again, with `head` before and `tail` after it. */
export function repeated(piece: string, bytes: number, head = '', tail = ''): string {
  const count = Math.max(1, Math.floor((bytes - head.length - tail.length) / piece.length));
  return head + piece.repeat(count) + tail;
}
