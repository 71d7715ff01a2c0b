/**
 * `npm run build`: the bundle, its code cache and the launchers into dist/. `-- --analyze` prints what the
 * bundle is made of.
 */
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { analyzeMetafile } from 'esbuild';
import { dumpFiles, startApiServer } from '../test/rig/api-server.ts';
import { bundle, METAFILE } from './build/bundle.ts';
import { makeCodeCache } from './build/code-cache.ts';
import { commitOf } from './build/commit.ts';
import { startWarmRegistry } from './build/warm-registry.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const DIST = path.join(ROOT, 'dist');
const BUNDLE = path.join(DIST, 'kubectl-imagepull.cjs');
const LAUNCHERS = ['kubectl-imagepull', 'kubectl-imagepull.cmd', 'start.cjs'];

const DUMPS = path.join(ROOT, 'test/dumps');

const cacheOf = (name: string) => path.join(DIST, `start.${name}.codecache`);
const caches = () => readdirSync(DIST).filter((name) => name.endsWith('.codecache'));

/** For each cache of `launcher/start.cjs` what people run most, live and saved: the code that these compile is in it. */
async function warmUp(): Promise<void> {
  const api = await startApiServer({ dumps: dumpFiles(DUMPS, 'modern') });
  const registry = await startWarmRegistry();
  const kubeconfig = path.join(DIST, 'warm-up.kubeconfig');
  const live = ['--namespace', 'shop', '--kubeconfig', kubeconfig];
  const commandLines = {
    help: [['--help']],
    describe: [['describe', 'agent-onyx', ...live]],
    cluster: [
      ['secrets', ...live],
      ['secrets', 'agent-onyx', ...live],
      ['decode', 'pull-agent-onyx', ...live],
      ['verify', '--image', `${registry.host}/a:1`, ...registry.flags],
    ],
    explain: [['explain', 'Failed to pull image "a": not found']],
    complete: [
      ['__complete', ''],
      ['__complete', 'describe', ...live, ''],
    ],
  };
  try {
    api.writeKubeconfig(kubeconfig);
    for (const [name, lines] of Object.entries(commandLines)) {
      await makeCodeCache(BUNDLE, cacheOf(name), lines);
    }
  } finally {
    rmSync(kubeconfig, { force: true });
    registry.close();
    await api.close();
  }
}

mkdirSync(DIST, { recursive: true });
// V8 knows a stale cache only by the length of its source, so it goes before the bundle changes.
for (const name of caches()) rmSync(path.join(DIST, name));
const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
const metafile = await bundle(path.join(ROOT, 'src/main.ts'), BUNDLE, {
  version,
  commit: commitOf(ROOT),
});
writeFileSync(path.join(DIST, METAFILE), JSON.stringify(metafile));
for (const name of LAUNCHERS) {
  copyFileSync(path.join(import.meta.dirname, 'build/launcher', name), path.join(DIST, name));
  chmodSync(path.join(DIST, name), 0o755);
}
await warmUp();

if (process.argv.includes('--analyze')) {
  process.stdout.write(await analyzeMetafile(metafile));
}
const kilobytes = (file: string) => `${Math.round(statSync(file).size / 1000)} KB`;
const sizes = caches().map((name) => kilobytes(path.join(DIST, name)));
process.stderr.write(
  `dist/kubectl-imagepull.cjs ${kilobytes(BUNDLE)}, code caches ${
    sizes.join(', ') || 'not made: starts will be slower'
  }\n`,
);
