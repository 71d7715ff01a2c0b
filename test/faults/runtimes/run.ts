/**
 * `npm run test:faults:runtimes`: registries up, the faults of dockerd, podman and skopeo, everything down.
 *
 *     node test/faults/runtimes/run.ts [--write] [MOCHA ARGUMENT ...]
 *     node test/faults/runtimes/run.ts --up
 *     node test/faults/runtimes/run.ts --packages
 */
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { inside, isUp } from '../../cluster/up/enclosure.ts';
import {
  enclosureLacks,
  missingPackages,
  type Package,
  REGISTRY_PACKAGES,
} from '../../cluster/up/needs.ts';
import { interrupted, run, tell, withEnclosure } from '../../cluster/up/session.ts';
import { ROOT } from '../../cluster/up/settings.ts';
import { writeProof } from './help/proof.ts';

const PACKAGES: readonly Package[] = [
  ...REGISTRY_PACKAGES,
  ['docker.io', 'dockerd'],
  ['podman', 'podman'],
  ['skopeo', 'skopeo'],
];

/** The packed binary of this platform, unless what it was packed from has been built anew. */
function plugin(): string {
  const built = path.join(ROOT, 'dist/kubectl-imagepull');
  const packed = path.join(ROOT, 'dist/pack/linux-amd64/kubectl-imagepull');
  const age = (file: string) => statSync(file).mtimeMs;
  return existsSync(packed) && age(packed) > age(`${built}.cjs`) ? packed : built;
}

function mocha(args: readonly string[]): readonly string[] {
  const program = path.join(ROOT, 'node_modules/mocha/bin/mocha.js');
  const hooks = path.join(import.meta.dirname, 'hooks.ts');
  const options = ['--reporter', 'spec', '--timeout', '300000', '--require', hooks];
  const files = args.some((arg) => arg.endsWith('.runtimes.ts'))
    ? []
    : // At once: most of the time goes into waiting for timeouts.
      ['--parallel', '--jobs', '3', path.join(import.meta.dirname, '*.runtimes.ts')];
  return [process.execPath, program, ...options, ...args, ...files];
}

async function tests(args: readonly string[]): Promise<number> {
  const binary = plugin();
  const rest = args.filter((arg) => arg !== '--write');
  const code = await run(inside(mocha(rest)), { IMAGEPULL_PLUGIN: binary });
  if (args.includes('--write') && code === 0) writeProof(binary);
  return code;
}

async function keepUp(): Promise<number> {
  tell('Up until Ctrl-C.');
  await interrupted;
  return 0;
}

async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--packages')) {
    tell(missingPackages(PACKAGES).join(' '));
    return 0;
  }
  if (isUp()) return await tests(args);
  const lacks = enclosureLacks(PACKAGES);
  if (lacks.length > 0) {
    tell(`test:faults:runtimes is skipped, this machine lacks: ${lacks.join('; ')}`);
    return await run(mocha(args), { IMAGEPULL_RUNTIMES_SKIP: '1' });
  }
  const program = path.join(import.meta.dirname, 'up/inside.ts');
  const work = () => (args.includes('--up') ? keepUp() : tests(args));
  return await withEnclosure('registries', work, program);
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return 1;
});
