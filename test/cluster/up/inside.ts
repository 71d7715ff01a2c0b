/** Brings the cluster up, inside the enclosure; ends when it is usable. */
import { startContainerd } from './containerd.ts';
import { makeElsewhere } from './elsewhere.ts';
import { tellReady } from './enclosure.ts';
import { startControlPlane, startKubelet } from './kubernetes.ts';
import { startRegistries } from './registries.ts';

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
tellReady();
