/** A short run of `npm run fuzz`, with another seed each time; a failure names the seed. */
import assert from 'node:assert/strict';
import { fuzz, LIMIT_MS } from './fuzz.ts';
import { grow } from './growth.ts';
import { broken } from './report.ts';
import type { Opened } from './target.ts';
import { TARGETS } from './targets/index.ts';

const SEED = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31);

/** Of all targets together. */
const RUNS = 3000;

/** A slower machine than those of the long run is no defect; a hang, or growth that is not linear, is far above. */
const PATIENT_MS = 5 * LIMIT_MS;

/** Growing inputs of each target. */
const GROWTHS = 2;

describe(`hostile inputs (seed ${SEED})`, function () {
  this.timeout(60_000);
  const shares = TARGETS.reduce((sum, { share }) => sum + share, 0);

  for (const target of TARGETS) {
    describe(target.name, () => {
      let opened: Opened;

      before(async () => {
        opened = await target.open();
      });

      after(() => opened.close());

      it('break nothing', async () => {
        const runs = Math.max(30, Math.round((RUNS * target.share) / shares));
        const fuzzed = await fuzz(target, opened, { runs, seed: SEED, limitMs: PATIENT_MS });
        assert.equal(broken({ fuzzed, grown: [] }, PATIENT_MS).join('\n'), '', `seed ${SEED}`);
        assert.equal(fuzzed.runs, runs);
      });

      it('take time by their length', async () => {
        const { growths } = opened;
        const chosen = growths.filter((_, i) => (i + SEED) % growths.length < GROWTHS);
        const grown = [];
        for (const growth of chosen) grown.push(await grow(opened, growth));
        const fuzzed = { target, runs: 0, seconds: 1, worstMs: 0, failures: [] };
        assert.equal(broken({ fuzzed, grown }, PATIENT_MS).join('\n'), '', `seed ${SEED}`);
      });
    });
  }
});
