/** What goes wrong with a proxy. Facts only: each side that uses proxies has its own words. Never a login. */

/** A proxy's URL that cannot be used. */
export class ProxyUrlError extends Error {
  override readonly name = 'ProxyUrlError';
  /** The URL is HTTP_PROXY of a CGI environment, where a request's header may have set it. */
  readonly cgi: boolean;

  /** `message`: what is wrong, to be put behind the name of where the URL was given. */
  constructor(message: string, cgi = false) {
    super(message);
    this.cgi = cgi;
  }
}

/**
 * How far it had come: `port` is no port, `dial` TCP or TLS with the proxy failed (`cause`), `ask` the CONNECT had no
 * answer (`cause`), `answer` a status other than 200, `socks` the handshake failed, `silent` the time was over,
 * `stopped` we gave up ourselves.
 */
export type ProxyStage = 'port' | 'dial' | 'ask' | 'answer' | 'socks' | 'silent' | 'stopped';

export interface ProxyRefusalFacts {
  readonly stage: ProxyStage;
  /** `HOST:PORT` of the proxy. */
  readonly proxy: string;
  readonly port: number;
  /** `HOST:PORT` that the proxy was asked for. */
  readonly target?: string | undefined;
  readonly status?: number | undefined;
  /** `answer`: the phrase of the status line, a stranger's text, cut. `socks`: why, in Go's words. */
  readonly said?: string | undefined;
  readonly cause?: unknown;
}

/** The proxy on the way refused or failed. */
export class ProxyRefusal extends Error {
  override readonly name = 'ProxyRefusal';
  readonly stage: ProxyStage;
  readonly proxy: string;
  readonly port: number;
  readonly target: string;
  readonly status: number | null;
  readonly said: string;

  constructor(facts: ProxyRefusalFacts) {
    super(`proxy ${facts.proxy}: ${facts.stage}`, { cause: facts.cause });
    this.stage = facts.stage;
    this.proxy = facts.proxy;
    this.port = facts.port;
    this.target = facts.target ?? '';
    this.status = facts.status ?? null;
    this.said = facts.said ?? '';
  }
}
