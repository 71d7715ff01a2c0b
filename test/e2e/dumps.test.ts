/** The whole built command over every captured cluster, as `npm run bench:cluster-dumps` measures it; the floor. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { measureDumps } from '../measure/dumps.ts';

describe('captured clusters against what was injected', function () {
  this.timeout(60_000);

  it('keeps the figures', async () => {
    const f = await measureDumps(join(import.meta.dirname, '../dumps'));
    assert.ok(f.entries >= 148 && f.none >= 20, `${f.entries} and ${f.none} entries`);
    assert.deepEqual(f.wrongCertain, []);
    assert.deepEqual(f.falseVerdicts, []);
    assert.ok(f.reached / f.entries >= 0.98, `reached ${f.reached} of ${f.entries}`);
    assert.ok(f.exact / f.entries >= 0.95, `exact ${f.exact} of ${f.entries}`);
    // Three mirrors of a node's runtime are not in the API: their texts are those of a registry without one.
    assert.ok(f.findingsNamed >= 60, `findings not named: ${f.findingsMissed.join('; ')}`);
    assert.ok(
      f.maxAlternatives <= 3 && f.meanAlternatives <= 0.8,
      `${f.meanAlternatives} alternatives`,
    );
  });
});
