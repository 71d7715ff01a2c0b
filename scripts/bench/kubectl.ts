/** The kubectl to measure against. */
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { runOnce } from './measure.ts';

export interface Kubectl {
  readonly path: string;
  readonly version: string;
}

/**
 * The kubectl on PATH, or null where there is none. Google's SDK installs a dispatcher that asks the server for
 * its version; the binary it would pick for its own version lies beside it and is taken instead.
 */
export function findKubectl(): Kubectl | null {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const found = folders.map((folder) => path.join(folder, 'kubectl')).find(existsSync);
  if (found === undefined) return null;
  const version = versionOf(found);
  const [, minor] = /^v(\d+\.\d+)\..*-dispatcher$/.exec(version) ?? [];
  const real = path.join(path.dirname(realpathSync(found)), `kubectl.${minor}`);
  return minor !== undefined && existsSync(real)
    ? { path: real, version: versionOf(real) }
    : { path: found, version };
}

function versionOf(kubectl: string): string {
  const answer = runOnce({ command: kubectl, args: ['version', '--client', '-o', 'json'] });
  return String(JSON.parse(answer).clientVersion.gitVersion);
}
