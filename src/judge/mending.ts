/**
 * Commands that change what makes a pod: another image, another list of pull secrets, another pull policy.
 * Pure. Which fields can be changed: pkg/apis/core/validation (of a pod the image alone; of a Job's template nothing).
 * Patches are YAML that does not begin with a brace, which kubectl would take for JSON, and hold no double quotes, which
 * older PowerShells eat.
 */
import { EARLIER_IMAGES } from '../causes/steps.ts';
import type { PodEvidence } from '../words/evidence.ts';
import { lookUp } from '../words/lookup.ts';
import type { NextStep } from '../words/next-step.ts';
import type { ContainerType, PodView } from '../words/pod.ts';
import { shellQuote } from '../words/shell.ts';

/** A pod that does not get its image, and what makes it. */
export interface Mended {
  readonly namespace: string;
  readonly pod: string;
  /** `Deployment/web` and the like; `null`: nothing makes it. */
  readonly workload: string | null;
  readonly container: string;
  readonly containerType: ContainerType;
}

/** What is to be mended of a pod. */
export function mendedOf(
  { pod, workload }: PodEvidence,
  container: { readonly name: string; readonly type: ContainerType },
): Mended {
  const owner = pod.owner === null ? null : `${pod.owner.kind}/${pod.owner.name}`;
  return {
    namespace: pod.namespace,
    pod: pod.name,
    workload: workload ?? owner,
    container: container.name,
    containerType: container.type,
  };
}

/** Where the pod template stands in objects whose template may be changed. */
const TEMPLATES: Readonly<Record<string, (spec: string) => string>> = {
  Deployment: (spec) => `spec: {template: {spec: ${spec}}}`,
  StatefulSet: (spec) => `spec: {template: {spec: ${spec}}}`,
  DaemonSet: (spec) => `spec: {template: {spec: ${spec}}}`,
  ReplicaSet: (spec) => `spec: {template: {spec: ${spec}}}`,
  ReplicationController: (spec) => `spec: {template: {spec: ${spec}}}`,
  CronJob: (spec) => `spec: {jobTemplate: {spec: {template: {spec: ${spec}}}}}`,
};

/** What a change of the template does by itself; of other workloads the pod that is there stays as it is. */
const THEN: Readonly<Record<string, string>> = {
  Deployment: '; its rollout makes new pods',
  DaemonSet: '; its rollout makes new pods',
  CronJob: '; its next runs get it',
};

/** The kind of what makes the pod; `null`: nothing does. */
export function kindOf({ workload }: Mended): string | null {
  return workload?.split('/')[0] ?? null;
}

/** What kubectl is to change: `deployment/web`, or the pod where its maker takes no change. */
export function targetOf(mended: Mended): string {
  const [kind = '', name = ''] = mended.workload?.split('/') ?? [];
  return kind in TEMPLATES && kind !== 'CronJob'
    ? `${kind.toLowerCase()}/${name}`
    : `pod/${mended.pod}`;
}

/** Adds what the workload asks for beside another image; the step is one of `kubectl set image`. */
export function imageSteps(step: NextStep, mended: Mended): NextStep[] {
  const { pod, namespace, containerType, workload } = mended;
  const image = step.command?.split('=').at(-1) ?? 'IMAGE';
  if (containerType === 'ephemeral') {
    const where = `${shellQuote(pod)} -n ${shellQuote(namespace)}`;
    return [
      {
        text: `${step.text}: an ephemeral container cannot be changed, add another one`,
        command: `kubectl debug ${where} --image=${image}`,
      },
    ];
  }
  const kind = kindOf(mended);
  if (kind === 'Job') {
    return [{ ...step, text: `${step.text}; a Job takes no other image, its pod does` }];
  }
  if (kind === 'CronJob') {
    const cronJob = `cronjob/${shellQuote(workload?.split('/')[1] ?? '')} -n ${shellQuote(namespace)}`;
    return [
      { ...step, text: `${step.text}; this is for the pod that waits` },
      {
        text: 'The same for its next runs',
        command: `kubectl set image ${cronJob} ${shellQuote(mended.container)}=${image}`,
      },
    ];
  }
  return [step];
}

/** `kubectl set image` with an image that is known; `null` image: the word IMAGE is for the reader. */
export function setImage(text: string, image: string, mended: Mended): NextStep[] {
  const target = `${shellQuote(targetOf(mended))} -n ${shellQuote(mended.namespace)}`;
  const value = shellQuote(`${mended.container}=${image}`);
  return imageSteps({ text, command: `kubectl set image ${target} ${value}` }, mended);
}

const REVISIONS =
  "kubectl get controllerrevisions -n {namespace} -o 'custom-columns=NAME:.metadata.name,REVISION:.revision,IMAGES:.data.spec.template.spec.containers[*].image' --sort-by=.revision";

/** Where the images of earlier templates stand; `null`: nothing keeps them. Other kinds may have a Deployment's ReplicaSets. */
const EARLIER: Readonly<Record<string, NextStep | null>> = {
  Deployment: { ...EARLIER_IMAGES, text: 'See which image ran before' },
  StatefulSet: { text: 'See which image ran before', command: REVISIONS },
  DaemonSet: { text: 'See which image ran before', command: REVISIONS },
  ReplicationController: null,
  Job: null,
  CronJob: null,
  Node: null,
};

