/** Keeps what came of each step, and how long it took. */

import { MASK } from '../words/hidden.ts';
import {
  type FailedCode,
  type SkippedCode,
  STEPS,
  type StepFacts,
  type StepName,
  type StepResult,
} from '../words/ladder.ts';
import type { ConnectionTrace } from './exchange.ts';
import type { StepFault } from './step-fault.ts';

const SKIPPED_WORDS: Readonly<Record<SkippedCode, string>> = {
  'not-reached': 'not reached',
  'not-needed': 'not needed',
  'not-asked': 'not asked for',
  'no-challenge': 'the registry asks for no credentials',
  'connection-kept': 'over a connection that stood already',
  'not-told': 'the registry does not say',
};

/** Shorter texts occur by themselves. */
const SHORTEST_SECRET = 4;

export class Recorder {
  readonly #secrets = new Set<string>();
  readonly #steps = new Map<StepName, StepResult>();
  #lap = performance.now();
  /** `HOST:PORT` of the proxy on the way to the registry. */
  #proxy: string | null = null;

  /** A registry may echo what it was shown; that is taken out of whatever it says. */
  hide(secret: string): void {
    if (secret.length >= SHORTEST_SECRET) this.#secrets.add(secret);
  }

  /** What a step learned. */
  readonly facts = (step: StepName): StepFacts | undefined => this.#steps.get(step)?.facts;

  has(step: StepName): boolean {
    return this.#steps.has(step);
  }

  /** The step ended well; it took the time since the last one ended. */
  ok(step: StepName, detail: string, facts: StepFacts = {}): void {
    this.#add({ step, outcome: 'ok', code: 'ok', detail, ms: this.#time(), facts });
  }

  skip(step: StepName, code: SkippedCode, facts: StepFacts = {}): void {
    if (this.has(step)) return;
    this.#add({ step, outcome: 'skipped', code, detail: SKIPPED_WORDS[code], ms: 0, facts });
  }

  fail(step: StepName, code: FailedCode, detail: string, facts: StepFacts = {}): void {
    this.#add({ step, outcome: 'failed', code, detail, ms: this.#time(), facts });
  }

  failed(fault: StepFault): void {
    this.fail(fault.step, fault.code, fault.message, fault.facts);
    const reached = STEPS.indexOf(fault.step);
    // A name that was not found has no connection; a connection that was refused had a name that was found.
    if (fault.step === 'connect' || fault.step === 'tls') this.#passed('dns', 'found');
    if (fault.step === 'tls') this.#passed('connect', this.#way('connected'));
    for (const [i, step] of STEPS.entries()) if (i > reached) this.skip(step, 'not-reached');
  }

  /** The first connection to the registry. Its times are its own, not those since the last step. */
  connection(trace: ConnectionTrace, url: URL): void {
    if (this.has('connect')) return;
    if (trace.kept) {
      for (const step of ['dns', 'connect', 'tls'] as const) this.skip(step, 'connection-kept');
      return;
    }
    const { address, dnsMs, connectMs, tlsMs, tlsVersion } = trace;
    const at = (step: StepName, detail: string, ms: number, facts: StepFacts) =>
      this.#add({ step, outcome: 'ok', code: 'ok', detail, ms: Math.round(ms), facts });
    if (!this.has('dns')) at('dns', `${url.hostname} is ${address}`, dnsMs, { address });
    at('connect', this.#way(address), connectMs, { address });
    if (tlsVersion === null) this.skip('tls', 'not-needed');
    else at('tls', tlsVersion, tlsMs, { tlsVersion });
    this.#lap += dnsMs + connectMs + tlsMs;
  }

  /** The registry is asked through a proxy, which looks up the name. */
  through(proxy: string): void {
    this.#proxy = proxy;
    this.skip('dns', 'not-needed');
  }

  /** One for each step; those nobody told of were not reached. */
  all(): StepResult[] {
    for (const step of STEPS) this.skip(step, 'not-reached');
    return STEPS.flatMap((step) => this.#steps.get(step) ?? []);
  }

  #way(direct: string): string {
    return this.#proxy === null ? direct : `through proxy ${this.#proxy}`;
  }

  #passed(step: StepName, detail: string): void {
    if (this.has(step)) return;
    this.#add({ step, outcome: 'ok', code: 'ok', detail, ms: 0, facts: {} });
  }

  #add(result: StepResult): void {
    this.#steps.set(result.step, {
      ...result,
      detail: this.scrub(result.detail),
      facts: Object.fromEntries(
        Object.entries(result.facts).map(([name, fact]) => [name, this.#scrubFact(fact)]),
      ),
    });
  }

  #scrubFact<T>(fact: T): T | string | string[] {
    if (typeof fact === 'string') return this.scrub(fact);
    return Array.isArray(fact) ? fact.map((text) => this.scrub(String(text))) : fact;
  }

  /** The text without what was shown to the registry. */
  scrub(text: string): string {
    let out = text;
    for (const secret of this.#secrets) {
      out = out.replaceAll(secret, MASK);
      // Of a text that was cut, the end may be the beginning of a secret.
      const cut = /^(.*)…(.?)$/su.exec(out);
      const kept = cut?.[1] ?? '';
      for (let n = Math.min(secret.length, kept.length); n >= SHORTEST_SECRET; n--) {
        if (!kept.endsWith(secret.slice(0, n))) continue;
        out = `${kept.slice(0, -n)}${MASK}…${cut?.[2] ?? ''}`;
        break;
      }
    }
    return out;
  }

  #time(): number {
    const now = performance.now();
    const ms = Math.max(0, Math.round(now - this.#lap));
    this.#lap = now;
    return ms;
  }
}
