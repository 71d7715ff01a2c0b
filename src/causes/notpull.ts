/**
 * Texts of pods and nodes that are about something else than an image, by what they say of themselves.
 */
import { takeApart } from './anatomy.ts';
import { type Look, lookAt, quickOf, quickTest } from './quick.ts';

const OTHER_TROUBLE =
  /\b(?:readiness|liveness|startup) probe (?:failed|errored|warning)|Back-?off (?:\S{1,20} )?restarting failed|CrashLoopBackOff|nodes are available|(?:MountVolume|AttachVolume|UnmountVolume)\.|Unable to (?:attach or )?mount volumes|networkPlugin cni|plugin type=|\bcni\b.{0,80}fail|failed to (?:set ?up|tear ?down) (?:sandbox(?! files)|network|pod)|couldn't find key|^(?:\S{0,300}: )?(?:Error: )?(?:secret|configmap) \S{1,300} not found|Pod sandbox changed|Pod was rejected|exec format error|exec user process|OOMKilled|Evicted|Preempt(?:ed|ing)|Stopping container|Killing container|FailedPostStartHook|exceeded quota: |\bOCI runtime\b|KillPodSandbox|does not resolve to an image ID|failed to reserve (?:container|sandbox) name|\bwas low on resource|failed calling webhook|valid chart repository|container has runAsNonRoot|container runtime network not ready|failed to garbage collect|\bnpm (?:ERR!|error)|\bfatal: (?:Authentication failed|unable to access|could not read)/i;

const NO_TROUBLE =
  /^(?:\S{0,300}: )?(?:Pulling image "|Successfully pulled image|Container image "[^"]{0,2000}" already present|Created container|Started container|Successfully assigned|Pulled image)/i;

/** What a runtime does besides pulling. Only uploads use PATCH and PUT. */
const OTHER_OPERATION =
  /\bfail(?:ed|ure) to push\b|\bpushing image\b|\bThe push refers to\b|\baction: push\b|\bpush permissions\b|\b(?:Patch|Put) "?¤|\binitiating layer upload\b|\buploading manifest\b|\bRemoveImage\b|\bunable to (?:delete|remove)\b|\bmounting volume\b/i;

/** Whether a masked text is of another operation of a runtime; a wrapper of a pull around it says more. */
export function isOtherOperation(masked: string, look: Look): boolean {
  return quickTest(quickOf(OTHER_OPERATION), masked, look);
}

/** `isOtherOperation` of a text as it is. */
export function tellsOtherOperation(text: string): boolean {
  return takeApart(text).parts.some(({ masked }) =>
    isOtherOperation(masked, lookAt(masked.toLowerCase())),
  );
}

/** Whether a masked text is plainly about something else, or about a pull that went well. */
export function isOtherTrouble(masked: string, look: Look): boolean {
  return (
    quickTest(quickOf(OTHER_TROUBLE), masked, look) || quickTest(quickOf(NO_TROUBLE), masked, look)
  );
}
