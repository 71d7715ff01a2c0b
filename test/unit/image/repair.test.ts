import assert from 'node:assert/strict';
import { validForm } from '../../../src/image/repair.ts';

describe('validForm', () => {
  for (const [written, meant] of [
    ['quay.io/Team/App:1.0', 'quay.io/team/app:1.0'],
    ['quay.io/Team/App:V1', 'quay.io/team/app:V1'],
    ['https://quay.io/team/app:1.0', 'quay.io/team/app:1.0'],
    ['"quay.io/team/app:1.0"\n', 'quay.io/team/app:1.0'],
    ['quay.io/team//app::1.0', 'quay.io/team/app:1.0'],
    ['quay.io/team/app:', 'quay.io/team/app'],
    ['Registry.corp:5000/App', 'registry.corp:5000/app'],
    // Nothing tells what was meant, or nothing is wrong.
    ['quay.io/team/app:$TAG', null],
    ['quay.io/team/app@sha256:0123', null],
    ['quay.io/team/app:1.0', null],
    ['', null],
    ['A'.repeat(100_000), null],
  ] as const) {
    it(JSON.stringify(written.slice(0, 40)), () => assert.equal(validForm(written), meant));
  }
});
