import assert from 'node:assert/strict';
import { pastedConfig } from '../../../../src/cluster/saved/pasted.ts';
import { InputError } from '../../../../src/words/errors.ts';

const CONFIG = '{"auths":{"quay.io":{"auth":"YWxpY2U6Y2FuYXJ5LXBhc3M="}}}';
const BASE64 = Buffer.from(CONFIG).toString('base64');
const TWICE = Buffer.from(BASE64).toString('base64');
const UTF16 = Buffer.from(`\ufeff${CONFIG}`, 'utf16le');

function read(input: string | Buffer) {
  const config = pastedConfig(Buffer.from(input as string), 'paste');
  return config && { form: config.form, text: config.text.reveal(), notes: config.notes };
}

describe('pastedConfig', () => {
  const same: readonly (readonly [string, string | Buffer])[] = [
    ['JSON', CONFIG],
    ['JSON with blanks around it', `\n  ${CONFIG}\r\n`],
    ['base64', BASE64],
    ['base64 in lines', BASE64.replace(/(.{20})/g, '$1\n')],
    ['base64 in indented lines', BASE64.replace(/(.{20})/g, '$1\r\n    ')],
    ['base64 without padding', BASE64.replace(/=+$/, '')],
    ['base64 in double quotes', `"${BASE64}"`],
    ['base64 in single quotes', `'${BASE64}'\n`],
    ['a line of YAML', `  .dockerconfigjson: ${BASE64}\n`],
    ['a block of YAML', `.dockerconfigjson: >-\n  ${BASE64.replace(/(.{20})/g, '$1\n  ')}`],
    ['a line of JSON', `    ".dockerconfigjson": "${BASE64}",\n`],
    ['the data of a Secret', JSON.stringify({ '.dockerconfigjson': BASE64 })],
    ['stringData of a Secret', JSON.stringify({ '.dockerconfigjson': CONFIG })],
  ];
  for (const [name, input] of same) {
    it(`reads ${name}`, () =>
      assert.deepEqual(read(input), { form: 'dockerconfigjson', text: CONFIG, notes: [] }));
  }

  const noted: readonly (readonly [string, string | Buffer, RegExp])[] = [
    ['base64 of base64', TWICE, /base64 of base64/],
    ['blanks inside the base64', `${BASE64.slice(0, 9)} ${BASE64.slice(9)}`, /blanks inside/],
    ['UTF-16', UTF16, /UTF-16/],
    ['base64 of UTF-16', UTF16.toString('base64'), /UTF-16/],
    ['a byte order mark', `\ufeff${CONFIG}`, /byte order mark/],
  ];
  for (const [name, input, note] of noted) {
    it(`reads ${name} and says so`, () => {
      const config = read(input);
      assert.equal(config?.text, CONFIG);
      assert.match(config.notes.join(), note);
    });
  }

  it('says URL-safe base64', () => {
    const config = '{"auths":{"quay.io":{"username":"???>>>","password":"~~~"}}}';
    const found = read(Buffer.from(config).toString('base64url'));
    assert.equal(found?.text, config);
    assert.match(found.notes.join(), /URL-safe/);
  });

  const forms: readonly (readonly [string, string])[] = [
    ['{"quay.io":{"auth":"x"},"ghcr.io":{"username":"u"}}', 'dockercfg'],
    ['.dockercfg: e30=', 'dockercfg'],
    ['{}', 'dockerconfigjson'],
    ['{"credsStore":"desktop"}', 'dockerconfigjson'],
    ['{"auths":{"quay.io":{"auth":"YWxp', 'dockerconfigjson'],
    [Buffer.from('{"au').toString('base64'), 'dockerconfigjson'],
  ];
  for (const [input, form] of forms) {
    it(`takes ${input} for ${form}`, () => assert.equal(read(input)?.form, form));
  }

  const others: readonly (readonly [string, string | Buffer])[] = [
    ['a Secret', '{"apiVersion":"v1","kind":"Secret","metadata":{"name":"a"},"data":{}}'],
    ['a Secret in YAML', 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\n'],
    ['a List', '{"kind":"List","items":[]}'],
    ['other JSON', '{"a":1}'],
    ['an array', '[{"auths":{}}]'],
    ['a word', 'hello'],
    ['nothing', ''],
    ['gzip', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0])],
    ['more than any Secret holds', `${CONFIG}${' '.repeat(4_200_000)}`],
  ];
  for (const [name, input] of others) {
    it(`leaves ${name} alone`, () => assert.equal(read(input), null));
  }

  it('refuses the auth of an entry, and shows nothing of it', () => {
    assert.throws(
      () => read(Buffer.from('alice:canary-pass').toString('base64')),
      (error: unknown) => {
        assert.ok(error instanceof InputError);
        assert.match(error.message, /auth field/);
        assert.doesNotMatch(error.message, /alice|canary|YWxp/);
        return true;
      },
    );
  });

  it('needs no time for a hostile text', () => {
    const start = performance.now();
    for (const text of [' '.repeat(4_000_000), 'A'.repeat(4_000_000), '{"a":'.repeat(800_000)]) {
      read(text);
      read(`.dockerconfigjson: ${text}`.slice(0, 4_100_000));
    }
    assert.ok(performance.now() - start < 3000);
  });
});
