import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../../src/cli/run.ts';
import { decodedView } from '../../../src/commands/decode-items.ts';
import { fingerprintHash } from '../../../src/commands/fingerprint-hash.ts';
import { Hidden } from '../../../src/words/hidden.ts';
import { testWorld } from '../../rig/world.ts';

const NOW = Date.parse('2026-11-21T04:00:00Z');
const DATA_KEY = '.dockerconfigjson';

const base64 = (text: string) => Buffer.from(text).toString('base64');

function viewOf(entries: object, showSecrets = false) {
  return viewOfContent(JSON.stringify({ auths: entries }), showSecrets);
}

function viewOfContent(text: string, showSecrets = false) {
  const content = base64(text);
  const value = {
    namespace: 'shop',
    name: 'regcred',
    uid: '',
    type: 'kubernetes.io/dockerconfigjson',
    createdAt: NOW - 1000,
    changedAt: null,
    dataKeys: [DATA_KEY],
    data: new Map([[DATA_KEY, new Hidden(content)]]),
    elided: false,
  };
  const answer = { known: true, value } as const;
  const secrets = [{ namespace: 'shop', name: 'regcred', answer, near: null }];
  const found = { groups: [{ user: null, secrets }], problems: [], gaps: [] };
  const settings = { now: NOW, soonMs: 0, hash: fingerprintHash({}), showSecrets };
  return decodedView(found, settings).view.secrets[0];
}

describe('decodedView', () => {
  it('says that a content is empty', () => {
    const secret = viewOfContent('');
    assert.deepEqual(
      secret?.faults.map(({ id }) => id),
      ['content-empty'],
    );
    assert.equal(secret.status, 'no credentials');
  });

  const users: readonly (readonly [string, string, string, string])[] = [
    ['an account', 'alice', 'pass', 'alice'],
    ['a user name that is the password', 'dop_v1_x', 'dop_v1_x', '********'],
    ['a user name that holds the password', 'alice:s3cr3t', 's3cr3t', '********'],
    ['a token on the wrong line', 'ghp_abcdefghijklmnopqrstuvwxyz0123456789', '', '********'],
    ['no user name', '', 'pass', ''],
  ];
  for (const [name, username, password, want] of users) {
    it(`shows of ${name} ${want || 'nothing'}`, () => {
      const entry = viewOf({ 'quay.io': { username, password } })?.entries[0];
      assert.equal(entry?.user, want);
      assert.deepEqual(entry.password, { text: '********', masked: true, length: password.length });
      const shown = viewOf({ 'quay.io': { username, password } }, true)?.entries[0];
      assert.equal(shown?.user, username);
      assert.deepEqual(shown.password, { text: password, masked: false, length: password.length });
    });
  }

  for (const [email, want] of [
    ['alice@corp.example', 'alice@corp.example'],
    ['s3cr3t@corp.example', '********'],
    ['s3cr3t', '********'],
    ['', ''],
  ] as const) {
    it(`shows ${want || 'nothing'} for the email "${email}"`, () => {
      const entry = { username: 'alice', password: 's3cr3t', email };
      assert.equal(viewOf({ 'quay.io': entry })?.entries[0]?.email, want);
    });
  }

  it('masks a password in the key', () => {
    const entries = { 'https://bob:s3cr3t@quay.io': { username: 'bob', password: 'other' } };
    assert.doesNotMatch(JSON.stringify(viewOf(entries)), /s3cr3t/);
  });

  it('has no fingerprint of nothing', () => {
    assert.equal(viewOf({ 'quay.io': {} })?.entries[0]?.fingerprint, null);
  });

  for (const [value, want] of [
    ['hunter2', 'the entry quay.io is not an object'],
    [{ password: ['x'] }, 'password of the entry quay.io is not a text'],
    [{ identitytoken: 'x', email: 1 }, 'email of the entry quay.io is not a text'],
  ] as const) {
    it(`does not call an entry empty that could not be read: ${want}`, () => {
      const secret = viewOf({ 'quay.io': value });
      const faults = [...(secret?.faults ?? []), ...(secret?.entries[0]?.faults ?? [])];
      assert.deepEqual(
        faults.map(({ text }) => text),
        [want],
      );
    });
  }

  it('gives the whole content only where secrets may be shown', () => {
    const entries = { 'quay.io': { username: 'alice', password: 's3cr3t' } };
    assert.equal(viewOf(entries)?.content, null);
    assert.equal(viewOf(entries, true)?.content, JSON.stringify({ auths: entries }));
  });
});

