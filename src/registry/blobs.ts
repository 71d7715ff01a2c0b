/**
 * Whether config and layers may be read: a quota, a scanner or a firewall before the storage shows only there.
 * HEAD first; where that is refused, GET of the first byte, since storage signs its addresses for one method.
 */
import type { StepFacts } from '../words/ladder.ts';
import { ERROR_LIMIT, readError, refusal } from './answer.ts';
import { type Descriptor, parsePlatform } from './documents.ts';
import type { HttpAnswer } from './exchange.ts';
import { refused } from './manifests.ts';
import type { Session } from './session.ts';
import type { Platform } from './settings.ts';
import { StepFault } from './step-fault.ts';

/** Layers that are looked at; more than real images have. */
const MAX_LAYERS = 128;
const AT_ONCE = 4;
/** Bytes of a config that are read. */
const CONFIG_LIMIT = 4 * 1024 * 1024;

/** Throws StepFault. */
export async function checkBlob(
  session: Session,
  step: 'config' | 'layers',
  blob: Descriptor,
): Promise<void> {
  const path = `/blobs/${blob.digest}`;
  const ask = (method: 'HEAD' | 'GET', headers: Record<string, string>) =>
    session.request({ step, method, path, headers, limit: ERROR_LIMIT, larger: 'cut' });
  const looked = await ask('HEAD', {});
  if (isThere(looked)) return;
  // Whether it is there was answered; only a registry itself can say that something is not.
  if (looked.status === 404 && session.isHome(looked)) throw missing(step, blob, looked);
  if (looked.status === 429) throw blobRefused(session, step, 'HEAD', looked);
  const read = await ask('GET', { Range: 'bytes=0-0' });
  if (isThere(read)) return;
  if (read.status === 404) throw missing(step, blob, read);
  throw blobRefused(session, step, 'GET', read);
}

/**
 * All of them; throws the StepFault of the first that cannot be read. Returns how many were looked at. `check` asks for
 * one, where somebody else may have asked already.
 */
export async function checkLayers(
  session: Session,
  layers: readonly Descriptor[],
  check: typeof checkBlob,
): Promise<StepFacts> {
  const own = [
    ...new Map(layers.filter((one) => !one.isForeign).map((one) => [one.digest, one])).values(),
  ];
  const asked = own.slice(0, MAX_LAYERS);
  const queue = asked.values();
  let failed = false;
  const work = async () => {
    for (const layer of queue) {
      if (failed) return;
      await check(session, 'layers', layer).catch((error: unknown) => {
        failed = true;
        throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return {
    checked: asked.length,
    of: own.length,
    ...(session.redirectedTo.length > 0 && { redirectedTo: session.redirectedTo }),
  };
}

/** Reads the config for the platform it is made for; `null` where it does not say. Throws StepFault. */
export async function readConfigPlatform(
  session: Session,
  config: Descriptor,
): Promise<Platform | null> {
  const answer = await session.request({
    step: 'config',
    method: 'GET',
    path: `/blobs/${config.digest}`,
    limit: CONFIG_LIMIT,
    larger: 'refused',
  });
  if (answer.status === 404) throw missing('config', config, answer);
  if (!isThere(answer)) throw blobRefused(session, 'config', 'GET', answer);
  try {
    return parsePlatform(JSON.parse(answer.body.toString('utf8')));
  } catch {
    // A config of another kind of artifact need not be JSON.
    return null;
  }
}

function isThere(answer: HttpAnswer): boolean {
  return answer.status === 200 || answer.status === 206;
}

function missing(step: 'config' | 'layers', blob: Descriptor, answer: HttpAnswer): StepFault {
  const what = step === 'config' ? 'the config' : 'a layer';
  return new StepFault(step, 'blob-missing', `${what} is not there: ${blob.digest} (404)`, {
    status: answer.status,
    digest: blob.digest,
  });
}

function blobRefused(
  session: Session,
  step: 'config' | 'layers',
  method: string,
  answer: HttpAnswer,
): StepFault {
  const fault = refused(session, step, answer, refusal(method, answer, readError(answer)));
  const isDenied =
    fault.code === 'forbidden' ||
    fault.code === 'unauthorized' ||
    fault.code === 'missing-or-private';
  if (!isDenied) return fault;
  const where = session.isHome(answer) ? '' : `${answer.url.host}, where the registry keeps it: `;
  return new StepFault(step, 'blob-forbidden', `${where}${fault.message}`, fault.facts);
}
