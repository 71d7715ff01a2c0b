import assert from 'node:assert/strict';
import { errorOutcome } from '../../../src/cli/errors.ts';
import { EXIT_CODES } from '../../../src/cli/exit-codes.ts';
import { ApiError } from '../../../src/cluster/errors.ts';
import { InputError, NotFoundError, UsageError } from '../../../src/words/errors.ts';

const forbidden = new ApiError({
  status: 403,
  reason: 'Forbidden',
  message: 'pods is forbidden',
  method: 'GET',
  url: 'https://x/api',
});

describe('errors', () => {
  const cases: [Error, string, number][] = [
    [new UsageError('unknown flag: --x'), 'error: unknown flag: --x\n', 2],
    [new InputError('a.json: not JSON'), 'error: a.json: not JSON\n', 1],
    [
      new NotFoundError('pods', 'web', 'shop', ['did you mean "wab"?']),
      'Error from server (NotFound): pods "web" not found in namespace shop (did you mean "wab"?)\n',
      1,
    ],
    [forbidden, 'Error from server (Forbidden): pods is forbidden\n', 1],
    [
      new Error('pods unavailable', { cause: forbidden }),
      'Error from server (Forbidden): pods is forbidden\n',
      1,
    ],
    [new TypeError('x is undefined\n  at y'), 'error: x is undefined\\n  at y\n', 1],
    [new InputError('a\u001b[31m.json'), 'error: a^[[31m.json\n', 1],
  ];
  for (const [error, line, code] of cases) {
    it(line.trim(), () => {
      assert.deepEqual(errorOutcome(error, false), { line, code });
    });
  }

  it('says nothing after Ctrl-C', () => {
    assert.deepEqual(errorOutcome(new Error('x'), true), { line: null, code: 130 });
  });

  it('bounds a line', () => {
    const { line } = errorOutcome(new InputError('x'.repeat(1_000_000)), false);
    assert.ok((line?.length ?? 0) < 3000);
  });

  it('has one meaning for each code', () => {
    assert.deepEqual(
      EXIT_CODES.map((c) => c.code),
      [0, 1, 2, 3, 4, 130],
    );
  });
});
