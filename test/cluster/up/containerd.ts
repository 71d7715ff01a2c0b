/** The node's container runtime. */
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { binaryPath } from './binaries.ts';
import { pki } from './certificates.ts';
import { isRunning, signal, start, waitFor } from './processes.ts';
import { CACHE, PAUSE, WORK } from './settings.ts';

const run = promisify(execFile);

/** Programs that containerd asks of each image before it pulls; none as the cluster comes up. */
export const VERIFIERS = '/etc/containerd/verifiers';
/** Folders `HOST/hosts.toml`, read with each pull. */
export const CERTS_D = '/etc/containerd/certs.d';

/** Where the kubelet talks to it. */
export const CONTAINERD_SOCKET = '/run/containerd/containerd.sock';

/** What is other than usual. */
export interface ContainerdSettings {
  /** Of the plugin that pulls, as lines of TOML. */
  readonly images?: string;
  /** Image of the sandboxes. */
  readonly sandbox?: string;
  /** Environment, besides what it always has. */
  readonly env?: Readonly<Record<string, string>>;
}

// restrict_oom_score_adj: without CAP_SYS_RESOURCE runc may not set negative values, and no sandbox starts.
function config({ images = '', sandbox = PAUSE }: ContainerdSettings): string {
  return `version = 3
disabled_plugins = ["io.containerd.nri.v1.nri", "io.containerd.snapshotter.v1.devmapper"]
[plugins."io.containerd.image-verifier.v1.bindir"]
  bin_dir = "${VERIFIERS}"
  per_verifier_timeout = "3s"
[plugins."io.containerd.cri.v1.images"]
  ${images}
[plugins."io.containerd.cri.v1.images".pinned_images]
  sandbox = "${sandbox}"
[plugins."io.containerd.cri.v1.images".registry]
  config_path = "${CERTS_D}"
[plugins."io.containerd.cri.v1.runtime"]
  restrict_oom_score_adj = true
[plugins."io.containerd.cri.v1.runtime".cni]
  bin_dirs = ["/usr/lib/cni"]
  conf_dir = "/etc/cni/net.d"
`;
}

const NETWORK = {
  cniVersion: '1.0.0',
  name: 'pods',
  plugins: [
    {
      type: 'bridge',
      bridge: 'cni0',
      isGateway: true,
      ipam: { type: 'host-local', ranges: [[{ subnet: '10.88.0.0/16' }]] },
    },
  ],
};

/** Trusts the registries' CA and no other. Ends when containerd answers. */
export async function startContainerd(settings: ContainerdSettings = {}): Promise<void> {
  mkdirSync('/etc/containerd', { recursive: true });
  mkdirSync('/etc/cni/net.d', { recursive: true });
  writeFileSync('/etc/containerd/config.toml', config(settings));
  writeFileSync('/etc/cni/net.d/10-pods.conflist', JSON.stringify(NETWORK));
  start('containerd', binaryPath('containerd'), [], {
    // The shim is looked up beside containerd, in the cache.
    PATH: `${path.join(CACHE, 'bin')}:/usr/sbin:/usr/bin:/sbin:/bin`,
    SSL_CERT_FILE: pki('registries.crt'),
    SSL_CERT_DIR: path.join(WORK, 'empty'),
    ...settings.env,
  });
  await waitFor('containerd', () => run(binaryPath('ctr'), ['version']).then(() => true), 30);
}

/** Ends containerd at once, as a crash would; what it runs goes on. */
export async function killContainerd(): Promise<void> {
  if (isRunning('containerd')) signal('containerd', 'SIGKILL');
  await waitFor('containerd to end', () => !isRunning('containerd'), 10);
}

/** Starts containerd again with other settings, or with the usual ones. */
export async function restartContainerd(settings: ContainerdSettings = {}): Promise<void> {
  await killContainerd();
  await startContainerd(settings);
}
