/** The DNS server the node asks: silent, gone, or with an error for every name. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { isRunning, signal, start, waitFor } from '../../cluster/up/processes.ts';
import { startDns } from '../../cluster/up/registries.ts';
import { DNS_ADDRESS } from '../../cluster/up/settings.ts';

/** Codes of RFC 1035, 4.1.1. */
export const SERVFAIL = 2;
export const REFUSED = 5;

const RESOLVER = '/etc/resolv.conf';

/** The resolver of the node asks once and waits a second, as `options` of resolv.conf(5) say. */
function hurry(): void {
  writeFileSync(RESOLVER, `nameserver ${DNS_ADDRESS}\noptions timeout:1 attempts:1\n`);
}

async function endDns(): Promise<void> {
  for (const name of ['dns', 'broken-dns']) if (isRunning(name)) signal(name, 'SIGKILL');
  await waitFor('the DNS servers to end', () => !['dns', 'broken-dns'].some(isRunning), 10);
}

/** Nobody listens. */
export async function stopDns(): Promise<void> {
  hurry();
  await endDns();
}

/** It takes questions and gives no answer. */
export async function silenceDns(): Promise<void> {
  hurry();
  signal('dns', 'SIGSTOP');
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
  writeFileSync(RESOLVER, `nameserver ${DNS_ADDRESS}\n`);
  startDns();
}
