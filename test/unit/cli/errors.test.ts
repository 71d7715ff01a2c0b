import assert from 'node:assert/strict';
import { errorLine, reportError } from '../../../src/cli/errors.ts';
import { FlagError } from '../../../src/cli/flag-error.ts';
import { InputError, NotFoundError, UsageError } from '../../../src/words/errors.ts';
import { testWorld } from '../../rig/world.ts';

class ServerError extends Error {
  words(): string {
    return 'The connection to the server was refused';
  }
}

describe('errors', () => {
  const cases: [unknown, string, number][] = [
    [new UsageError('wrong'), 'error: wrong\n', 2],
    [new InputError('cannot read x'), 'error: cannot read x\n', 1],
    [new ServerError('raw'), 'The connection to the server was refused\n', 1],
    [
      new Error('around', { cause: new ServerError('raw') }),
      'The connection to the server was refused\n',
      1,
    ],
    [
      new NotFoundError('pods', 'web', 'shop'),
      'Error from server (NotFound): pods "web" not found in namespace shop\n',
      1,
    ],
    [
      new FlagError('unknown flag: --x', 'describe'),
      "error: unknown flag: --x\nSee 'kubectl imagepull describe --help' for usage.\n",
      2,
    ],
    [
      new FlagError('unknown flag: --x', undefined),
      "error: unknown flag: --x\nSee 'kubectl imagepull --help' for usage.\n",
      2,
    ],
    [new TypeError('x is not a function'), 'error: internal error: x is not a function\n', 1],
    ['thrown text', 'error: internal error: thrown text\n', 1],
    [undefined, 'error: internal error: undefined\n', 1],
    [new InputError('a\nb\x1b[2J'), 'error: a\\nb^[[2J\n', 1],
  ];
  for (const [error, text, code] of cases) {
    it(`${JSON.stringify(text)} with ${code}`, () => {
      const world = testWorld();
      assert.equal(reportError(error, world), code);
      assert.equal(world.errText(), text);
      assert.equal(world.outText(), '');
    });
  }

  it('are bounded', () => {
    const line = errorLine(new InputError('x'.repeat(100_000_000)));
    assert.ok(line.length < 2100);
    assert.match(line, /\(\d+ more characters\)$/);
  });

  it('are silent after Ctrl-C', () => {
    const world = testWorld({ signal: AbortSignal.abort() });
    assert.equal(reportError(new Error('aborted'), world), 130);
    assert.equal(world.errText(), '');
  });

  it('show a stack only to whoever debugs', () => {
    const world = testWorld({ env: { KUBECTL_IMAGEPULL_DEBUG: '1' } });
    reportError(new TypeError('bug'), world);
    assert.match(world.errText(), /^error: internal error: bug\nTypeError: bug\n {4}at /);
  });
});
