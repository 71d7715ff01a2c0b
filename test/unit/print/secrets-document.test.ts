import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { run } from '../../../src/cli/run.ts';
import { SECRET_STATUSES } from '../../../src/words/secret-status.ts';
import { dumpFiles } from '../../rig/api-server.ts';
import { testWorld } from '../../rig/world.ts';

const SCHEMA = join(import.meta.dirname, '../../../docs/schema/pull-secret-list.json');
const DUMPS = join(import.meta.dirname, '../../dumps');

interface Schema {
  readonly $defs: {
    readonly secret: { readonly properties: { readonly status: { readonly enum: string[] } } };
  };
}

describe('the documents of secrets', () => {
  const schema = JSON.parse(readFileSync(SCHEMA, 'utf8')) as Schema;
  const validate = new Ajv2020({ allErrors: true, formats: { 'date-time': true } }).compile(schema);
  const files = dumpFiles(DUMPS, 'modern').flatMap((file) => ['-f', file]);

  async function document(...args: string[]): Promise<{ kind: string; items: unknown[] }> {
    const world = testWorld({ now: Date.parse('2026-11-21T04:00:00Z') });
    assert.equal(await run(['secrets', ...args, ...files, '-o', 'json'], world), 0);
    return JSON.parse(world.outText()) as { kind: string; items: unknown[] };
  }

  for (const [args, kind] of [
    [[], 'PullSecretList'],
    [['pods'], 'PodCredentialsList'],
    [['deploy/proxy-juniper', '-n', 'platform'], 'PodCredentialsList'],
  ] as const) {
    it(`${kind} of ${args.join(' ') || 'a whole dump'} fits the schema`, async () => {
      const list = await document(...args);
      assert.equal(list.kind, kind);
      assert.ok(list.items.length > 0);
      assert.ok(validate(list), JSON.stringify(validate.errors?.slice(0, 5)));
    });
  }

  it('the schema names every status', () => {
    assert.deepEqual(schema.$defs.secret.properties.status.enum, [...SECRET_STATUSES]);
  });
});
