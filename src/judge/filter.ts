/** The filters of `describe`. Pure. */
import { parseImage } from '../image/reference.ts';
import type { CauseName } from '../words/cause.ts';
import type { Verdict } from '../words/verdict.ts';

export interface Filter {
  /** Empty: all. */
  readonly causes: readonly CauseName[];
  /** Host of the image or of the failure. */
  readonly registry?: string | undefined;
  /** Seen within so many milliseconds. */
  readonly sinceMs?: number | undefined;
}

/** True for a verdict that every given filter lets through; `now` in milliseconds. */
export function matches(verdict: Verdict, filter: Filter, now: number): boolean {
  if (filter.causes.length > 0 && !filter.causes.includes(verdict.cause)) return false;
  if (filter.registry !== undefined && !concerns(verdict, filter.registry)) return false;
  if (filter.sinceMs === undefined) return true;
  const seen = Math.max(...verdict.evidence.map((q) => q.last ?? 0), verdict.since ?? 0);
  return now - seen <= filter.sinceMs;
}

/** Docker Hub goes by several names. */
const HUB = new Set([
  'docker.io',
  'index.docker.io',
  'registry-1.docker.io',
  'registry.hub.docker.com',
]);

/** As typed by a person: any case, perhaps with a scheme or a path. */
function hostOf(registry: string): string {
  const host = registry
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/.*$/s, '');
  return HUB.has(host) ? 'docker.io' : host;
}

function concerns(verdict: Verdict, registry: string): boolean {
  const wanted = hostOf(registry);
  const reference = parseImage(verdict.image);
  const own = reference.valid ? hostOf(reference.host) : null;
  return own === wanted || (verdict.facts.host !== null && hostOf(verdict.facts.host) === wanted);
}
