/** What stops every pull of the node. */
import { killContainerd, restartContainerd } from '../../cluster/up/containerd.ts';
import { restartKubelet } from '../../cluster/up/kubernetes.ts';
import { signal } from '../../cluster/up/processes.ts';
import { HOSTS, PAUSE } from '../../cluster/up/settings.ts';
import type { Breakage, Fault } from '../fault.ts';
import { type Plugin, usePlugins } from '../node/credential-plugin.ts';
import {
  CONTENT,
  limitInodes,
  limitSpace,
  MOUNTS,
  makeReadOnly,
  makeWritable,
  unlimitDisk,
} from '../node/disk.ts';
import { breakDns, healDns, REFUSED, SERVFAIL, silenceDns, stopDns } from '../node/dns.ts';
import { removeHostsToml, writeHostsToml } from '../node/hosts-toml.ts';
import { pushOwnImage } from '../node/images.ts';
import { DEAD_PROXY, proxyUrl, useNoProxy, useProxy } from '../node/proxy.ts';
import { addRoute, removeRoute } from '../node/routes.ts';
import { SLOW_ADDRESS, STALLED_PORT, startSlowServers, stopSlowServers } from '../node/slow.ts';

const OPEN = HOSTS.open.name;
const own = (name: string) => `${OPEN}/node/${name}:1.0`;
const APP = `${OPEN}/public/app:1.0`;

const mended = (wide: Breakage, more: Partial<Fault> = {}) => ({
  wide,
  mend: { byHand: wide.heal },
  ...more,
});

const MEBIBYTE = 1024 * 1024;

function disk(
  name: string,
  what: string,
  bytes: number,
  breakIt: () => Promise<void>,
  more: Partial<Fault> = {},
): Fault {
  const image = own(name);
  const wide = {
    breakIt: async () => {
      await pushOwnImage(image, bytes);
      await breakIt();
    },
    heal: unlimitDisk,
  };
  return { name, cause: 'NodeDiskFull', what, image, ...mended(wide), ...more };
}

const DISK: readonly Fault[] = [
  disk('node-disk-layer', 'no room for the layer on the disk of the images', MEBIBYTE, () =>
    limitSpace(MEBIBYTE / 2),
  ),
  disk(
    'node-disk-last-byte',
    'not a byte free on the disk of the images',
    64,
    () => limitSpace(0),
    { event: 'FailedCreatePodSandBox' },
  ),
  disk('node-disk-inodes', 'no inode free on the disk of the images', 64, () => limitInodes(0), {
    event: 'FailedCreatePodSandBox',
  }),
  disk('node-disk-unpack', 'room for the layer, not for what is in it', MEBIBYTE, () =>
    limitSpace(1_500_000),
  ),
];

function storage(name: string, what: string, folder: string): Fault {
  const image = own(name);
  const wide = {
    breakIt: async () => {
      await pushOwnImage(image);
      await makeReadOnly(folder);
    },
    heal: () => makeWritable(folder),
  };
  return { name, cause: 'UnpackFailed', what, image, ...mended(wide) };
}

const STORAGE: readonly Fault[] = [
  storage('node-storage-content', 'the folder of the layers is mounted read-only', CONTENT),
  storage('node-storage-unpack', 'the folder layers are unpacked in is mounted read-only', MOUNTS),
];

function proxied(name: string, what: string, url: string): Fault {
  const wide = { breakIt: () => useProxy(url), heal: useNoProxy };
  return { name, cause: 'ProxyFailure', what, image: APP, ...mended(wide) };
}

const PROXY: readonly Fault[] = [
  proxied('node-proxy-login', 'proxy that wants a login (407)', proxyUrl('login')),
  proxied('node-proxy-refuses', 'proxy that does not allow the host (403)', proxyUrl('refusing')),
  proxied('node-proxy-502', 'proxy that does not reach the registry (502)', proxyUrl('broken')),
  proxied('node-proxy-503', 'proxy that is overloaded (503)', proxyUrl('unavailable')),
  proxied('node-proxy-dead', 'proxy that is not there', DEAD_PROXY),
  proxied('node-proxy-name', 'proxy whose name does not resolve', 'http://proxy.corp.test:3128'),
];

function dns(name: string, what: string, breakIt: () => Promise<void>): Fault {
  return { name, cause: 'DnsFailure', what, image: APP, ...mended({ breakIt, heal: healDns }) };
}

const DNS: readonly Fault[] = [
  dns('node-dns-gone', 'DNS server that does not run', stopDns),
  dns('node-dns-silent', 'DNS server that does not answer', silenceDns),
  dns('node-dns-servfail', 'DNS server that answers SERVFAIL', () => breakDns(SERVFAIL)),
  dns('node-dns-refused', 'DNS server that answers REFUSED', () => breakDns(REFUSED)),
];

function sandbox(name: string, cause: Fault['cause'], what: string, image: string): Fault {
  const wide = {
    breakIt: () => restartContainerd({ sandbox: image }),
    heal: () => restartContainerd(),
  };
  return { name, cause, what, image: APP, event: 'FailedCreatePodSandBox', ...mended(wide) };
}

