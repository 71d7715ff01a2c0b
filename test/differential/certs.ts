/** The certificates of the cases: those of the test API server and a few more of our own. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDERS = [
  join(import.meta.dirname, 'certs'),
  join(import.meta.dirname, '..', 'rig', 'certs'),
];

/** A file of one of the two folders; throws where neither has it. */
export function pem(name: string): Buffer {
  const found = FOLDERS.map((folder) => join(folder, name)).find(existsSync);
  if (found === undefined) throw new Error(`no certificate file ${name}`);
  return readFileSync(found);
}
