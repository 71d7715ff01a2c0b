/** Where the credential is that a pod lacks: in its namespace but not in its list, or in another namespace. Pure. */
import type { Repository } from '../credentials/match.ts';
import { ibmSecretName } from '../registries/ibm-secrets.ts';
import { registryOf } from '../registries/index.ts';
import type { NextStep } from '../words/next-step.ts';
import type { SecretRow } from '../words/secret-row.ts';
import { type AttachTo, attachSteps, copySteps } from './pod-credentials-copy.ts';
import { matchesRepository } from './secret-list.ts';

export interface LackingPod extends Omit<AttachTo, 'lists'> {
  readonly pullSecrets: readonly string[];
  /** What its ServiceAccount lists; null: not known. */
  readonly accountSecrets: readonly string[] | null;
}

export interface Lacking {
  readonly pod: LackingPod;
  /** Names in its list that are not there. */
  readonly missing: readonly string[];
  /** Failing images that none of its secrets is for. */
  readonly uncovered: readonly { readonly host: string; readonly repository: Repository }[];
}

export interface FoundElsewhere {
  /** Sentences without full stop. */
  readonly findings: readonly string[];
  readonly steps: readonly NextStep[];
}

/** Namespaces named in one sentence. */
const MAX_NAMED = 3;

/** `rows`: pull secrets of every namespace that may be listed. */
export function elsewhere(lacking: Lacking, rows: readonly SecretRow[]): FoundElsewhere {
  const { pod, missing, uncovered } = lacking;
  const findings: string[] = [];
  const steps: NextStep[] = [];
  for (const name of missing) {
    const same = rows.filter((row) => row.name === name && row.namespace !== pod.namespace);
    if (same.length === 0) continue;
    findings.push(
      `${places(same)} a secret ${name}, but a pod uses only those of its own namespace`,
    );
    const [first] = usable(same);
    if (first && steps.length === 0) steps.push(...copySteps(first, pod.namespace));
  }
  for (const { host, repository } of distinct(uncovered)) {
    const fitting = rows.filter((row) => matchesRepository(row.registries, repository));
    const here = fitting.filter((row) => row.namespace === pod.namespace);
    const there = fitting.filter((row) => row.namespace !== pod.namespace);
    if (here.length > 0) {
      const names = named(here.map((row) => row.name));
      const [first] = usable(here);
      const but = first ? '' : `; it is ${here[0]?.status}`;
      findings.push(
        `secret ${names} of this namespace is for ${host}, but the pod does not list it${but}`,
      );
      if (first && steps.length === 0) steps.push(...attach(first.name, pod));
      continue;
    }
    const best = bestOf(there, host);
    if (best !== null) {
      const names = named([best, ...there].map((row) => `${row.namespace}/${row.name}`));
      findings.push(`no pull secret of this namespace is for ${host}; elsewhere ${names} is`);
      if (steps.length === 0) {
        steps.push(...copySteps(best, pod.namespace), ...attach(best.name, pod));
      }
    } else if (there[0]) {
      const { namespace, name, status } = there[0];
      findings.push(
        `no pull secret of this namespace is for ${host}; ${namespace}/${name} is, but it is ${status}`,
      );
    } else if (isIbm(host)) findings.push(...ofIbm(host, rows));
  }
  return { findings, steps };
}

function attach(secret: string, pod: LackingPod): NextStep[] {
  const listed = pod.accountSecrets;
  // Then the pod is only older than the list.
  if (pod.pullSecrets.length === 0 && listed?.includes(secret)) return [];
  if (pod.pullSecrets.length === 0) {
    return attachSteps(secret, { ...pod, lists: listed === null ? null : listed.length > 0 });
  }
  return [
    {
      text: `Add ${secret} to imagePullSecrets of the pod template (the pod has a list of its own, so that of its ServiceAccount is not used)`,
    },
  ];
}

/** Copies of one secret in many namespaces are one choice; that of IBM Cloud in `default` is the original. */
function bestOf(rows: readonly SecretRow[], host: string): SecretRow | null {
  const good = usable(rows);
  const original = isIbm(host)
    ? good.find((row) => row.namespace === 'default' && ibmSecretName(row.name) !== null)
    : undefined;
  return original ?? good[0] ?? null;
}

/** Secrets that may be offered: one that is broken would stop every pull of the pod. */
export function usable<T extends SecretRow>(rows: readonly T[]): T[] {
  return rows.filter(({ status }) => ['ok', 'unused', 'expires soon'].includes(status));
}

/** Whether the host is one of IBM Cloud Container Registry. */
export function isIbm(host: string): boolean {
  return registryOf(host).registry.id === 'ibm';
}

/** What is said where IBM Cloud's own secrets do not help. */
function ofIbm(host: string, rows: readonly SecretRow[]): string[] {
  const own = rows.filter((row) => row.namespace === 'default' && ibmSecretName(row.name) !== null);
  const [first] = own;
  if (first === undefined) {
    return [
      `namespace default has none of IBM Cloud's pull secrets (all-icr-io): ibmcloud ks cluster pull-secret apply --cluster CLUSTER makes it`,
    ];
  }
  if (own.every(({ name }) => ibmSecretName(name) === 'dead')) {
    return [
      `${named(own.map(({ name }) => name))} in namespace default holds registry tokens, which have been of no use since 2021`,
    ];
  }
  return [`${named(own.map(({ name }) => name))} in namespace default is not for ${host}`];
}

function distinct(uncovered: Lacking['uncovered']): Lacking['uncovered'] {
  return [...new Map(uncovered.map((one) => [one.repository.name, one])).values()];
}

function places(rows: readonly SecretRow[]): string {
  const spaces = rows.map((row) => row.namespace);
  return spaces.length === 1 ? `namespace ${spaces[0]} has` : `namespaces ${named(spaces)} have`;
}

function named(all: readonly string[]): string {
  const names = [...new Set(all)];
  const more = names.length > MAX_NAMED ? ` and ${names.length - MAX_NAMED} more` : '';
  return `${names.slice(0, MAX_NAMED).join(', ')}${more}`;
}
