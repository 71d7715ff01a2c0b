import assert from 'node:assert/strict';
import { KINDS, type KindId, kindOf } from '../../../src/credentials/kinds/index.ts';
import { mayShowUser } from '../../../src/credentials/kinds/user.ts';
import { REGISTRIES, registryOf } from '../../../src/registries/index.ts';
import { Hidden } from '../../../src/words/hidden.ts';
import { base64, ecrToken, jwt } from './tokens.ts';

const GUID = '3f2504e0-4f89-11d3-9a0c-0305e82c3301';
const ZERO = '00000000-0000-0000-0000-000000000000';
const ECR = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
const KEY = '{"type":"service_account","project_id":"p"}';

const CASES: readonly (readonly [string, string, string, KindId])[] = [
  ['us.icr.io', '', '', 'none'],
  ['us.icr.io', 'iamapikey', '', 'no-password'],
  ['us.icr.io', 'iamapikey', 'an-api-key', 'ibm-api-key'],
  ['mirror.example', 'iamapikey', 'an-api-key', 'ibm-api-key'],
  ['us.icr.io', 'iamapikey', jwt({ exp: 1 }), 'ibm-iam-token'],
  ['us.icr.io', 'iambearer', jwt({ exp: 1 }), 'ibm-iam-token'],
  ['us.icr.io', 'iamrefresh', 'opaque', 'ibm-refresh-token'],
  ['us.icr.io', 'Profile-3f25', 'an-api-key', 'ibm-profile'],
  ['us.icr.io', 'token', 'x.y.z', 'ibm-registry-token'],
  ['registry.bluemix.net', 'token', 'old', 'ibm-registry-token'],
  ['cp.icr.io', 'cp', jwt({ iss: 'IBM Marketplace' }), 'ibm-entitlement'],
  ['us.icr.io', 'alice', 'pw', 'unknown'],
  [ECR, 'AWS', ecrToken(1), 'ecr-token'],
  [ECR, 'AWS', 'garbage', 'ecr-token'],
  ['pull-through.example', 'AWS', ecrToken(1), 'ecr-token'],
  ['pull-through.example', 'AWS', 'garbage', 'unknown'],
  ['gcr.io', 'oauth2accesstoken', 'ya29.abc', 'gcp-access-token'],
  ['gcr.io', '_json_key', KEY, 'gcp-json-key'],
  ['gcr.io', '_json_key_base64', base64(KEY), 'gcp-json-key-base64'],
  ['r.azurecr.io', ZERO, jwt({ exp: 1 }), 'acr-token'],
  // The dump has such an entry on a host of its own.
  ['cr.riverhill.example', ZERO, jwt({ exp: 1 }), 'acr-token'],
  ['r.azurecr.io', GUID, 'abc~def', 'acr-service-principal'],
  ['myreg.azurecr.io', 'myreg', 'pw', 'acr-admin'],
  ['myreg-a1b2.azurecr.io', 'MyReg', 'pw', 'acr-admin'],
  ['myreg.azurecr.io', 'puller', 'pw', 'acr-scoped-token'],
  ['ghcr.io', 'me', `ghp_${'a'.repeat(36)}`, 'github-classic'],
  ['ghcr.io', 'me', `github_pat_${'a'.repeat(82)}`, 'github-fine-grained'],
  ['ghcr.io', 'me', `ghs_${'a'.repeat(36)}`, 'github-actions'],
  ['ghcr.io', 'me', `gho_${'a'.repeat(36)}`, 'github-app'],
  ['registry.gitlab.com', 'me', `glpat-${'a'.repeat(20)}\n`, 'gitlab-personal'],
  ['registry.gitlab.com', 'gitlab+deploy-token-12', 'a'.repeat(20), 'gitlab-deploy'],
  ['git.example', 'ci', 'gldt-abc', 'gitlab-deploy'],
  ['git.example', 'gitlab-ci-token', 'x', 'gitlab-job'],
  ['git.example', 'me', 'glrt-abc', 'gitlab-wrong-kind'],
  ['https://index.docker.io/v1/', 'me', 'dckr_pat_abc', 'docker-personal'],
  ['docker.io', 'acme', 'dckr_oat_abc', 'docker-organisation'],
  ['docker.io', 'me', 'pw', 'docker-password'],
  ['quay.io', 'acme+puller', 'X'.repeat(64), 'quay-robot'],
  ['quay.io', '$token', 'x', 'quay-access'],
  ['quay.io', '$oauthtoken', 'x', 'quay-oauth'],
  ['quay.io', '$app', 'x', 'quay-app'],
  ['nvcr.io', '$oauthtoken', 'abc', 'ngc-key'],
  ['nim.example', 'any', 'nvapi-abc', 'ngc-key'],
  ['core.example', 'robot$ci', 'x', 'harbor-robot'],
  ['core.example', 'robot$project+ci', jwt({}), 'harbor-robot'],
  ['acme.jfrog.io', 'me', `AKCp${'a'.repeat(69)}`, 'artifactory-api-key'],
  ['acme.jfrog.io', 'me', `AKCp${'a'.repeat(68)}`, 'unknown'],
  ['acme.jfrog.io', 'me', `cmVmdGtu${'a'.repeat(56)}`, 'artifactory-reference'],
  ['acme.jfrog.io', 'me', jwt({}), 'artifactory-access'],
  ['registry.digitalocean.com', 'abc', 'abc', 'digitalocean-token'],
  ['iad.ocir.io', 'ns/me', 'tok', 'oci-auth-token'],
  ['cr.metax.example', 'cr_temp_user', 'x:y', 'alibaba-temporary'],
  ['registry.cn-hangzhou.aliyuncs.com', 'me', 'pw', 'alibaba-password'],
  ['registry.redhat.io', '12345678|puller', jwt({}), 'redhat-service-account'],
  ['registry.redhat.io', 'me', 'pw', 'redhat-login'],
  ['cgr.dev', '45a0c61/b6461e9', jwt({ exp: 1 }), 'chainguard-pull-token'],
  [
    'image-registry.openshift-image-registry.svc:5000',
    '<token>',
    jwt({}),
    'openshift-service-account',
  ],
  ['route.example', 'kubeadmin', 'sha256~abc', 'openshift-user'],
  ['a.example', 'me', jwt({ exp: 1 }), 'jwt'],
  ['a.example', 'alice', 'secret', 'unknown'],
  ['a.example', '', 'secret', 'unknown'],
  ['a.example', 'alice', 'not.a.jwt', 'unknown'],
];

