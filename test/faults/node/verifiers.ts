/** Programs that containerd asks whether it may pull an image (its image verifier "bindir"). */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { VERIFIERS } from '../../cluster/up/containerd.ts';

/** Puts a shell script there. It is called with `-name IMAGE -digest DIGEST …`; its exit code decides. */
export function installVerifier(name: string, script: string, mode = 0o755): void {
  mkdirSync(VERIFIERS, { recursive: true });
  writeFileSync(path.join(VERIFIERS, name), `#!/bin/sh\n${script}\n`, { mode });
}
