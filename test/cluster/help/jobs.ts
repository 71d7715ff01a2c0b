/** The Jobs of `verify --from-node`, and when they are gone. */
import { waitFor } from '../up/processes.ts';
import { kubectl } from './commands.ts';

const OURS = ['-l', 'app.kubernetes.io/managed-by=kubectl-imagepull'];
/** A Job of `--timeout 1s` ends after 16 s, and is removed 30 s later at the latest; controllers take a moment. */
export const GONE_SECONDS = 16 + 30 + 15;

/** Jobs and pods of ours, `job.batch/NAME` each. */
export async function left(namespace: string): Promise<readonly string[]> {
  const names = await kubectl('get', 'jobs,pods', '-n', namespace, ...OURS, '-o', 'name');
  return names.split('\n').filter(Boolean);
}

/** Waits until there is none; throws where there still is. */
export async function nothingIsLeft(namespace: string, seconds = 20): Promise<void> {
  await waitFor(
    `no Job left in ${namespace}`,
    async () => (await left(namespace)).length === 0,
    seconds,
  );
}
