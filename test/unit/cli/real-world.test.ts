import assert from 'node:assert/strict';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { flushed, realWorld } from '../../../src/cli/real-world.ts';
import { InputError } from '../../../src/words/errors.ts';

/** The streams of this process, with another standard input. */
function worldWith(stdin: PassThrough, signal = new AbortController().signal) {
  const proc = Object.create(process, { stdin: { value: stdin } });
  return realWorld(proc, signal);
}

describe('the real world', () => {
  it('reads standard input whole', async () => {
    const stdin = new PassThrough();
    const read = worldWith(stdin).stdin.read(100);
    stdin.write('one ');
    stdin.end(Buffer.from('two é'));
    assert.equal((await read).toString(), 'one two é');
  });

  it('refuses more than the limit', async () => {
    const stdin = new PassThrough();
    stdin.end('x'.repeat(101));
    await assert.rejects(worldWith(stdin).stdin.read(100), (error) => {
      assert.ok(error instanceof InputError);
      assert.equal(error.message, 'standard input is larger than 100 bytes');
      return true;
    });
  });

  it('says why it could not read', async () => {
    const stdin = new PassThrough();
    const read = worldWith(stdin).stdin.read(100);
    stdin.destroy(new Error('EIO: i/o error, read'));
    await assert.rejects(read, { name: 'InputError', message: /: EIO: i\/o error, read$/ });
  });

  it('stops waiting for input on Ctrl-C', async () => {
    const stop = new AbortController();
    const read = worldWith(new PassThrough(), stop.signal).stdin.read(100);
    stop.abort();
    await assert.rejects(read, InputError);
  });

  it('reads the line that somebody types, and leaves the rest', async () => {
    const stdin = new PassThrough();
    const line = worldWith(stdin).stdin.line();
    stdin.write('ye');
    stdin.write('s\nmore');
    assert.equal(await line, 'yes');
    assert.equal(stdin.destroyed, false);
  });

  it('takes the end of input for no line', async () => {
    const stdin = new PassThrough();
    const line = worldWith(stdin).stdin.line();
    stdin.end();
    assert.equal(await line, '');
  });

  it('stops waiting for a line on Ctrl-C', async () => {
    const stop = new AbortController();
    const line = worldWith(new PassThrough(), stop.signal).stdin.line();
    stop.abort();
    await assert.rejects(line);
  });

  it('waits until a slow reader has taken everything', async () => {
    const pipe = new PassThrough({ highWaterMark: 4 });
    pipe.write('x'.repeat(100));
    let done = false;
    const flush = flushed(pipe as unknown as NodeJS.WriteStream).then(() => {
      done = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(done, false);
    pipe.resume();
    await flush;
  });

  it('does not wait for a reader that has gone', async () => {
    const pipe = new PassThrough();
    pipe.destroy();
    await once(pipe, 'close');
    await flushed(pipe as unknown as NodeJS.WriteStream);
  });
});
