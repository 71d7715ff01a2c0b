import assert from 'node:assert/strict';
import { createHmac, randomBytes } from 'node:crypto';
import { fingerprint } from '../../../src/credentials/fingerprint.ts';
import { Hidden } from '../../../src/words/hidden.ts';

function hashWith(key: Buffer) {
  return (text: string) => createHmac('sha256', key).update(text).digest('hex');
}

describe('fingerprint', () => {
  it('is equal for equal values, and 8 digits', () => {
    const hash = hashWith(randomBytes(32));
    const first = fingerprint(new Hidden('hunter2'), hash);
    assert.match(first, /^[0-9a-f]{8}$/);
    assert.equal(fingerprint(new Hidden('hunter2'), hash), first);
    assert.notEqual(fingerprint(new Hidden('hunter2 '), hash), first);
  });

  it('is another with another key', () => {
    const one = fingerprint(new Hidden('hunter2'), hashWith(Buffer.from('a')));
    assert.notEqual(fingerprint(new Hidden('hunter2'), hashWith(Buffer.from('b'))), one);
  });

  it('does not pass the value on where the hash is none', () => {
    for (const hash of [(text: string) => text, () => '', () => 'DEADBEE']) {
      assert.throws(
        () => fingerprint(new Hidden('hunter2-hunter2'), hash),
        (error: Error) => error instanceof TypeError && !error.message.includes('hunter2'),
      );
    }
    assert.equal(
      fingerprint(new Hidden('x'), () => 'DEADBEEF00'),
      'deadbeef',
    );
  });
});
