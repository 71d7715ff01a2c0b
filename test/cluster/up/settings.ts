/** Where things are and what they are called. Two environment variables change it, nothing else does. */
import { homedir } from 'node:os';
import path from 'node:path';

/** Binaries of the cluster, kept between runs: `bin/NAME`, and `bin/.NAME.version` beside it. */
export const CACHE =
  process.env['IMAGEPULL_CLUSTER_CACHE'] ?? path.join(homedir(), '.cache/imagepull-cluster');

/** Logs, keys and process ids of one run; emptied at the next start. Not under /etc, /var or /run: see inside.sh. */
export const WORK = process.env['IMAGEPULL_CLUSTER_WORK'] ?? '/tmp/imagepull-cluster';

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
} as const;
export const DNS_ADDRESS = '10.77.0.2';

export const USER = 'alice';
export const PASSWORD = 'correct-horse';

export const APP = `${HOSTS.open.name}/public/app:1.0`;
export const ARM_ONLY = `${HOSTS.open.name}/public/arm:1.0`;
export const PRIVATE_APP = `${HOSTS.private.name}/team/app:1.0`;
/** The image of each pod's sandbox. */
export const PAUSE = `${HOSTS.open.name}/public/pause:1`;
