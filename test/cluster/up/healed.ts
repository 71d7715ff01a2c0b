/** Faults of `KIND.faults.corp.test` that are over: a file for each, so that tests and servers see the same. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { WORK } from './settings.ts';

const FOLDER = path.join(WORK, 'run/healed');

/** True while requests to the kind's host are passed on unspoiled. */
export function isHealed(kind: string): boolean {
  return /^[a-z0-9-]+$/.test(kind) && existsSync(path.join(FOLDER, kind));
}

export function heal(kind: string): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(path.join(FOLDER, kind), '');
}

export function breakAgain(kind: string): void {
  rmSync(path.join(FOLDER, kind), { force: true });
}
