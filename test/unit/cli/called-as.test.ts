import assert from 'node:assert/strict';
import { calledAs } from '../../../src/cli/called-as.ts';

describe('the name we were called by', () => {
  const programs: readonly [string, string | undefined, string][] = [
    ['kubectl-imagepull', undefined, 'kubectl imagepull'],
    ['/home/u/.krew/bin/kubectl-imagepull', undefined, 'kubectl imagepull'],
    ['C:\\Users\\u\\.krew\\bin\\kubectl-imagepull.exe', undefined, 'kubectl imagepull'],
    ['kubectl-imagepull-linux-amd64', undefined, 'kubectl imagepull'],
    ['kubectl-image_pull', undefined, 'kubectl image-pull'],
    ['/usr/local/bin/kubectl-ip', undefined, 'kubectl ip'],
    ['imagepull', undefined, 'imagepull'],
    ['./imagepull.exe', undefined, 'imagepull'],
    ['node', '/checkout/dist/start.cjs', 'kubectl imagepull'],
    ['node', '/usr/lib/node_modules/.bin/kubectl-imagepull', 'kubectl imagepull'],
    ['/usr/bin/node', '/usr/local/bin/why', 'why'],
    ['node', undefined, 'kubectl imagepull'],
    ['', undefined, 'kubectl imagepull'],
    ['\x1b[2J', undefined, 'kubectl imagepull'],
  ];
  for (const [argv0, script, program] of programs) {
    it(`${JSON.stringify(argv0)} of ${script ?? 'no script'} is ${program}`, () => {
      assert.deepEqual(calledAs(argv0, script), { program, completes: false });
    });
  }

  const completers: readonly [string, string | undefined][] = [
    ['kubectl_complete-imagepull', undefined],
    ['/home/u/.krew/bin/kubectl_complete-imagepull', undefined],
    ['kubectl_complete-imagepull.exe', undefined],
    ['node', '/usr/local/bin/kubectl_complete-imagepull'],
  ];
  for (const [argv0, script] of completers) {
    it(`${argv0} of ${script ?? 'no script'} completes`, () => {
      assert.deepEqual(calledAs(argv0, script), { program: 'kubectl imagepull', completes: true });
    });
  }
});
