/** The way from the node to an address. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The kernel answers for the address itself: no route to host, or permission denied. */
export async function addRoute(kind: 'unreachable' | 'prohibit', address: string): Promise<void> {
  await run('ip', ['route', 'replace', kind, address]);
}

/** Undoes `addRoute`; nothing where it is undone. */
export async function removeRoute(address: string): Promise<void> {
  await run('ip', ['route', 'flush', 'exact', address]);
}

/** Gives the node an address of its own on loopback. */
export async function addAddress(address: string): Promise<void> {
  await run('ip', ['address', 'replace', `${address}/32`, 'dev', 'lo']);
}
