/**
 * Credentials that the node itself should bring. Nothing of them shows in the API: a credential provider plugin that
 * fails leaves no trace on the pod (the kubelet logs it and the pull goes on anonymously). Pure.
 */
import type { ImageReference } from '../image/reference.ts';
import { registryOf } from '../registries/index.ts';
import { atMostLikely } from '../words/certainty.ts';
import type { PodEvidence } from '../words/evidence.ts';
import type { PodView } from '../words/pod.ts';
import type { Reading } from '../words/reading.ts';
import type { Contributing } from '../words/verdict.ts';
import { NOTHING_SENT } from './credential-refusals.ts';
import { REFUSALS } from './wants.ts';

/** Nothing was sent for a pod that lists no pull secret: its nodes may be meant to bring the credential. */
export function withNodeCredentials(reading: Reading, decisive: string, pod: PodView): Reading {
  const { alternatives } = reading;
  const full =
    alternatives.length >= 3 ||
    [reading.cause, ...alternatives].includes('CredentialProviderFailed');
  if (!NOTHING_SENT.test(decisive) || pod.pullSecrets.length > 0 || full) return reading;
  if (!REFUSALS.has(reading.cause)) return reading;
  return {
    ...reading,
    certainty: atMostLikely(reading.certainty),
    alternatives: [...alternatives, 'CredentialProviderFailed'],
  };
}

/**
 * Said where it is likely that the node should sign in: for registries whose nodes usually do, and for a pod with a
 * ServiceAccount of its own that lists no pull secret (providers may ask for its token since Kubernetes 1.33).
 */
export function nodeFindings(
  evidence: PodEvidence,
  reading: Reading,
  decisive: string,
  reference: ImageReference | null,
): Contributing[] {
  const { pod, serviceAccount } = evidence;
  if (evidence.presence !== 'there' || pod.pullSecrets.length > 0 || reference === null) return [];
  if (![reading.cause, ...reading.alternatives].includes('CredentialProviderFailed')) return [];
  if (!NOTHING_SENT.test(decisive)) return [];
  const { registry, guessed } = registryOf(reference.host);
  const usual = guessed ? null : registry.nodeCredentials;
  const own =
    pod.serviceAccount !== 'default' &&
    serviceAccount.known &&
    serviceAccount.value.pullSecrets.length === 0;
  if (usual === null && !own) return [];
  const node = pod.node ?? 'the node';
  const lists = own
    ? `neither the pod nor serviceaccount ${pod.serviceAccount} lists a pull secret`
    : 'the pod lists no pull secret';
  const from = usual ?? 'a credential provider plugin of the kubelet';
  const text = `nothing was sent: ${lists}, and if ${from} is meant to sign in to ${reference.host}, it did not; only the kubelet's log on ${node} would tell why`;
  return [{ code: 'credential-provider-failed', object: `node/${pod.node ?? ''}`, text }];
}
