import assert from 'node:assert/strict';
import { inPlace } from '../../../src/judge/same-place.ts';

const cluster = { connection: ['--context', 'prod'], files: [] };
const files = { connection: [], files: ['-f', 'broken.json'] };

describe('advice in its place', () => {
  const cases: [string, Parameters<typeof inPlace>[1], string][] = [
    ['kubectl get pods -n x', cluster, 'kubectl --context prod get pods -n x'],
    [
      'kubectl imagepull describe x -n y',
      cluster,
      'kubectl imagepull describe x -n y --context prod',
    ],
    ['kubectl imagepull verify x -n y', cluster, 'kubectl imagepull verify x -n y --context prod'],
    ['kubectl imagepull verify --image x', cluster, 'kubectl imagepull verify --image x'],
    ['kubectl imagepull explain X', cluster, 'kubectl imagepull explain X'],
    ['kubectl a || kubectl b', cluster, 'kubectl --context prod a || kubectl --context prod b'],
    [
      'kubectl auth can-i list events -n x --context prod',
      cluster,
      'kubectl auth can-i list events -n x --context prod',
    ],
    ['openssl s_client', cluster, 'openssl s_client'],
    ['kubectl get pods', files, 'kubectl get pods'],
    ['kubectl imagepull describe x', files, 'kubectl imagepull describe x -f broken.json'],
    [
      "kubectl get secret x -o jsonpath='{.data}' | base64 -d",
      cluster,
      "kubectl --context prod get secret x -o jsonpath='{.data}' | base64 -d",
    ],
  ];
  for (const [command, place, want] of cases) {
    it(command, () => assert.equal(inPlace(command, place), want));
  }
});
