/** What the ladders of one command share: connections, tokens, answers, and patience with a registry that says slow down. */
import { createHash } from 'node:crypto';
import type { Hidden } from '../words/hidden.ts';
import { HttpClient } from './client.ts';
import { TimeUp } from './faults.ts';
import { Reach } from './reach.ts';
import type { RegistryCredential, RegistrySettings } from './settings.ts';
import { fetchToken, type Token, type TokenRequest } from './tokens.ts';
import { Turns } from './turns.ts';

/** A token is not used in its last seconds. */
const MARGIN_MS = 5000;
/** A registry that says 429 and not for how long is left alone for so many seconds. */
const PATIENCE = 60;

export class Pool {
  readonly settings: RegistrySettings;
  readonly client: HttpClient;
  /** The client, but for hosts that could not be reached before. */
  readonly reach: Reach;
  /** With these the registry has let somebody in. */
  readonly goodTokens = new WeakSet<Hidden>();
  readonly #turns: Turns;
  readonly #tokens = new Map<string, Promise<Token & { readonly until: number }>>();
  /** Host and identity to the time, in milliseconds, until which nothing is asked. */
  readonly #limited = new Map<string, number>();

  constructor(settings: RegistrySettings) {
    this.settings = settings;
    this.client = new HttpClient(settings);
    this.reach = new Reach(this.client, (origin) => this.#turns.settled(origin));
    this.#turns = new Turns(settings.concurrency, (origin) => this.reach.knows(origin));
  }

  /** Runs `ask` when its turn comes; `first`: who is asked first. */
  inTurn<T>(first: URL, ask: () => Promise<T>): Promise<T> {
    return this.#turns.take(first.origin, ask);
  }

  /**
   * One token for a realm, service, scope and identity, another than `ended`. Throws StepFault; `signal` ends the
   * waiting, not the asking.
   */
  async token(
    request: TokenRequest,
    signal: AbortSignal,
    ended: Hidden | null = null,
  ): Promise<Hidden> {
    const { realm, service, scopes, credential } = request;
    const key = JSON.stringify([realm.href, service, scopes, identity(credential)]);
    const before = this.#tokens.get(key);
    const known = before === undefined ? null : await waited(before, signal);
    if (known !== null && known.token !== ended && known.until > this.settings.now()) {
      return known.token;
    }
    const { timeouts, now, signal: all } = this.settings;
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(new TimeUp()), timeouts.ladderMs / 2);
    const context = { client: this.reach, now, signal: AbortSignal.any([all, limit.signal]) };
    const asked = fetchToken(request, context)
      .then((token) => ({ ...token, until: now() + token.life * 1000 - MARGIN_MS }))
      .finally(() => clearTimeout(timer));
    this.#tokens.set(key, asked);
    const fetched = await waited(asked, signal);
    return fetched.token;
  }

  /** Seconds for which the registry wants to be left alone by this identity; 0: it may be asked. */
  limitedFor(host: string, credential: RegistryCredential | null): number {
    const until = this.#limited.get(`${host} ${identity(credential)}`) ?? 0;
    return Math.max(0, Math.ceil((until - this.settings.now()) / 1000));
  }

  limit(host: string, credential: RegistryCredential | null, seconds: number | null): void {
    const until = this.settings.now() + (seconds ?? PATIENCE) * 1000;
    this.#limited.set(`${host} ${identity(credential)}`, until);
  }

  /** Ends connections that wait for work. */
  close(): void {
    this.client.close();
  }
}

/** The same for the same login, and tells nothing of it. */
export function identity(credential: RegistryCredential | null): string {
  if (credential === null) return '';
  const hash = createHash('sha256');
  hash.update(JSON.stringify([credential.username, credential.password.reveal()]));
  return hash.digest('hex');
}

/** The value, or the reason of the signal where that comes first. */
function waited<T>(value: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    value.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
}
