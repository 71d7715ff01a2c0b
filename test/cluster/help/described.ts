/** `describe -o json`, checked against the schema that is published for it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { pullFailure } from '../../../src/print/pull-failure-list.ts';
import { ROOT } from '../up/settings.ts';
import { plugin, type Ran } from './commands.ts';

export type Item = ReturnType<typeof pullFailure>;

export interface Described {
  readonly items: readonly Item[];
  readonly others: readonly { readonly pod: string; readonly text: string }[];
  readonly unavailable: readonly { readonly reason: string; readonly text: string }[];
}

const SCHEMA = path.join(ROOT, 'docs/schema/pull-failure-list.json');
const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(
  JSON.parse(readFileSync(SCHEMA, 'utf8')),
);

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
