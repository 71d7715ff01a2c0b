/** The node's container runtime. */
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { binaryPath } from './binaries.ts';
import { pki } from './certificates.ts';
import { start, waitFor } from './processes.ts';
import { CACHE, PAUSE, WORK } from './settings.ts';

const run = promisify(execFile);

// restrict_oom_score_adj: without CAP_SYS_RESOURCE runc may not set negative values, and no sandbox starts.
const CONFIG = `version = 3
disabled_plugins = ["io.containerd.nri.v1.nri", "io.containerd.snapshotter.v1.devmapper"]
[plugins."io.containerd.cri.v1.images".pinned_images]
  sandbox = "${PAUSE}"
[plugins."io.containerd.cri.v1.images".registry]
  config_path = "/etc/containerd/certs.d"
[plugins."io.containerd.cri.v1.runtime"]
  restrict_oom_score_adj = true
[plugins."io.containerd.cri.v1.runtime".cni]
  bin_dirs = ["/usr/lib/cni"]
  conf_dir = "/etc/cni/net.d"
`;

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
export async function startContainerd(): Promise<void> {
  mkdirSync('/etc/containerd', { recursive: true });
  mkdirSync('/etc/cni/net.d', { recursive: true });
  writeFileSync('/etc/containerd/config.toml', CONFIG);
  writeFileSync('/etc/cni/net.d/10-pods.conflist', JSON.stringify(NETWORK));
  start('containerd', binaryPath('containerd'), [], {
    // The shim is looked up beside containerd, in the cache.
    PATH: `${path.join(CACHE, 'bin')}:/usr/sbin:/usr/bin:/sbin:/bin`,
    SSL_CERT_FILE: pki('registries.crt'),
    SSL_CERT_DIR: path.join(WORK, 'empty'),
  });
  await waitFor('containerd', () => run(binaryPath('ctr'), ['version']).then(() => true), 30);
}
