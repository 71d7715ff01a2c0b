/** Captured objects of real clusters (test/dumps) for pure tests. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withEvents } from '../../src/collect/pods.ts';
import { eventView, podView } from '../../src/collect/views.ts';
import type { PodEvidence } from '../../src/words/evidence.ts';

const DIR = join(import.meta.dirname, '..', 'dumps');

/** The items of one captured list, e.g. `modern-pods`. */
export function captured(name: string): Record<string, unknown>[] {
  const text = readFileSync(join(DIR, `${name}.json`), 'utf8');
  return (JSON.parse(text) as { items: Record<string, unknown>[] }).items;
}

/** Every pod of a dump with its events, as the first round collects them. */
export function capturedPods(prefix: string): PodEvidence[] {
  const pods = captured(`${prefix}-pods`).map(podView);
  const events = captured(`${prefix}-events`).map(eventView);
  return withEvents(pods, { known: true, value: events });
}

/** One pod of a dump by name. */
export function capturedPod(prefix: string, name: string): PodEvidence {
  const found = capturedPods(prefix).find((p) => p.pod.name === name);
  if (!found) throw new Error(`no pod ${name} in dump ${prefix}`);
  return found;
}
