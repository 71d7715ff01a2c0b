/** What containerd reads of a registry with each pull: `certs.d/HOST/hosts.toml`. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CERTS_D } from '../../cluster/up/containerd.ts';

/** Writes `hosts.toml` of a host. */
export function writeHostsToml(host: string, text: string): void {
  const folder = path.join(CERTS_D, host);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'hosts.toml'), text);
}

/** Makes a folder where the file should be. */
export function makeHostsTomlAFolder(host: string): void {
  mkdirSync(path.join(CERTS_D, host, 'hosts.toml'), { recursive: true });
}

/** The host is as if nothing had been written for it. */
export function removeHostsToml(host: string): void {
  rmSync(path.join(CERTS_D, host), { recursive: true, force: true });
}
