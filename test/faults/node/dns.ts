/** The DNS server the node asks: gone, or with an error for every name. */
import path from 'node:path';
import { isRunning, signal, start, waitFor } from '../../cluster/up/processes.ts';
import { startDns } from '../../cluster/up/registries.ts';

/** A code of RFC 1035, 4.1.1. */
export const REFUSED = 5;

async function endDns(): Promise<void> {
  for (const name of ['dns', 'broken-dns']) if (isRunning(name)) signal(name, 'SIGKILL');
  await waitFor('the DNS servers to end', () => !['dns', 'broken-dns'].some(isRunning), 10);
}

/** Nobody listens. */
export async function stopDns(): Promise<void> {
  await endDns();
}

/** Every question is answered with an error. */
export async function breakDns(code: number): Promise<void> {
  await endDns();
  start('broken-dns', process.execPath, [
    path.join(import.meta.dirname, 'broken-dns.ts'),
    String(code),
  ]);
}

/** Undoes all of these. */
export async function healDns(): Promise<void> {
  await endDns();
  startDns();
}
