/** Makes a fault happen: the pod or workload that meets it, and waiting until the node says so. */

import { kubectl } from '../cluster/help/commands.ts';
import { apply, type KubeObject, podSpec } from '../cluster/help/objects.ts';
import { waitFor } from '../cluster/up/processes.ts';
import { APP } from '../cluster/up/settings.ts';
import type { Fault, FaultyAs } from './fault.ts';

/** Reasons of a container that is still on its way. */
const STARTING = /^(?:ContainerCreating|PodInitializing)$/;

const LABEL = 'fault';

interface Waiting {
  readonly name: string;
  readonly state?: { readonly waiting?: { readonly reason?: string; readonly message?: string } };
}

interface Pod {
  readonly metadata: {
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly status: {
    readonly phase?: string;
    readonly containerStatuses?: readonly Waiting[];
    readonly initContainerStatuses?: readonly Waiting[];
    readonly ephemeralContainerStatuses?: readonly Waiting[];
  };
}

const KINDS: Readonly<Partial<Record<FaultyAs, string>>> = {
  Deployment: 'deployment',
  StatefulSet: 'statefulset',
  DaemonSet: 'daemonset',
  Job: 'job',
  CronJob: 'cronjob',
};

/** What `describe` is asked about: `pod/NAME`, or the workload. */
export function targetOf({ name, as }: Fault): string {
  return `${KINDS[as ?? 'Pod'] ?? 'pod'}/${name}`;
}

function specOf({ image, secrets = [], as, spec = {} }: Fault): object {
  const imagePullSecrets = secrets.map((name) => ({ name }));
  const faulty = { name: 'app', image, imagePullPolicy: 'Always' };
  const good = (name: string) => ({ name, image: APP });
  const pulls = imagePullSecrets.length > 0 ? { imagePullSecrets } : {};
  if (as === 'init container') {
    return podSpec(APP, { ...pulls, initContainers: [{ ...faulty, name: 'init' }], ...spec });
  }
  if (as === 'several containers') {
    const containers = [good('first'), faulty, good('last')];
    return podSpec(image, { ...pulls, containers, ...spec });
  }
  if (as === 'ephemeral container') return podSpec(APP, { ...pulls, ...spec });
  return podSpec(image, { ...pulls, containers: [faulty], ...spec });
}

/** The pod, or the workload that makes it. */
function madeOf(fault: Fault): KubeObject {
  const { name, as } = fault;
  const labels = { [LABEL]: name };
  const spec = specOf(fault);
  const template = { metadata: { labels }, spec };
  const selector = { matchLabels: labels };
  const job = { template: { ...template, spec: { ...spec, restartPolicy: 'Never' } } };
  switch (as) {
    case 'Deployment':
    case 'DaemonSet':
      return { apiVersion: 'apps/v1', kind: as, metadata: { name }, spec: { selector, template } };
    case 'StatefulSet':
      return {
        apiVersion: 'apps/v1',
        kind: as,
        metadata: { name },
        spec: { serviceName: name, selector, template },
      };
    case 'Job':
      return { apiVersion: 'batch/v1', kind: as, metadata: { name }, spec: job };
    case 'CronJob':
      return {
        apiVersion: 'batch/v1',
        kind: as,
        metadata: { name },
        spec: { schedule: '* * * * *', concurrencyPolicy: 'Forbid', jobTemplate: { spec: job } },
      };
    default:
      return { apiVersion: 'v1', kind: 'Pod', metadata: { name, labels }, spec };
  }
}

/** Adds the container that only a running pod can take. */
async function debug(namespace: string, { name, image }: Fault): Promise<void> {
  await waitFor(`pod ${name} to run`, async () => {
    const phase = ['get', 'pod', name, '-n', namespace, '-o', 'jsonpath={.status.phase}'];
    return (await kubectl(...phase)) === 'Running';
  });
  await kubectl('debug', name, '-n', namespace, `--image=${image}`, '--container=debug', '-q');
}

/** A CronJob makes its first Job with the next full minute; nobody has to wait for that. */
async function startNow(namespace: string, { name }: Fault): Promise<void> {
  await kubectl('create', 'job', `${name}-now`, `--from=cronjob/${name}`, '-n', namespace);
}

/** Makes the objects and pods of the faults in a namespace that has the usual pull secrets. */
export async function inject(namespace: string, faults: readonly Fault[]): Promise<void> {
  const before = faults.flatMap(({ objects = [] }) => objects);
  const elsewhere = (object: KubeObject) => String(object.metadata['namespace'] ?? namespace);
  for (const [where, objects] of Map.groupBy(before, elsewhere)) await apply(where, ...objects);
  await apply(namespace, ...faults.map(madeOf));
  for (const fault of faults) {
    if (fault.as === 'ephemeral container') await debug(namespace, fault);
    if (fault.as === 'CronJob') await startNow(namespace, fault);
  }
}

function hasFailed({ status }: Pod): boolean {
  return [
    ...(status.containerStatuses ?? []),
    ...(status.initContainerStatuses ?? []),
    ...(status.ephemeralContainerStatuses ?? []),
  ].some(({ state }) => {
    const { reason = '', message = '' } = state?.waiting ?? {};
    return message !== '' && !STARTING.test(reason);
  });
}

/** Names of faults of which an event of the wanted reason tells. */
async function told(namespace: string, faults: readonly Fault[]): Promise<readonly string[]> {
  const waiting = faults.filter(({ event }) => event !== undefined);
  if (waiting.length === 0) return [];
  const text = await kubectl('get', 'events', '-n', namespace, '-o', 'json');
  const { items } = JSON.parse(text) as {
    items: { reason: string; involvedObject: { name: string } }[];
  };
  const about = (name: string, event?: string) =>
    items.some(({ reason, involvedObject }) => {
      return reason === event && `${involvedObject.name}-`.startsWith(`${name}-`);
    });
  return waiting.filter(({ name, event }) => about(name, event)).map(({ name }) => name);
}

/** Waits until a pod of each fault does not get its image; names of those that never come to that. */
export async function untilFailing(
  namespace: string,
  faults: readonly Fault[],
  seconds: number,
): Promise<readonly string[]> {
  let missing = faults.map(({ name }) => name);
  await waitFor(
    `failing pods in ${namespace}`,
    async () => {
      const text = await kubectl('get', 'pods', '-n', namespace, '-o', 'json');
      const failing = (JSON.parse(text) as { items: Pod[] }).items.filter(hasFailed);
      const names = new Set(failing.map(({ metadata }) => metadata.labels?.[LABEL]));
      for (const name of await told(namespace, faults)) names.add(name);
      missing = missing.filter((name) => !names.has(name));
      return missing.length === 0;
    },
    seconds,
  ).catch(() => undefined);
  return missing;
}
