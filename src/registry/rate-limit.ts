/** Docker Hub's headers on every answer about a manifest: `ratelimit-limit: 100;w=21600`. */
import type { StepFacts } from '../words/ladder.ts';
import { header, shorten } from './answer.ts';
import type { HttpAnswer } from './exchange.ts';

/** `null` where the registry says nothing of a limit. */
export function readRateLimit(answer: HttpAnswer): StepFacts | null {
  const remaining = numbers(header(answer, 'ratelimit-remaining'));
  const limit = numbers(header(answer, 'ratelimit-limit'));
  if (remaining === null) return null;
  const window = remaining.windowSeconds ?? limit?.windowSeconds;
  const source = header(answer, 'docker-ratelimit-source');
  return {
    remaining: remaining.count,
    ...(limit !== null && { limit: limit.count }),
    ...(window !== undefined && { windowSeconds: window }),
    ...(source !== undefined && { limitSource: shorten(source).slice(0, 64) }),
  };
}

export function rateLimitWords({
  remaining,
  limit,
  windowSeconds,
  limitSource,
}: StepFacts): string {
  const of = limit === undefined ? '' : ` of ${limit}`;
  const within = windowSeconds === undefined ? '' : ` in ${Math.round(windowSeconds / 360) / 10} h`;
  const whose = limitSource === undefined ? '' : `, counted for ${limitSource}`;
  return `${remaining}${of} pulls left${within}${whose}`;
}

interface Numbers {
  readonly count: number;
  readonly windowSeconds: number | undefined;
}

function numbers(text: string | undefined): Numbers | null {
  const found = /^(\d{1,9})(?:;w=(\d{1,9}))?/.exec(text ?? '');
  if (found === null) return null;
  return {
    count: Number(found[1]),
    windowSeconds: found[2] === undefined ? undefined : Number(found[2]),
  };
}
