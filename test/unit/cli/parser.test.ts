import assert from 'node:assert/strict';
import { readArgv } from '../../../src/cli/argv.ts';
import { FLAGS, type Verb } from '../../../src/cli/flags.ts';
import { type FlagValues, parseFlags } from '../../../src/cli/parser.ts';

function parse(verb: Verb, ...argv: string[]): FlagValues {
  return parseFlags(verb, readArgv([verb, ...argv]));
}

describe('flags', () => {
  it('are declared once each, names and letters', () => {
    const names = FLAGS.map((flag) => flag.name);
    assert.deepEqual(names, [...new Set(names)]);
    const letters = FLAGS.flatMap((flag) => flag.short ?? []);
    assert.deepEqual(letters, [...new Set(letters)]);
  });

  it('are described in kubectl’s style', () => {
    for (const flag of FLAGS) {
      assert.match(flag.name, /^[a-z][a-z-]*$/);
      assert.match(flag.description, /^[A-Z].*[^.]$/, flag.name);
      assert.equal(flag.value === undefined, flag.type === 'boolean', flag.name);
    }
  });

  it('may be repeated where kubectl allows it, and nowhere else', () => {
    const repeatable = FLAGS.filter((flag) => flag.repeatable).map((flag) => flag.name);
    assert.deepEqual(repeatable.sort(), [
      'as-group',
      'as-user-extra',
      'cause',
      'filename',
      'image',
      'no-credentials-to',
      'node',
      'registry-address',
      'registry-mirror',
      'secret',
      'status',
    ]);
  });

  for (const flag of FLAGS) {
    for (const verb of flag.verbs) {
      if (flag.repeatable) {
        it(`${verb} --${flag.name}: all values count, none is split`, () => {
          const got = parse(verb, `--${flag.name}=a,b`, `--${flag.name}`, '-', `--${flag.name}=`);
          assert.deepEqual(got.strings(flag.name), ['a,b', '-', '']);
        });
      } else if (flag.type === 'string') {
        it(`${verb} --${flag.name}: the last value wins`, () => {
          const got = parse(verb, `--${flag.name}=a`, `--${flag.name}`, '012');
          assert.equal(got.string(flag.name), '012');
          assert.equal(parse(verb, `--${flag.name}=a`, `--${flag.name}=`).string(flag.name), '');
        });
      } else {
        it(`${verb} --${flag.name}: the last value wins`, () => {
          const on = `--${flag.name}`;
          assert.equal(parse(verb, on, `${on}=false`).boolean(flag.name), false);
          assert.equal(parse(verb, `${on}=false`, on).boolean(flag.name), true);
          assert.equal(parse(verb).boolean(flag.name), undefined);
        });
      }
    }
  }

  it('keep quotes, dots and equals signs of their values', () => {
    const got = parse('describe', '-l', '"a.b"=c', '--as-user-extra', 'a.b/c=d=e');
    assert.equal(got.string('selector'), '"a.b"=c');
    assert.deepEqual(got.strings('as-user-extra'), ['a.b/c=d=e']);
  });

  it('not given have no value', () => {
    assert.equal(parse('describe').string('namespace'), undefined);
    assert.deepEqual(parse('describe').strings('filename'), []);
  });
});
