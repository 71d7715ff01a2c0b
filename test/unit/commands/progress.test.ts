import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { showProgress } from '../../../src/commands/progress.ts';
import { testWorld } from '../../rig/world.ts';

describe('progress', () => {
  it('shows a line after a second and clears it', async () => {
    const world = testWorld({ isTTY: true });
    const clear = showProgress(world, () => 'Reading: 500 pods');
    await sleep(700);
    assert.equal(world.errText(), '');
    await sleep(500);
    assert.ok(world.errText().startsWith('\r\x1b[KReading: 500 pods'));
    clear();
    clear();
    assert.ok(world.errText().endsWith('\r\x1b[K'));
    assert.equal(world.outText(), '');
  });

  for (const [what, options] of [
    ['a pipe', {}],
    ['a dumb terminal', { isTTY: true, env: { TERM: 'dumb' } }],
  ] as const) {
    it(`says nothing to ${what}`, async () => {
      const world = testWorld(options);
      const clear = showProgress(world, () => 'Reading');
      await sleep(1100);
      clear();
      assert.equal(world.errText(), '');
    });
  }
});
