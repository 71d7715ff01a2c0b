import assert from 'node:assert/strict';
import { ibmSecretName } from '../../../src/registries/ibm-secrets.ts';

describe('ibmSecretName', () => {
  for (const [name, what] of [
    ['all-icr-io', 'all'],
    ['default-icr-io', 'regional'],
    ['default-us-icr-io', 'regional'],
    ['default-jp2-icr-io', 'regional'],
    ['kube-system-icr-io', 'copy'],
    ['team-a-icr-us-io', 'copy'],
    ['my-all-icr-io', 'copy'],
    ['icr-io-secret', 'copy'],
    ['bluemix-default-secret', 'dead'],
    ['bluemix-default-secret-regional', 'dead'],
    ['bluemix-default-secret-international', 'dead'],
    ['regcred', null],
    ['mycricr-io', null],
    ['a'.repeat(100_000), null],
  ] as const) {
    it(name.slice(0, 40), () => assert.equal(ibmSecretName(name), what));
  }
});
