/** The pods of the Jobs of one run, by one list a namespace, however many nodes are asked. */
import { ConnectionError } from '../cluster/errors.ts';
import type { PodEvidence } from '../words/evidence.ts';
import { type Answer, notAsked } from '../words/known.ts';
import type { ObjectSource } from '../words/objects.ts';
import { redact } from '../words/redact.ts';
import { list, obj, str } from './json.ts';
import { EVENT, POD } from './kinds.ts';
import { bareEvidence } from './pods.ts';
import { podView } from './views.ts';

export interface JobLook {
  /** The pod of the Job; `null` where there is none yet, or where the server was not reached for a moment. */
  podOf(
    namespace: string,
    job: string,
  ): Promise<{ readonly evidence: PodEvidence; readonly message: string } | null>;
  /** Why the Job's pod may not be made, as the API server told the Job's controller; empty where nothing was said. */
  refusalOf(namespace: string, job: string): Promise<string>;
}

type Pods = Answer<readonly unknown[]>;

/**
 * `run`: value of the label of the run. A list younger than `freshMs` is used again. Throws the error where pods may not
 * be listed.
 */
export function jobLook(
  source: ObjectSource,
  labelSelector: string,
  freshMs: number,
  now: () => number,
): JobLook {
  const lists = new Map<string, { readonly at: number; readonly pods: Promise<Pods> }>();
  const podsIn = (namespace: string): Promise<Pods> => {
    const known = lists.get(namespace);
    if (known !== undefined && now() - known.at < freshMs) return known.pods;
    const pods = source.list<unknown>({ resource: POD, namespace, labelSelector });
    lists.set(namespace, { at: now(), pods });
    return pods;
  };
  return {
    async podOf(namespace, job) {
      const answer = await passing(podsIn(namespace));
      if (answer === null) return null;
      if (!answer.known) {
        if (answer.why.reason === 'forbidden') throw answer.why.error;
        return null;
      }
      const own = answer.value.find((pod) => jobOf(pod) === job);
      if (own === undefined) return null;
      const message = redact(str(obj(obj(own)['status'])['message']));
      return { evidence: bareEvidence(podView(own), notAsked('', '')), message };
    },
    async refusalOf(namespace, job) {
      const fieldSelector = `involvedObject.kind=Job,involvedObject.name=${job}`;
      const answer = await passing(
        source.list<unknown>({ resource: EVENT, namespace, fieldSelector }),
      );
      if (answer === null || !answer.known) return '';
      const refused = answer.value.map(obj).filter((event) => event['reason'] === 'FailedCreate');
      return redact(str(refused.at(-1)?.['message'])).slice(0, 1000);
    },
  };
}

function jobOf(pod: unknown): string {
  const owners = list(obj(obj(pod)['metadata'])['ownerReferences']);
  return str(owners.find((owner) => owner['kind'] === 'Job')?.['name']);
}

/** `null` where the server was not reached: one that is away for a moment is asked again at the next look. */
export async function passing<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ConnectionError) return null;
    throw error;
  }
}
