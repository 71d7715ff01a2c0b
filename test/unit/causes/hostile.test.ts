import assert from 'node:assert/strict';
import { classify } from '../../../src/causes/classify.ts';

const PULL = 'Failed to pull image "reg.example.com/a:1": ';

describe('classify on hostile texts', () => {
  const texts: readonly [string, () => string][] = [
    ['100 MB of one letter', () => 'a'.repeat(100_000_000)],
    ['100 MB that begins like an event', () => PULL + 'x: '.repeat(33_000_000)],
    ['16 kB of quotes', () => PULL + '"'.repeat(16_000)],
    ['quotes and letters', () => PULL + '"a '.repeat(5_000)],
    ['16 kB of backslashes', () => `${PULL}${'\\'.repeat(16_000)}"`],
    ['quotes that are quoted again and again', () => PULL + '\\\\\\"x\\\\\\" '.repeat(1_500)],
    ['log fields without an end', () => 'msg="'.repeat(3_000)],
    ['many log fields', () => 'msg="a" err="b" '.repeat(1_000)],
    ['brackets', () => `${PULL}${'['.repeat(8_000)}${']'.repeat(8_000)}`],
    ['mirrors in mirrors', () => PULL + '(Mirrors also failed: ['.repeat(600)],
    ['dots', () => PULL + 'a.'.repeat(8_000)],
    ['slashes', () => PULL + 'a/'.repeat(8_000)],
    ['colons', () => PULL + 'a:'.repeat(8_000)],
    ['URLs', () => PULL + 'https://a/v2/ '.repeat(1_100)],
    ['frames', () => 'rpc error: code = Unknown desc = '.repeat(500)],
    ['images', () => 'Failed to pull image "a": '.repeat(600)],
    ['lookups', () => `${PULL}${'lookup a '.repeat(1_700)}`],
    ['not found', () => `${PULL}${'manifest for '.repeat(1_200)}`],
    ['digits', () => PULL + '4'.repeat(16_000)],
    ['permissions', () => `${PULL}${'Permission "'.repeat(1_300)}`],
    ['open JSON', () => '{'.repeat(16_000)],
    ['deep JSON', () => `${'{"msg":'.repeat(1_000)}1${'}'.repeat(1_000)}`],
    ['control characters', () => `${PULL}\u001b[31m\u0000\u009b2J\u202e EOF`],
    ['broken surrogates', () => `${PULL}\ud800\udfff\ud800`],
  ];
  for (const [what, make] of texts) {
    it(`takes ${what} in less than a second`, () => {
      const text = make();
      const start = performance.now();
      const reading = classify(text);
      const took = performance.now() - start;
      assert.ok(took < 1000, `${took} ms`);
      assert.ok(reading.decisive.length <= 1000);
      assert.ok(reading.alternatives.length <= 3);
    });
  }

  it('finds the cause at the end of a text that is far too long', () => {
    const text = `${PULL}${'noise '.repeat(200_000)}failed to pull and unpack image "reg.example.com/a:1": no space left on device`;
    assert.equal(classify(text).cause, 'NodeDiskFull');
  });

  it('is not certain about a text that breaks off', () => {
    for (const text of [
      `${PULL}rpc error: code = Unknown desc = failed to pull and unp...`,
      `${PULL}...`,
    ]) {
      const reading = classify(text);
      assert.equal(reading.cause, 'Unknown');
      assert.notEqual(reading.certainty, 'certain');
    }
  });
});
