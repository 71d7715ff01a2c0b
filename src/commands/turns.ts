/** When to look: one look at a time, soon after a change, and after a while where something is undecided. */
import type { ExitCode } from '../words/options.ts';

/** How quickly it reacts, in milliseconds. */
export interface Pace {
  /** Changes of so long are looked at together. */
  readonly gatherMs: number;
  /** What is undecided is looked at again after so long. */
  readonly againMs: number;
}

/** `later`: when something changes; `again`: after a while even so. */
export type Outcome = ExitCode | 'later' | 'again';

interface Settle {
  readonly resolve: (code: ExitCode) => void;
  readonly reject: (error: unknown) => void;
}

export class Turns {
  readonly #look: () => Promise<Outcome>;
  readonly #settle: Settle;
  readonly #pace: Pace;
  #timer: NodeJS.Timeout | undefined;
  #gathering = false;
  #busy = false;
  #changed = false;
  #ended = false;

  /** `look` is called for each turn; the first exit code it gives, or what it throws, goes to `settle`. */
  constructor(look: () => Promise<Outcome>, settle: Settle, pace: Pace) {
    this.#look = look;
    this.#settle = settle;
    this.#pace = pace;
  }

  /** Something changed. Changes that go on and on do not put the turn off. */
  soon(): void {
    if (this.#busy) this.#changed = true;
    else if (!this.#gathering) this.#after(this.#pace.gatherMs, true);
  }

  end(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
  }

  #after(ms: number, gathering: boolean): void {
    if (this.#ended) return;
    clearTimeout(this.#timer);
    this.#gathering = gathering;
    this.#timer = setTimeout(() => void this.#take(), ms);
  }

  async #take(): Promise<void> {
    this.#busy = true;
    this.#gathering = false;
    this.#changed = false;
    try {
      const outcome = await this.#look();
      this.#busy = false;
      if (typeof outcome === 'number') this.#settle.resolve(outcome);
      else if (this.#changed) this.#after(this.#pace.gatherMs, true);
      else if (outcome === 'again') this.#after(this.#pace.againMs, false);
    } catch (error) {
      this.#settle.reject(error);
    }
  }
}
