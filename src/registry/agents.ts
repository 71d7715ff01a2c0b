/** Connections to hosts: one keep-alive pool each, and whom TLS trusts. */
import { Agent as HttpAgent } from 'node:http';
import { type AgentOptions, Agent as HttpsAgent } from 'node:https';
import { isIP } from 'node:net';
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import { bareHost, portOf } from './hosts.ts';
import type { RegistrySettings } from './settings.ts';

/** Requests under way at once to one host; more wait their turn. */
const MAX_SOCKETS = 8;

/** Where a connection really goes. */
export interface Place {
  readonly host: string;
  readonly port: number;
}

/** Where to find the host of a URL: where the settings say, else where its own name says. */
export function placeOf(url: URL, addresses: ReadonlyMap<string, string>): Place {
  const host = bareHost(url.hostname);
  const port = portOf(url);
  const written = isIP(host) === 6 ? `[${host}]` : host;
  const address = addresses.get(`${written}:${port}`) ?? addresses.get(written);
  const mapped = address === undefined ? null : URL.parse(`http://${address}`);
  if (mapped === null) return { host, port };
  // An address without a port keeps the URL's; `URL` leaves out 80.
  const said = /:(\d{1,5})$/.exec(address ?? '')?.[1];
  return { host: bareHost(mapped.hostname), port: said === undefined ? port : Number(said) };
}

export class Agents {
  readonly #settings: RegistrySettings;
  readonly #agents = new Map<string, HttpAgent | HttpsAgent>();
  #context: SecureContext | null = null;
  #allRoots = false;

  constructor(settings: RegistrySettings) {
    this.#settings = settings;
  }

  /** The pool for the URL's scheme, host and port. */
  of(url: URL): HttpAgent | HttpsAgent {
    const key = `${url.protocol}//${url.host}`;
    const known = this.#agents.get(key);
    if (known !== undefined) return known;
    const agent = this.#make(url);
    this.#agents.set(key, agent);
    return agent;
  }

  #make(url: URL): HttpAgent | HttpsAgent {
    const options: AgentOptions = {
      keepAlive: true,
      maxSockets: MAX_SOCKETS,
      // Node's 250 ms per address are too short for a distant server with several addresses.
      autoSelectFamilyAttemptTimeout: 2500,
    };
    if (url.protocol === 'http:') return new HttpAgent(options);
    this.#context ??= this.#makeContext();
    return new HttpsAgent({
      ...options,
      secureContext: this.#context,
      // Always said: NODE_TLS_REJECT_UNAUTHORIZED=0 of the user's environment would decide otherwise.
      rejectUnauthorized: !this.#settings.insecureSkipTls,
    });
  }

  /**
   * Trusts the system's roots as well from now on. To read them costs some 60 ms, so that is done only when a
   * certificate was refused. False where they are trusted already.
   */
  trustSystem(): boolean {
    if (this.#allRoots) return false;
    this.#allRoots = true;
    this.#context = null;
    this.close();
    return true;
  }

  #makeContext(): SecureContext {
    const given = this.#settings.ca.map((pem) => pem.toString('latin1'));
    if (this.#allRoots) {
      const roots = [...getCACertificates('default'), ...getCACertificates('system')];
      return createSecureContext({ ca: [...new Set(roots), ...given] });
    }
    return createSecureContext(given.length > 0 ? { ca: given } : {});
  }

  /** Ends connections that wait for work; those in use end when their answer is there. */
  close(): void {
    for (const agent of this.#agents.values()) agent.destroy();
    this.#agents.clear();
  }
}
