/** `npm run test:update`: writes what the command prints now into `test/golden/<case>`. Read the diff. */
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runGolden } from '../test/rig/golden.ts';

const dir = join(import.meta.dirname, '..', 'test', 'golden');
for (const name of readdirSync(dir)) {
  const got = await runGolden(join(dir, name));
  for (const [file, text] of Object.entries(got)) {
    const path = join(dir, name, file);
    if (text === '') rmSync(path, { force: true });
    else writeFileSync(path, text);
  }
}
