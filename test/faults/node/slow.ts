/** A registry whose layers stop half-way, and where it is. */
import path from 'node:path';
import { isRunning, signal, start } from '../../cluster/up/processes.ts';
import { addAddress } from './routes.ts';

export const SLOW_ADDRESS = '10.77.0.31';
/** Sends the first half of a layer. */
export const STALLED_PORT = 5443;

export async function startSlowServers(): Promise<void> {
  await addAddress(SLOW_ADDRESS);
  start('slow-servers', process.execPath, [path.join(import.meta.dirname, 'slow-servers.ts')]);
}

export function stopSlowServers(): void {
  if (isRunning('slow-servers')) signal('slow-servers', 'SIGKILL');
}
