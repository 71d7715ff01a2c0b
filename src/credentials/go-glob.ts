/** Patterns of Go's `filepath.Match` on Linux: `*`, `?`, `[a-z]`, `[^a-z]` and the backslash. */
import { type Bytes, runeAt } from './encoding.ts';

/**
 * Whether a whole name fits a pattern; no wildcard stands for a slash. As in Go, a bad pattern is noticed only when
 * the matching comes to it.
 */
export function globMatch(pattern: Bytes, name: Bytes): boolean | 'bad pattern' {
  let rest = name;
  let at = 0;
  next: while (at < pattern.length) {
    const { star, start, end } = chunkAt(pattern, at);
    const last = end === pattern.length;
    at = end;
    if (star && start === end) return !rest.includes('/');
    const chunk = pattern.slice(start, end);
    // Without a star in front the chunk stands where it is; with one it may stand further on.
    for (let skip = 0; skip <= rest.length; skip++) {
      if (skip > 0 && (!star || rest[skip - 1] === '/')) return false;
      const left = chunkRest(chunk, rest, skip);
      if (left === 'bad pattern') return left;
      if (left === null || (last && left < rest.length)) continue;
      rest = rest.slice(left);
      continue next;
    }
    return false;
  }
  return rest === '';
}

interface Chunk {
  readonly star: boolean;
  /** After the stars. */
  readonly start: number;
  readonly end: number;
}

/** The stars at an offset, and what follows them up to the next star that is in no brackets. */
function chunkAt(pattern: Bytes, at: number): Chunk {
  let start = at;
  while (pattern[start] === '*') start++;
  let end = start;
  for (let brackets = false; end < pattern.length; end++) {
    const char = pattern[end];
    if (char === '\\' && end + 1 < pattern.length) end++;
    else if (char === '[') brackets = true;
    else if (char === ']') brackets = false;
    else if (char === '*' && !brackets) break;
  }
  return { star: start > at, start, end };
}

/** Where the name goes on after a chunk that stands at `from`, or null where it does not stand there. */
function chunkRest(chunk: Bytes, name: Bytes, from: number): number | null | 'bad pattern' {
  let to = from;
  let failed = false;
  for (let at = 0; at < chunk.length; ) {
    failed ||= to >= name.length;
    // After a failure Go only looks for errors of the pattern, and nothing but these two can be one.
    if (failed && !/[[\\]/.test(chunk)) return null;
    const char = chunk[at];
    if (char === '[') {
      const rune = failed ? NO_RUNE : runeAt(name, to);
      to += rune.size;
      const set = setAt(chunk, at, rune.code);
      if (set === 'bad pattern') return set;
      failed ||= !set.holds;
      at = set.end;
      continue;
    }
    if (char === '?') {
      if (!failed) {
        failed = name[to] === '/';
        to += runeAt(name, to).size;
      }
      at++;
      continue;
    }
    if (char === '\\' && ++at >= chunk.length) return 'bad pattern';
    if (!failed) failed = chunk[at] !== name[to++];
    at++;
  }
  return failed ? null : to;
}

const NO_RUNE = { code: 0, size: 0 };

interface CharacterSet {
  readonly holds: boolean;
  readonly end: number;
}

/** Reads `[…]` and says whether it holds a character. */
function setAt(chunk: Bytes, start: number, code: number): CharacterSet | 'bad pattern' {
  let at = start + 1;
  const negated = chunk[at] === '^';
  if (negated) at++;
  let holds = false;
  for (let ranges = 0; ; ranges++) {
    if (chunk[at] === ']' && ranges > 0) return { holds: holds !== negated, end: at + 1 };
    const low = setMember(chunk, at);
    if (low === null) return 'bad pattern';
    const high = chunk[low.end] === '-' ? setMember(chunk, low.end + 1) : low;
    if (high === null) return 'bad pattern';
    holds ||= low.code <= code && code <= high.code;
    at = high.end;
  }
}

/** A character of a set; null where there is none, or the set has no end after it. */
function setMember(chunk: Bytes, start: number): { code: number; end: number } | null {
  let at = start;
  if (at >= chunk.length || chunk[at] === '-' || chunk[at] === ']') return null;
  if (chunk[at] === '\\') at++;
  if (at >= chunk.length) return null;
  const { code, size } = runeAt(chunk, at);
  const end = at + size;
  if ((code === 0xfffd && size === 1) || end >= chunk.length) return null;
  return { code, end };
}
