/** A local API server in a process of its own, for the time of a measurement. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = path.resolve(import.meta.dirname, '../..');
const HEAP = '--max-old-space-size=12000';

/**
 * Serves the current node's captured objects over TLS with client certificates, each answer after `delayMs`,
 * while `work` runs; `kubeconfig` is written for it.
 */
export async function withApiServer(
  delayMs: number,
  kubeconfig: string,
  work: () => void,
): Promise<void> {
  const dumps = ['--dump', path.join(ROOT, 'test/dumps'), '--prefix', 'modern'];
  const settings = ['--port', '0', '--delay', String(delayMs), '--kubeconfig', kubeconfig];
  await withServer('test/rig/api-server.ts', [...dumps, ...settings], work);
}

/** Runs a script of ours whose first line on standard output is its URL, while `work` runs. */
export async function withServer(
  script: string,
  args: readonly string[],
  work: (url: string) => void | Promise<void>,
): Promise<void> {
  // 100,000 pods are more than Node's own limit.
  const server = spawn(process.execPath, [HEAP, path.join(ROOT, script), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [url] = await Promise.race([
      once(createInterface({ input: server.stdout }), 'line'),
      once(server, 'exit').then((): never => {
        throw new Error(`${script} did not start`);
      }),
    ]);
    await work(String(url));
  } finally {
    server.kill();
  }
}
