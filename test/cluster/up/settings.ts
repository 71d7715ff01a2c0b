/** Where things are and what they are called. Three environment variables change it, nothing else does. */
import { homedir } from 'node:os';
import path from 'node:path';

/** Binaries of the cluster, kept between runs: `bin/NAME`, and `bin/.NAME.version` beside it. */
export const CACHE =
  process.env['IMAGEPULL_CLUSTER_CACHE'] ?? path.join(homedir(), '.cache/imagepull-cluster');

/** Logs, keys and process ids of one run; emptied at the next start. Not under /etc, /var or /run: see inside.sh. */
export const WORK = process.env['IMAGEPULL_CLUSTER_WORK'] ?? '/tmp/imagepull-cluster';

/**
 * Control group, below the machine's own, that the pods' groups are made in; empty: none. Two kubelets in one would
 * remove each other's, so a second cluster at the same time takes a name here, besides a work folder.
 */
export const CONTROL_GROUP = process.env['IMAGEPULL_CLUSTER_CGROUP'] ?? '';

export const ROOT = path.resolve(import.meta.dirname, '../../..');
export const KUBECONFIG = path.join(WORK, 'pki/admin.kubeconfig');

/** The node's address, on loopback: the kubelet and the API server refuse 127.0.0.1 as theirs. */
export const NODE_ADDRESS = '10.77.0.10';
export const API_SERVER = `https://${NODE_ADDRESS}:6443`;
export const NODE = 'node1';

/** The hosts images come from, each with an address of its own; any other name does not resolve. */
export const HOSTS = {
  /** Anybody may pull. */
  open: { name: 'registry.corp.test', address: '10.77.0.11' },
  /** HTTP basic auth: `USER` and `PASSWORD`. */
  private: { name: 'private.corp.test', address: '10.77.0.12' },
  /** Its certificate is signed by a CA that the node does not know. */
  untrusted: { name: 'untrusted.corp.test', address: '10.77.0.13' },
  /** Resolves, and nothing listens. */
  closed: { name: 'closed.corp.test', address: '10.77.0.14' },
  /** Bearer tokens of `auth`: anybody may pull `public/…`, `USER` everything, `GUEST` no more than anybody. */
  token: { name: 'token.corp.test', address: '10.77.0.15' },
  auth: { name: 'auth.corp.test', address: '10.77.0.16' },
  /** Pull-through cache of `open`. */
  cache: { name: 'cache.corp.test', address: '10.77.0.17' },
  /** Pull-through cache of a registry that answers no more. */
  orphan: { name: 'orphan.corp.test', address: '10.77.0.18' },
  /** Another implementation than docker-registry, behind the TLS of `faults`. Anybody may pull. */
  second: { name: 'second.corp.test', address: '10.77.0.19' },
  /** `KIND.faults.corp.test`: `open` with a fault, see faults.ts. */
  faults: { name: 'faults.corp.test', address: '10.77.0.20' },
} as const;

/** Names for addresses outside of the enclosure. */
export const ELSEWHERE = {
  /** No route leads there. */
  outside: { name: 'outside.corp.test', address: '203.0.113.9' },
  /** What is sent there is lost. */
  dark: { name: 'dark.corp.test', address: '10.99.0.1' },
  /** A neighbour's address that nobody has. */
  absent: { name: 'absent.corp.test', address: '10.99.0.2' },
} as const;

export const DNS_ADDRESS = '10.77.0.2';

export const USER = 'alice';
export const PASSWORD = 'correct-horse';
/** `USER` with `PASSWORD`, as `htpasswd -B` writes it: docker-registry takes bcrypt only. */
export const HTPASSWD = 'alice:$2y$05$V5preuaM08vCFq5wc6eK..fvUVsFpNUxwFIZhHSlTcWj8O2S3pUaq\n';
/** May log in to `token` with `PASSWORD`, and has no rights there. */
export const GUEST = 'bob';

/** At `faults`: plain HTTP, and a server that resets connections. */
export const PLAIN_PORT = 5000;
export const RESET_PORT = 5001;
/** At `faults`: TLS 1.1 and nothing newer, a server that wants a certificate of the client, one that says nothing. */
export const OLD_TLS_PORT = 5002;
export const CLIENT_CERTIFICATE_PORT = 5003;
export const SILENT_PORT = 5004;
/** Where the registry behind `second` listens; the program takes no address but localhost. */
export const SECOND_PORT = 1338;

export const APP = `${HOSTS.open.name}/public/app:1.0`;
export const ARM_ONLY = `${HOSTS.open.name}/public/arm:1.0`;
export const PRIVATE_APP = `${HOSTS.private.name}/team/app:1.0`;
/** Like APP, and no other test pulls it. */
export const OTHER_APP = `${HOSTS.open.name}/public/other:1.0`;
/** One image for arm64, not an index. */
export const ARM_SINGLE = `${HOSTS.open.name}/public/arm-single:1.0`;
export const SECOND_APP = `${HOSTS.second.name}/public/app:1.0`;
/** The image of each pod's sandbox. */
export const PAUSE = `${HOSTS.open.name}/public/pause:1`;
/** An image whose layer the open registry has lost. */
export const GONE = `${HOSTS.open.name}/faults/gone:1.0`;
/** An index that names an image whose manifest the open registry has lost. */
export const CHILD_GONE = `${HOSTS.open.name}/faults/child-gone:1.0`;

/** Kinds of `faults` that spoil blobs: each has an image of its own, which no other pull has left on the node. */
export const BLOB_FAULTS = [
  'limited-layer',
  'blob-quota',
  'blob-denied',
  'blob-broken',
  'blob-nowhere',
  'blob-closed',
  'blob-unknown-ca',
  'blob-plain',
  'blob-outside',
  'blob-dark',
  'blob-expired',
  'blob-address',
  'blob-billing',
  'blob-quarantine',
  'blob-forbidden',
  'blob-gone',
  'blob-page',
  'layer-changed',
  'layer-short',
  'layer-long',
];

/** Where the image for a kind of BLOB_FAULTS is pushed to. */
export function faultsImage(kind: string): string {
  return `${HOSTS.open.name}/faults/${kind}:1.0`;
}

/** Where the image of this name of `odd-images.ts` is: docker-registry would not take all of them. */
export function oddImage(name: string): string {
  return `${HOSTS.second.name}/faults/${name}:1.0`;
}
