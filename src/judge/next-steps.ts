/** The next steps of one verdict: what registries brought, what was found, what the cause says, and the way to run. Pure. */
import type { Cause } from '../causes/cause.ts';
import {
  ALLOW_PULL,
  ATTACH_FIRST_SECRET,
  ATTACH_SECRET,
  EARLIER_IMAGES,
  isNewPod,
  isSetImage,
} from '../causes/steps.ts';
import type { ImageReference } from '../image/reference.ts';
import { validForm } from '../image/repair.ts';
import type { PodEvidence } from '../words/evidence.ts';
import { nearest } from '../words/nearest.ts';
import type { NextStep } from '../words/next-step.ts';
import type { Contributing } from '../words/verdict.ts';
import type { VerifiedImage } from '../words/verification.ts';
import type { CredentialFindings } from './credential-findings.ts';
import { findingSteps } from './finding-steps.ts';
import type { Mended } from './mended.ts';
import {
  allowPull,
  earlierImages,
  imageSteps,
  listSecret,
  replaceInAccount,
  setImage,
} from './mending.ts';
import { newPod } from './new-pod.ts';
import { attachSteps } from './pod-credentials-copy.ts';
import { eachOnce, inPlaceOfAttaching, secretSteps } from './registry-advice.ts';
import { fillSteps, type StepValues } from './steps.ts';

/** What a verdict knows when it comes to its steps. */
export interface Known {
  readonly evidence: PodEvidence;
  readonly cause: Pick<Cause, 'name' | 'nextSteps'>;
  /** As written. */
  readonly image: string;
  readonly reference: ImageReference | null;
  readonly contributing: readonly Contributing[];
  readonly credentials: CredentialFindings;
  /** Listed pull secrets that are not there. */
  readonly missing: readonly string[];
  readonly verified: VerifiedImage | null;
  readonly values: StepValues;
  readonly mended: Mended;
}

/** The steps in the order in which they are carried out, each command once. */
export function nextStepsOf(known: Known): NextStep[] {
  const { evidence, cause, contributing, credentials, verified } = known;
  const tooLate = contributing.some((c) => c.code === 'attached-too-late');
  const login = tooLate || verified?.result === 'pullable' ? [] : loginSteps(known);
  const fromIbm = verified !== null && verified.ibm !== null && verified.nextSteps.length > 0;
  const ofCause = cause.nextSteps.filter(
    (step) => fitsAccount(step, evidence) && !(verified && isVerify(step)) && !isNewPod(step),
  );
  const steps = [
    ...credentials.steps,
    ...findingSteps(contributing),
    ...inPlaceOfAttaching(ofCause, login, fromIbm),
  ].filter((step) => login.length === 0 || !isFromFile(step));
  const listed = evidence.pod.pullSecrets.length > 0 || tooLate;
  const before = eachOnce([
    ...(verified?.nextSteps ?? []).filter((step) => !isRecipe(step, login)),
    ...imagesToTry(known),
    ...renamedSecret(known),
    ...steps.flatMap((step) => filledIn(step, known, listed)),
  ]);
  const asks = cause.nextSteps.some(isNewPod) && evidence.presence === 'there';
  const last = asks ? newPod(known.mended, before) : null;
  return last === null ? before : [...before, last];
}

function filledIn(step: NextStep, { values, mended }: Known, listed: boolean) {
  if (step === EARLIER_IMAGES) {
    const own = earlierImages(mended);
    return own === null ? [] : fillSteps([own], values, listed);
  }
  if (step === ALLOW_PULL) return [allowPull(mended)];
  const filled = fillSteps([step], values, listed);
  return isSetImage(step) ? filled.flatMap((one) => imageSteps(one, mended, 'IMAGE')) : filled;
}

/** What is done already where the registry was asked. */
export function isVerify({ command }: { readonly command?: string | null }): boolean {
  return /^kubectl imagepull verify (?!--)/.test(command ?? '');
}

/** From a docker configuration file, which the steps of `login` do without. */
function isFromFile({ command = '' }: NextStep): boolean {
  return /^kubectl create secret docker-registry \S+ .*=config\.json$/.test(command);
}

