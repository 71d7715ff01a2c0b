import assert from 'node:assert/strict';
import { normalizeArgv } from '../../../src/cli/argv.ts';
import { flagsOf } from '../../../src/cli/flags.ts';

describe('pflag’s habits', () => {
  const cases: [string, string][] = [
    ['-nshop', '--namespace=shop'],
    ['-n shop', '--namespace=shop'],
    ['-n=shop', '--namespace=shop'],
    ['-ojson', '--output=json'],
    ['-Aowide', '--all-namespaces=true --output=wide'],
    ['-A -o wide', '--all-namespaces=true --output=wide'],
    ['-A=false', '--all-namespaces=false'],
    ['--all-namespaces=false', '--all-namespaces=false'],
    ['-lapp=web', '--selector=app=web'],
    ['-l app=web,tier!=x', '--selector=app=web,tier!=x'],
    ['-f -', '--filename=-'],
    ['-fa.json -f b.json', '--filename=a.json --filename=b.json'],
    ['--namespace shop web', '--namespace=shop web'],
    ['--namespace', '--namespace'],
    ['--no-headers', '--no-headers=true'],
    ['--token -x', '--token=-x'],
    ['-- -n', '-- -n'],
    ['--nope x', '--nope x'],
    ['-Ax', '--all-namespaces=true -x'],
    ['-', '-'],
  ];
  for (const [given, want] of cases) {
    it(given, () => {
      const got = normalizeArgv(given.split(' '), flagsOf('describe'));
      assert.equal(got.join(' '), want);
    });
  }

  it('keeps an empty value', () => {
    assert.deepEqual(normalizeArgv(['-n', ''], flagsOf('describe')), ['--namespace=']);
  });
});
