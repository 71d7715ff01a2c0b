/** Objects of OpenShift, External Secrets and Sealed Secrets, and what their operators would write into them. */
import { kubectl } from './commands.ts';
import type { KubeObject } from './objects.ts';

const MARK = { 'openshift.io/scc': 'restricted-v2' };

/** Status as in https://github.com/khuedoan/homelab/issues/115. */
export const STOPPED = {
  binding: { name: 'regcred' },
  conditions: [
    {
      type: 'Ready',
      status: 'False',
      reason: 'SecretSyncedError',
      message: 'could not get secret data from provider',
      lastTransitionTime: '2026-11-18T22:14:05Z',
    },
  ],
  refreshTime: '2026-11-18T21:14:05Z',
};

/** Behind the last `refreshTime`. */
export const SYNCED = {
  binding: { name: 'regcred' },
  conditions: [
    {
      type: 'Ready',
      status: 'True',
      reason: 'SecretSynced',
      message: 'secret synced',
      lastTransitionTime: '2026-11-18T22:14:05Z',
    },
  ],
};

/** One that writes the secret `target`. */
export function externalSecret(name: string, target: string): KubeObject {
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name },
    spec: {
      refreshInterval: '1h',
      secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' },
      target: { name: target, creationPolicy: 'Owner' },
      data: [{ secretKey: '.dockerconfigjson', remoteRef: { key: 'registry/login' } }],
    },
  };
}

/** An ImageTagMirrorSet or ImageDigestMirrorSet with one rule. */
export function mirrors(kind: 'Tag' | 'Digest', name: string, rule: object): KubeObject {
  const field = kind === 'Tag' ? 'imageTagMirrors' : 'imageDigestMirrors';
  return {
    apiVersion: 'config.openshift.io/v1',
    kind: `Image${kind}MirrorSet`,
    metadata: { name },
    spec: { [field]: [rule] },
  };
}

/** OpenShift's registry rules for the whole cluster. */
export function imageConfig(registrySources: object): KubeObject {
  return {
    apiVersion: 'config.openshift.io/v1',
    kind: 'Image',
    metadata: { name: 'cluster' },
    spec: { registrySources },
  };
}

/** Writes a status in the place of the operator. */
export async function setStatus(namespace: string, type: string, name: string, status: object) {
  const patch = JSON.stringify({ status });
  await kubectl(
    'patch',
    `${type}/${name}`,
    ...['-n', namespace, '--subresource=status', '--type=merge', '-p', patch],
  );
}

/** Who a Secret belongs to, as its operator writes it. */
export async function ownedBy(namespace: string, secret: string, type: string, owner: string) {
  const object = JSON.parse(
    await kubectl('get', type, owner, '-n', namespace, '-o', 'json'),
  ) as KubeObject & { metadata: { uid: string } };
  const { apiVersion, kind, metadata } = object;
  const ownerReferences = [{ apiVersion, kind, name: owner, uid: metadata.uid, controller: true }];
  const patch = JSON.stringify({ metadata: { ownerReferences } });
  await kubectl('patch', 'secret', secret, '-n', namespace, '--type=merge', '-p', patch);
}

/** As the API server of OpenShift marks a pod that it let in. */
export const marked = (object: KubeObject, annotations: object = MARK): KubeObject => ({
  ...object,
  metadata: { ...object.metadata, annotations },
});
