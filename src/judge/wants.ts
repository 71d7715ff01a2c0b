/** What a first look at the texts says is worth a second round of questions. Pure. */
import type { CauseName } from '../words/cause.ts';
import type { PodEvidence, Wants } from '../words/evidence.ts';
import { isBeingCreated } from '../words/pod.ts';
import { decide } from './decide.ts';
import { type Failing, failingContainers } from './failing.ts';

/** Refusals: beside these a missing pull secret is the cause, beside others it only is worth a word. */
export const REFUSALS: ReadonlySet<CauseName> = new Set<CauseName>([
  'Unauthorized',
  'Forbidden',
  'RepositoryMissingOrPrivate',
  'CredentialsExpired',
  'CredentialProviderFailed',
]);

/** Causes about who may pull: only beside these does a pull secret matter. */
export const CREDENTIAL_CAUSES: ReadonlySet<CauseName> = new Set<CauseName>([
  ...REFUSALS,
  'SecretMissing',
  'SecretMalformed',
]);

const NODE_CAUSES: ReadonlySet<CauseName> = new Set<CauseName>([
  'ImageNeverPull',
  'PlatformMismatch',
  'NodeDiskFull',
  'RuntimeUnavailable',
]);

/** What is worth asking for about this pod. */
export function wantsOf(evidence: PodEvidence): Wants {
  const failing = failingContainers(evidence);
  const causes = failing.flatMap((f) => {
    if (f.kind === 'sandbox') return [];
    const { reading } = decide(f);
    return [reading.cause, ...reading.alternatives];
  });
  const credentials = causes.some((c) => CREDENTIAL_CAUSES.has(c));
  const events = evidence.events.known ? evidence.events.value : [];
  const missing = events.some((e) => e.reason === 'FailedToRetrieveImagePullSecret');
  // A broken secret stops every pull, and old kubelets leave no text of it for long.
  const unexplained = evidence.events.known && causes.includes('Unknown');
  return {
    events: wantsEvents(evidence, failing),
    node: failing.some((f) => f.kind === 'sandbox') || causes.some((c) => NODE_CAUSES.has(c)),
    serviceAccount: credentials && evidence.pod.serviceAccount !== '',
    secrets: (credentials || unexplained) && evidence.pod.pullSecrets.length > 0,
    secretNames: credentials && missing,
    openshift: failing.some((f) => f.kind !== 'sandbox')
      ? credentials
        ? 'credentials'
        : 'registries'
      : undefined,
    refreshers: credentials && evidence.pod.pullSecrets.length > 0,
    holders: failing.some(mayStartElsewhere),
    neighbours: !missing && evidence.pod.node !== null && failing.some(mayBeOnTheNode),
  };
}

/** A pod that need not pull starts where the image is; one whose name cannot be read starts nowhere. */
function mayStartElsewhere(failing: Failing): boolean {
  if (failing.kind === 'sandbox' || failing.pullPolicy === 'Always') return false;
  const { cause } = decide(failing).reading;
  return !isCauseless(cause) && cause !== 'InvalidImageName';
}

/** The kubelet keeps an image from a pod without the credential it was pulled with, whatever the policy but Always. */
function mayBeOnTheNode(failing: Failing): boolean {
  if (failing.kind === 'sandbox' || failing.pullPolicy === 'Always') return false;
  const { cause } = decide(failing).reading;
  return cause === 'ImageNeverPull' || REFUSALS.has(cause);
}

/**
 * True where events were not asked for and the pod's status leaves the cause open: a bare back-off (kubelets before
 * 1.32 write no more), or a container that is still being made (a failed sandbox is told by events only).
 */
function wantsEvents({ events, pod }: PodEvidence, failing: readonly Failing[]): boolean {
  if (events.known || events.why.text !== '') return false;
  if (failing.some((f) => isCauseless(decide(f).reading.cause))) return true;
  // A pod that is being deleted counts: its kubelet takes the failure out of the status again.
  return pod.node !== null && pod.containers.some(isBeingCreated);
}

function isCauseless(cause: CauseName): boolean {
  return cause === 'Unknown' || cause === 'None';
}
