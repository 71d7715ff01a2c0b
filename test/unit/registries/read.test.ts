import assert from 'node:assert/strict';
import { answerTo, registryBehind } from '../../../src/registries/read.ts';

describe('registryBehind', () => {
  for (const [host, service, realm, id, guessed] of [
    ['ghcr.io', 'ghcr.io', 'https://ghcr.io/token', 'ghcr', false],
    ['r.corp.example', 'harbor-registry', undefined, 'harbor', false],
    ['r.corp.example', undefined, 'https://r.corp.example/service/token', 'harbor', false],
    ['r.corp.example', 'container_registry', undefined, 'gitlab', false],
    ['r.corp.example', undefined, 'https://git.corp.example/jwt/auth', 'gitlab', false],
    ['r.corp.example', 'r.corp.example', 'https://r.corp.example/v2/auth', 'quay', false],
    [
      'r.corp.example',
      'r.corp.example',
      'https://r.corp.example/artifactory/api/docker/docker/v2/token',
      'artifactory',
      false,
    ],
    ['harbor.corp.example', undefined, undefined, 'harbor', true],
    ['r.corp.example', 'token-service', 'https://auth.corp.example/token', 'generic', false],
    // The host says what it is, whatever token server it names.
    ['quay.io', 'harbor-registry', 'https://quay.io/service/token', 'quay', false],
  ] as const) {
    it(`${host} ${service} ${realm} is ${id}`, () => {
      const behind = registryBehind({ host, service, realm });
      assert.deepEqual([behind.registry.id, behind.guessed], [id, guessed]);
    });
  }

  it('takes hostile texts', () => {
    const start = performance.now();
    for (const unit of ['/', '/v2/auth', 'harbor-', '/artifactory/api/docker']) {
      const text = unit.repeat(1_000_000);
      registryBehind({ host: text, service: text, realm: text });
    }
    assert.ok(performance.now() - start < 1000);
  });
});

describe('answerTo', () => {
  const facts = { status: 404, errorCode: 'MANIFEST_UNKNOWN', errorMessage: 'manifest unknown' };
  const failed = { step: 'manifest', code: 'manifest-not-found', facts } as const;

  it('leans on words alone where the host is only guessed at', () => {
    assert.equal(answerTo(failed, { host: 'artifactory.corp.example' }, true), null);
    assert.ok(answerTo(failed, { host: 'acme.jfrog.io' }, true));
    const said = 'was not downloaded due to the download blocking policy configured in Xray';
    const blocked = { ...failed, code: 'forbidden', facts: { status: 403, errorMessage: said } };
    assert.equal(
      answerTo(blocked, { host: 'artifactory.corp.example' }, true)?.causes[0],
      'PolicyBlocked',
    );
  });

  it('takes no web page for an answer of the registry', () => {
    const page = { status: 403, mediaType: 'text/html' };
    const refused = { step: 'token', code: 'token-refused', facts: page } as const;
    assert.equal(answerTo(refused, { host: 'ghcr.io' }, true), null);
    assert.ok(answerTo({ ...refused, facts: { status: 403 } }, { host: 'ghcr.io' }, true));
    const google = { step: 'manifest', code: 'not-a-registry', facts: page } as const;
    assert.equal(answerTo(google, { host: 'registry.k8s.io' }, false)?.causes[0], 'AccessBlocked');
  });

  it('leaves a code that comes from the words of the error', () => {
    const facts = { status: 403, errorMessage: 'stopped by policy violation' };
    for (const [code, found] of [
      ['forbidden', true],
      ['policy-blocked', false],
      ['quota-exceeded', false],
    ] as const) {
      const one = { step: 'manifest', code, facts } as const;
      assert.equal(answerTo(one, { host: 'acme.jfrog.io' }, true) !== null, found, code);
    }
  });

  it('leaves what no registry said', () => {
    for (const code of ['connect-refused', 'timeout', 'server-error', 'digest-mismatch']) {
      assert.equal(answerTo({ ...failed, code }, { host: 'docker.io' }, true), null, code);
    }
    assert.equal(answerTo({ ...failed, facts: {} }, { host: 'docker.io' }, true), null);
    assert.equal(answerTo({ ...failed, step: 'dns' }, { host: 'docker.io' }, true), null);
  });
});
