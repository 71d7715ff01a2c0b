/** Next steps that change what makes a pod: another image, another list of pull secrets, another pull policy. Pure. */
import { EARLIER_IMAGES, IN_PLACE } from '../causes/steps.ts';
import { lookUp } from '../words/lookup.ts';
import type { NextStep } from '../words/next-step.ts';
import type { ContainerType, PodView } from '../words/pod.ts';
import { shellQuote } from '../words/shell.ts';
import { changeSpec, imageBrought, targetOf } from './change-spec.ts';
import { builtInKind, commandOn, namesOf, typeOf } from './maker.ts';
import type { Mended } from './mended.ts';
import { patchName, patchWord } from './patch-words.ts';

/** What a step without a patch speaks of: where the change has to be made. */
function whereElse(mended: Mended): string {
  const [kind, name] = namesOf(mended);
  if (builtInKind(mended) === 'ReplicaSet') {
    return `what owns ${kind} ${name}, as its ownerReferences say (a change of the ${kind} does not last), or of the ${kind} where nothing does`;
  }
  const named = kind === '' || builtInKind(mended) !== null ? '' : `, ${typeOf(mended)} ${name}`;
  return `what makes the pod${named}`;
}

/**
 * What `step`, one of `kubectl set image`, is for the workload; `image` as it is written, or the word IMAGE where the
 * reader has to say it.
 */
export function imageSteps(step: NextStep, mended: Mended, image: string): NextStep[] {
  const { pod, namespace, containerType } = mended;
  if (mended.volume !== undefined) return [changeVolume(step.text, 'reference', image, mended)];
  const value = shellQuote(`${mended.container}=${image}`);
  if (containerType === 'ephemeral') {
    const where = `${shellQuote(pod)} -n ${shellQuote(namespace)}`;
    return [
      {
        text: `${step.text}: an ephemeral container cannot be changed, add another one`,
        command: `kubectl debug ${where} --image=${shellQuote(image)}`,
      },
    ];
  }
  const [, name] = namesOf(mended);
  switch (builtInKind(mended)) {
    case 'Job':
      return [{ ...step, text: `${step.text}; a Job takes no other image, its pod does` }];
    case 'CronJob':
      return [
        { ...step, text: `${step.text}; this is for the pod that waits` },
        {
          text: 'The same for its next runs',
          command: `kubectl set image cronjob/${shellQuote(name)} -n ${shellQuote(namespace)} ${value}`,
        },
      ];
    case 'ReplicaSet':
      return [
        {
          text: `${step.text.replace(IN_PLACE, '')}, in the template of ${whereElse(mended)}`,
          brought: imageBrought(mended),
        },
      ];
    case null:
      if (mended.workload === null) return [step];
      return [
        {
          ...step,
          text: `${step.text}; this is for the pod that waits, further ones come from ${typeOf(mended)} ${name}`,
        },
      ];
    default:
      return [{ ...step, brought: imageBrought(mended) }];
  }
}

/** `kubectl set image` with an image that is known. */
export function setImage(text: string, image: string, mended: Mended): NextStep[] {
  const target = `${shellQuote(targetOf(mended))} -n ${shellQuote(mended.namespace)}`;
  const value = shellQuote(`${mended.container}=${image}`);
  return imageSteps({ text, command: `kubectl set image ${target} ${value}` }, mended, image);
}

/** Changes a field of an image volume; of a kind that nobody knows the reader has to find it. */
function changeVolume(
  text: string,
  field: 'reference' | 'pullPolicy',
  value: string,
  mended: Mended,
): NextStep {
  const volume = mended.volume ?? '';
  const where = `in spec.volumes[${volume}].image.${field}`;
  const [name, word] = [patchName(volume), patchWord(value)];
  const step =
    name !== null && word !== null
      ? changeSpec(
          `${text}, ${where}`,
          `{volumes: [{name: ${name}, image: {${field}: ${word}}}]}`,
          mended,
          field === 'reference' ? 'image' : 'other',
        )
      : null;
  if (step !== null) return step;
  const inWords = {
    text: `${text.replace(IN_PLACE, '')}, ${where} of ${whereElse(mended)}`,
    brought: imageBrought(mended),
  };
  const other = mended.workload !== null && builtInKind(mended) === null;
  const command = other ? commandOn('edit', mended, mended.namespace) : undefined;
  return command === undefined ? inWords : { ...inWords, command };
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
  if (mended.workload === null || mended.containerType === 'ephemeral') return null;
  // They show the images of containers alone.
  if (mended.volume !== undefined) return null;
  const step = lookUp(EARLIER, builtInKind(mended) ?? '');
  return step === undefined ? EARLIER_IMAGES : step;
}

/** Puts a pull secret into the list of the pod or its template, `instead` of another one where that has to go. */
export function listSecret(secret: string, instead: string | null, mended: Mended): NextStep {
  const text =
    instead === null
      ? `Add secret ${secret} to imagePullSecrets`
      : `Put secret ${secret} in the place of ${instead} in imagePullSecrets`;
  const [word, old] = [patchName(secret), instead === null ? '' : patchWord(instead)];
  const gone = old === '' ? '' : `{name: ${old}, $patch: delete}, `;
  const step =
    word !== null && old !== null
      ? changeSpec(text, `{imagePullSecrets: [${gone}{name: ${word}}]}`, mended)
      : null;
  return (
    step ?? {
      text: `${text} of ${whereElse(mended)}; then recreate the pod`,
      brought: 'new pod',
    }
  );
}

const LISTS: Readonly<Record<ContainerType, string | null>> = {
  container: 'containers',
  init: 'initContainers',
  ephemeral: null,
};

/** Has the kubelet pull the image where the node does not have it. */
export function allowPull(mended: Mended): NextStep {
  if (mended.volume !== undefined) {
    return changeVolume('Set pullPolicy IfNotPresent', 'pullPolicy', 'IfNotPresent', mended);
  }
  const text = 'Set imagePullPolicy IfNotPresent in the spec';
  const list = LISTS[mended.containerType];
  const name = patchName(mended.container);
  const step =
    list !== null && name !== null
      ? changeSpec(text, `{${list}: [{name: ${name}, imagePullPolicy: IfNotPresent}]}`, mended)
      : null;
  return step ?? { text: `${text} of ${whereElse(mended)}`, brought: imageBrought(mended) };
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
  const text = `Put secret ${secret} in the place of ${instead} in ServiceAccount ${account.name}, then recreate the pod`;
  const [word, old] = [patchName(secret), patchWord(instead)];
  if (old === null || word === null) return { text, brought: 'new pod' };
  const patch = `[{op: test, path: ${path}/name, value: ${old}}, {op: replace, path: ${path}/name, value: ${word}}]`;
  return {
    text,
    command: `kubectl patch serviceaccount ${shellQuote(account.name)} -n ${shellQuote(namespace)} --type=json -p ${shellQuote(patch)}`,
    brought: 'new pod',
  };
}
