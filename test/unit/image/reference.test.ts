import assert from 'node:assert/strict';
import { parseImage } from '../../../src/image/reference.ts';

const HEX = 'a'.repeat(64);

describe('parseImage', () => {
  const valid: readonly [string, string, string, string | null, string | null, string][] = [
    ['nginx', 'docker.io', 'library/nginx', 'latest', null, 'host library latest'],
    ['nginx:1.27', 'docker.io', 'library/nginx', '1.27', null, 'host library'],
    ['bitnami/redis', 'docker.io', 'bitnami/redis', 'latest', null, 'host latest'],
    ['docker.io/nginx', 'docker.io', 'library/nginx', 'latest', null, 'library latest'],
    ['index.docker.io/library/nginx:1', 'docker.io', 'library/nginx', '1', null, ''],
    ['us.icr.io/shop/web:1', 'us.icr.io', 'shop/web', '1', null, ''],
    ['localhost/app', 'localhost', 'app', 'latest', null, 'latest'],
    ['localhost:5000/app:x', 'localhost:5000', 'app', 'x', null, ''],
    ['registry:5000/app', 'registry:5000', 'app', 'latest', null, 'latest'],
    ['[::1]:5000/app:1', '[::1]:5000', 'app', '1', null, ''],
    ['quay.io/a/b/c/d:1', 'quay.io', 'a/b/c/d', '1', null, ''],
    [`quay.io/a/b@sha256:${HEX}`, 'quay.io', 'a/b', null, `sha256:${HEX}`, ''],
    [`quay.io/a/b:1@sha256:${HEX}`, 'quay.io', 'a/b', '1', `sha256:${HEX}`, ''],
    ['a__b/c.d/e---f:V_1.0-x', 'docker.io', 'a__b/c.d/e---f', 'V_1.0-x', null, 'host'],
    [`app:${'t'.repeat(128)}`, 'docker.io', 'library/app', 't'.repeat(128), null, 'host library'],
  ];
  for (const [text, host, repository, tag, digest, assumed] of valid) {
    it(`reads ${text.slice(0, 40)}`, () => {
      const image = parseImage(text);
      assert.ok(image.valid);
      assert.equal(image.host, host);
      assert.equal(image.repository, repository);
      assert.equal(image.tag, tag);
      assert.equal(image.digest, digest);
      assert.equal(image.assumed.join(' '), assumed);
      assert.equal(image.written, text);
    });
  }

  it('asks registry-1.docker.io for docker.io and the host itself for others', () => {
    const hub = parseImage('nginx');
    const own = parseImage('registry.example.com:5000/app:1');
    assert.ok(hub.valid && own.valid);
    assert.equal(hub.apiHost, 'registry-1.docker.io');
    assert.equal(own.apiHost, 'registry.example.com:5000');
  });

  it('drops the tag beside a digest, as the runtimes do', () => {
    const image = parseImage(`quay.io/a/b:1@sha256:${HEX}`);
    assert.ok(image.valid);
    assert.equal(image.resolved, `quay.io/a/b@sha256:${HEX}`);
  });

  const invalid: readonly [string, RegExp][] = [
    ['', /empty/],
    ['App:1.0', /upper-case/],
    ['quay.io/Team/app', /upper-case/],
    ['$' + '{IMAGE}:1.0', /upper-case|not allowed/],
    ['app:a:b', /more than one tag/],
    ['registry.lab.test/public/app:', /no tag/],
    ['registry.lab.test/public/app:bad tag', /blank/],
    [':1.0', /no repository/],
    [`app:${'t'.repeat(129)}`, /longer than 128/],
    ['https://quay.io/a/b', /scheme/],
    ['docker-pullable://a/b', /scheme/],
    ['quay.io//b', /empty path/],
    ['quay.io/a/', /empty path|no repository/],
    [HEX, /64 hexadecimal/],
    ['a@sha256:123', /digest/],
    [`a@sha256:${'A'.repeat(64)}`, /upper-case/],
    [`a@sha256:${'a'.repeat(63)}`, /64 hexadecimal digits/],
    [`a@md5:${'a'.repeat(32)}`, /not supported/],
    ['a/-b', /not allowed/],
    [`registry.lab.test/${'a'.repeat(256)}`, /longer than 255/],
    ['a'.repeat(5000), /too long/],
    ['exa mple.com/a', /blank/],
    ['-host.example/a', /host/],
  ];
  for (const [text, reason] of invalid) {
    it(`refuses ${JSON.stringify(text.slice(0, 40))}`, () => {
      const image = parseImage(text);
      assert.ok(!image.valid);
      assert.match(image.reason, reason);
    });
  }
});
