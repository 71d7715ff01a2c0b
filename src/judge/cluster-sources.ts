/** What the cluster says elsewhere of a pull that failed: mirrors, operators, cloud identities, admission. Pure. */
import { readSecret } from '../credentials/docker-config.ts';
import { keyringOf, lookup, repositoryName } from '../credentials/keyring.ts';
import type { ImageReference } from '../image/reference.ts';
import { type RegistryId, registryOf } from '../registries/index.ts';
import type { OpenShiftSources } from '../words/cluster-sources.ts';
import type { PodEvidence } from '../words/evidence.ts';
import type { Unavailable } from '../words/known.ts';
import type { CloudIdentity } from '../words/pod.ts';
import type { Reading } from '../words/reading.ts';
import type { Contributing } from '../words/verdict.ts';
import { denialFinding } from './denials.ts';
import { refreshFinding } from './refresh-findings.ts';
import { insecureFinding, registryRules } from './registry-rules.ts';
import { dataOf } from './secret-report.ts';

export interface SourceCase {
  readonly evidence: PodEvidence;
  readonly reading: Reading;
  readonly reference: ImageReference | null;
  readonly aboutCredentials: boolean;
  /** The moment the objects were seen. */
  readonly now: number;
}

export interface SourcesTold {
  readonly contributing: readonly Contributing[];
  readonly unavailable: readonly Unavailable[];
}

/** Beside a verdict about a container's own image. */
export function sourceFindings(one: SourceCase): SourcesTold {
  const { evidence, reading, reference, aboutCredentials } = one;
  const openshift = evidence.sources?.openshift ?? null;
  const operators = aboutCredentials ? operatorFindings(one) : NOTHING;
  return {
    contributing: [
      ...(openshift !== null && reference !== null
        ? ruleFindings(reference, openshift, reading)
        : []),
      ...operators.contributing,
      ...(openshift !== null && reference !== null && aboutCredentials
        ? globalSecretFinding(reference, openshift)
        : []),
      ...(reference !== null && aboutCredentials ? identityFinding(evidence, reference) : []),
      ...(evidence.denied === undefined ? [] : [denialFinding(evidence.denied)]),
    ],
    unavailable: [
      ...operators.unavailable,
      ...(openshift === null || openshift.unavailable === null ? [] : [openshift.unavailable]),
    ],
  };
}

const NOTHING: SourcesTold = { contributing: [], unavailable: [] };

/** Causes that plain HTTP or an unchecked certificate would change. */
const TLS_CAUSES: ReadonlySet<string> = new Set([
  'TlsUntrusted',
  'TlsInvalid',
  'HttpHttpsMismatch',
]);

function ruleFindings(
  reference: ImageReference,
  openshift: OpenShiftSources,
  reading: Reading,
): Contributing[] {
  const { findings, insecure } = registryRules(reference, openshift);
  return [
    ...findings,
    ...(insecure && TLS_CAUSES.has(reading.cause) ? [insecureFinding(reference)] : []),
  ];
}

/** The kubelet asks its own keyring after the pod's pull secrets (pkg/credentialprovider/secrets). */
function globalSecretFinding(
  reference: ImageReference,
  openshift: OpenShiftSources,
): Contributing[] {
  const found = nodeCredentials(reference, openshift);
  if (found === null) return [];
  const { name, key } = found;
  const text =
    key === null
      ? `the nodes' own credentials (secret ${name}) have no entry for ${reference.host}`
      : `the nodes have a credential of their own for it, entry ${key} of secret ${name}: the kubelet tries it after the pod's pull secrets`;
  return [{ code: 'node-pull-secret', object: `secret/${name}`, text }];
}

/** The first entry for the image in the nodes' pull secret, `key` null where it has none; `null`: it was not read. */
export function nodeCredentials(
  reference: ImageReference,
  { globalSecret }: OpenShiftSources,
): { readonly name: string; readonly key: string | null } | null {
  if (globalSecret === null || globalSecret.elided) return null;
  const name = `${globalSecret.namespace}/${globalSecret.name}`;
  const keyring = keyringOf([{ name, content: readSecret(dataOf(globalSecret)) }]);
  if (keyring.kind === 'broken') return null;
  return { name, key: lookup(keyring, repositoryName(reference)).credentials[0]?.key ?? null };
}

function operatorFindings({ evidence, now }: SourceCase): SourcesTold {
  const contributing: Contributing[] = [];
  const unavailable: Unavailable[] = [];
  for (const [name, answer] of evidence.sources?.refreshers ?? []) {
    if (!answer.known) unavailable.push(answer.why);
    else contributing.push(...refreshFinding(name, answer.value, now));
  }
  for (const [name, answer] of evidence.secrets) {
    const keeper = answer.known ? answer.value.keeper : undefined;
    if (keeper?.kind !== 'Reflector') continue;
    const text = `secret ${name} is a copy of ${keeper.name} that Reflector keeps: what is written into the copy is lost, write the original`;
    contributing.push({ code: 'secret-copied', object: `secret/${name}`, text });
  }
  return { contributing, unavailable };
}

/** The registry that an identity would be for. */
const REGISTRY_OF: Readonly<Record<CloudIdentity['kind'], RegistryId>> = {
  IRSA: 'ecr',
  'GKE Workload Identity': 'google',
  'Azure Workload Identity': 'acr',
};

/** Said where somebody may have meant it for the pull: the image is on the registry of that cloud. */
function identityFinding(
  { pod, serviceAccount }: PodEvidence,
  reference: ImageReference,
): Contributing[] {
  const identity = serviceAccount.known ? serviceAccount.value.cloudIdentity : undefined;
  if (identity === undefined) return [];
  const { registry, guessed } = registryOf(reference.host);
  if (guessed || registry.id !== REGISTRY_OF[identity.kind]) return [];
  const object = `serviceaccount/${pod.serviceAccount}`;
  const text = `${object} has an identity in the cloud (${identity.kind}, ${identity.annotation}): it is for the program in the container, and the kubelet pulls as the node all the same, unless a credential provider on the node takes ServiceAccount tokens (Kubernetes 1.34 and later; in 1.33 behind a feature gate)`;
  return [{ code: 'serviceaccount-cloud-identity', object, text }];
}
