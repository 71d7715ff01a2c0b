import assert from 'node:assert/strict';
import { distance, nearest } from '../../../src/words/nearest.ts';

describe('nearest', () => {
  it('counts edits and gives up above the bound', () => {
    assert.equal(distance('regcred', 'regcerd', 3), 2);
    assert.equal(distance('abc', 'abcdefgh', 3), 4);
    assert.equal(distance('', 'ab', 3), 2);
  });

  it('takes the nearest name, never the name itself, none when all are far', () => {
    assert.equal(nearest('regcrd', ['other', 'regcred', 'regcard']), 'regcred');
    assert.equal(nearest('web', ['web']), null);
    assert.equal(nearest('web', ['database']), null);
    assert.equal(nearest('x'.repeat(100_000), ['y']), null);
  });
});
