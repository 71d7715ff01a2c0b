import assert from 'node:assert/strict';
import { nearHost } from '../../../src/registries/near.ts';

describe('nearHost', () => {
  for (const [key, image, how] of [
    ['us.icr.io', 'de.icr.io', 'other-region'],
    ['icr.io', 'us.icr.io', 'other-region'],
    ['us.icr.io', 'private.us.icr.io', 'same-content'],
    ['registry.ng.bluemix.net', 'us.icr.io', 'same-content'],
    ['registry.bluemix.net', 'us.icr.io', 'other-region'],
    ['cr.cloud.ibm.com', 'us.icr.io', 'same-registry'],
    ['https://registry-1.docker.io/v2/', 'docker.io', 'same-content'],
    ['docker.io', 'dhi.io', 'same-registry'],
    ['k8s.gcr.io', 'registry.k8s.io', 'same-content'],
    ['eu.gcr.io', 'europe-west1-docker.pkg.dev', 'other-region'],
    [
      '111111111111.dkr.ecr.us-east-1.amazonaws.com',
      '222222222222.dkr.ecr.us-east-1.amazonaws.com',
      'other-account',
    ],
    [
      '111111111111.dkr.ecr.us-east-1.amazonaws.com',
      '111111111111.dkr.ecr.eu-west-1.amazonaws.com',
      'other-region',
    ],
    ['us.icr.io', 'us.icr.io', null],
    ['us.icr.io', 'https://US.icr.io', null],
    ['us.icr.io', 'ghcr.io', null],
    ['a.azurecr.io', 'b.azurecr.io', null],
    ['us.icr.io', 'cp.icr.io', null],
    ['a.example', 'b.example', null],
    ['harbor.a.example', 'harbor.b.example', null],
    ['', 'us.icr.io', null],
  ] as const) {
    it(`${key} for an image on ${image}`, () => {
      const near = nearHost(key, image);
      assert.equal(near?.how ?? null, how);
      if (near !== null) assert.doesNotMatch(near.text, /null|undefined|\.$/);
    });
  }

  it('names both regions', () => {
    const text = nearHost('us.icr.io', 'de.icr.io')?.text ?? '';
    assert.match(text, /us-south/);
    assert.match(text, /eu-de/);
  });

  it('shows no user of a key', () => {
    assert.doesNotMatch(nearHost('me:hunter2@us.icr.io', 'de.icr.io')?.text ?? '', /me:|hunter2/);
  });
});
