/**
 * What is wrong with the pod's pull secrets as far as it shows without reading their content: missing, wrong
 * type, attached too late, hidden by the pod's own list. Pure.
 * Rules: kubelet pkg/credentialprovider/secrets (types), pkg/kubelet/kubelet_pods.go (missing secrets),
 * plugin/pkg/admission/serviceaccount (the list is copied at creation, only where the pod has none).
 */

import { impossibleName } from '../credentials/faults/index.ts';
import type { PodEvidence } from '../words/evidence.ts';
import { isAbsent, type Unavailable } from '../words/known.ts';
import { nearest } from '../words/nearest.ts';
import { DOCKER_TYPES } from '../words/secret-types.ts';
import type { Contributing, Quote } from '../words/verdict.ts';
import { eventQuote } from './failing.ts';

export interface SecretFindings {
  readonly contributing: readonly Contributing[];
  readonly unavailable: readonly Unavailable[];
  /** Names of listed secrets known to be missing. */
  readonly missing: readonly string[];
  /** What the kubelet said about them. */
  readonly said: readonly Quote[];
  /** True where every listed secret is missing, so that the kubelet had none of them. */
  readonly allMissing: boolean;
}

/** Judges the pod's list of pull secrets. */
export function judgeSecrets(evidence: PodEvidence): SecretFindings {
  const { pod } = evidence;
  const reported = reportedMissing(evidence);
  const contributing: Contributing[] = [];
  const unavailable: Unavailable[] = [];
  const missing: string[] = [];
  for (const name of pod.pullSecrets) {
    const answer = evidence.secrets.get(name);
    if (answer?.known) {
      if (reported.has(name)) contributing.push(appeared(name));
      if (!DOCKER_TYPES.includes(answer.value.type))
        contributing.push(wrongType(name, answer.value.type));
      continue;
    }
    if (answer && answer.why.reason === 'not found') reported.add(name);
    else if (answer && !reported.has(name)) unavailable.push(answer.why);
    if (!reported.has(name)) continue;
    missing.push(name);
    contributing.push(missingSecret(evidence, name));
  }
  contributing.push(...misplacedFindings(evidence), ...accountFindings(evidence));
  const names = evidence.secretNames;
  if (!names.known && names.why.text !== '' && !isAbsent(names.why)) unavailable.push(names.why);
  const account = evidence.serviceAccount;
  if (!account.known && account.why.reason !== 'not found' && account.why.text !== '') {
    unavailable.push(account.why);
  }
  const listed = pod.pullSecrets.length;
  return {
    contributing,
    unavailable,
    missing,
    said: saidMissing(evidence),
    allMissing: listed > 0 && missing.length === listed,
  };
}

function saidMissing(evidence: PodEvidence): Quote[] {
  const events = evidence.events.known ? evidence.events.value : [];
  return events
    .filter((e) => e.reason === 'FailedToRetrieveImagePullSecret')
    .slice(0, 1)
    .map(eventQuote);
}

/** Names the kubelet (1.28 and later) said it could not get; templates in kubelet_pods.go. */
export function reportedMissing(evidence: PodEvidence): Set<string> {
  const events = evidence.events.known ? evidence.events.value : [];
  const names = events
    .filter((e) => e.reason === 'FailedToRetrieveImagePullSecret')
    .flatMap(
      (e) => /image pull secrets \(([^()]*)\)/.exec(e.text.slice(0, 4096))?.[1]?.split(', ') ?? [],
    );
  return new Set(names);
}

function appeared(name: string): Contributing {
  return {
    code: 'secret-missing',
    object: `secret/${name}`,
    text: `the kubelet could not get secret ${name}, but it is there now: the next try uses it`,
  };
}

function wrongType(name: string, type: string): Contributing {
  return {
    code: 'secret-wrong-type',
    object: `secret/${name}`,
    text: `secret ${name} is of type ${type}; the kubelet silently ignores all but kubernetes.io/dockerconfigjson and kubernetes.io/dockercfg`,
  };
}

function missingSecret(evidence: PodEvidence, name: string): Contributing {
  const names = evidence.secretNames.known ? evidence.secretNames.value : [];
  const near = nearest(name, names);
  const where = `secret ${name} does not exist in namespace ${evidence.pod.namespace}`;
  const why = impossibleName(name);
  if (why !== null) {
    const text = `secret ${name} can never exist: ${why}`;
    const instead = near ? `; the nearest pull secret there is ${near}` : '';
    return { code: 'secret-name-impossible', object: `secret/${name}`, text: `${text}${instead}` };
  }
  const elsewhere = evidence.elsewhere?.get(name) ?? [];
  if (elsewhere.length > 0) {
    const more = elsewhere.length > 3 ? ' and others' : '';
    const text = `${where}, but in ${elsewhere.slice(0, 3).join(', ')}${more}: a pod can use the secrets of its own namespace only`;
    return { code: 'secret-elsewhere', object: `secret/${name}`, text };
  }
  return near
    ? {
        code: 'secret-missing-typo',
        object: `secret/${name}`,
        text: `${where}; the nearest pull secret there is ${near}`,
      }
    : { code: 'secret-missing', object: `secret/${name}`, text: where };
}

function misplacedFindings({ pod }: PodEvidence): Contributing[] {
  const containers = pod.secretsUnderContainers ?? [];
  if (containers.length === 0) return [];
  const text = `imagePullSecrets is written under container ${containers.join(', ')}, where nothing reads it: it belongs into the spec of the pod, beside containers`;
  return [{ code: 'secrets-under-container', object: `pod/${pod.name}`, text }];
}

function accountFindings(evidence: PodEvidence): Contributing[] {
  const { pod, serviceAccount } = evidence;
  const object = `serviceaccount/${pod.serviceAccount}`;
  if (!serviceAccount.known) {
    return serviceAccount.why.reason === 'not found'
      ? [
          {
            code: 'serviceaccount-missing',
            object,
            text: `serviceaccount ${pod.serviceAccount} does not exist in namespace ${pod.namespace} any more`,
          },
        ]
      : [];
  }
  const listed = new Set(pod.pullSecrets);
  const extra = serviceAccount.value.pullSecrets.filter((name) => !listed.has(name));
  if (extra.length === 0) return [];
  const names = extra.join(', ');
  if (listed.size === 0) {
    return [
      {
        code: 'attached-too-late',
        object,
        text: `serviceaccount ${pod.serviceAccount} lists ${names}, this pod does not: the list is copied when a pod is created, so the pod is older than the change and must be recreated`,
      },
    ];
  }
  return [
    {
      code: 'pod-list-hides-serviceaccount',
      object,
      text: `the pod lists its own pull secrets, so ${names} of serviceaccount ${pod.serviceAccount} is not used`,
    },
  ];
}
