import assert from 'node:assert/strict';
import { basesFor, endpointsOf, ibmImage } from '../../../src/ibm/endpoints.ts';
import { parseImage } from '../../../src/image/reference.ts';
import { REGISTRIES } from '../../../src/registries/index.ts';
import { InputError } from '../../../src/words/errors.ts';

function image(text: string) {
  const parsed = parseImage(text);
  assert(parsed.valid, text);
  return ibmImage(parsed);
}

describe('hosts of IBM Cloud', () => {
  for (const [text, apiHost, region, isPrivate] of [
    ['us.icr.io/shop/web:1', 'us.icr.io', 'us-south', false],
    ['icr.io/shop/web', 'icr.io', 'global', false],
    ['ca2.icr.io/shop/web', 'ca2.icr.io', 'ca-mon', false],
    ['private.de.icr.io/shop/web', 'private.de.icr.io', 'eu-de', true],
    ['private.icr.io/shop/web', 'private.icr.io', 'global', true],
    ['registry.ng.bluemix.net/shop/web', 'us.icr.io', 'us-south', false],
    ['registry.bluemix.net/shop/web', 'icr.io', 'global', false],
  ] as const) {
    it(text, () => {
      const found = image(text);
      assert.deepEqual(
        [found?.apiHost, found?.region, found?.isPrivate, found?.namespace],
        [apiHost, region, isPrivate, 'shop'],
      );
    });
  }

  for (const text of [
    'cp.icr.io/cp/app:1',
    'dd0.icr.io/a/b:1',
    'dd0.us.icr.io/a/b:1',
    'us.icr.io:443/shop/web:1',
    'icr.io.example.com/shop/web:1',
    'cr.cloud.ibm.com/shop/web:1',
    'registry.example.com/icr.io/web:1',
    'docker.io/library/nginx:1',
  ]) {
    it(`${text} is none`, () => assert.equal(image(text), null));
  }

  it('are the only ones that are asked for any host of the table', () => {
    const rules = REGISTRIES.flatMap(({ hosts }) => hosts).filter(({ host }) => !/[*{]/.test(host));
    assert.ok(rules.length > 30);
    for (const { host } of rules) {
      const found = image(`${host}/shop/web:1`);
      if (found === null) continue;
      const { iam, registry } = basesFor(found, { iam: null, registry: null });
      for (const url of [...iam, ...registry]) {
        assert.match(url.href, /^https:\/\/(?:[a-z0-9.]+\.)?(?:icr\.io|iam\.cloud\.ibm\.com)\/$/);
      }
    }
  });

  it('of the private network come first where the image names it', () => {
    const found = image('private.us.icr.io/shop/web:1');
    assert(found);
    const { iam, registry } = basesFor(found, { iam: null, registry: null });
    assert.deepEqual(
      [...iam, ...registry].map(({ host }) => host),
      ['private.iam.cloud.ibm.com', 'iam.cloud.ibm.com', 'private.us.icr.io', 'us.icr.io'],
    );
  });
});

describe('endpoints', () => {
  const href = (flag: string | undefined, env: Record<string, string> = {}) =>
    endpointsOf({ iam: flag }, env).iam?.href ?? null;

  it('come from a flag, then from the environment, with or without a scheme', () => {
    const env = { IBMCLOUD_IAM_API_ENDPOINT: 'private.iam.cloud.ibm.com' };
    assert.equal(href(undefined), null);
    assert.equal(href(undefined, { IBMCLOUD_IAM_API_ENDPOINT: '' }), null);
    assert.equal(href(undefined, env), 'https://private.iam.cloud.ibm.com/');
    assert.equal(
      href('https://iam.corp.example:8443/ibm', env),
      'https://iam.corp.example:8443/ibm',
    );
    assert.equal(href('http://127.0.0.1:1'), 'http://127.0.0.1:1/');
  });

  for (const text of [
    'http://iam.example',
    'https://user:secret@iam.example',
    'https://iam.example?key=1',
    'https://',
    'file:///etc/passwd',
  ]) {
    it(`are not ${text}`, () => {
      assert.throws(
        () => href(text),
        (error: Error) => error instanceof InputError && !error.message.includes('secret'),
      );
    });
  }
});
