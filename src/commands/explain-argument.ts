/** What one argument of `explain` means: a cause's name, a message, or the innermost line of one. */
import { classify } from '../causes/classify.ts';
import type { Message } from '../causes/messages.ts';
import { tellsOtherOperation } from '../causes/notpull.ts';
import { CAUSE_NAMES, type CauseName } from '../words/cause.ts';
import { atMostLikely } from '../words/certainty.ts';
import { InputError } from '../words/errors.ts';
import { nearest } from '../words/nearest.ts';
import type { NextStep } from '../words/next-step.ts';
import type { Reading } from '../words/reading.ts';

/** Reads a message; what was read only as the error of a pull is never certain. */
export function readingOf(message: Message): Reading {
  const context = { reason: message.reason, image: message.image };
  if (message.readAs === undefined) return classify(message.text, context);
  const reading = classify(message.readAs, context);
  const certainty = atMostLikely(reading.certainty);
  // How far the pull came, nobody said.
  const facts = { ...reading.facts, stage: null };
  return { ...reading, certainty, facts, decisive: message.text.trim() };
}

/** Makes a piece of a message one of a pull. */
const PULL = 'Failed to pull image: ';

/**
 * Whoever pastes one line asks about a pull; often it is the innermost error without its wrappers. Where the bare line is
 * no pull failure by itself, it is read as the error of one.
 */
export function asPullError(message: Message): Message {
  const bare = classify(message.text, { reason: message.reason });
  if (bare.cause !== 'None' || bare.certainty === 'certain') return message;
  if (tellsOtherOperation(message.text)) return message;
  const wrapped = `${PULL}${message.text}`;
  const { cause } = classify(wrapped, { reason: message.reason });
  return cause === 'None' || cause === 'Unknown' ? message : { ...message, readAs: wrapped };
}

/**
 * The only message of an argument or of a pipe: as `asPullError`, and what holds no cause at all is `Unknown` unless it is
 * certainly of something else. A state alone (`ImagePullBackOff`) is read as the reason it is.
 */
export function asOnlyMessage(message: Message): Message {
  const readAs = `${PULL}${message.text}`;
  const reason = stateNamed(message.text);
  if (reason !== null) {
    return STATES.get(reason) === OF_NO_PULL
      ? { ...message, reason }
      : { ...message, reason, readAs };
  }
  const read = asPullError(message);
  return read === message && tellsNoTopic(message.text) ? { ...message, readAs } : read;
}

function tellsNoTopic(text: string): boolean {
  const { cause, certainty } = classify(text);
  return cause === 'None' && certainty !== 'certain' && !tellsOtherOperation(text);
}

/** What the kubelet calls some causes, in `waiting.reason` or as the reason of an event. */
const REASONS: ReadonlyMap<string, CauseName> = new Map([
  ['errimageneverpull', 'ImageNeverPull'],
  ['signaturevalidationfailed', 'SignatureRejected'],
  ['failedtoretrieveimagepullsecret', 'SecretMissing'],
]);

export function causeNamed(word: string): CauseName | null {
  const lower = word.toLowerCase();
  return CAUSE_NAMES.find((name) => name.toLowerCase() === lower) ?? REASONS.get(lower) ?? null;
}

/** One word as names are made of; messages have blanks or signs. */
export function isWord(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_-]{0,60}$/.test(text);
}

export function tellsNothing(message: Message): boolean {
  const { cause } = readingOf(message);
  return cause === 'None' || cause === 'Unknown';
}

const OF_EVERY_PULL = 'is the state of every image that does not pull, not a cause';
const NOT_STARTED = 'is the state of a container that was not started yet, not a cause';
const OF_NO_PULL = 'is no state of a failed image pull';

/**
 * What people see first of a pod, in the column STATUS of kubectl, and what it says of an image. States that are causes
 * are not among them; the kubelet's (pkg/kubelet/images/types.go, pkg/kubelet/container/sync_result.go) and what ends a
 * container.
 */
const STATES: ReadonlyMap<string, string> = new Map([
  ['ErrImagePull', OF_EVERY_PULL],
  ['ImagePullBackOff', OF_EVERY_PULL],
  [
    'ImageInspectError',
    'is the state of a container whose image the runtime cannot look up on the node, not a cause',
  ],
  // A sandbox whose own image does not pull stays in the first, a pod whose init container's does not in the second.
  ['ContainerCreating', NOT_STARTED],
  ['PodInitializing', NOT_STARTED],
  ...[
    'Completed',
    'CrashLoopBackOff',
    'CreateContainerConfigError',
    'CreateContainerError',
    'Evicted',
    'OOMKilled',
    'PostStartHookError',
    'PreCreateHookError',
    'PreStartHookError',
    'RunContainerError',
    'StartError',
  ].map((state) => [state, OF_NO_PULL] as const),
]);

/** The state a text is, whatever its case; kubectl puts `Init:` before that of an init container. */
export function stateNamed(text: string): string | null {
  const lower = text
    .trim()
    .slice(0, 100)
    .toLowerCase()
    .replace(/^init:/, '');
  return [...STATES.keys()].find((state) => state.toLowerCase() === lower) ?? null;
}

/** Whoever gave too little is asked for more before anything else. */
const GIVE_MORE: readonly NextStep[] = [
  {
    text: 'Have the pod looked at: its state and its events hold the whole message',
    command: 'kubectl imagepull describe POD -n NAMESPACE',
  },
  {
    text: 'Or give the message as a whole, in single quotes',
    command: "kubectl imagepull explain 'MESSAGE'",
  },
];

/** What is said of an only message that tells no cause, in the place of what the catalogue says of any such. */
export function saidInstead(
  message: Message,
  { cause }: Reading,
): { readonly title: string; readonly nextSteps?: readonly NextStep[] } | null {
  // Of a log's many lines none is an only message.
  if (message.reason === null && message.readAs === undefined) return null;
  const steps = cause === 'Unknown' ? { nextSteps: GIVE_MORE } : {};
  const said = STATES.get(message.reason ?? '');
  if (said !== undefined && stateNamed(message.text) === message.reason) {
    return { title: `${message.reason} ${said}`, ...steps };
  }
  return cause === 'Unknown' && message.readAs !== undefined
    ? { title: 'the text tells no cause of a failed image pull', ...steps }
    : null;
}

/** For a word that is neither a cause nor a message. */
export function noSuchCause(word: string): InputError {
  const lower = new Map(CAUSE_NAMES.map((name) => [name.toLowerCase(), name]));
  const near = lower.get(nearest(word.toLowerCase(), lower.keys()) ?? '');
  const hint =
    near === undefined ? 'kubectl imagepull explain lists the causes' : `did you mean "${near}"?`;
  // Causes are written with capitals: this is likelier a piece of a message.
  const whole = /[A-Z]/.test(word) ? '' : '; of a message give the whole, in quotes';
  return new InputError(`no cause named "${word}"; ${hint}${whole}`);
}
