/** Requests to one registry for one repository with one credential, redirects followed. */
import type { StepName } from '../words/ladder.ts';
import type { HttpAnswer, HttpRequest } from './exchange.ts';
import { names, plainHost, plainUrl, redirectObjection, sameOrigin } from './hosts.ts';
import { Login, type SessionTarget } from './login.ts';
import type { Pool } from './pool.ts';
import type { Recorder } from './recorder.ts';
import { writtenForms } from './secret-forms.ts';
import { atStep, StepFault } from './step-fault.ts';

const MAX_REDIRECTS = 10;
/** Tokens that end while a ladder goes on. */
const MAX_RENEWALS = 3;

export interface RegistryRequest {
  readonly step: StepName;
  readonly method: 'HEAD' | 'GET';
  /** Behind the repository: `/manifests/latest`. */
  readonly path: string;
  /** With its question mark. */
  readonly query?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly limit: number;
  readonly larger: HttpRequest['larger'];
}

export class Session {
  readonly target: SessionTarget;
  readonly #pool: Pool;
  readonly #recorder: Recorder;
  readonly #signal: AbortSignal;
  #authorization: string | null = null;
  #challenged = false;
  #renewals = 0;
  #coming: Promise<string | null> | null = null;
  readonly #login: Login;
  readonly #redirectedTo = new Set<string>();

  constructor(target: SessionTarget, pool: Pool, recorder: Recorder, signal: AbortSignal) {
    this.target = target;
    this.#pool = pool;
    this.#recorder = recorder;
    this.#signal = signal;
    for (const secret of pool.settings.proxies?.secrets ?? []) recorder.hide(secret);
    for (const text of writtenForms(target.credential)) recorder.hide(text);
    this.#login = new Login(target, pool, recorder);
  }

  get realmHost(): string | null {
    return this.#login.realmHost;
  }

  /** The registry or its token server saw the credential. */
  get credentialShown(): boolean {
    return this.#login.shown;
  }

  get redirectedTo(): readonly string[] {
    return [...this.#redirectedTo];
  }

  /** The registry itself answered, not a host that it sent us to. */
  isHome(answer: HttpAnswer): boolean {
    return sameOrigin(answer.url, this.target.base);
  }

  get signal(): AbortSignal {
    return this.#signal;
  }

  get now(): number {
    return this.#pool.settings.now();
  }

  /** Any status is an answer, 401 too once its challenge was met. Throws StepFault. */
  async request(asked: RegistryRequest): Promise<HttpAnswer> {
    const shown = this.#authorization;
    const answer = await this.#follow(asked);
    if (!this.isHome(answer)) return answer;
    if (answer.status !== 401) {
      if (answer.status < 400) this.#login.worked(shown);
      return answer;
    }
    return (await this.#hasOther(answer, shown)) ? this.request(asked) : answer;
  }

  /** Whether there is another header than `shown`, which was refused. Requests at the same time share it. */
  async #hasOther(answer: HttpAnswer, shown: string | null): Promise<boolean> {
    if (this.#authorization !== shown) return true;
    this.#coming ??=
      this.#other(answer, shown)?.finally(() => {
        this.#coming = null;
      }) ?? null;
    const header = await this.#coming;
    if (header === null) return false;
    this.#authorization = header;
    return true;
  }

  /** For the first challenge, and for a token that was good before: it may have ended. */
  #other(answer: HttpAnswer, shown: string | null): Promise<string | null> | null {
    if (!this.#challenged) {
      this.#challenged = true;
      return this.#login.header(answer, this.#signal);
    }
    if (this.#renewals >= MAX_RENEWALS || !this.#login.hasWorked(shown)) return null;
    this.#renewals++;
    return this.#login.renewed(answer, this.#signal);
  }

