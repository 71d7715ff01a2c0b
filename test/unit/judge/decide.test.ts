import assert from 'node:assert/strict';
import { decide } from '../../../src/judge/decide.ts';
import type { Failing } from '../../../src/judge/failing.ts';
import { failingContainers } from '../../../src/judge/failing.ts';
import type { Quote } from '../../../src/words/verdict.ts';
import { capturedPod } from '../../rig/dumps.ts';

/** A captured failing container, with its texts replaced by captured ones of others. */
function failing(quotes: readonly Quote[]): Failing {
  const [first] = failingContainers(capturedPod('modern', 'gateway-oak'));
  assert.ok(first);
  return { ...first, quotes };
}

function captured(pod: string, container: string): Quote {
  const found = failingContainers(capturedPod('modern', pod)).find(
    (f) => f.container.name === container,
  );
  const quote = found?.quotes.find((q) => q.source === 'event' && q.reason === 'Failed');
  assert.ok(quote);
  return quote;
}

const tls = captured('gateway-oak', 'side');
const missing = captured('gateway-oak', 'main');
const bare: Quote = { ...missing, text: 'Back-off pulling image "x"', reason: 'BackOff' };

describe('decide', () => {
  it('keeps the cause under newer texts without one', () => {
    const later = { ...bare, last: (tls.last ?? 0) + 60_000 };
    const { reading, causeless, evidence } = decide(failing([later, tls]));
    assert.equal(reading.cause, 'TlsUntrusted');
    assert.equal(causeless, false);
    assert.equal(evidence[0]?.text, tls.text);
  });

  it('is Unknown where no text holds a cause', () => {
    const { reading, causeless } = decide(failing([bare]));
    assert.equal(reading.cause, 'Unknown');
    assert.equal(causeless, true);
  });

  it('says both where two causes go on by turns', () => {
    const first = { ...missing, first: 1000, last: 9000 };
    const second = { ...tls, first: 500, last: 8000 };
    const { reading, contributing } = decide(failing([first, second]));
    assert.ok(reading.alternatives.includes('TlsUntrusted'));
    assert.notEqual(reading.certainty, 'certain');
    assert.ok(contributing.some((c) => c.code === 'earlier-cause'));
  });

  it('keeps a cause that was over before as history only', () => {
    const now = { ...missing, first: 9000, last: 9500 };
    const before = { ...tls, first: 500, last: 800 };
    const { reading, evidence } = decide(failing([now, before]));
    assert.ok(!reading.alternatives.includes('TlsUntrusted'));
    assert.equal(evidence.length, 2);
  });
});
