/** Objects the tests make, and waiting until the cluster has dealt with them. */
import { waitFor } from '../up/processes.ts';
import { GUEST, HOSTS, PASSWORD, USER } from '../up/settings.ts';
import { kubectl, run } from './commands.ts';

export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

/** What a test cares about of a pod. */
interface PodStatus {
  readonly metadata: { readonly name: string };
  readonly status: {
    readonly phase?: string;
    readonly containerStatuses?: readonly {
      readonly state?: {
        readonly waiting?: { readonly reason?: string; readonly message?: string };
      };
    }[];
  };
}

/** Reasons of a waiting container that does not get its image. */
const FAILING = /^(ErrImagePull|ImagePullBackOff|InvalidImageName|ErrImageNeverPull)$/;

/**
 * A namespace for the tests of one `describe`, made before them and deleted after them. Its name differs from run to
 * run: a cluster that is kept up sees the same tests again.
 */
export function ownNamespace(prefix: string): string {
  const name = `${prefix}-${Date.now().toString(36)}`;
  before(async () => {
    await kubectl('create', 'namespace', name);
    await waitFor('the ServiceAccount "default"', () =>
      kubectl('get', 'sa', 'default', '-n', name),
    );
  });
  after(() => kubectl('delete', 'namespace', name, '--wait=false'));
  return name;
}

/** `kubectl apply -f -`; objects without a namespace go to `namespace`. */
export async function apply(namespace: string, ...items: readonly KubeObject[]): Promise<void> {
  const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
  const { code, stderr } = await run('kubectl', ['apply', '-n', namespace, '-f', '-'], {
    stdin: list,
  });
  if (code !== 0) throw new Error(`kubectl apply: ${stderr}`);
}

/** A pod spec with one container `app`; nothing in it waits when it is deleted. */
export function podSpec(image: string, more: object = {}): object {
  return { terminationGracePeriodSeconds: 0, containers: [{ name: 'app', image }], ...more };
}

export function pod(name: string, image: string, more: object = {}): KubeObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: podSpec(image, more) };
}

/** A pull secret as `kubectl create secret docker-registry` makes it. */
export async function pullSecret(
  namespace: string,
  name: string,
  server: string,
  user: string,
  password: string,
): Promise<void> {
  const login = [
    `--docker-server=${server}`,
    `--docker-username=${user}`,
    `--docker-password=${password}`,
  ];
  await kubectl('create', 'secret', 'docker-registry', name, '-n', namespace, ...login);
}

/**
 * `right` and `wrong` for `private`; `token-right`, `token-wrong` and `token-guest`, who has no rights, for `token`.
 */
export async function registrySecrets(namespace: string): Promise<void> {
  for (const [host, prefix] of [
    [HOSTS.private.name, ''],
    [HOSTS.token.name, 'token-'],
  ] as const) {
    await pullSecret(namespace, `${prefix}right`, host, USER, PASSWORD);
    await pullSecret(namespace, `${prefix}wrong`, host, USER, 'not-the-password');
  }
  await pullSecret(namespace, 'token-guest', HOSTS.token.name, GUEST, PASSWORD);
}

export async function pods(
  namespace: string,
  ...args: readonly string[]
): Promise<readonly PodStatus[]> {
  const text = await kubectl('get', 'pods', '-n', namespace, '-o', 'json', ...args);
  return (JSON.parse(text) as { items: PodStatus[] }).items;
}

/** Names of the pods that wait for an image and whose status says why. */
function failing(all: readonly PodStatus[]): readonly string[] {
  return all
    .filter((each) =>
      each.status.containerStatuses?.some(({ state }) => {
        return FAILING.test(state?.waiting?.reason ?? '') && (state?.waiting?.message ?? '') !== '';
      }),
    )
    .map((each) => each.metadata.name);
}

/** Waits until `count` pods of the selection do not get their image; their names. */
export async function waitUntilFailing(
  namespace: string,
  count: number,
  ...select: readonly string[]
): Promise<readonly string[]> {
  return await waitFor(`${count} failing pods in ${namespace}`, async () => {
    const names = failing(await pods(namespace, ...select));
    return names.length >= count && names;
  });
}

export async function waitUntilRunning(namespace: string, name: string): Promise<void> {
  const phase = ['-o', 'jsonpath={.status.phase}'];
  await waitFor(`pod ${name} to run`, async () => {
    return (await kubectl('get', 'pod', name, '-n', namespace, ...phase)) === 'Running';
  });
}
