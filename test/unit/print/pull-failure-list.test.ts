import assert from 'node:assert/strict';
import { judgePod } from '../../../src/judge/judge.ts';
import { pullFailureList } from '../../../src/print/pull-failure-list.ts';
import { CAUSE_NAMES } from '../../../src/words/cause.ts';
import { CONTRIBUTING_CODES } from '../../../src/words/verdict.ts';
import { capturedPods } from '../../rig/dumps.ts';
import { schema, validator } from '../../rig/schema.ts';

const NOW = Date.parse('2026-11-21T04:00:00Z');
const SCHEMA = 'pull-failure-list.json';

interface Schema {
  readonly $defs: {
    readonly item: {
      readonly properties: {
        readonly cause: { readonly enum: string[] };
        readonly contributing: {
          readonly items: { readonly properties: { readonly code: { readonly enum: string[] } } };
        };
      };
    };
  };
}

describe('PullFailureList', () => {
  const { $defs } = schema<Schema>(SCHEMA);
  const validate = validator(SCHEMA);

  for (const dump of ['modern', 'modern-node-09', 'modern-node-10', 'extra', 'kill', 'sandbox']) {
    it(`of dump ${dump} fits the schema`, () => {
      const judged = capturedPods(dump).map((p) => judgePod(p, NOW));
      const list = pullFailureList(
        judged.flatMap((j) => j.verdicts),
        judged.flatMap((j) => j.others),
        [{ reason: 'forbidden', what: 'events', text: 'not allowed', check: 'kubectl auth can-i' }],
      );
      assert.ok(list.items.length > 0);
      const parsed: unknown = JSON.parse(JSON.stringify(list));
      assert.ok(validate(parsed), JSON.stringify(validate.errors?.slice(0, 3)));
    });
  }

  it('refuses an unknown cause', () => {
    assert.equal(validate({ ...pullFailureList([], [], []), items: [{ cause: 'Nope' }] }), false);
  });

  it('names the same causes and codes as the code', () => {
    const { cause, contributing } = $defs.item.properties;
    assert.deepEqual(cause.enum, [...CAUSE_NAMES]);
    assert.deepEqual(contributing.items.properties.code.enum, [...CONTRIBUTING_CODES]);
  });
});