  #url({ path, query }: RegistryRequest): URL {
    const { base, repository, namespace } = this.target;
    const url = new URL(base);
    url.pathname = `${base.pathname.replace(/\/+$/, '')}/${repository}${path}`;
    url.search = query ?? '';
    if (namespace !== null) url.searchParams.set('ns', namespace);
    return url;
  }

  /** Redirects go without credentials, save to another path of the same server. */
  async #follow(asked: RegistryRequest): Promise<HttpAnswer> {
    let url = this.#url(asked);
    let atHome = true;
    const signed: string[] = [];
    for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
      const answer = await this.#send(asked, url, atHome);
      const location = answer.headers.location;
      const isRedirect = [301, 302, 303, 307, 308].includes(answer.status);
      if (!isRedirect || location === undefined) {
        // Storage that refuses says what it was shown, as a registry may.
        if (answer.status >= 400) for (const text of signed) this.#recorder.hide(text);
        return answer;
      }
      const target = URL.parse(location, url.href);
      const why =
        target === null ? 'it redirects nowhere' : redirectObjection(target, this.target.base);
      if (target === null || why !== null) {
        throw new StepFault(
          asked.step,
          'redirect-refused',
          `${this.target.base.host}: ${why}; not followed`,
          {
            status: answer.status,
            url: plainUrl(url),
            ...(target !== null && { redirectedTo: [target.host] }),
          },
        );
      }
      atHome = atHome && sameOrigin(target, this.target.base);
      if (!atHome) this.#redirectedTo.add(target.host);
      url = target;
      signed.push(...signatures(target));
    }
    throw new StepFault(
      asked.step,
      'redirect-refused',
      `${this.target.base.host} redirects in a circle`,
      {
        url: plainUrl(url),
      },
    );
  }

  async #send(asked: RegistryRequest, url: URL, atHome: boolean): Promise<HttpAnswer> {
    const { method, headers, limit, larger } = asked;
    const authorization = atHome ? this.#authorization : null;
    try {
      if (atHome) this.#way(url);
      const answer = await this.#pool.reach.send({
        method,
        url,
        headers: { ...headers, ...(authorization !== null && { Authorization: authorization }) },
        limit,
        larger,
        signal: this.#signal,
      });
      if (atHome) this.#recorder.connection(answer.connection, url);
      return answer;
    } catch (error) {
      if (atHome) throw atStep(asked.step, error);
      throw elsewhere(asked.step, error);
    }
  }

  #way(url: URL): void {
    const via = this.#pool.client.proxyOf(url);
    if (via !== undefined) this.#recorder.through(via.address);
    else if (this.#isAddress(url)) this.#recorder.skip('dns', 'not-needed');
  }

  /** Nothing to look up: an address is written, or one was given for the name. */
  #isAddress(url: URL): boolean {
    return names(new Set(this.#pool.settings.addresses.keys()), url) || isAddress(url.hostname);
  }
}

/** Shorter values of a query are words. */
const SHORTEST_SIGNATURE = 16;
const MAX_SIGNATURES = 32;

/** What may be a signature in an address that is signed for one request. */
function signatures({ search, searchParams }: URL): string[] {
  const written = search
    .slice(1)
    .split('&')
    .map((part) => part.slice(part.indexOf('=') + 1));
  return [...new Set([...searchParams.values(), ...written])]
    .filter((text) => text.length >= SHORTEST_SIGNATURE)
    .slice(0, MAX_SIGNATURES);
}

function isAddress(hostname: string): boolean {
  const bare = plainHost(hostname);
  return bare.includes(':') || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(bare);
}

/** A host that the registry sent us to cannot be reached: not the registry's own connection. */
function elsewhere(step: StepName, error: unknown): unknown {
  const fault = atStep(step, error);
  if (!(fault instanceof StepFault)) return error;
  const isOurs = ['timeout', 'too-large', 'proxy-failed'].includes(fault.code);
  return new StepFault(
    step,
    isOurs ? fault.code : 'blob-unreachable',
    `redirected: ${fault.message}`,
    fault.facts,
    fault,
  );
}
