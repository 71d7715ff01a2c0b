/** Where the spoiled registries of this tier are: ports at `HOSTS.faults`, beside those of the cluster's. */
import path from 'node:path';
import { HOSTS, WORK } from '../../../cluster/up/settings.ts';

/** `KIND.faults.corp.test` with a fault of contents.ts or answers.ts. */
export const SPOILED_PORT = 8443;
/** Asks the client for a certificate. */
export const MUTUAL_PORT = 8444;
/** Speaks TLS 1.1 and nothing later. */
export const OLD_TLS_PORT = 8445;
/** Its certificate is its own CA. */
export const SELF_SIGNED_PORT = 8446;
/** Takes connections and never says anything. */
export const SILENT_PORT = 8447;
/** Its certificate has a common name and no other. */
export const NAMELESS_PORT = 8448;
/** Proxies that answer CONNECT with this status. */
export const PROXY_PORTS = { 407: 3128, 403: 3129, 502: 3130 } as const;
/** Nothing listens here. */
export const CLOSED_PORT = 3999;

/** Packets to it vanish: its device has no other end. */
export const BLACK_HOLE = '10.78.0.9';
/** Nobody on its network answers for the address. */
export const UNKNOWN_NEIGHBOUR = '10.79.0.9';

/** Megabytes of a disk that is too small, and of a layer that does not fit on it. */
export const SMALL_DISK = 16;
export const LARGE_LAYER = 24;

/** What the runtimes wrote and what they said. */
export const RUNTIMES = path.join(WORK, 'runtimes');

/** An image of a spoiled registry. */
export function spoiled(kind: string, port = SPOILED_PORT): string {
  return `${kind}.${HOSTS.faults.name}:${port}/public/app:1.0`;
}
