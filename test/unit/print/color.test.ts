import assert from 'node:assert/strict';
import { allowsColor } from '../../../src/print/color.ts';
import { testWorld, type TestWorldOptions } from '../../rig/world.ts';

describe('colour', () => {
  const cases: [string, 'auto' | 'always' | 'never', TestWorldOptions, boolean][] = [
    ['terminal', 'auto', { isTTY: true }, true],
    ['pipe', 'auto', { isTTY: false }, false],
    ['dumb terminal', 'auto', { isTTY: true, env: { TERM: 'dumb' } }, false],
    ['NO_COLOR, even empty', 'auto', { isTTY: true, env: { NO_COLOR: '' } }, false],
    ['Windows console', 'auto', { isTTY: true, platform: 'win32' }, false],
    ['Windows Terminal', 'auto', { isTTY: true, platform: 'win32', env: { WT_SESSION: 'x' } }, true],
    ['always', 'always', { isTTY: false }, true],
    ['never', 'never', { isTTY: true }, false],
  ];
  for (const [name, choice, options, want] of cases) {
    it(name, () => assert.equal(allowsColor(choice, testWorld(options)), want));
  }
});
