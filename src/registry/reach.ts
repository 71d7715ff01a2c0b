/** Which hosts answer in this run: one that could not be reached is not waited for by every image again. */
import type { HttpClient } from './client.ts';
import type { HttpAnswer, HttpRequest } from './exchange.ts';
import { RequestFault } from './faults.ts';

export interface Sender {
  /** Any HTTP status is an answer. Throws RequestFault where none came. */
  readonly send: (request: HttpRequest) => Promise<HttpAnswer>;
}

export class Reach implements Sender {
  readonly #client: HttpClient;
  /** Told the origin of a host when its first answer came, or when it is given up. */
  readonly #settled: (origin: string) => void;
  readonly #answered = new Set<string>();
  readonly #lost = new Map<string, RequestFault>();

  constructor(client: HttpClient, settled: (origin: string) => void) {
    this.#client = client;
    this.#settled = settled;
  }

  knows(origin: string): boolean {
    return this.#answered.has(origin) || this.#lost.has(origin);
  }

  async send(request: HttpRequest): Promise<HttpAnswer> {
    const { origin } = request.url;
    const lost = this.#lost.get(origin);
    if (lost !== undefined) throw again(lost);
    try {
      const answer = await this.#client.send(request);
      if (!this.#answered.has(origin)) {
        this.#lost.delete(origin);
        this.#answered.add(origin);
        this.#settled(origin);
      }
      return answer;
    } catch (error) {
      // A host that has answered before may have a bad moment.
      if (error instanceof RequestFault && isLasting(error) && !this.#answered.has(origin)) {
        this.#lost.set(origin, error);
        this.#settled(origin);
      }
      throw error;
    }
  }
}

/** What the next request would most likely meet too; a connection that was cut says little. */
function isLasting({ phase, code }: RequestFault): boolean {
  if (code === 'connect-reset' || code === 'connection-lost') return false;
  return phase !== 'answer' || code === 'timeout';
}

function again({ phase, code, message, facts, cause }: RequestFault): RequestFault {
  return new RequestFault(phase, code, `${message}; not asked again`, facts, cause);
}
