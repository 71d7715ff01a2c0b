/** What the kubelet would do with the pull secrets of a pod, and what stands in the way. Pure. */
import { readSecret } from '../credentials/docker-config.ts';
import { repositoryName } from '../credentials/keyring.ts';
import { type Repository, repositoryOf } from '../credentials/match.ts';
import { parseImage } from '../image/reference.ts';
import { keyToWrite } from '../registries/index.ts';
import type { PodEvidence } from '../words/evidence.ts';
import type { Unavailable } from '../words/known.ts';
import type { NextStep } from '../words/next-step.ts';
import type { ImageCredentials, ListedName, PodCredentials } from '../words/pod-credentials.ts';
import type { SecretRow } from '../words/secret-row.ts';
import type { SecretStatus } from '../words/secret-status.ts';
import { shellQuote } from '../words/shell.ts';
import type { Contributing } from '../words/verdict.ts';
import { lastTryOf } from './credential-secrets.ts';
import { decide } from './decide.ts';
import { type Failing, failingContainers } from './failing.ts';
import { findingSteps } from './finding-steps.ts';
import { elsewhere } from './pod-credentials-elsewhere.ts';
import { idleRow, imageCredentials, type PodKeyring, podKeyring } from './pod-credentials-rows.ts';
import { missingText } from './secret-list.ts';
import { dataOf, type ReportSettings, reportSecret } from './secret-report.ts';
import { judgeSecrets, reportedMissing } from './secrets.ts';
import { fillSteps } from './steps.ts';
import { CREDENTIAL_CAUSES } from './wants.ts';

/** Pull secrets of the cluster, or as many of them as may be listed. */
export interface OtherSecrets {
  readonly rows: readonly SecretRow[];
  readonly gaps: readonly Unavailable[];
}

/** Whether pull secrets beyond those of the pod matter: one is missing, or a failing image has none. */
export function wantsOthers(evidence: PodEvidence, settings: ReportSettings): boolean {
  const { listed, keyring } = readListed(evidence, [], settings);
  if (listed.some(({ status }) => status === 'missing' || status === 'not known')) return true;
  if (keyring.keyring.kind === 'broken') return false;
  const refused = refusedImages(evidence);
  return imagesOf(evidence, keyring).some((one) => refused.has(one.image) && !isCovered(one));
}

/** Judges one pod; `others` is null where they were not asked for. */
export function podCredentials(
  evidence: PodEvidence,
  alike: readonly string[],
  others: OtherSecrets | null,
  settings: ReportSettings,
): PodCredentials {
  const { pod } = evidence;
  const own = others?.rows.filter((row) => row.namespace === pod.namespace) ?? [];
  const { listed, keyring } = readListed(evidence, own, settings);
  const images = imagesOf(evidence, keyring);
  const judged = judgeSecrets(evidence);
  const around = judged.contributing.filter(({ code }) => ABOUT_THE_LIST.has(code));
  const refused = refusedImages(evidence);
  const open = images.filter((image) => !isCovered(image) && refused.has(image.image));
  const slips = keyring.keyring.kind === 'broken' ? [] : open.flatMap(slipOf);
  const found = elsewhere(
    {
      pod: { ...pod, accountSecrets: accountSecrets(evidence) },
      missing: listed.filter(({ status }) => status === 'missing').map(({ name }) => name),
      uncovered:
        keyring.keyring.kind === 'broken'
          ? []
          : open.filter((image) => slipOf(image).length === 0).flatMap(repositoriesOf),
    },
    others?.rows ?? [],
  );
  const values = {
    pod: pod.name,
    namespace: pod.namespace,
    container: '',
    image: '',
    repository: null,
    host: null,
    node: pod.node,
    secret: pod.pullSecrets[0] ?? null,
    serviceaccount: pod.serviceAccount,
    workload: null,
  };
  return {
    namespace: pod.namespace,
    pod: pod.name,
    alike,
    workload: evidence.workload,
    serviceAccount: pod.serviceAccount,
    secretsFrom: secretsFrom(evidence),
    secrets: listed,
    images,
    findings: [
      ...listed
        .filter(
          ({ name, status }) => status !== 'suspicious' || !slips.some((s) => s.secret === name),
        )
        .flatMap(findingOf),
      ...slips.map(({ text }) => text),
      ...around.map(({ text }) => text),
      ...newer(evidence),
      ...found.findings,
    ],
    unavailable: distinct([
      ...judged.unavailable,
      ...(others?.gaps ?? []),
      ...(evidence.events.known || evidence.events.why.text === '' ? [] : [evidence.events.why]),
    ]),
    nextSteps: [
      ...fillSteps(findingSteps(judged.contributing), values, pod.pullSecrets.length > 0),
      ...lookSteps(listed, pod.namespace),
      ...slips.map(({ step }) => step),
      ...found.steps,
    ],
  };
}

const ABOUT_THE_LIST: ReadonlySet<Contributing['code']> = new Set([
  'attached-too-late',
  'pod-list-hides-serviceaccount',
  'serviceaccount-missing',
  'secrets-under-container',
]);

/** Failing images whose texts speak of credentials, or say nothing at all. */
function refusedImages(evidence: PodEvidence): Set<string> {
  const failing = failingContainers(evidence).filter(({ kind }) => kind !== 'sandbox');
  const refused = failing.filter((one) => {
    const { cause, alternatives } = decide(one).reading;
    return cause === 'Unknown' || [cause, ...alternatives].some((c) => CREDENTIAL_CAUSES.has(c));
  });
  return new Set(refused.map(({ image }) => image));
}

