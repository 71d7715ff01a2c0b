/** Whether the images of a pod are there. Pure. */

import type { PullState } from '../words/following.ts';
import type { ContainerView, PodView } from '../words/pod.ts';

/**
 * `waiting.reason` of a container whose image is there: what the kubelet does only after the pull
 * (pkg/kubelet/kuberuntime/kuberuntime_container.go startContainer, pkg/kubelet/container/sync_result.go). A reason that
 * is not known proves nothing.
 */
const AFTER_THE_PULL = new Set([
  'CreateContainerConfigError',
  'PreCreateHookError',
  'CreateContainerError',
  'PreStartHookError',
  'RunContainerError',
  'PostStartHookError',
  'CrashLoopBackOff',
]);

/** `failing`: the pod was judged to have a pull failure. An ephemeral container counts like any other. */
export function pullState(pod: PodView, failing: boolean): PullState {
  if (failing) return 'failing';
  if (pod.phase === 'Succeeded') return 'pulled';
  if (pod.containers.length > 0 && pod.containers.every(hasImage)) return 'pulled';
  // A pod that has ended pulls nothing any more.
  return pod.phase === 'Failed' ? 'ended' : 'waiting';
}

/** The image of the container is there: it came further than to its pull. */
export function hasImage({ state }: ContainerView): boolean {
  if (state.kind === 'waiting') return AFTER_THE_PULL.has(state.reason);
  return state.kind !== 'none';
}
