/**
 * `npm run demo`: the built program over objects captured from real broken clusters, without any cluster.
 * Each command line is printed as a user would type it, then run.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '..');
const START = path.join(ROOT, 'dist/start.cjs');

/** Said by a real kubelet with containerd. It ends in "not found", yet the tag is there. */
const MESSAGE =
  'Failed to pull image "images.maplepoint.example/orders/api:ca72652e": rpc error: code = NotFound ' +
  'desc = failed to pull and unpack image "images.maplepoint.example/orders/api:ca72652e": ' +
  'no match for platform in manifest: not found';

interface Scene {
  readonly say: string;
  readonly args: readonly string[];
}

function saved(prefix: string, kinds: readonly string[]): string[] {
  return kinds.flatMap((kind) => ['-f', `test/dumps/${prefix}-${kind}.json`]);
}

const SCENES: readonly Scene[] = [
  {
    say: 'What does not pull, in the whole cluster?',
    args: ['describe', '-A', ...saved('extra', ['pods', 'events'])],
  },
  {
    say: 'Why does this pod not start?',
    args: [
      ...['describe', 'indexer-delta', '-n', 'billing'],
      ...saved('modern', ['pods', 'events', 'secrets', 'serviceaccounts']),
    ],
  },
  { say: 'All you have is a message, and it says "not found".', args: ['explain', MESSAGE] },
];

/** The command line as a shell would take it. */
function typed(args: readonly string[]): string {
  const words = args.map((arg) => (/^[\w./:=@,-]+$/.test(arg) ? arg : `'${arg}'`));
  return `$ kubectl imagepull ${words.join(' ')}`;
}

for (const { say, args } of SCENES) {
  process.stdout.write(`\n# ${say}\n${typed(args)}\n`);
  const { status } = spawnSync(process.execPath, [START, ...args], { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
process.stdout.write('\n# On your cluster, from this folder:\n');
process.stdout.write('$ PATH="$PWD/dist:$PATH" kubectl imagepull describe\n');
