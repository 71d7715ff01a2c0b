/** The two programs that are compared. */

import { join } from 'node:path';
import { bundle } from '../../scripts/build/bundle.ts';
import type { Program } from './run-case.ts';

/** kubectl at `path`. */
export function kubectlProgram(path: string): Program {
  return {
    command: path,
    args: (row) =>
      row.ask === 'raw'
        ? ['get', '--raw', '/api/v1/namespaces/shop/pods']
        : ['get', 'pods', '-n', 'shop'],
  };
}

/** The sources as they are now, bundled into `folder`: a case then starts ten times faster than from source. */
export async function ourProgram(folder: string): Promise<Program> {
  const file = join(folder, 'kubectl-imagepull.cjs');
  await bundle(join(import.meta.dirname, '../../src/main.ts'), file, {
    version: '0.0.0',
    commit: 'unknown',
  });
  return {
    command: process.execPath,
    args: () => [file, 'describe', '-n', 'shop'],
    env: { NODE_COMPILE_CACHE: folder },
  };
}
