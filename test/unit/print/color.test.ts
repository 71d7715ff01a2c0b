import assert from 'node:assert/strict';
import { type ColorMode, palette, wantsColor } from '../../../src/print/color.ts';
import { testWorld } from '../../rig/world.ts';

describe('colour', () => {
  const terminal = { isTTY: true };
  const cases: [string, ColorMode, Parameters<typeof testWorld>[0], boolean][] = [
    ['a terminal', 'auto', terminal, true],
    ['a pipe', 'auto', {}, false],
    ['NO_COLOR', 'auto', { ...terminal, env: { NO_COLOR: '1' } }, false],
    ['an empty NO_COLOR', 'auto', { ...terminal, env: { NO_COLOR: '' } }, false],
    ['a dumb terminal', 'auto', { ...terminal, env: { TERM: 'dumb' } }, false],
    ['another terminal', 'auto', { ...terminal, env: { TERM: 'xterm' } }, true],
    ['the old console of Windows', 'auto', { ...terminal, platform: 'win32' }, false],
    [
      'Windows Terminal',
      'auto',
      { ...terminal, platform: 'win32', env: { WT_SESSION: 'x' } },
      true,
    ],
    ['a pipe, told so', 'always', { env: { NO_COLOR: '' } }, true],
    ['a terminal, told not to', 'never', terminal, false],
  ];
  for (const [name, mode, settings, want] of cases) {
    it(`${want ? 'on' : 'off'} for ${name}`, () => {
      assert.equal(wantsColor(mode, testWorld(settings)), want);
    });
  }

  it('wraps a text, or leaves it as it is', () => {
    assert.equal(palette('always', testWorld()).bold('x'), '\x1b[1mx\x1b[22m');
    assert.equal(palette('never', testWorld()).bold('x'), 'x');
  });
});