const SANDBOX: readonly Fault[] = [
  sandbox(
    'node-sandbox-tag',
    'TagNotFound',
    'image of the sandbox with a tag that is not there',
    PAUSE.replace(/:1$/, ':3.10'),
  ),
  sandbox(
    'node-sandbox-refused',
    'ConnectionRefused',
    'image of the sandbox on a host that is down',
    `${HOSTS.closed.name}/pause:1`,
  ),
  sandbox(
    'node-sandbox-login',
    'Unauthorized',
    'image of the sandbox in a private registry',
    `${HOSTS.private.name}/team/app:1.0`,
  ),
  sandbox(
    'node-sandbox-name',
    'DnsFailure',
    'image of the sandbox on a host that does not resolve',
    'pause.corp.test/pause:1',
  ),
];

const TRUST: readonly Fault[] = [
  {
    name: 'node-ca-lost',
    cause: 'TlsUntrusted',
    what: 'the CA of the registry was removed from the node',
    image: APP,
    ...mended({
      breakIt: () => restartContainerd({ env: { SSL_CERT_FILE: '/etc/hosts' } }),
      heal: () => restartContainerd(),
    }),
  },
];

const ROUTES: readonly Fault[] = [
  {
    name: 'node-route-unreachable',
    cause: 'NetworkUnreachable',
    what: 'no route from the node to the registry',
    image: '10.78.0.9/team/app:1.0',
    ...mended({
      breakIt: () => addRoute('unreachable', '10.78.0.9'),
      heal: () => removeRoute('10.78.0.9'),
    }),
  },
  {
    name: 'node-route-prohibited',
    cause: 'NetworkUnreachable',
    what: 'a route of the node prohibits the registry',
    image: '10.78.0.10/team/app:1.0',
    ...mended({
      breakIt: () => addRoute('prohibit', '10.78.0.10'),
      heal: () => removeRoute('10.78.0.10'),
    }),
  },
];

const RUNTIME: readonly Fault[] = [
  {
    name: 'node-runtime-killed',
    cause: 'RuntimeUnavailable',
    what: 'containerd was killed',
    image: APP,
    event: 'FailedCreatePodSandBox',
    ...mended({ breakIt: killContainerd, heal: () => restartContainerd() }),
  },
  {
    name: 'node-runtime-hangs',
    cause: 'RuntimeUnavailable',
    what: 'containerd is stopped (SIGSTOP)',
    image: APP,
    event: 'FailedCreatePodSandBox',
    ...mended({
      breakIt: async () => {
        await restartKubelet({ config: { runtimeRequestTimeout: '3s' } });
        signal('containerd', 'SIGSTOP');
      },
      heal: async () => {
        await restartContainerd();
        await restartKubelet();
      },
    }),
  },
];

/** Takes all that the limit allows, again with each try. */
const crowd = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'node-qps-crowd' },
  spec: {
    terminationGracePeriodSeconds: 0,
    containers: Array.from({ length: 6 }, (_, i) => ({
      name: `c${i}`,
      image: APP,
      imagePullPolicy: 'Always',
    })),
  },
};

const QPS: readonly Fault[] = [
  {
    name: 'node-qps',
    cause: 'PullQPSExceeded',
    what: 'kubelet that starts one pull a second, and several pods at once',
    image: APP,
    objects: [crowd],
    ...mended({
      breakIt: () => restartKubelet({ config: { registryPullQPS: 1, registryBurst: 1 } }),
      heal: () => restartKubelet(),
    }),
  },
];

const SLOW: readonly Fault[] = [
  {
    name: 'node-slow-blob',
    cause: 'PullTimeout',
    what: 'registry whose layers stop after the first bytes',
    image: `${OPEN}/node/node-slow-blob:1.0`,
    ...mended({
      breakIt: async () => {
        await pushOwnImage(`${OPEN}/node/node-slow-blob:1.0`, 6 * MEBIBYTE);
        await startSlowServers();
        writeHostsToml(
          OPEN,
          `server = "https://${SLOW_ADDRESS}:${STALLED_PORT}"\nskip_verify = true\n`,
        );
        await restartContainerd({ images: 'image_pull_progress_timeout = "2s"' });
      },
      heal: async () => {
        removeHostsToml(OPEN);
        await stopSlowServers();
        await restartContainerd();
      },
    }),
  },
];

const plugin = (name: string, script: string): Record<string, Plugin> => ({
  [name]: { script, matchImages: [`${HOSTS.private.name}/team/${name}`] },
});

const PLUGINS: Breakage = {
  breakIt: async () => {
    await usePlugins({
      ...plugin('node-plugin-fails', 'echo "no metadata service" >&2; exit 1'),
      ...plugin('node-plugin-rubbish', 'echo "login first"'),
    });
  },
  heal: () => restartKubelet(),
};

export const NODE_WIDE: readonly Fault[] = [
  ...DISK,
  ...STORAGE,
  ...PROXY,
  ...DNS,
  ...SANDBOX,
  ...TRUST,
  ...ROUTES,
  ...RUNTIME,
  ...QPS,
  ...SLOW,
  ...['node-plugin-fails', 'node-plugin-rubbish'].map(
    (name): Fault => ({
      name,
      cause: 'CredentialProviderFailed',
      what: name,
      image: `${HOSTS.private.name}/team/${name}:1.0`,
      ...mended(PLUGINS),
      hidden: 'the kubelet only logs it',
    }),
  ),
];
