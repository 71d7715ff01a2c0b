/** Who may ask now: so many at once, and few of them at a host of which nobody knows yet whether it answers. */

/** Milliseconds after which one that waits for the first answer of its host lets another go. */
const PATIENCE_MS = 1000;

interface Host {
  /** Those that ask while it is not known whether it answers. */
  trying: number;
  readonly waiting: (() => void)[];
}

export class Turns {
  readonly #width: number;
  readonly #knows: (host: string) => boolean;
  readonly #hosts = new Map<string, Host>();
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  /** `knows`: the host has answered, or is given up. */
  constructor(width: number, knows: (host: string) => boolean) {
    this.#width = width;
    this.#knows = knows;
  }

  /** Runs `work` when its turn comes. */
  async take<T>(host: string, work: () => Promise<T>): Promise<T> {
    const tried = this.#knows(host) ? null : await this.#first(host);
    await this.#enter();
    let holds = true;
    const leave = (): void => {
      if (holds) this.#leave();
      holds = false;
    };
    const timer =
      tried === null ? undefined : setTimeout(() => !this.#knows(host) && leave(), PATIENCE_MS);
    try {
      return await work();
    } finally {
      clearTimeout(timer);
      leave();
      if (tried !== null) this.#tried(host, tried);
    }
  }

  /** It is known now whether the host answers: nobody has to wait for that. */
  settled(host: string): void {
    for (const go of this.#hosts.get(host)?.waiting.splice(0) ?? []) go();
  }

  /** Half of the places are for hosts that answer. `null`: waited until that was known. */
  async #first(host: string): Promise<Host | null> {
    const one = this.#hosts.get(host) ?? { trying: 0, waiting: [] };
    this.#hosts.set(host, one);
    if (one.trying >= Math.max(1, Math.floor(this.#width / 2))) {
      await new Promise<void>((go) => one.waiting.push(go));
      if (this.#knows(host)) return null;
    }
    one.trying++;
    return one;
  }

  #tried(host: string, one: Host): void {
    one.trying--;
    if (this.#knows(host)) this.settled(host);
    else one.waiting.shift()?.();
  }

  async #enter(): Promise<void> {
    if (this.#running < this.#width) this.#running++;
    else await new Promise<void>((go) => this.#waiting.push(go));
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#running--;
    else next();
  }
}