/** How to see which image the workload had before, as a template; `null` where nothing keeps that. */
export function earlierImages(mended: Mended): NextStep | null {
  const kind = kindOf(mended);
  if (kind === null || mended.containerType === 'ephemeral') return null;
  const step = lookUp(EARLIER, kind);
  return step === undefined ? EARLIER_IMAGES : step;
}

/** Changes fields of a pod spec where the pod comes from; `null` where that takes no change. `spec` is flow YAML. */
function changeSpec(text: string, spec: string, mended: Mended): NextStep | null {
  const [kind = '', name = ''] = mended.workload?.split('/') ?? [];
  const namespace = shellQuote(mended.namespace);
  const template = Object.hasOwn(TEMPLATES, kind) ? TEMPLATES[kind] : undefined;
  if (template !== undefined) {
    const then = lookUp(THEN, kind) ?? '; only new pods get it';
    const object = shellQuote(`${kind.toLowerCase()}/${name}`);
    return {
      text: `${text} of ${kind} ${name}${then}`,
      command: `kubectl patch ${object} -n ${namespace} -p ${shellQuote(template(spec))}`,
    };
  }
  if (kind === 'Job') return jobAnew(text, spec, name, namespace);
  if (mended.workload !== null) return null;
  const get = `kubectl get pod ${shellQuote(mended.pod)} -n ${namespace} -o yaml`;
  const patch = `kubectl patch --local -f - -p ${shellQuote(`spec: ${spec}`)} -o yaml`;
  return {
    text: `${text} of the pod, which is made anew for that`,
    command: `${get} | ${patch} | kubectl replace --force -f -`,
  };
}

/** What the Job controller wrote into the template, and writes anew (pkg/registry/batch/job: generateSelector). */
const OF_JOB = 'labels: {controller-uid: null, batch.kubernetes.io/controller-uid: null}';

/** Of a Job no template can be changed: it is made anew. `namespace` is quoted. */
function jobAnew(text: string, spec: string, name: string, namespace: string): NextStep {
  const get = `kubectl get job ${shellQuote(name)} -n ${namespace} -o yaml`;
  const patch = `spec: {selector: null, template: {metadata: {${OF_JOB}}, spec: ${spec}}}`;
  const change = `kubectl patch --local -f - -p ${shellQuote(patch)} -o yaml`;
  return {
    text: `${text} of Job ${name}, which is made anew for that, with all its pods`,
    command: `${get} | ${change} | kubectl replace --force -f -`,
  };
}

/** Names that may stand in flow YAML as they are. */
const PLAIN = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;

/** Puts a pull secret into the list of the pod or its template, `instead` of another one where that has to go. */
export function listSecret(secret: string, instead: string | null, mended: Mended): NextStep {
  const gone = instead === null ? '' : `{name: ${instead}, $patch: delete}, `;
  const text =
    instead === null
      ? `Add secret ${secret} to imagePullSecrets`
      : `Put secret ${secret} in the place of ${instead} in imagePullSecrets`;
  const plain = PLAIN.test(secret) && (instead === null || PLAIN.test(instead));
  const step = plain
    ? changeSpec(text, `{imagePullSecrets: [${gone}{name: ${secret}}]}`, mended)
    : null;
  return step ?? { text: `${text} of what makes the pod; then recreate the pod` };
}

const LISTS: Readonly<Record<ContainerType, string | null>> = {
  container: 'containers',
  init: 'initContainers',
  ephemeral: null,
};

/** Has the kubelet pull the image where the node does not have it. */
export function allowPull(mended: Mended): NextStep {
  const text = 'Set imagePullPolicy IfNotPresent in the spec';
  const list = LISTS[mended.containerType];
  const plain = PLAIN.test(mended.container) && list !== null;
  const spec = `{${list}: [{name: ${mended.container}, imagePullPolicy: IfNotPresent}]}`;
  return (
    (plain ? changeSpec(text, spec, mended) : null) ?? { text: `${text} of what makes the pod` }
  );
}

/** In a ServiceAccount's list, whose entries have no key to merge by: the one at its place, and only while it is there. */
export function replaceInAccount(
  secret: string,
  instead: string,
  account: { readonly name: string; readonly pullSecrets: readonly string[] },
  { namespace }: Pick<PodView, 'namespace'>,
): NextStep {
  const at = account.pullSecrets.indexOf(instead);
  const path = `/imagePullSecrets/${at}`;
  const patch = `[{op: test, path: ${path}/name, value: ${instead}}, {op: replace, path: ${path}/name, value: ${secret}}]`;
  return {
    text: `Put secret ${secret} in the place of ${instead} in ServiceAccount ${account.name}, then recreate the pod`,
    command: `kubectl patch serviceaccount ${shellQuote(account.name)} -n ${shellQuote(namespace)} --type=json -p ${shellQuote(patch)}`,
  };
}
