/** Connections to hosts: one keep-alive pool each, and whom TLS trusts. */
import { Agent as HttpAgent } from 'node:http';
import { type AgentOptions, Agent as HttpsAgent } from 'node:https';
import { isIP, type Socket } from 'node:net';
import {
  checkServerIdentity,
  createSecureContext,
  getCACertificates,
  type PeerCertificate,
  type SecureContext,
} from 'node:tls';
import { type Place, portOf } from '../network/hosts.ts';
import type { ProxyUrl } from '../network/proxy-url.ts';
import { serverName } from '../network/server-name.ts';
import { plainHost } from './hosts.ts';
import type { RegistrySettings } from './settings.ts';
import type { Way } from './through-proxy.ts';

/** Requests under way at once to one host; more wait their turn. */
const MAX_SOCKETS = 8;

/** Where to find the host of a URL: where the settings say, else where its own name says. */
export function placeOf(url: URL, addresses: ReadonlyMap<string, string>): Place {
  const host = plainHost(url.hostname);
  const port = portOf(url);
  const written = isIP(host) === 6 ? `[${host}]` : host;
  const address = addresses.get(`${written}:${port}`) ?? addresses.get(written);
  if (address === undefined) return { host, port };
  const [, at = '', said] = /^(\[[^\]]+\]|[^:]+)(?::(\d{1,5}))?$/.exec(address) ?? [];
  const mapped = plainHost(at);
  // To ask DNS instead would show the credential to somebody else. The flags let nothing else through.
  if (isIP(mapped) === 0) throw new Error(`${written}: ${address} is no IP address`);
  return { host: mapped, port: said === undefined ? port : Number(said) };
}

export class Agents {
  readonly #settings: RegistrySettings;
  readonly #agents = new Map<string, HttpAgent | Promise<HttpAgent>>();
  /** From before the system's roots were trusted. */
  readonly #former: (HttpAgent | Promise<HttpAgent>)[] = [];
  #context: SecureContext | null = null;
  #allRoots = false;

  constructor(settings: RegistrySettings) {
    this.#settings = settings;
  }

  /** The proxy on the way to the URL's host. Throws ProxyUrlError. */
  proxyOf(url: URL): ProxyUrl | undefined {
    const { proxies, addresses } = this.#settings;
    return proxies?.of(url, placeOf(url, addresses));
  }

  /** The pool for the URL's scheme, host and port. Throws ProxyUrlError. */
  of(url: URL): HttpAgent | Promise<HttpAgent> {
    const key = `${url.protocol}//${url.host}`;
    const known = this.#agents.get(key);
    if (known !== undefined) return known;
    const agent = this.#make(url);
    this.#agents.set(key, agent);
    return agent;
  }

  /** A connection to the host of the URL, TLS with it still to come; `null` where no proxy is on the way. */
  async dial(url: URL): Promise<Socket | null> {
    const via = this.proxyOf(url);
    if (via === undefined) return null;
    const { dialThrough } = await import('./through-proxy.ts');
    return dialThrough(this.#way(url, via));
  }

  #way(url: URL, via: ProxyUrl): Way {
    this.#context ??= this.#makeContext();
    return {
      via,
      place: placeOf(url, this.#settings.addresses),
      proxyTls: { secureContext: this.#context, rejectUnauthorized: true },
      limitMs: this.#settings.timeouts.connectMs,
    };
  }

  #make(url: URL): HttpAgent | Promise<HttpAgent> {
    const options: AgentOptions = {
      keepAlive: true,
      maxSockets: MAX_SOCKETS,
      // Node's 250 ms per address are too short for a distant server with several addresses.
      autoSelectFamilyAttemptTimeout: 2500,
    };
    const via = this.proxyOf(url);
    if (url.protocol === 'http:' && via === undefined) return new HttpAgent(options);
    this.#context ??= this.#makeContext();
    const secure = {
      ...options,
      secureContext: this.#context,
      // Always said: NODE_TLS_REJECT_UNAUTHORIZED=0 of the user's environment would decide otherwise.
      rejectUnauthorized: !this.#settings.insecureSkipTls,
      // Of the agent, not of each request: Node keeps no connection for requests that bring a function of their own.
      checkServerIdentity: (_name: string, shown: PeerCertificate) =>
        checkServerIdentity(plainHost(url.hostname), shown),
    };
    if (via === undefined) {
      const host = plainHost(url.hostname);
      if (isIP(host) !== 6) return new HttpsAgent(secure);
      return serverName(host).then((name) => new HttpsAgent({ ...secure, ...name }));
    }
    const way = this.#way(url, via);
    return import('./through-proxy.ts').then(({ tunnelTo }) => tunnelTo(url, way, secure));
  }

  /**
   * Trusts the system's roots as well from now on. To read them costs some 60 ms, so that is done only when a
   * certificate was refused. Requests under way go on as they began.
   */
  trustSystem(): void {
    if (this.#allRoots) return;
    this.#allRoots = true;
    this.#context = null;
    this.#former.push(...this.#agents.values());
    this.#agents.clear();
  }

  get trustsSystem(): boolean {
    return this.#allRoots;
  }

  #makeContext(): SecureContext {
    const given = this.#settings.ca.map((pem) => pem.toString('latin1'));
    if (this.#allRoots) {
      const roots = [...getCACertificates('default'), ...getCACertificates('system')];
      return createSecureContext({ ca: [...new Set(roots), ...given] });
    }
    return createSecureContext(given.length > 0 ? { ca: given } : {});
  }

  /** Ends every connection, those in use included. */
  close(): void {
    for (const agent of [...this.#agents.values(), ...this.#former.splice(0)]) {
      if (agent instanceof HttpAgent) agent.destroy();
      else
        agent.then(
          (made) => made.destroy(),
          () => undefined,
        );
    }
    this.#agents.clear();
  }
}
