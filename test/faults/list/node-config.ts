/** What the node is told about single registries: hosts.toml of containerd, and programs that judge images. */
import { pki } from '../../cluster/up/certificates.ts';
import { HOSTS, PLAIN_PORT } from '../../cluster/up/settings.ts';
import type { Breakage, Fault } from '../fault.ts';
import { makeHostsTomlAFolder, removeHostsToml, writeHostsToml } from '../node/hosts-toml.ts';

const OPEN = `https://${HOSTS.open.name}`;
const CLOSED = `https://${HOSTS.closed.name}`;

/** The host of a fault: the open registry, unless its hosts.toml says otherwise. */
function hostOf(name: string): string {
  return `${name}.${HOSTS.faults.name}`;
}

function near(host: string, text: string | undefined): Breakage {
  return {
    breakIt: async () => {
      if (text === undefined) makeHostsTomlAFolder(host);
      else writeHostsToml(host, text);
    },
    heal: async () => removeHostsToml(host),
  };
}

type Row = Pick<Fault, 'name' | 'cause' | 'what'> & Partial<Fault>;

/** An image of a host with this hosts.toml; without text it is a folder. It is mended by removing the file. */
function configured(row: Row, text: string | undefined): Fault {
  const host = hostOf(row.name);
  const breakage = near(host, text);
  return {
    image: `${host}/public/app:1.0`,
    near: breakage,
    mend: { byHand: breakage.heal },
    ...row,
  };
}

const FILES: readonly Fault[] = [
  configured(
    {
      name: 'node-ca-file-missing',
      cause: 'MirrorMisconfigured',
      what: 'hosts.toml names a CA file that is not there',
    },
    `server = "${OPEN}"\nca = "/etc/containerd/certs.d/corp-ca.crt"\n`,
  ),
  configured(
    {
      name: 'node-ca-file-rubbish',
      cause: 'MirrorMisconfigured',
      what: 'hosts.toml names a CA file that holds no certificate',
    },
    `server = "${OPEN}"\nca = "/etc/hosts"\n`,
  ),
  configured(
    {
      name: 'node-client-missing',
      cause: 'MirrorMisconfigured',
      what: 'hosts.toml names a client certificate that is not there',
    },
    `server = "${OPEN}"\nclient = [["/etc/containerd/client.crt", "/etc/containerd/client.key"]]\n`,
  ),
  configured(
    {
      name: 'node-client-rubbish',
      cause: 'MirrorMisconfigured',
      what: 'hosts.toml names a client certificate that is none',
    },
    `server = "${OPEN}"\nclient = [["/etc/hosts", "/etc/hosts"]]\n`,
  ),
  configured(
    {
      name: 'node-hosts-folder',
      cause: 'MirrorMisconfigured',
      what: 'a folder in the place of hosts.toml',
    },
    undefined,
  ),
];

const MIRRORS: readonly Fault[] = [
  configured(
    {
      name: 'node-mirror-push-only',
      cause: 'MirrorMisconfigured',
      what: 'hosts.toml gives the only server the capability push, not pull',
    },
    `server = "${OPEN}"\ncapabilities = ["push"]\n`,
  ),
  configured(
    {
      name: 'node-mirror-scheme',
      cause: 'MirrorMisconfigured',
      what: 'hosts.toml with a typing error in https',
    },
    `server = "httpss://${HOSTS.open.name}"\n`,
  ),
  configured(
    {
      name: 'node-mirror-refused',
      cause: 'ConnectionRefused',
      what: 'hosts.toml with a mirror that is down, and no server to fall back to',
    },
    `server = "${CLOSED}"\n[host."${CLOSED}"]\n  capabilities = ["pull", "resolve"]\n`,
  ),
  configured(
    {
      name: 'node-mirror-address',
      cause: 'TlsInvalid',
      what: 'hosts.toml with the address of the registry in place of its name',
    },
    `server = "https://${HOSTS.open.address}"\n`,
  ),
  configured(
    {
      name: 'node-mirror-untrusted',
      cause: 'TlsUntrusted',
      what: 'hosts.toml with a mirror, and the CA of another one',
    },
    `server = "https://${HOSTS.untrusted.name}"\nca = "${pki('registries.crt')}"\n`,
  ),
  configured(
    {
      name: 'node-mirror-http',
      cause: 'HttpHttpsMismatch',
      what: 'hosts.toml with http:// for a server that wants https',
    },
    `server = "http://${HOSTS.open.name}:443"\n`,
  ),
  configured(
    {
      name: 'node-mirror-https',
      cause: 'HttpHttpsMismatch',
      what: 'hosts.toml with https:// for a server without it',
    },
    `server = "https://plain.${HOSTS.faults.name}:${PLAIN_PORT}"\n`,
  ),
];

export const NODE_CONFIG: readonly Fault[] = [...FILES, ...MIRRORS];
