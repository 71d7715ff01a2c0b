import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { count, judgeRows, readRows, share } from '../../measure/messages.ts';

const folder = join(import.meta.dirname, '..', '..', 'corpus');
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.jsonl'))
  .map((name) => join(folder, name));

describe('classify on the corpus', () => {
  const judged = judgeRows(readRows(files));
  const figures = count(judged);

  it('reads the whole corpus', () => {
    assert.ok(figures.rows >= 1157);
  });

  it('is right on at least 99 % of the event rows', () => {
    assert.ok(share(figures.byForm.get('event')) >= 0.99);
  });

  it('is right on at least 98 % of the log lines and command outputs', () => {
    assert.ok(share(figures.byForm.get('log-or-cli')) >= 0.98);
  });

  it('is never wrong where it is certain', () => {
    const wrong = judged.filter(
      ({ outcome, reading }) => outcome !== 'right' && reading.certainty === 'certain',
    );
    assert.deepEqual(
      wrong.map(({ row, reading }) => `${row.id} ${reading.cause}`),
      [],
    );
  });

  it('does not hedge: 85 % of the event rows with one allowed cause are certain', () => {
    assert.ok(figures.certainShare >= 0.85, String(figures.certainShare));
  });

  it('names few alternatives, and hardly one the row does not allow', () => {
    assert.ok(figures.maxAlternatives <= 3);
    assert.ok(figures.meanAlternatives <= 0.35, String(figures.meanAlternatives));
    assert.ok(figures.outsideAlternatives <= 40, String(figures.outsideAlternatives));
  });
});