function accountSecrets({ serviceAccount }: PodEvidence): readonly string[] | null {
  return serviceAccount.known ? serviceAccount.value.pullSecrets : null;
}

/** A look at what is in a secret that is not as it should be. */
function lookSteps(listed: readonly ListedName[], namespace: string): NextStep[] {
  return listed
    .filter(({ status }) => status !== null && WORTH_A_LOOK.has(status))
    .map(({ name }) => ({
      text: `See entry by entry what is in secret ${name}, and what is wrong with it`,
      command: `kubectl imagepull decode ${shellQuote(name)} -n ${shellQuote(namespace)}`,
    }));
}

const WORTH_A_LOOK: ReadonlySet<SecretStatus> = new Set([
  'malformed',
  'wrong type',
  'no credentials',
  'expired',
  'suspicious',
]);

interface Slip {
  readonly secret: string;
  readonly text: string;
  readonly step: NextStep;
}

/** The entry that was meant for the image. */
function slipOf({ credentials, image, repository }: ImageCredentials): Slip[] {
  const near = credentials.find((row) => row.near);
  const reference = parseImage(image);
  if (near === undefined || repository === null || !reference.valid) return [];
  const key = keyToWrite(reference.host);
  return [
    {
      secret: near.secret,
      text: `secret ${near.secret}, entry ${near.key}: ${near.why}`,
      step: { text: `Write the entry of secret ${near.secret} anew with the key ${key}` },
    },
  ];
}

function distinct(gaps: readonly Unavailable[]): Unavailable[] {
  return [...new Map(gaps.map((gap) => [gap.text, gap])).values()];
}

interface Listed {
  readonly listed: readonly ListedName[];
  readonly keyring: PodKeyring;
}

function readListed(
  evidence: PodEvidence,
  own: readonly SecretRow[],
  settings: ReportSettings,
): Listed {
  const reported = reportedMissing(evidence);
  const names = evidence.secretNames.known
    ? evidence.secretNames.value
    : own.map(({ name }) => name);
  const listed: ListedName[] = [];
  const idle = [];
  const open: string[] = [];
  const read = [];
  for (const name of new Set(evidence.pod.pullSecrets)) {
    const answer = evidence.secrets.get(name);
    if (answer?.known && !answer.value.elided) {
      const secret = answer.value;
      const content = readSecret(dataOf(secret));
      const { status, why } = reportSecret(secret, settings);
      listed.push({ name, status, why });
      read.push({ secret, content });
      if (content.kind === 'ignored') idle.push(idleRow(name, why ?? status));
      continue;
    }
    const said = answer === undefined || answer.known ? null : answer.why;
    if (said?.reason === 'not found') {
      const why = missingText(name, names);
      listed.push({ name, status: 'missing', why });
      idle.push(idleRow(name, why));
      continue;
    }
    const told = reported.has(name) ? 'the kubelet could not get it; ' : '';
    const why = told + (said?.text || 'the file does not hold its content');
    const status =
      said?.reason === 'forbidden' ? 'not allowed' : said === null ? 'elided' : 'not known';
    listed.push({ name, status, why });
    idle.push(idleRow(name, why));
    open.push(name);
  }
  return { listed, keyring: podKeyring(read, idle, open, settings) };
}

function imagesOf(evidence: PodEvidence, keyring: PodKeyring): ImageCredentials[] {
  const { pod } = evidence;
  const failing = failingContainers(evidence).filter(({ kind }) => kind !== 'sandbox');
  const fails = (image: string) => failing.some((f) => f.image === image);
  const images = [
    ...pod.containers.map(({ name, image }) => ({ container: name, image })),
    ...pod.imageVolumes.map(({ name, image }) => ({ container: `volume/${name}`, image })),
  ];
  return images.map((one) => imageCredentials({ ...one, failing: fails(one.image) }, keyring));
}

function isCovered({ credentials, repository, anonymous }: ImageCredentials): boolean {
  return (
    repository === null || anonymous.tried === null || credentials.some((c) => c.order !== null)
  );
}

function repositoriesOf({ image }: ImageCredentials): { host: string; repository: Repository }[] {
  const reference = parseImage(image);
  if (!reference.valid) return [];
  return [{ host: reference.host, repository: repositoryOf(repositoryName(reference)) }];
}

/** Admission copies the ServiceAccount's list only into a pod without one: equal lists are its own. */
function secretsFrom({ pod, serviceAccount }: PodEvidence): string | null {
  if (pod.pullSecrets.length === 0 || !serviceAccount.known) return null;
  const copied = serviceAccount.value.pullSecrets.join() === pod.pullSecrets.join();
  return copied ? `ServiceAccount ${pod.serviceAccount}` : 'the pod itself';
}

function findingOf({ name, status, why }: ListedName): string[] {
  const quiet =
    status === null ||
    status === 'ok' ||
    status === 'not allowed' ||
    status === 'not known' ||
    status === 'elided';
  return quiet || why === null ? [] : [`secret ${name}: ${why}`];
}

/** Secrets that were written after the last attempt: what went wrong then need not go wrong again. */
function newer(evidence: PodEvidence): string[] {
  const tries = failingContainers(evidence).flatMap((failing: Failing) => {
    const last = lastTryOf(evidence, failing);
    return last === null ? [] : [last];
  });
  if (tries.length === 0) return [];
  const last = Math.max(...tries);
  return [...evidence.secrets].flatMap(([name, answer]) => {
    if (!answer.known) return [];
    const written = Math.max(answer.value.changedAt ?? 0, answer.value.createdAt ?? 0);
    return written > last
      ? [
          `secret ${name} was written after the last attempt: the next one, at most 5 minutes after it, uses it as it is now`,
        ]
      : [];
  });
}
