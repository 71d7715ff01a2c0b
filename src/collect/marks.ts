/** What labels, annotations and owners tell of an object besides what it is. */
import type { CloudIdentity, SecretKeeper } from '../words/pod.ts';
import { type Json, list, obj, str } from './json.ts';

const OPENSHIFT = /^(?:[a-z]{1,40}\.)?openshift\.io\//;

/** OpenShift's admission (SCC) annotates every pod (`openshift.io/scc`), its operators label nodes and namespaces. */
export function hasOpenShiftMark(object: unknown): boolean {
  const { annotations, labels } = obj(obj(object)['metadata']);
  return [annotations, labels].some((map) =>
    Object.keys(obj(map)).some((key) => OPENSHIFT.test(key)),
  );
}

const REFLECTS = 'reflector.v1.k8s.emberstack.com/reflects';

/** The operator of a Secret: an owner of a kind we read, else its label (external-secrets), else Reflector's annotation. */
export function keeperOf(meta: Json): SecretKeeper | undefined {
  for (const owner of list(meta['ownerReferences'])) {
    const kind = str(owner['kind']);
    if (kind === 'ExternalSecret' || kind === 'SealedSecret') {
      return { kind, apiVersion: str(owner['apiVersion']), name: str(owner['name']) };
    }
  }
  const labels = obj(meta['labels']);
  const annotations = obj(meta['annotations']);
  // pkg/controllers/common of external-secrets; Merge and Orphan set no owner.
  const marked = [...Object.keys(labels), ...Object.keys(annotations)];
  if (marked.some((key) => key.startsWith('reconcile.external-secrets.io/'))) {
    return { kind: 'ExternalSecret', apiVersion: '', name: '' };
  }
  const original = str(annotations[REFLECTS]);
  return original === '' ? undefined : { kind: 'Reflector', apiVersion: '', name: original };
}

/** Annotations by which clouds give a program in a pod an identity. */
const IDENTITIES: readonly (readonly [CloudIdentity['kind'], string])[] = [
  // aws/amazon-eks-pod-identity-webhook
  ['IRSA', 'eks.amazonaws.com/role-arn'],
  ['GKE Workload Identity', 'iam.gke.io/gcp-service-account'],
  ['Azure Workload Identity', 'azure.workload.identity/client-id'],
];

/** Of a ServiceAccount. */
export function cloudIdentityOf(meta: Json): CloudIdentity | undefined {
  const annotations = obj(meta['annotations']);
  for (const [kind, annotation] of IDENTITIES) {
    const value = str(annotations[annotation]);
    if (value !== '') return { kind, annotation, value };
  }
  return undefined;
}