function kind(key: string, username: string, password: string) {
  return kindOf({
    registry: registryOf(key).registry.id,
    host: registryOf(key).rule === null ? undefined : key,
    username,
    password: new Hidden(password),
  });
}

describe('kindOf', () => {
  for (const [key, user, password, id] of CASES) {
    it(`${user || '(no user)'} at ${key}: ${id}`, () => {
      assert.equal(kind(key, user, password).id, id);
    });
  }

  it('has a case for every kind', () => {
    const tried = new Set(CASES.map(([, , , id]) => id));
    assert.deepEqual(
      KINDS.map(({ id }) => id).filter((id) => !tried.has(id)),
      [],
    );
  });

  it('never holds a password or a user name', () => {
    for (const [key, user] of CASES) {
      for (const mark of ['c4n4ry-0001', 'ghp_c4n4ry', 'glpat-c4n4ry', jwt({ sub: 'c4n4ry' })]) {
        assert.doesNotMatch(JSON.stringify(kind(key, user, mark)), /c4n4ry/);
        assert.doesNotMatch(JSON.stringify(kind(key, mark, mark)), /c4n4ry/);
      }
    }
  });

  it('takes hostile texts', () => {
    const start = performance.now();
    for (const unit of ['a', 'ey.', '{', '=', '[', ' ', '\0', '$', '+', '-']) {
      const text = unit.repeat(2_000_000);
      for (const { id } of REGISTRIES) {
        kindOf({ registry: id, username: text, password: new Hidden(text) });
      }
    }
    assert.ok(performance.now() - start < 4000);
  }).timeout(8000);
});

describe('the table of kinds', () => {
  it('has each id and label once, labels that fit a column', () => {
    assert.equal(new Set(KINDS.map(({ id }) => id)).size, KINDS.length);
    assert.equal(new Set(KINDS.map(({ label }) => label)).size, KINDS.length);
    for (const { label, advice } of KINDS) {
      assert.ok(label.length <= 27, label);
      assert.match(advice, /^[^.](?:.|\n)*\.$/);
    }
  });

  it('says no to dead and unsupported kinds', () => {
    assert.equal(kind('us.icr.io', 'token', 'x').pulls, 'no');
    assert.equal(kind('ghcr.io', 'me', 'github_pat_x').pulls, 'no');
    assert.equal(kind('ghcr.io', 'me', 'ghp_x').pulls, 'yes');
  });
});

describe('mayShowUser', () => {
  for (const [key, user, password, shown] of [
    ['a.example', 'alice', 'secret', true],
    ['a.example', '', 'secret', true],
    ['a.example', 'robot$ci', 'secret', true],
    ['us.icr.io', 'iamapikey', 'k', true],
    ['nvcr.io', '$oauthtoken', 'k', true],
    ['registry.redhat.io', '12345678|a', 'k', true],
    ['r.azurecr.io', GUID, 'k', true],
    ['registry.digitalocean.com', 'tok', 'tok', false],
    ['registry.digitalocean.com', 'tok', 'tok2', false],
    ['a.example', 'hunter2', 'hunter2', false],
    ['a.example', 'alice:hunter2', 'hunter2', false],
    ['a.example', 'ghp_abc', 'x', false],
    ['a.example', jwt({}), 'x', false],
    ['a.example', base64('alice:hunter2'), 'x', false],
    ['a.example', 'a'.repeat(500), 'x', false],
  ] as const) {
    it(`${shown ? 'shows' : 'hides'} ${user.slice(0, 20)} at ${key}`, () => {
      assert.equal(mayShowUser(user, new Hidden(password), kind(key, user, password)), shown);
    });
  }
});
