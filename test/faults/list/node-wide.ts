/** What stops every pull of the node. */
import { rmSync } from 'node:fs';
import {
  CONTAINERD_SOCKET,
  killContainerd,
  restartContainerd,
} from '../../cluster/up/containerd.ts';
import { restartKubelet } from '../../cluster/up/kubernetes.ts';
import { HOSTS, PASSWORD, USER } from '../../cluster/up/settings.ts';
import type { Breakage, Fault } from '../fault.ts';
import { type Plugin, usePlugins } from '../node/credential-plugin.ts';
import {
  limitInodes,
  limitSpace,
  MOUNTS,
  makeReadOnly,
  makeWritable,
  unlimitDisk,
} from '../node/disk.ts';
import { breakDns, healDns, REFUSED, stopDns } from '../node/dns.ts';
import { removeHostsToml, writeHostsToml } from '../node/hosts-toml.ts';
import { pushOwnImage } from '../node/images.ts';
import { DEAD_PROXY, proxyUrl, useNoProxy, useProxy } from '../node/proxy.ts';
import { loseAddress, regainAddress } from '../node/routes.ts';
import { SLOW_ADDRESS, STALLED_PORT, startSlowServers, stopSlowServers } from '../node/slow.ts';

const OPEN = HOSTS.open.name;
/** What the kubelet says where not even the sandbox can be made. */
const SANDBOX_EVENT = 'FailedCreatePodSandBox';

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
    { event: SANDBOX_EVENT },
  ),
  disk('node-disk-inodes', 'no inode free on the disk of the images', 64, () => limitInodes(0), {
    event: SANDBOX_EVENT,
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
  dns('node-dns-refused', 'DNS server that answers REFUSED', () => breakDns(REFUSED)),
];

function sandbox(name: string, cause: Fault['cause'], what: string, image: string): Fault {
  const wide = {
    breakIt: () => restartContainerd({ sandbox: image }),
    heal: () => restartContainerd(),
  };
  return { name, cause, what, image: APP, event: SANDBOX_EVENT, ...mended(wide) };
}

const SANDBOX: readonly Fault[] = [
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

function route(name: string, what: string, kind: 'unreachable' | 'prohibit'): Fault {
  const { address } = HOSTS.open;
  const wide = { breakIt: () => loseAddress(address, kind), heal: () => regainAddress(address) };
  return { name, cause: 'NetworkUnreachable', what, image: APP, ...mended(wide) };
}

const ROUTES: readonly Fault[] = [
  route('node-route-unreachable', 'no route from the node to the registry', 'unreachable'),
  route('node-route-prohibited', 'a route of the node prohibits the registry', 'prohibit'),
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

const RUNTIME: readonly Fault[] = [
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

const QPS: readonly Fault[] = [
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

const SLOW: readonly Fault[] = [
  stalled('node-stalled', 'registry whose layers stop half-way', 6 * MEBIBYTE),
  stalled(
    'node-stalled-local',
    'the same, pulled by the runtime as before containerd 2.1 (use_local_image_pull)',
    MEBIBYTE,
    'use_local_image_pull = true',
  ),
];

const RIGHT = JSON.stringify({
  apiVersion: 'credentialprovider.kubelet.k8s.io/v1',
  kind: 'CredentialProviderResponse',
  cacheKeyType: 'Image',
  auth: { [HOSTS.private.name]: { username: USER, password: PASSWORD } },
});

/** Credential plugins, each for one image: what they do, and as a shell script. */
const PLUGINS = {
  'node-plugin-fails': ['fails', 'echo "no metadata service" >&2; exit 1'],
  'node-plugin-rubbish': ['prints something else than credentials', 'echo "log in first"'],
  'node-plugin-version': [
    'prints credentials of an older version',
    `echo '${RIGHT.replace('k8s.io/v1', 'k8s.io/v1alpha1')}'`,
  ],
} as const;

function plugins(scriptOf: (broken: string) => string): Readonly<Record<string, Plugin>> {
  return Object.fromEntries(
    Object.entries(PLUGINS).map(([name, [, broken]]) => [
      name,
      { script: scriptOf(broken), matchImages: [`${HOSTS.private.name}/team/${name}`] },
    ]),
  );
}

const BROKEN_PLUGINS: Breakage = {
  breakIt: async () => {
    for (const name of Object.keys(PLUGINS))
      await pushOwnImage(`${HOSTS.private.name}/team/${name}:1.0`);
    await usePlugins(plugins((broken) => broken));
  },
  heal: () => restartKubelet(),
};

const CREDENTIALS: readonly Fault[] = Object.entries(PLUGINS).map(([name, [what]]) => ({
  name,
  cause: 'CredentialProviderFailed',
  what: `credential plugin of the kubelet that ${what}`,
  image: `${HOSTS.private.name}/team/${name}:1.0`,
  wide: BROKEN_PLUGINS,
  hidden:
    'the kubelet writes what became of its plugins to its log, and asks the registry without credentials',
  mend: { byHand: () => usePlugins(plugins(() => `echo '${RIGHT}'`)) },
}));

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
  ...CREDENTIALS,
];
