/** The way from the node to an address. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Gives the node an address of its own on loopback. */
export async function addAddress(address: string): Promise<void> {
  await run('ip', ['address', 'replace', `${address}/32`, 'dev', 'lo']);
}

/**
 * The address is no more one of the node's own, and the kernel answers for it: no route to host, or permission denied.
 * Servers that listen there go on.
 */
export async function loseAddress(
  address: string,
  kind: 'unreachable' | 'prohibit',
): Promise<void> {
  await run('ip', ['address', 'del', `${address}/32`, 'dev', 'lo']);
  await run('ip', ['route', 'replace', kind, address]);
}

/** Undoes `loseAddress`; nothing where it is undone. */
export async function regainAddress(address: string): Promise<void> {
  await run('ip', ['route', 'flush', 'exact', address]);
  await addAddress(address);
}
