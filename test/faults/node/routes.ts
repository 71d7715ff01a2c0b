/** The way from the node to an address. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Packets to the address vanish. */
export async function drop(address: string): Promise<void> {
  await run('iptables', ['-I', 'INPUT', '-d', address, '-j', 'DROP']);
}

/** Undoes `drop`. */
export async function undrop(address: string): Promise<void> {
  await run('iptables', ['-D', 'INPUT', '-d', address, '-j', 'DROP']);
}

/** The kernel answers for the address itself: `unreachable` (no route to host), `prohibit`, `blackhole`. */
export async function addRoute(kind: 'unreachable' | 'prohibit', address: string): Promise<void> {
  await run('ip', ['route', 'replace', kind, address]);
}

/** Undoes `addRoute`. */
export async function removeRoute(address: string): Promise<void> {
  await run('ip', ['route', 'del', address]);
}

/** Gives the node an address of its own on loopback. */
export async function addAddress(address: string): Promise<void> {
  await run('ip', ['address', 'replace', `${address}/32`, 'dev', 'lo']);
}
