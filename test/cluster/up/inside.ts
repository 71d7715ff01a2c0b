/** Brings the cluster up, inside the enclosure; ends when it is usable. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { startContainerd } from './containerd.ts';
import { makeElsewhere } from './elsewhere.ts';
import { startControlPlane, startKubelet } from './kubernetes.ts';
import { startRegistries } from './registries.ts';
import { WORK } from './settings.ts';

async function timed(what: string, done: Promise<void>): Promise<void> {
  const started = Date.now();
  await done;
  process.stdout.write(`${what}: ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
}

await makeElsewhere();
await Promise.all([
  timed('control plane', startControlPlane()),
  // In this order: containerd reads the CA that the registries make.
  timed('registries', startRegistries()).then(() => timed('containerd', startContainerd())),
]);
await timed('node', startKubelet());
writeFileSync(path.join(WORK, 'run/ready'), '');
