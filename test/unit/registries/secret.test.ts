import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { impossibleName } from '../../../src/credentials/faults/index.ts';
import { REGISTRIES, registryById, registryOf } from '../../../src/registries/index.ts';
import { secretCommand, secretNameFor } from '../../../src/registries/secret.ts';
import { type TempFolder, tempFolder } from '../../rig/temp.ts';

/** Keeps its arguments, and what it is to read from the pipe. */
const KUBECTL = `#!/bin/sh
printf '%s\\n' "$*" >> "$OUT/args"
case "$*" in
*create*) cat /dev/stdin > "$OUT/config.json"; echo 'kind: Secret' ;;
*) cat > "$OUT/applied" ;;
esac
`;

const PASSWORD = `p%s'"\\n$HOME\`x\`-_=+/${'x'.repeat(2000)}`;

describe('secretNameFor', () => {
  const LONG = `${'a'.repeat(60)}.`.repeat(4);
  for (const [host, name] of [
    ['a.azurecr.io', 'pull-a.azurecr.io'],
    ['Reg.Example', 'pull-reg.example'],
    ['reg.example:5000', 'pull-reg.example.5000'],
    ['localhost:5000', 'pull-localhost.5000'],
    ['10.0.0.1:5000', 'pull-10.0.0.1.5000'],
    ['[2001:db8::1]:5000', 'pull-ip-2001-db8--1-ip.5000'],
    ['[fe80::]', 'pull-ip-fe80---ip'],
    [`${LONG}io`, `pull-${LONG}io`],
    [`${LONG}example:5000`, null],
    ['a'.repeat(100_000), null],
    ["x'; touch evil", null],
    ['', null],
  ] as const) {
    it(`${host.slice(0, 40)}: ${name?.slice(0, 40)}`, () => {
      assert.equal(secretNameFor(host), name);
      assert.ok(name === null || (name.length <= 253 && impossibleName(name) === null));
    });
  }
});

describe('secretCommand', () => {
  let folder: TempFolder;
  beforeEach(() => {
    folder = tempFolder();
    chmodSync(folder.write('kubectl', KUBECTL), 0o755);
    const prints = `#!/bin/sh\necho "$0 $*" >> "$OUT/asked"\ncat "$OUT/password"\n`;
    for (const tool of ['aws']) chmodSync(folder.write(tool, prints), 0o755);
    folder.write('password', `${PASSWORD}\n`);
  });
  afterEach(() => folder.remove());

  function run(command: string): { config: unknown; args: string } {
    const { path } = folder;
    const env = { PATH: `${path}:/usr/bin:/bin`, OUT: path };
    const done = spawnSync('bash', ['-c', command], { env, input: `${PASSWORD}\n`, cwd: path });
    assert.equal(done.status, 0, done.stderr.toString());
    assert.equal(readFileSync(join(path, 'applied'), 'utf8'), 'kind: Secret\n');
    return {
      config: JSON.parse(readFileSync(join(path, 'config.json'), 'utf8')),
      args: readFileSync(join(path, 'args'), 'utf8'),
    };
  }

  for (const [host, key, user] of [
    ['123456789012.dkr.ecr.eu-central-1.amazonaws.com', null, 'AWS'],
    ['public.ecr.aws', null, 'AWS'],
    ['docker.io', 'https://index.docker.io/v1/', 'USER'],
    ['nvcr.io', null, '$oauthtoken'],
    ['ghcr.io', null, 'USER'],
    ['cp.icr.io', null, 'cp'],
    ['registry.corp.example:5000', null, 'USER'],
    ['[2001:db8::1]:5000', null, 'USER'],
  ] as const) {
    it(`${host}: bash writes the entry, and no command line holds the password`, () => {
      const { registry, region } = registryOf(host);
      const place = { host, region, namespace: 'team-a', secret: 'pull' };
      const { config, args } = run(secretCommand(registry, place) ?? 'false');
      const auth = Buffer.from(`${user}:${PASSWORD}`).toString('base64');
      assert.deepEqual(config, { auths: { [key ?? host]: { auth } } });
      assert.match(args, /create secret generic pull -n team-a /);
      // What others wrote is not taken from them.
      assert.match(args, /^apply --server-side --field-manager=kubectl-imagepull -f -$/m);
      assert.ok(!args.includes('p%s'));
    });
  }

  it('asks the registry of the right region', () => {
    const host = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
    const place = { host, region: 'eu-central-1', namespace: 'a', secret: 'b' };
    run(secretCommand(registryById('ecr'), place) ?? 'false');
    assert.match(readFileSync(join(folder.path, 'asked'), 'utf8'), /--region eu-central-1$/m);
  });

  it('writes nothing where the tool prints no token', () => {
    folder.write('password', '');
    const command = secretCommand(registryById('ecr'), {
      host: '123456789012.dkr.ecr.eu-central-1.amazonaws.com',
      region: 'eu-central-1',
      namespace: 'a',
      secret: 'b',
    });
    const env = { PATH: `${folder.path}:/usr/bin:/bin`, OUT: folder.path };
    spawnSync('bash', ['-c', command ?? 'false'], { env });
    assert.ok(existsSync(join(folder.path, 'asked')));
    assert.ok(!existsSync(join(folder.path, 'args')));
  });

  it('never runs what a name says', () => {
    for (const registry of REGISTRIES) {
      for (const evil of [
        "'; touch evil; '",
        '$(touch evil)',
        '`touch evil`',
        '"}evil',
        '\nevil',
        '%evil',
      ]) {
        const place = { host: evil, region: evil, namespace: evil, secret: evil };
        const command = secretCommand(registry, place) ?? '';
        assert.ok(!command.includes(evil), registry.id);
      }
    }
    assert.ok(!existsSync(join(folder.path, 'evil')));
  });

  it('names what is not known in capitals', () => {
    const command = secretCommand(registryById('acr'), {
      host: null,
      namespace: null,
      secret: null,
    });
    assert.match(command ?? '', /"HOST":.*printf 'USER:%s'.* SECRET -n NAMESPACE /);
  });

  it('makes none where all is public', () => {
    for (const id of ['kubernetes', 'mcr', 'elastic'] as const) {
      assert.equal(
        secretCommand(registryById(id), { host: null, namespace: null, secret: null }),
        null,
      );
    }
  });
});
