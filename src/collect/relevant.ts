/**
 * Which pods and events of a long list are worth keeping. Generous: what is kept is judged later,
 * what is dropped here is never seen.
 */
import { list, obj, str } from './json.ts';

/** Event reasons that tell of a pull, of the sandbox, or of another reason why a pod does not start. */
const REASONS = new Set([
  'Failed',
  'BackOff',
  'InspectFailed',
  'ErrImageNeverPull',
  'FailedToRetrieveImagePullSecret',
  'FailedCreatePodSandBox',
  'FailedMount',
  'FailedAttachVolume',
  'FailedScheduling',
  'FailedSync',
  'Pulling',
  'Pulled',
  'Created',
  'Started',
]);

/** True for an event of a pod that may tell why it does not start. */
export function isRelevantEvent(event: unknown): boolean {
  const e = obj(event);
  const target = obj(e['involvedObject'] ?? e['regarding']);
  return str(target['kind']) === 'Pod' && REASONS.has(str(e['reason']));
}

/**
 * True for a pod with a container that waits, or without any container status. A pull can fail in a pod of any
 * phase: a restarted container, an ephemeral one, a sidecar.
 */
export function isTroubledPod(pod: unknown): boolean {
  const status = obj(obj(pod)['status']);
  const phase = str(status['phase']);
  if (phase === 'Succeeded' || phase === 'Failed') return false;
  const statuses = [
    'initContainerStatuses',
    'containerStatuses',
    'ephemeralContainerStatuses',
  ].flatMap((field) => list(status[field]));
  return statuses.length === 0 || statuses.some((s) => obj(s['state'])['waiting'] !== undefined);
}

/** False only for the JSON text of a pod that `isTroubledPod` is false for: all its containers have a status, none waits. */
export function mayBeTroubledPod(json: string): boolean {
  return json.includes('"waiting"') || !json.includes('"containerStatuses"');
}
