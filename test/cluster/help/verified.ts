/** `verify -o json`, checked against the schema that is published for it. */
import assert from 'node:assert/strict';
import type { verificationList } from '../../../src/print/verify-document.ts';
import { validator } from '../../rig/schema.ts';
import { pki } from '../up/certificates.ts';
import { plugin } from './commands.ts';

export type VerifiedItem = ReturnType<typeof verificationList>['items'][number];

export interface VerifiedPod {
  readonly code: number | null;
  readonly item: VerifiedItem;
}

/** What makes this machine trust what the node trusts. */
export const TRUST = ['--ca-file', pki('registries.crt')];

const validate = validator('verification-list.json');

/** `verify POD -o json` of a pod with one image. */
export async function verifyJson(namespace: string, pod: string): Promise<VerifiedPod> {
  const { code, stdout, stderr } = await plugin(
    'verify',
    pod,
    ...['-n', namespace, '-o', 'json', ...TRUST],
  );
  const parsed: unknown = stdout === '' ? null : JSON.parse(stdout);
  assert.ok(validate(parsed), `${stderr}${JSON.stringify(validate.errors, null, 2)}`);
  const { items } = parsed as { items: VerifiedItem[] };
  assert.equal(items.length, 1);
  return { code, item: items[0] as VerifiedItem };
}
