/**
 * Commands that change a pod's spec where it comes from. Pure. Which fields can be changed: pkg/apis/core/validation (of
 * a pod the image of a container alone; of a Job's template nothing).
 * Patches are YAML that does not begin with a brace, which kubectl would take for JSON, and hold no double quotes, which
 * older PowerShells eat, save around names and images that need them.
 */
import { lookUp } from '../words/lookup.ts';
import type { Brought, NextStep } from '../words/next-step.ts';
import { shellQuote } from '../words/shell.ts';
import { builtInKind, namesOf } from './maker.ts';
import type { Mended } from './mended.ts';

/**
 * Where the pod template stands in objects whose template may be changed. A ReplicaSet's is its owner's, which makes
 * another ReplicaSet where the two differ.
 */
const TEMPLATES: Readonly<Record<string, (spec: string) => string>> = {
  Deployment: (spec) => `spec: {template: {spec: ${spec}}}`,
  StatefulSet: (spec) => `spec: {template: {spec: ${spec}}}`,
  DaemonSet: (spec) => `spec: {template: {spec: ${spec}}}`,
  ReplicationController: (spec) => `spec: {template: {spec: ${spec}}}`,
  CronJob: (spec) => `spec: {jobTemplate: {spec: {template: {spec: ${spec}}}}}`,
};

/** What a change of the template does by itself; of other workloads the pod that is there stays as it is. */
const THEN: Readonly<Record<string, string>> = {
  Deployment: '; its rollout makes new pods',
  DaemonSet: '; its rollout makes new pods',
  CronJob: '; its next runs get it',
};

/** How another image comes to a pod of the workload; of what else makes one, by what `changeSpec` says. */
const IMAGE_BROUGHT: Readonly<Record<string, Brought>> = {
  Deployment: 'image by rollout',
  DaemonSet: 'image by rollout',
  StatefulSet: 'image in template',
  ReplicationController: 'image in template',
  ReplicaSet: 'image in template',
};

/** How another image in the template comes to the pod. */
export function imageBrought(mended: Mended): Brought | undefined {
  return lookUp(IMAGE_BROUGHT, builtInKind(mended) ?? '');
}

/** What kubectl is to change: `deployment/web`, or the pod where its maker takes no change. */
export function targetOf(mended: Mended): string {
  const kind = builtInKind(mended) ?? '';
  return lookUp(TEMPLATES, kind) !== undefined && kind !== 'CronJob'
    ? `${kind.toLowerCase()}/${namesOf(mended)[1]}`
    : `pod/${mended.pod}`;
}

/**
 * Changes fields of a pod spec where the pod comes from; `null` where that takes no change. `spec` is flow YAML; `what`:
 * another image is one way among others to mend a pod.
 */
export function changeSpec(
  text: string,
  spec: string,
  mended: Mended,
  what: 'image' | 'other' = 'other',
): NextStep | null {
  const kind = builtInKind(mended) ?? '';
  const [, name] = namesOf(mended);
  const namespace = shellQuote(mended.namespace);
  const template = lookUp(TEMPLATES, kind);
  if (template !== undefined) {
    const then = lookUp(THEN, kind) ?? '; only new pods get it';
    const object = shellQuote(`${kind.toLowerCase()}/${name}`);
    const byItself = lookUp(THEN, kind) === undefined ? 'new pod' : 'done';
    return {
      text: `${text} of ${kind} ${name}${then}`,
      command: `kubectl patch ${object} -n ${namespace} -p ${shellQuote(template(spec))}`,
      brought: what === 'image' ? (imageBrought(mended) ?? byItself) : byItself,
    };
  }
  const brought = what === 'image' ? undefined : 'done';
  if (kind === 'Job') return { ...jobAnew(text, spec, name, namespace), brought };
  if (mended.workload !== null) return null;
  const get = `kubectl get pod ${shellQuote(mended.pod)} -n ${namespace} -o yaml`;
  const patch = `kubectl patch --local -f - -p ${shellQuote(`spec: ${spec}`)} -o yaml`;
  return {
    text: `${text} of the pod, which is made anew for that`,
    command: `${get} | ${patch} | kubectl replace --force -f -`,
    brought,
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
