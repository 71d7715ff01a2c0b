/**
 * Pull secrets as the document `secrets -o json` and `-o yaml` print. Field names are a contract (docs/schema): added
 * to, never changed. Pure.
 */
import type { Unavailable } from '../words/known.ts';
import type { NextStep } from '../words/next-step.ts';
import type { CredentialRow, PodCredentials } from '../words/pod-credentials.ts';
import type { ListedSecret, Rotation, RowExpiry, Uncovered } from '../words/secret-row.ts';
import { stampOrNull } from '../words/stamp.ts';
import { API_VERSION } from './api-version.ts';
import { stepDocuments } from './step-document.ts';
import { unavailable } from './unavailable.ts';

/** One item of the list. */
export function pullSecret(row: ListedSecret) {
  return {
    namespace: row.namespace,
    name: row.name,
    type: row.type === '' ? null : row.type,
    status: row.status,
    why: row.why,
    registries: [...row.registries],
    /** `null`: the user name is a secret itself. */
    users: [...row.users],
    kinds: [...row.kinds],
    expires: expires(row.expires),
    usedBy: row.usedBy && {
      serviceAccounts: [...row.usedBy.serviceAccounts],
      pods: row.usedBy.pods,
      podExamples: [...row.usedBy.podNames],
    },
    created: stampOrNull(row.createdAt),
    changed: stampOrNull(row.changedAt),
    fingerprint: row.fingerprint,
    faults: row.faults.map((fault) => ({ ...fault })),
  };
}

function expires(end: RowExpiry | null) {
  return end && { time: stampOrNull(end.at), atLatest: end.atLatest };
}

export interface SecretsDocument {
  /** About the namespaces in `uncovered`: sentences without full stop, and what to do. */
  readonly findings: readonly string[];
  readonly nextSteps: readonly NextStep[];
  readonly rows: readonly ListedSecret[];
  readonly rotations: readonly Rotation[];
  readonly uncovered: readonly Uncovered[];
  readonly gaps: readonly Unavailable[];
}

/** The whole document. */
export function pullSecretList(document: SecretsDocument) {
  const { rows, rotations, uncovered, findings, nextSteps, gaps } = document;
  return {
    apiVersion: API_VERSION,
    kind: 'PullSecretList',
    items: rows.map(pullSecret),
    rotations: rotations.map((r) => ({ ...r, others: r.others.map((other) => ({ ...other })) })),
    uncovered: uncovered.map((line) => ({ ...line, pullSecrets: [...line.pullSecrets] })),
    findings: [...findings],
    nextSteps: stepDocuments(nextSteps),
    unavailable: gaps.map(unavailable),
  };
}

/** One credential of an image. */
function credential(row: CredentialRow) {
  return { ...row, expires: expires(row.expires) };
}

/** One pod, with those that are alike. */
function podCredentialsItem(pod: PodCredentials) {
  return {
    namespace: pod.namespace,
    pod: pod.pod,
    alike: [...pod.alike],
    workload: pod.workload,
    serviceAccount: pod.serviceAccount,
    secretsFrom: pod.secretsFrom,
    secrets: pod.secrets.map((secret) => ({ ...secret })),
    images: pod.images.map((image) => ({
      container: image.container,
      image: image.image,
      repository: image.repository,
      failing: image.failing,
      credentials: image.credentials.map(credential),
      node: image.node,
      anonymous: { ...image.anonymous },
    })),
    findings: [...pod.findings],
    unavailable: pod.unavailable.map(unavailable),
    nextSteps: stepDocuments(pod.nextSteps),
  };
}

/** The whole document of `secrets POD`. */
export function podCredentialsList(pods: readonly PodCredentials[], gaps: readonly Unavailable[]) {
  return {
    apiVersion: API_VERSION,
    kind: 'PodCredentialsList',
    items: pods.map(podCredentialsItem),
    unavailable: gaps.map(unavailable),
  };
}
