/** Failing images that no pull secret of their pods is for. Pure. */
import { classify } from '../causes/classify.ts';
import { repositoryName } from '../credentials/keyring.ts';
import { type Repository, repositoryOf } from '../credentials/match.ts';
import { type ImageReference, parseImage } from '../image/reference.ts';
import type { NextStep } from '../words/next-step.ts';
import type { FailingPods, ListedSecret, SecretRow, Uncovered } from '../words/secret-row.ts';
import { elsewhere, isIbm, usable } from './pod-credentials-elsewhere.ts';
import { isOpen, matchesRepository } from './secret-list.ts';
import { CREDENTIAL_CAUSES } from './wants.ts';

/** Whether a waiting container may lack a credential: the text says so, or says nothing at all. */
export function mayLackCredential(waiting: {
  readonly image: string;
  readonly reason: string;
  readonly message: string;
}): boolean {
  const { image, reason, message } = waiting;
  const reading = classify(message || reason, { reason, image });
  if (reading.cause === 'None' || reading.cause === 'Unknown') return PULL_REASONS.has(reason);
  return [reading.cause, ...reading.alternatives].some((cause) => CREDENTIAL_CAUSES.has(cause));
}

const PULL_REASONS = new Set(['ErrImagePull', 'ImagePullBackOff']);

/**
 * A line for each registry of a namespace with failing images that none of the pods' secrets is for. Pods with a secret
 * that could not be looked at are left out: it may be the one.
 */
export function uncovered(
  failing: readonly FailingPods[],
  rows: readonly ListedSecret[],
): Uncovered[] {
  const byNamespace = Map.groupBy(rows, (row) => row.namespace);
  const found = new Map<string, Uncovered>();
  for (const pods of failing) {
    const there = byNamespace.get(pods.namespace) ?? [];
    const listed = there.filter((row) => pods.pullSecrets.includes(row.name));
    if (pods.pullSecrets.some((name) => !listed.some((row) => isSeen(row, name)))) continue;
    for (const image of pods.images) {
      const reference = parseImage(image);
      if (!reference.valid) continue;
      const repository = repositoryOf(repositoryName(reference));
      const stopped = listed.some((row) => row.status === 'malformed');
      if (!stopped && listed.some((row) => matchesRepository(row.registries, repository))) continue;
      const key = `${pods.namespace} ${reference.host}`;
      const known = found.get(key);
      found.set(
        key,
        known
          ? { ...known, pods: known.pods + pods.pods }
          : lineOf(pods, reference, repository, there),
      );
    }
  }
  return [...found.values()];
}

/** A missing secret is seen as well: it is for nothing. */
function isSeen(row: SecretRow, name: string): boolean {
  return row.name === name && !isOpen(row);
}

function lineOf(
  pods: FailingPods,
  reference: ImageReference,
  repository: Repository,
  there: readonly ListedSecret[],
): Uncovered {
  const fitting = there.filter((row) => matchesRepository(row.registries, repository));
  const would = usable(fitting)[0] ?? fitting[0];
  return {
    namespace: pods.namespace,
    registry: reference.host,
    pods: pods.pods,
    examplePod: pods.example,
    exampleImage: reference.written,
    pullSecrets: pods.pullSecrets,
    serviceAccount: pods.serviceAccount,
    why: whyNot(pods, would ?? null, there),
  };
}

function whyNot(
  { pullSecrets }: FailingPods,
  would: ListedSecret | null,
  there: readonly ListedSecret[],
): string {
  const broken = there.find((row) => row.status === 'malformed' && pullSecrets.includes(row.name));
  if (broken) return `secret ${broken.name} is malformed: the kubelet pulls nothing for the pods`;
  if (would !== null) {
    const but = usable([would]).length > 0 ? '' : `, and it is ${would.status}`;
    return `secret ${would.name} is for it, but the pods do not list it${but}`;
  }
  if (pullSecrets.length === 0) return 'the pods list no pull secret';
  const gone = there.filter((row) => row.status === 'missing').map((row) => row.name);
  const names = pullSecrets.slice(0, 5).join(', ');
  if (pullSecrets.every((name) => gone.includes(name))) return `${names} does not exist there`;
  return pullSecrets.length === 1 ? `${names} is not for it` : `none of ${names} is for it`;
}

interface Needy {
  readonly line: Uncovered;
  readonly host: string;
  readonly repository: Repository;
}

function needyOf(lines: readonly Uncovered[]): Needy[] {
  return lines.flatMap((line) => {
    const reference = parseImage(line.exampleImage);
    if (!reference.valid || !isIbm(reference.host)) return [];
    const repository = repositoryOf(repositoryName(reference));
    return [{ line, host: reference.host, repository }];
  });
}

/** Whether the pull secrets of namespace `default`, where IBM Cloud puts its own, would help. */
export function wantsIbmSecrets(lines: readonly Uncovered[]): boolean {
  return needyOf(lines).length > 0;
}

/**
 * What to do about images on icr.io that no pull secret is for: how the secret of namespace `default` gets there. Told
 * for the first namespace; the others are named. `accountSecrets`: what a ServiceAccount lists, null where that is not known.
 */
export function ibmSteps(
  lines: readonly Uncovered[],
  rows: readonly SecretRow[],
  accountSecrets: (namespace: string, serviceAccount: string) => readonly string[] | null,
): { readonly steps: readonly NextStep[]; readonly findings: readonly string[] } {
  const [first, ...more] = needyOf(lines);
  if (first === undefined) return { steps: [], findings: [] };
  const { line, host, repository } = first;
  const { namespace, serviceAccount, pullSecrets } = line;
  const listed = accountSecrets(namespace, serviceAccount);
  const pod = { namespace, serviceAccount, pullSecrets, accountSecrets: listed };
  const found = elsewhere({ pod, missing: [], uncovered: [{ host, repository }] }, rows);
  const others = [...new Set(more.map((one) => one.line.namespace))].filter((n) => n !== namespace);
  const same =
    others.length > 0 && found.steps.length > 0
      ? [
          {
            text: `The same for ${others.slice(0, MAX_NAMED).join(', ')}${others.length > MAX_NAMED ? ', ...' : ''}`,
          },
        ]
      : [];
  return { steps: [...found.steps, ...same], findings: found.findings };
}

const MAX_NAMED = 10;
