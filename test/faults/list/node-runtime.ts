/** containerd and the kubelet: stopped, with another sandbox image, with limits. */
import { rmSync } from 'node:fs';
import {
  CONTAINERD_SOCKET,
  killContainerd,
  restartContainerd,
} from '../../cluster/up/containerd.ts';
import { restartKubelet } from '../../cluster/up/kubernetes.ts';
import { HOSTS } from '../../cluster/up/settings.ts';
import type { Breakage, Fault } from '../fault.ts';
import { removeHostsToml, writeHostsToml } from '../node/hosts-toml.ts';
import { pushOwnImage } from '../node/images.ts';
import { SLOW_ADDRESS, STALLED_PORT, startSlowServers, stopSlowServers } from '../node/slow.ts';
import { APP, MEBIBYTE, mended, OPEN, own, SANDBOX_EVENT } from './node-common.ts';

function sandbox(name: string, cause: Fault['cause'], what: string, image: string): Fault {
  const wide = {
    breakIt: () => restartContainerd({ sandbox: image }),
    heal: () => restartContainerd(),
  };
  return { name, cause, what, image: APP, event: SANDBOX_EVENT, ...mended(wide) };
}

export const SANDBOX: readonly Fault[] = [
  {
    ...sandbox(
      'node-sandbox-repository',
      'RepositoryNotFound',
      'image of the sandbox in a repository that is not there',
      `${OPEN}/pause:3.10`,
    ),
    hidden:
      'docker-registry says the same of a missing tag, and --verify asks for the images of the pod alone',
  },
  sandbox(
    'node-sandbox-refused',
    'ConnectionRefused',
    'image of the sandbox on a host that is down',
    `${HOSTS.closed.name}/pause:1`,
  ),
  sandbox(
    'node-sandbox-untrusted',
    'TlsUntrusted',
    'image of the sandbox on a host with another CA',
    `${HOSTS.untrusted.name}/public/pause:1`,
  ),
];

function runtime(name: string, what: string, breakIt: () => Promise<void>): Fault {
  const wide = { breakIt, heal: () => restartContainerd() };
  return {
    name,
    cause: 'RuntimeUnavailable',
    what,
    image: APP,
    event: SANDBOX_EVENT,
    ...mended(wide),
  };
}

export const RUNTIME: readonly Fault[] = [
  runtime('node-runtime-killed', 'containerd was killed', killContainerd),
  runtime('node-runtime-socket', 'containerd was killed, and its socket removed', async () => {
    await killContainerd();
    rmSync(CONTAINERD_SOCKET);
  }),
];

/** Pulls one after the other, the second right after the first: the limit is met in one pod, however busy the node is. */
const MANY_PULLS = {
  containers: Array.from({ length: 6 }, (_, i) => ({
    name: `app${i}`,
    image: APP,
    imagePullPolicy: 'Always',
  })),
};

const LIMITED: Breakage = {
  breakIt: () => restartKubelet({ config: { registryPullQPS: 1, registryBurst: 1 } }),
  heal: () => restartKubelet(),
};

export const QPS: readonly Fault[] = [
  {
    name: 'node-qps',
    cause: 'PullQPSExceeded',
    what: 'kubelet that starts one pull a second, and a pod of six containers',
    image: APP,
    spec: MANY_PULLS,
    ...mended(LIMITED),
  },
  {
    name: 'node-qps-deployment',
    cause: 'PullQPSExceeded',
    what: 'the same, and a Deployment',
    image: APP,
    spec: MANY_PULLS,
    as: 'Deployment',
    ...mended(LIMITED),
  },
];

/** The image comes from a registry whose layers stop half-way, and containerd loses patience after two seconds. */
function stalled(name: string, what: string, bytes: number, images = ''): Fault {
  const image = own(name);
  const wide = {
    breakIt: async () => {
      await pushOwnImage(image, bytes);
      await startSlowServers();
      writeHostsToml(
        OPEN,
        `server = "https://${SLOW_ADDRESS}:${STALLED_PORT}"\nskip_verify = true\n`,
      );
      await restartContainerd({ images: `image_pull_progress_timeout = "2s"\n${images}` });
    },
    heal: async () => {
      removeHostsToml(OPEN);
      await stopSlowServers();
      await restartContainerd();
    },
  };
  return { name, cause: 'PullTimeout', what, image, ...mended(wide) };
}

export const SLOW: readonly Fault[] = [
  stalled('node-stalled', 'registry whose layers stop half-way', 6 * MEBIBYTE),
  stalled(
    'node-stalled-local',
    'the same, pulled by the runtime as before containerd 2.1 (use_local_image_pull)',
    MEBIBYTE,
    'use_local_image_pull = true',
  ),
];