/** Of `verify`, which knows less of the pod: the same secret, or what to do with it in words alone. */
function isRecipe(step: NextStep, login: readonly NextStep[]): boolean {
  if (login.length === 0) return false;
  const { command, text } = step;
  if (command !== undefined) return login.some((one) => one.command === command);
  return /^Add pull-\S+ to imagePullSecrets of /.test(text);
}

/** Of the two ways to attach a secret the one that the ServiceAccount takes, where it was seen. */
function fitsAccount(step: NextStep, { serviceAccount }: PodEvidence): boolean {
  if (!serviceAccount.known) return true;
  const none = serviceAccount.value.pullSecrets.length === 0;
  return none ? step !== ATTACH_SECRET : step !== ATTACH_FIRST_SECRET;
}

/** Admission copies the ServiceAccount's list only into a pod without one: equal lists are its own. */
export function isCopy(ofPod: readonly string[], ofAccount: readonly string[]): boolean {
  return ofAccount.join() === ofPod.join();
}

/** Writes a pull secret and has the pod use it; the one that stops every pull makes room for it. */
function loginSteps(known: Known): NextStep[] {
  const { cause, reference, evidence, missing } = known;
  return secretSteps(cause.name, reference?.host ?? null, {
    namespace: evidence.pod.namespace,
    serviceAccount: evidence.pod.serviceAccount,
    missing: missing[0] ?? null,
    list: null,
    use: (secret) => useSecret(known, secret, known.credentials.broken) ?? null,
  });
}

/** `null` where it is not known which list is used. */
function useSecret(
  { evidence, mended }: Known,
  secret: string,
  instead: string | null,
): NextStep[] | null {
  const { pod, serviceAccount } = evidence;
  if (!serviceAccount.known) {
    const ofPod = pod.pullSecrets.length > 0 && mended.workload === null;
    return ofPod ? [listSecret(secret, instead, mended)] : null;
  }
  const account = { name: pod.serviceAccount, pullSecrets: serviceAccount.value.pullSecrets };
  const copied = isCopy(pod.pullSecrets, account.pullSecrets);
  const own = pod.pullSecrets.length > 0 && (!copied || mended.workload === null);
  const lists = own || (instead !== null && !account.pullSecrets.includes(instead));
  // A pod that nothing makes keeps its copy of the list.
  const both = copied && instead !== null && account.pullSecrets.includes(instead);
  if (lists) {
    const ofPod = listSecret(secret, instead, mended);
    return both ? [replaceInAccount(secret, instead, account, pod), ofPod] : [ofPod];
  }
  if (instead !== null) return [replaceInAccount(secret, instead, account, pod)];
  return attachSteps(secret, {
    namespace: pod.namespace,
    serviceAccount: account.name,
    lists: account.pullSecrets.length > 0,
  });
}

/** A missing pull secret beside one of nearly its name. */
function renamedSecret(known: Known): NextStep[] {
  const { cause, missing, evidence } = known;
  const [name] = missing;
  if (cause.name !== 'SecretMissing' || name === undefined || !evidence.secretNames.known)
    return [];
  const near = nearest(name, evidence.secretNames.value);
  return near === null ? [] : (useSecret(known, near, name) ?? []);
}

/** Tags that are offered. */
const NEAR_TAG = 'Or use tag';

/** Other images of which something speaks for them: the nearest tag the registry has, the name without its slip. */
function imagesToTry({ cause, image, reference, verified, mended }: Known): NextStep[] {
  if (cause.name === 'InvalidImageName') {
    const valid = validForm(image);
    return valid === null ? [] : setImage(`If ${valid} is meant, write that`, valid, mended);
  }
  const [tag] = verified?.nearestTags?.tags ?? [];
  if (cause.name !== 'TagNotFound' || reference === null || tag === undefined) return [];
  if (reference.digest !== null) return [];
  const named = image.slice(
    0,
    image.length - (image.endsWith(`:${reference.tag}`) ? (reference.tag?.length ?? 0) + 1 : 0),
  );
  const back = verified?.nextSteps.some(({ command }) => command?.includes('rollout undo'));
  const text = back ? `${NEAR_TAG} ${tag}` : `Use tag ${tag}`;
  return setImage(`${text}, the nearest there is, if that is meant`, `${named}:${tag}`, mended);
}
