import assert from 'node:assert/strict';
import { CAUSES } from '../../../src/causes/index.ts';
import { findingSteps } from '../../../src/judge/finding-steps.ts';
import { CREDENTIAL_CAUSES } from '../../../src/judge/wants.ts';
import { CONTRIBUTING_CODES } from '../../../src/words/verdict.ts';

const ALL = findingSteps(CONTRIBUTING_CODES.map((code) => ({ code, object: '', text: '' })));

const COMMANDS = [
  ...ALL.map((step) => ({ from: 'a finding', command: step.command })),
  ...[...CREDENTIAL_CAUSES].flatMap((name) =>
    CAUSES[name].nextSteps.map((step) => ({ from: name, command: step.command })),
  ),
].flatMap(({ from, command }) => (command === undefined ? [] : [{ from, command }]));

describe('steps about credentials', () => {
  for (const { from, command } of COMMANDS) {
    it(`${from}: bash and PowerShell take ${command}`, () => {
      assert.match(command, /^kubectl /);
      // What stands in single quotes is one word to both, save that PowerShell before 7.3 eats double quotes in it.
      const open = command.replaceAll(/'[^'"]*'/g, '');
      assert.doesNotMatch(open, /[|&;<>`"$\\*]/);
      assert.doesNotMatch(command, /password|--docker-|op: replace/);
    });
  }

  it('each is said once, whatever asks for it', () => {
    const found = (['wrong-password', 'expired', 'wrong-password'] as const).map((code) => ({
      code,
      object: 'secret/regcred',
      text: '',
    }));
    assert.equal(findingSteps(found).length, 1);
    assert.deepEqual(findingSteps([]), []);
  });
});
