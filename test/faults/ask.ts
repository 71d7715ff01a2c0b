/** Asks the packed binary about a fault. */
import { run } from '../cluster/help/commands.ts';
import { document, type Item } from '../cluster/help/described.ts';
import { TRUST } from '../cluster/help/verified.ts';
import type { Fault } from './fault.ts';
import { targetOf } from './inject.ts';
import { PACKED } from './packed.ts';

export interface Asked {
  readonly describe: readonly Item[];
  readonly verify: readonly Item[];
}

async function describeWith(
  namespace: string,
  fault: Fault,
  more: readonly string[],
): Promise<readonly Item[]> {
  const ran = await run(PACKED, [
    'describe',
    targetOf(fault),
    '-n',
    namespace,
    '-o',
    'json',
    ...more,
  ]);
  if (ran.code !== 0) throw new Error(`${fault.name}: code ${ran.code}: ${ran.stderr}`);
  return document(ran).items;
}

/** `describe`, then `describe --verify`. Throws where either does not end with 0. */
export async function ask(namespace: string, fault: Fault): Promise<Asked> {
  const describe = await describeWith(namespace, fault, []);
  return { describe, verify: await describeWith(namespace, fault, ['--verify', ...TRUST]) };
}
