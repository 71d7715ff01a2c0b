/** The tests' API server in a process of its own, for the time of a measurement. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = path.resolve(import.meta.dirname, '../..');

/**
 * Serves the current node's captured objects over TLS with client certificates, each answer after `delayMs`,
 * while `work` runs; `kubeconfig` is written for it.
 */
export async function withApiServer(
  delayMs: number,
  kubeconfig: string,
  work: () => void,
): Promise<void> {
  const server = spawn(
    process.execPath,
    [
      path.join(ROOT, 'test/rig/api-server.ts'),
      ...['--dump', path.join(ROOT, 'test/dumps'), '--prefix', 'modern'],
      ...['--port', '0', '--delay', String(delayMs), '--kubeconfig', kubeconfig],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  try {
    // Its first line is its address: from then on it answers.
    await Promise.race([
      once(createInterface({ input: server.stdout }), 'line'),
      once(server, 'exit').then(() => {
        throw new Error('the API server of test/rig did not start');
      }),
    ]);
    work();
  } finally {
    server.kill();
  }
}
