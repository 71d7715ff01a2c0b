/** Tags of one repository have most layers in common: a blob is asked for once an identity. */
import { checkBlob } from './blobs.ts';
import { identity, type Pool } from './pool.ts';
import type { Session } from './session.ts';

/** What came of a blob that was read: the hosts it came from; `null`: it failed, and may not for another ladder. */
type Seen = Promise<readonly string[] | null>;

const SEEN = new WeakMap<Pool, Map<string, Seen>>();

/** As `checkBlob`, for the sessions of a pool; `onHost` gets the hosts that were redirected to. */
export function sharedCheck(pool: Pool, onHost: (host: string) => void): typeof checkBlob {
  const seen = SEEN.get(pool) ?? new Map<string, Seen>();
  SEEN.set(pool, seen);
  return async (session, step, blob) => {
    const { base, repository, namespace, credential } = session.target;
    const key = [base.href, repository, namespace, identity(credential), blob.digest].join(' ');
    const known = seen.get(key);
    const hosts = known === undefined ? null : await unlessOver(known, session);
    if (hosts !== null) {
      for (const host of hosts) onHost(host);
      return;
    }
    const asked = checkBlob(session, step, blob);
    seen.set(
      key,
      asked.then(
        () => session.redirectedTo,
        () => null,
      ),
    );
    await asked;
  };
}

/** A ladder waits for another no longer than it has time itself. */
function unlessOver(known: Seen, { signal }: Session): Seen {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    known.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
}