describe('decode -f', () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'imagepull-'));
    const config = { auths: { 'quay.io': { auth: base64('alice:s3cr3t') } } };
    const secret = (name: string, namespace: string) => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name, namespace, labels: { app: name } },
      type: 'kubernetes.io/dockerconfigjson',
      data: { [DATA_KEY]: base64(JSON.stringify(config)) },
    });
    const opaque = { ...secret('opaque', 'a'), type: 'Opaque', data: { password: base64('x') } };
    const items = [secret('one', 'a'), secret('one', 'b'), secret('two', 'b'), opaque];
    const list = { apiVersion: 'v1', kind: 'List', items };
    writeFileSync(join(folder, 'list.json'), JSON.stringify(list));
    writeFileSync(join(folder, 'opaque.json'), JSON.stringify(opaque));
    writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  });

  after(() => rmSync(folder, { recursive: true }));

  async function command(...args: string[]) {
    const world = testWorld({ now: NOW, cwd: folder });
    const code = await run(['decode', ...args], world);
    return { code, out: world.outText(), err: world.errText() };
  }

  const named: readonly (readonly [string[], string])[] = [
    [['-f', 'list.json'], 'a/one b/one b/two'],
    [['-f', 'list.json', '-n', 'b'], 'b/one b/two'],
    [['-f', 'list.json', '-l', 'app=two'], 'b/two'],
    [['one', '-f', 'list.json'], 'a/one b/one'],
    [['one', '-f', 'list.json', '-n', 'a'], 'a/one'],
    [['opaque', '-f', 'list.json'], 'a/opaque'],
    [['-f', 'opaque.json'], 'a/opaque'],
    [['-f', 'list.json', '-f', 'config.json', '-n', 'a'], 'config.json a/one'],
  ];
  for (const [args, want] of named) {
    it(`decode ${args.join(' ')} is about ${want}`, async () => {
      const { code, out } = await command(...args, '-o', 'json');
      const { items } = JSON.parse(out) as {
        items: { namespace: string; name: string; file: string | null }[];
      };
      assert.equal(items.map((i) => i.file ?? `${i.namespace}/${i.name}`).join(' '), want);
      assert.equal(code, 0);
    });
  }

  it('has no names for a docker config', async () => {
    const named = await command('-f', 'config.json', '-o', 'name');
    assert.deepEqual([named.code, named.out], [1, '']);
    assert.match(
      named.err,
      /^error: config\.json: it is a docker config, which has no name to print;/,
    );
    const files = ['-f', 'list.json', '-f', 'config.json', '-n', 'a'];
    const mixed = await command(...files, '-o', 'name');
    assert.deepEqual([mixed.code, mixed.out], [0, 'secret/one\n']);
    assert.match(
      mixed.err,
      /^warning: config\.json: it is a docker config, which has no name to print;/,
    );
    const { code, err } = await command('one', '-f', 'config.json');
    assert.equal(code, 1);
    assert.match(err, /config\.json: it is a docker config, which holds no secrets/);
  });

  it('says that a masked config does not work, and nothing where nothing is masked', async () => {
    const { code, out, err } = await command('-f', 'config.json', '-o', 'dockerconfigjson');
    assert.equal(code, 0);
    assert.match(out, /"password": "\*{8}"/);
    assert.equal(
      err,
      'warning: passwords and tokens are masked: this config does not work; --show-secrets prints them\n',
    );
    const shown = ['-f', 'config.json', '-o', 'dockerconfigjson', '--show-secrets'];
    assert.equal((await command(...shown)).err, '');
  });

  it('gives an entry that holds an identity token alone as it is', async () => {
    const config = { auths: { 'quay.io': { auth: '', identitytoken: 's3cr3t' } } };
    writeFileSync(join(folder, 'identity.json'), JSON.stringify(config));
    const auths = async (...args: string[]) => {
      const { out } = await command('-f', 'identity.json', '-o', 'dockerconfigjson', ...args);
      return (JSON.parse(out) as { auths: object }).auths;
    };
    assert.deepEqual(await auths(), { 'quay.io': { identitytoken: '********' } });
    assert.deepEqual(await auths('--show-secrets'), { 'quay.io': { identitytoken: 's3cr3t' } });
  });

  it('says that a namespace has none', async () => {
    const { code, err } = await command('-f', 'list.json', '-l', 'app=nope', '-n', 'a');
    assert.equal(code, 0);
    assert.equal(err, 'No pull secrets found in a namespace.\n');
  });

  it('keeps fingerprints where the environment gives a key', async () => {
    const prints = async () => {
      const env = { KUBECTL_IMAGEPULL_FINGERPRINT_KEY: 'key of the test' };
      const world = testWorld({ now: NOW, cwd: folder, env });
      await run(['decode', '-f', 'config.json', '-o', 'json'], world);
      return /"fingerprint": "([0-9a-f]{8})"/.exec(world.outText())?.[1];
    };
    assert.ok(await prints());
    assert.equal(await prints(), await prints());
  });
});
