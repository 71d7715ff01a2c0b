/** Error sentences of the kubelet's own code (test/keyring/oracle, Kubernetes 1.37.1). */
import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { readConfig, readSecret } from '../../../src/credentials/docker-config.ts';

const JSON_TYPE = 'kubernetes.io/dockerconfigjson';

function secret(text: string, type = JSON_TYPE, key = '.dockerconfigjson') {
  return readSecret({ type, data: { [key]: Buffer.from(text).toString('base64') } });
}

function dockercfg(text: string) {
  return secret(text, 'kubernetes.io/dockercfg', '.dockercfg');
}

/** The only entry of a config. */
function entry(written: unknown) {
  const config = secret(JSON.stringify({ auths: { 'us.icr.io': written } }));
  assert.ok(config.kind === 'read');
  const [only] = config.entries;
  assert.ok(only !== undefined && config.entries.length === 1);
  return only;
}

describe('readSecret', () => {
  describe('passes over', () => {
    it('another type', () =>
      assert.deepEqual(secret('{"auths":1}', 'Opaque'), { kind: 'ignored', why: 'type' }));
    it('no type', () => assert.deepEqual(readSecret({}), { kind: 'ignored', why: 'type' }));
    it('a type that is a name of every object', () =>
      assert.deepEqual(readSecret({ type: 'constructor' }), { kind: 'ignored', why: 'type' }));
    it('another data key', () =>
      assert.deepEqual(secret('{}', JSON_TYPE, 'config.json'), {
        kind: 'ignored',
        why: 'no data key',
      }));
    it('no data', () =>
      assert.deepEqual(readSecret({ type: JSON_TYPE }), { kind: 'ignored', why: 'no data key' }));
    it('empty data', () => assert.deepEqual(secret(''), { kind: 'ignored', why: 'empty' }));
  });

  describe('breaks on', () => {
    const ENTRY_TYPE = 'credentialprovider.dockerConfigEntryWithAuth';
    for (const [text, error, at, fault] of [
      ['{"auths":', 'unexpected end of JSON input', null, 'syntax'],
      ['\ufeff{}', "invalid character '\u00ef' looking for beginning of value", null, 'syntax'],
      [
        '[]',
        'json: cannot unmarshal array into Go value of type credentialprovider.DockerConfigJSON',
        null,
        'shape',
      ],
      [
        '{"auths":[]}',
        'json: cannot unmarshal array into Go struct field DockerConfigJSON.auths of type credentialprovider.DockerConfig',
        null,
        'shape',
      ],
      [
        '{"auths":{"a.io":"dTpw"}}',
        `json: cannot unmarshal string into Go struct field DockerConfigJSON.auths of type ${ENTRY_TYPE}`,
        'a.io',
        'shape',
      ],
      [
        '{"auths":{"a.io":{"Password":12345}}}',
        'json: cannot unmarshal number into Go struct field DockerConfigJSON.auths.password of type string',
        'a.io',
        'shape',
      ],
      [
        '{"auths":{"a.io":{"auth":"anVzdA=="}}}',
        'unable to parse auth field, must be formatted as base64(username:password)',
        'a.io',
        'colon',
      ],
      ['{"auths":{"a.io":{"auth":"%"}}}', 'illegal base64 data at input byte 0', 'a.io', 'base64'],
      [
        '{"HttpHeaders":{"a":1},"auths":{"a.io":{}}}',
        'json: cannot unmarshal number into Go struct field DockerConfigJSON.HttpHeaders of type string',
        null,
        'shape',
      ],
      [
        '{"HttpHeaders":[],"auths":{"a.io":{"auth":"%"}}}',
        'illegal base64 data at input byte 0',
        'a.io',
        'base64',
      ],
    ] as const) {
      it(text, () => {
        const content = secret(text);
        assert.ok(content.kind === 'broken');
        assert.deepEqual([content.error, content.entry, content.fault], [error, at, fault]);
      });
    }

    it('a password that is a number, in a dockercfg', () => {
      const content = dockercfg('{"a.io":{"password":1}}');
      assert.ok(content.kind === 'broken');
      assert.equal(
        content.error,
        'json: cannot unmarshal number into Go struct field dockerConfigEntryWithAuth.password of type string',
      );
    });

    it('data that is no base64', () => {
      const content = readSecret({ type: JSON_TYPE, data: { '.dockerconfigjson': 'e30' } });
      assert.ok(content.kind === 'broken');
      assert.deepEqual(
        [content.error, content.fault],
        ['illegal base64 data at input byte 0', 'data'],
      );
    });

    it('one entry, and still says what the others are', () => {
      const content = secret('{"auths":{"a.io":{"auth":"%"},"b.io":{"username":"ada"}}}');
      assert.ok(content.kind === 'broken');
      assert.deepEqual(
        content.entries.map(({ key, username, fault }) => [key, username, fault?.fault ?? null]),
        [
          ['a.io', '', 'base64'],
          ['b.io', 'ada', null],
        ],
      );
    });
  });

  describe('reads', () => {
    it('auth before username and password, and keeps all three', () => {
      const read = entry({ username: 'u1', password: 'p1', auth: 'dTI6cDI=', email: 'a@b.c' });
      assert.deepEqual([read.username, read.password.reveal(), read.from], ['u2', 'p2', 'auth']);
      assert.equal(read.written.username, 'u1');
      assert.equal(read.written.password?.reveal(), 'p1');
      assert.equal(read.written.auth?.reveal(), 'dTI6cDI=');
      assert.equal(read.written.email, 'a@b.c');
    });

    it('username and password where auth is empty', () => {
      const read = entry({ username: 'u', password: 'p', auth: '' });
      assert.deepEqual([read.username, read.from], ['u', 'username and password']);
    });

    it('an entry of tokens as one of nothing', () => {
      const read = entry({ identitytoken: 'fake-token', registrytoken: 'fake', account: 'x' });
      assert.deepEqual([read.username, read.password.length, read.from], ['', 0, 'nothing']);
      assert.equal(read.written.identitytoken?.reveal(), 'fake-token');
      assert.deepEqual(read.written.others, ['account']);
    });

    it('null for nothing, and null after a value as the value', () => {
      assert.equal(entry(null).from, 'nothing');
      const content = secret('{"auths":{"a":{"username":"ada","username":null}}}');
      assert.ok(content.kind === 'read');
      assert.equal(content.entries[0]?.username, 'ada');
    });

    it('bytes that are no UTF-8', () => {
      const read = entry({ auth: Buffer.from([0x75, 0x3a, 0xff, 0x78]).toString('base64') });
      assert.deepEqual([read.password.reveal(), read.notUtf8], ['\ufffdx', true]);
    });

    it('the last of repeated keys, two auths as one, and null as none', () => {
      const text = '{"auths":{"a":{"username":"1"},"b":{},"a":{"username":"2"}},"AUTHS":{"c":{}}}';
      const content = secret(text);
      assert.ok(content.kind === 'read');
      assert.deepEqual(
        content.entries.map(({ key, username, repeated }) => [key, username, repeated]),
        [
          ['b', '', false],
          ['a', '2', true],
          ['c', '', false],
        ],
      );
      const emptied = secret('{"auths":{"a":{}},"auths":null}');
      assert.deepEqual(emptied.kind === 'read' && emptied.entries, []);
    });

    it('what only docker uses', () => {
      const text =
        '{"auths":{},"credsStore":"desktop","credHelpers":{"gcr.io":"gcloud"},"HttpHeaders":{"X-A":"1"}}';
      const content = secret(text);
      assert.ok(content.kind === 'read');
      assert.equal(content.credsStore, 'desktop');
      assert.deepEqual(content.credHelpers, ['gcr.io']);
      assert.deepEqual(content.httpHeaders, ['X-A']);
      assert.deepEqual(content.topLevel, ['auths', 'credsStore', 'credHelpers', 'HttpHeaders']);
    });

    it('names at the top where auths is missing', () => {
      const content = secret('{"us.icr.io":{"auth":"YTpi"}}');
      assert.ok(content.kind === 'read');
      assert.deepEqual([content.entries, content.topLevel], [[], ['us.icr.io']]);
    });

    it('a dockercfg, which has no auths around', () => {
      const content = dockercfg('{"us.icr.io":{"auth":"YTpi"}}');
      assert.ok(content.kind === 'read');
      assert.deepEqual(
        content.entries.map(({ key, username }) => [key, username]),
        [['us.icr.io', 'a']],
      );
    });
  });

  it('shows no password, wherever it stands', () => {
    const fake = 'canary-7f3a';
    const auth = Buffer.from(`ada:${fake}`).toString('base64');
    const text = JSON.stringify({
      auths: {
        [`https://ada:${fake}@us.icr.io`]: { auth, password: fake, identitytoken: fake },
        'quay.io': { password: [fake] },
        'ghcr.io': { auth: fake, registrytoken: fake },
      },
      HttpHeaders: { a: fake },
    });
    const contents = [secret(text), readConfig(text, 'dockercfg'), secret(text.slice(0, -1))];
    const shown = JSON.stringify(contents) + inspect(contents, { depth: 9 }) + String(contents);
    assert.ok(!shown.includes(fake));
    assert.ok(!shown.includes(auth));
    assert.ok(shown.includes('quay.io'));
  });
});
