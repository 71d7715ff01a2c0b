/**
 * `npm run build`: the bundle, its code cache and the launchers into dist/. `-- --analyze` prints what the
 * bundle is made of.
 */
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { analyzeMetafile } from 'esbuild';
import { dumpFiles, startApiServer } from '../test/rig/api-server.ts';
import { bundle } from './build/bundle.ts';
import { makeCodeCache } from './build/code-cache.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const DIST = path.join(ROOT, 'dist');
const BUNDLE = path.join(DIST, 'kubectl-imagepull.cjs');
const CODE_CACHE = path.join(DIST, 'start.codecache');
const LAUNCHERS = ['kubectl-imagepull', 'kubectl-imagepull.cmd', 'start.cjs'];

const DUMPS = path.join(ROOT, 'test/dumps');

/** Runs what people run most, live and saved: the code that these compile is in the code cache. */
async function warmUp(): Promise<boolean> {
  const api = await startApiServer({ dumps: dumpFiles(DUMPS, 'modern') });
  const kubeconfig = path.join(DIST, 'warm-up.kubeconfig');
  try {
    api.writeKubeconfig(kubeconfig);
    const live = ['--namespace', 'shop', '--kubeconfig', kubeconfig];
    return await makeCodeCache(BUNDLE, CODE_CACHE, [
      ['--help'],
      ['describe', 'agent-onyx', ...live],
      ['decode', 'pull-agent-onyx', ...live],
      ['describe', '-A', ...dumpFiles(DUMPS, 'modern-node-01').flatMap((file) => ['-f', file])],
      ['explain', 'Failed to pull image "a": not found'],
      ['verify', '--image', 'localhost:1/a:1'],
    ]);
  } finally {
    rmSync(kubeconfig, { force: true });
    await api.close();
  }
}

mkdirSync(DIST, { recursive: true });
// V8 knows a stale cache only by the length of its source, so it goes before the bundle changes.
rmSync(CODE_CACHE, { force: true });
const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
const metafile = await bundle(path.join(ROOT, 'src/main.ts'), BUNDLE, version);
for (const name of LAUNCHERS) {
  copyFileSync(path.join(import.meta.dirname, 'build/launcher', name), path.join(DIST, name));
  chmodSync(path.join(DIST, name), 0o755);
}
const cached = await warmUp();

if (process.argv.includes('--analyze')) {
  process.stdout.write(await analyzeMetafile(metafile));
}
const kilobytes = (file: string) => `${Math.round(statSync(file).size / 1000)} KB`;
process.stderr.write(
  `dist/kubectl-imagepull.cjs ${kilobytes(BUNDLE)}, code cache ${
    cached ? kilobytes(CODE_CACHE) : 'not made: starts will be slower'
  }\n`,
);
