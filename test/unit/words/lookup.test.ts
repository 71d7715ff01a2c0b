/** Found by `npm run fuzz`: names that every object inherits are in no table. */
import assert from 'node:assert/strict';
import { classify } from '../../../src/causes/classify.ts';
import { normalise } from '../../../src/image/platforms.ts';
import { parseImage } from '../../../src/image/reference.ts';
import { lookUp } from '../../../src/words/lookup.ts';

const INHERITED = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'];

describe('tables that strangers name entries of', () => {
  for (const name of INHERITED) {
    it(name, () => {
      assert.equal(lookUp({ a: 1 }, name), undefined);
      // As the reason of an event.
      assert.equal(classify('', { reason: name }).cause, 'None');
      // As the system of an index entry.
      assert.equal(normalise({ os: name, architecture: name }).os, name.toLowerCase());
    });
  }

  it('have what is theirs', () => {
    assert.equal(lookUp({ a: 1 }, 'a'), 1);
    assert.equal(lookUp({ constructor: 2 }, 'constructor'), 2);
    assert.equal(classify('', { reason: 'InvalidImageName' }).cause, 'InvalidImageName');
  });

  it('constructor, as the algorithm of a digest', () => {
    const image = parseImage(`a@constructor:${'a'.repeat(64)}`);
    assert.ok(!image.valid);
    assert.equal(image.reason, 'the digest algorithm constructor is not supported');
  });
});
