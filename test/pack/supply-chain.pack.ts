/** What the packed binary is made of, and what it needs to run: nothing that is not in it. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readAudit } from '../../scripts/audit.ts';
import { METAFILE } from '../../scripts/build/bundle.ts';
import { bundledPackages } from '../../scripts/pack/bundled.ts';
import { packedBinary } from '../rig/packed.ts';
import { HOST, PACK, ROOT, unpacked, VERSION } from './programs.ts';

/** Licences whose terms a binary with notices fulfils. Another one is for a person to read. */
const ALLOWED = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  'Python-2.0',
];

const metafile = () => JSON.parse(readFileSync(path.join(ROOT, 'dist', METAFILE), 'utf8'));
const packages = () => bundledPackages(metafile(), ROOT);

describe('packed: the supply chain', function () {
  this.timeout(60_000);
  this.slow(10_000);

  it('starts with an empty environment in an empty folder', () => {
    const cwd = mkdtempSync(path.join(tmpdir(), 'kubectl-imagepull-bare-'));
    try {
      for (const args of [['--version'], ['explain', 'TagNotFound'], ['describe', '--help']]) {
        const ran = spawnSync(packedBinary(), args, { cwd, env: {}, encoding: 'utf8' });
        assert.deepEqual([ran.status, ran.stderr], [0, '']);
        assert.notEqual(ran.stdout, '');
      }
      assert.deepEqual(readdirSync(cwd), []);
    } finally {
      rmSync(cwd, { recursive: true });
    }
  });

  it('no bundled package has a script that runs when it is installed', () => {
    const lock = JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8'));
    const entries = Object.entries(
      lock.packages as Record<
        string,
        { version?: string; hasInstallScript?: boolean; integrity?: string }
      >,
    );
    for (const { name, version } of packages()) {
      const found = entries.filter(
        ([at, one]) => at.endsWith(`node_modules/${name}`) && one.version === version,
      );
      assert.notEqual(found.length, 0, `${name} ${version} is not in package-lock.json`);
      for (const [at, one] of found) {
        assert.ok(!one.hasInstallScript, at);
        assert.match(one.integrity ?? '', /^sha512-/, at);
      }
    }
  });

  it('every bundled package has a licence on the list, with its text in the notices', () => {
    assert.ok(HOST);
    const folder = path.dirname(unpacked(HOST));
    const notices = readFileSync(path.join(folder, 'THIRD-PARTY-NOTICES'), 'utf8');
    const made = packages();
    assert.ok(made.length > 10, `${made.length} packages`);
    for (const { name, version, license, texts } of made) {
      const words = license.replaceAll(/[()]/g, '').split(/ (?:AND|OR) /);
      assert.deepEqual(
        words.filter((word) => !ALLOWED.includes(word)),
        [],
        `${name} ${version}`,
      );
      assert.ok(notices.includes(`\n${name} ${version} (${license})\n`), name);
      for (const text of texts) assert.ok(notices.includes(text), `${name}: its text`);
    }
    const named = [...notices.matchAll(/^={80}\n\n(\S+) (\S+) \(/gm)].map(
      ([, name, version]) => `${name}@${version}`,
    );
    assert.deepEqual(
      named.toSorted(),
      made.map(({ name, version }) => `${name}@${version}`).toSorted(),
    );
  });

  it('the SBOM lists what the metafile says, and Node, and nothing else', () => {
    const file = path.join(PACK, `kubectl-imagepull_v${VERSION}.cdx.json`);
    const { components } = JSON.parse(readFileSync(file, 'utf8')) as {
      components: { type: string; purl?: string; 'bom-ref': string; version: string }[];
    };
    const npm = components.flatMap(({ purl }) =>
      purl?.startsWith('pkg:npm/') ? [decodeURIComponent(purl)] : [],
    );
    const made = packages().map(({ name, version }) => `pkg:npm/${name}@${version}`);
    assert.deepEqual(npm.toSorted(), made.toSorted());
    const rest = components.filter(({ purl }) => !purl?.startsWith('pkg:npm/'));
    for (const { 'bom-ref': ref, version } of rest) {
      const name = ref === 'node' ? 'node' : /^node\/(\w+)$/.exec(ref)?.[1];
      assert.equal(version, process.versions[name ?? ''], ref);
    }
  });

  it('no byte of the bundle comes from elsewhere than src, packages and our stand-ins', () => {
    const { outputs } = metafile() as {
      outputs: Record<string, { inputs: Record<string, { bytesInOutput: number }> }>;
    };
    const inputs = Object.values(outputs).flatMap((output) =>
      Object.entries(output.inputs).flatMap(([name, { bytesInOutput }]) =>
        bytesInOutput > 0 ? [name] : [],
      ),
    );
    const strange = inputs.filter((name) => !/^(?:src\/|(?:.*\/)?node_modules\/)/.test(name));
    // scripts/build/slim.ts.
    assert.deepEqual(
      strange.filter((name) => !/^(?:stand-in|string-width):/.test(name)),
      [],
    );
  });

  it('the same sources give the same bundle, in a clean copy elsewhere and once more', () => {
    const { stdout } = spawnSync(packedBinary(), ['--version'], { encoding: 'utf8' });
    const [, commit = ''] = /\(commit (\S+),/.exec(stdout) ?? [];
    const script = `import { bundle } from './scripts/build/bundle.ts';
      const [version, commit] = process.argv.slice(1);
      await bundle('src/main.ts', 'bundle.cjs', { version, commit });`;
    const copy = path.join(mkdtempSync(path.join(tmpdir(), 'kubectl-imagepull-copy-')), 'clean');
    const made = () => {
      for (const name of ['src', 'scripts', 'package.json', 'tsconfig.json']) {
        cpSync(path.join(ROOT, name), path.join(copy, name), { recursive: true });
      }
      symlinkSync(realpathSync(path.join(ROOT, 'node_modules')), path.join(copy, 'node_modules'));
      const args = ['--input-type=module', '-e', script, VERSION, commit];
      const { status, stderr } = spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8' });
      assert.equal(status, 0, stderr);
      const bytes = readFileSync(path.join(copy, 'bundle.cjs'));
      rmSync(copy, { recursive: true });
      return createHash('sha256').update(bytes).digest('hex');
    };
    try {
      const ours = readFileSync(path.join(ROOT, 'dist/kubectl-imagepull.cjs'));
      const packed = createHash('sha256').update(ours).digest('hex');
      assert.deepEqual([made(), made()], [packed, packed]);
    } finally {
      rmSync(path.dirname(copy), { recursive: true });
    }
  });

  it('what npm audit says is told from an audit that could not be asked', () => {
    const clean = { auditReportVersion: 2, vulnerabilities: {}, metadata: {} };
    assert.deepEqual(readAudit(JSON.stringify(clean)), { kind: 'clean' });
    const one = { name: 'yargs', severity: 'high', via: [{ title: 'it reads too much' }, 'y18n'] };
    assert.deepEqual(readAudit(JSON.stringify({ ...clean, vulnerabilities: { yargs: one } })), {
      kind: 'found',
      lines: ['yargs (high): it reads too much; y18n'],
    });
    for (const text of [
      '',
      '<html>',
      '{"error":{"code":"E405"}}',
      '{"message":"405 Method Not Allowed"}',
      '{"vulnerabilities":{}}',
    ]) {
      assert.equal(readAudit(text).kind, 'not asked', text);
    }
  });
});
