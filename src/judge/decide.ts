/**
 * From the texts about one container to one cause: the newest text that holds a cause decides; bare back-off
 * lines and expired events decide nothing. Pure.
 */
import { classify } from '../causes/classify.ts';
import type { CauseName } from '../words/cause.ts';
import { atMostLikely } from '../words/certainty.ts';
import type { Reading } from '../words/reading.ts';
import type { Contributing, Quote } from '../words/verdict.ts';
import type { Failing } from './failing.ts';

/** At most so many texts of one container are read; the newest come first. */
const MAX_QUOTES = 40;

/** Texts shown as evidence beside the decisive one. */
const MAX_SHOWN = 3;

export interface Decision {
  readonly reading: Reading;
  /** The decisive text first, then others that say something else. */
  readonly evidence: readonly Quote[];
  readonly contributing: readonly Contributing[];
  /** True where no text at all held a cause. */
  readonly causeless: boolean;
}

interface ReadQuote {
  readonly quote: Quote;
  readonly reading: Reading;
}

/** Decides on the texts alone; what else is known of the pod comes in later. */
export function decide(failing: Failing): Decision {
  const read = failing.quotes.slice(0, MAX_QUOTES).map((quote): ReadQuote => {
    const reading = classify(quote.text, { reason: quote.reason, image: failing.image });
    return { quote: { ...quote, decisive: reading.decisive || quote.text }, reading };
  });
  const telling = read.filter((r) => r.reading.cause !== 'Unknown' && r.reading.cause !== 'None');
  const main = telling[0] ?? read[0];
  if (!main) throw new Error(`no text about container ${failing.container.name}`);
  const timed = withEventTimes(main, read);
  const others = differing(main, timed, telling);
  return {
    reading: withRivals(main.reading, others.rivals),
    evidence: [timed, ...others.shown.map((o) => o.quote)].slice(0, MAX_SHOWN),
    contributing: others.shown.slice(0, MAX_SHOWN - 1).map((o) => ({
      code: 'earlier-cause',
      object: `container/${failing.container.name}`,
      text: `another text of this container reads as ${o.reading.cause}`,
    })),
    causeless: telling.length === 0,
  };
}

/** A waiting message has no time of its own; an event with the same words lends it times and count. */
function withEventTimes(main: ReadQuote, read: readonly ReadQuote[]): Quote {
  if (main.quote.last !== null) return main.quote;
  const twins = read.filter((r) => r.quote.last !== null && r.reading.cause === main.reading.cause);
  if (twins.length === 0) return main.quote;
  const firsts = twins.flatMap((t) => (t.quote.first === null ? [] : [t.quote.first]));
  return {
    ...main.quote,
    first: firsts.length ? Math.min(...firsts) : null,
    last: Math.max(...twins.map((t) => t.quote.last ?? 0)),
    count: twins.reduce((sum, t) => sum + (t.quote.count ?? 1), 0),
  };
}

/**
 * Texts with another cause. A rival is one that came again after the main cause was first seen: both go on, so
 * both are said. What only came before is shown as history.
 */
function differing(main: ReadQuote, timed: Quote, telling: readonly ReadQuote[]) {
  const shown: ReadQuote[] = [];
  const rivals: CauseName[] = [];
  for (const other of telling) {
    const { cause } = other.reading;
    if (cause === main.reading.cause || main.reading.alternatives.includes(cause)) continue;
    if (shown.some((s) => s.reading.cause === cause)) continue;
    shown.push(other);
    const again =
      timed.first !== null && other.quote.last !== null && other.quote.last > timed.first;
    if (again) rivals.push(cause);
  }
  return { shown, rivals };
}

function withRivals(reading: Reading, rivals: readonly CauseName[]): Reading {
  if (rivals.length === 0) return reading;
  return {
    ...reading,
    certainty: atMostLikely(reading.certainty),
    alternatives: [...reading.alternatives, ...rivals].slice(0, 3),
  };
}
