/** `describe -o json`, checked against the schema that is published for it. */
import assert from 'node:assert/strict';
import type { pullFailure } from '../../../src/print/pull-failure-list.ts';
import { validator } from '../../rig/schema.ts';
import { plugin, type Ran } from './commands.ts';

export type Item = ReturnType<typeof pullFailure>;

export interface Described {
  readonly items: readonly Item[];
  readonly others: readonly { readonly pod: string; readonly text: string }[];
  readonly unavailable: readonly { readonly reason: string; readonly text: string }[];
}

const validate = validator('pull-failure-list.json');

/** The document a run printed. */
export function document(ran: Ran): Described {
  const parsed: unknown = JSON.parse(ran.stdout);
  assert.ok(validate(parsed), JSON.stringify(validate.errors, null, 2));
  return parsed as Described;
}

/** `describe -o json` with more arguments; it must end with 0. */
export async function describeJson(...args: readonly string[]): Promise<Described> {
  const ran = await plugin('describe', '-o', 'json', ...args);
  assert.equal(ran.code, 0, ran.stderr);
  return document(ran);
}
