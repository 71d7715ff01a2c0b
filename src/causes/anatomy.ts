import { FRAME_RULES } from './frames.ts';
import { readStatus } from './http.ts';
import { splitErrors, withoutEchoes } from './lists.ts';
import { mask } from './mask.ts';
import type { ErrorPart, FrameName } from './part.ts';
import { lookAt, mayMatch, quickOf } from './quick.ts';
import { readable } from './unescape.ts';

/** A text taken apart by its structure; no word of it has been judged yet. */
export interface Anatomy {
  /** Unescaped and bounded. */
  readonly readable: string;
  /** One for each error the text holds, at least one. */
  readonly parts: readonly ErrorPart[];
  /** The image the text names as being pulled. */
  readonly image: string | null;
}

/**
 * Takes a text apart: out of its log line, into its errors, each out of its wrappers. The text may be of any
 * size; only a bounded part of it is read.
 */
export function takeApart(text: string, image: string | null = null): Anatomy {
  const plain = readable(text);
  const named = namedImage(plain) ?? null;
  const parts = splitErrors(withoutEchoes(plain)).map((error) => readPart(error, named ?? image));
  return { readable: plain, parts, image: named };
}

const IMAGE_WORDS: readonly RegExp[] = [
  /(?:Failed to pull image|Back-?off pulling image|Failed to inspect image|Failed to apply default image tag|Container image|[Pp]ulling image|image pull failed for|PullImage|CRI image|error pulling image) "([^"]{1,2000})"/,
  /(?:failed to pull and unpack image|failed to resolve reference|failed to resolve image|failed to pull image|get sandbox image) "([^"]{1,2000})"/,
  /failed to resolve ref "?([^\s"]{1,2000}?)"?: /,
  /(?:^|\s)image "([^"]{1,2000})"/,
  // A shell took the quotes: a name alone is one only before a colon.
  /Failed to pull image (?:([^\s":,]+[/:][^\s",]+?)(?=:? )|([^\s":,]+)(?=: ))/,
  /\bdocker:\/\/([^\s",]+?)(?=[:\s",]*(?:\s|$))/,
];

/** The image a text says is being pulled, as written there; empty names (kubelet ≥ 1.32) do not count. */
function namedImage(text: string): string | null {
  const look = lookAt(text.toLowerCase());
  for (const words of IMAGE_WORDS) {
    if (!mayMatch(quickOf(words), look)) continue;
    const found = words.exec(text);
    const name = found?.[1] ?? found?.[2];
    if (name !== undefined && name !== '') return name;
  }
  return null;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * What stands behind the last wrapper. Where nothing stands there (a log that repeats the wrappers and is cut
 * short), what stands behind the wrapper before it.
 */
function innermost(masked: string, cuts: readonly Span[]): Span {
  const sorted = [...cuts].sort((a, b) => a.end - b.end);
  let end = masked.length;
  for (let index = sorted.length - 1; index >= 0; index--) {
    const cut = sorted[index];
    if (cut === undefined || cut.end > end) continue;
    if (/[A-Za-z0-9]{2}/.test(masked.slice(cut.end, end))) return { start: cut.end, end };
    end = Math.min(end, cut.start);
  }
  return { start: sorted.at(-1)?.end ?? 0, end: masked.length };
}

function readPart(raw: string, image: string | null): ErrorPart {
  const { text: masked, urls } = mask(raw, image);
  const frames = new Set<FrameName>();
  const cuts: Span[] = [];
  const look = lookAt(masked.toLowerCase());
  for (const rule of FRAME_RULES) {
    if (!mayMatch(quickOf(rule.match), look)) continue;
    for (const found of masked.matchAll(rule.match)) {
      for (const name of rule.names) frames.add(name);
      if (rule.cut) cuts.push({ start: found.index, end: found.index + found[0].length });
    }
  }
  const { start: innerStart, end: innerEnd } = innermost(masked, cuts);
  return {
    raw,
    masked,
    innerStart,
    innerEnd,
    frames,
    rpcCode: /rpc error: code =? ?(\w+) desc/.exec(masked)?.[1] ?? null,
    urls,
    status: readStatus(masked, innerStart, frames.has('status')),
    image,
    cut: /(?:\.\.\.|…)$/.test(raw.trimEnd()),
  };
}
