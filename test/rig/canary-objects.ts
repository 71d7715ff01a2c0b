/** A namespace whose pull secrets, pods and events are full of canaries. */
import type { Canaries } from './canaries.ts';

export const NAMESPACE = 'shop';

export function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** An entry of a docker config; the user name may be printed. */
export function login(canaries: Canaries, place: string) {
  const password = canaries.plant(place);
  return { username: 'alice', password, auth: base64(`alice:${password}`) };
}

function named(kind: string, name: string, more: object): object {
  return { apiVersion: 'v1', kind, metadata: { namespace: NAMESPACE, name, uid: name }, ...more };
}

function secret(canaries: Canaries, name: string, type: string, data: Record<string, string>) {
  const applied = { stringData: { token: canaries.plant(`${name}Applied`) }, data };
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      namespace: NAMESPACE,
      name,
      uid: name,
      annotations: {
        'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(applied),
      },
    },
    type,
    data,
  };
}

/** Every kind of pull secret, good and broken. `host`: of the registry. */
export function secrets(canaries: Canaries, host: string): object[] {
  const json = (name: string, config: unknown) =>
    secret(canaries, name, 'kubernetes.io/dockerconfigjson', {
      '.dockerconfigjson': base64(typeof config === 'string' ? config : JSON.stringify(config)),
    });
  const withUser = (place: string) =>
    `https://eve:${encodeURIComponent(canaries.plant(place))}@${host}`;
  return [
    json('plain', {
      auths: { [host]: { ...login(canaries, 'plain'), identitytoken: canaries.plant('identity') } },
      HttpHeaders: { Authorization: canaries.plant('header') },
      credsStore: 'pass',
    }),
    json('keyed', {
      auths: {
        [`${host}/case`]: login(canaries, 'path'),
        [withUser('inKey')]: login(canaries, 'keyed'),
      },
    }),
    json('tokens', {
      auths: {
        [host]: { registrytoken: canaries.plant('registrytoken') },
        'ghcr.io': { username: 'alice', password: `ghp_${canaries.plant('ghcr')}` },
        'a.example': { username: '<token>', password: canaries.plant('noAuth') },
      },
    }),
    json('no-json', `alice:${canaries.plant('noJson')}`),
    json('half', JSON.stringify({ auths: { [host]: login(canaries, 'half') } }).slice(0, -9)),
    json('no-colon', { auths: { [host]: { auth: base64(canaries.plant('noColon')) } } }),
    json('no-base64', { auths: { [host]: { auth: `alice:${canaries.plant('noBase64')}` } } }),
    json('shape', { auths: { [host]: { password: [canaries.plant('shape')] } } }),
    json('no-auths', { [host]: login(canaries, 'noAuths') }),
    secret(canaries, 'legacy', 'kubernetes.io/dockercfg', {
      '.dockercfg': base64(JSON.stringify({ [host]: login(canaries, 'legacy') })),
    }),
    secret(canaries, 'opaque', 'Opaque', {
      password: base64(canaries.plant('opaque')),
      'config.json': base64(JSON.stringify({ auths: { [host]: login(canaries, 'opaqueConfig') } })),
    }),
    secret(canaries, 'basic', 'kubernetes.io/basic-auth', {
      username: base64('alice'),
      password: base64(canaries.plant('basicAuth')),
    }),
  ];
}

/** A pod that does not pull, with the event that says so. */
export function failingPod(
  name: string,
  image: string,
  message: string,
  pullSecrets: readonly string[],
): object[] {
  const at = new Date(Date.now() - 60_000).toISOString();
  const waiting = { reason: 'ErrImagePull', message };
  const pod = named('Pod', name, {
    spec: {
      containers: [{ name: 'app', image }],
      imagePullSecrets: pullSecrets.map((one) => ({ name: one })),
    },
    status: {
      phase: 'Pending',
      containerStatuses: [{ name: 'app', image, imageID: '', ready: false, state: { waiting } }],
    },
  });
  const event = named('Event', `${name}.1`, {
    involvedObject: { kind: 'Pod', namespace: NAMESPACE, name, uid: name },
    reason: 'Failed',
    message: `Failed to pull image "${image}": ${message}`,
    type: 'Warning',
    firstTimestamp: at,
    lastTimestamp: at,
    count: 3,
    source: { component: 'kubelet' },
  });
  return [pod, event];
}

/** What runtimes and registries quote in their messages. */
export function quotingMessages(canaries: Canaries, host: string): string[] {
  const escaped = (place: string) => encodeURIComponent(canaries.plant(place));
  const token = canaries.plant('said').replaceAll('%', '/');
  return [
    `failed to do request: Head "https://bob:${escaped('userinfo')}@${host}/v2/a/manifests/1": EOF`,
    `httpReadSeeker: failed open: failed to do request: Get "https://cdn.test/x?X-Amz-Credential=${escaped('amz')}&X-Amz-Signature=${escaped('sig')}": Forbidden`,
    `unexpected status from GET request to https://${host}/token?account=a&password=${escaped('query')}: 401 Unauthorized`,
    `failed to authorize: Authorization: Bearer ${token} was refused: 403 Forbidden`,
  ];
}
