/** The packed binary contacts the API server and the registries it is asked about, and nothing else; it writes no file. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VERBS } from '../../src/cli/verbs.ts';
import type { VerbName } from '../../src/words/verbs.ts';
import { type CanaryLab, startCanaryLab } from '../rig/canary-lab.ts';
import { runPacked } from '../rig/packed.ts';
import { type Contact, contacts, written } from '../rig/strace.ts';
import { isDebian } from './programs.ts';

type Peer = 'api' | 'registry' | 'ibm';

interface Line {
  readonly args: readonly string[];
  /** Whom it must reach; it may reach nobody else. */
  readonly peers: readonly Peer[];
}

/** For each verb, and for what the shell completes. A verb that is not here does not compile. */
const LINES: Readonly<Record<VerbName | '__complete', (lab: CanaryLab) => readonly Line[]>> = {
  describe: ({ registryFlags, objects }) => [
    { args: ['-A'], peers: ['api'] },
    { args: ['-f', objects], peers: [] },
    { args: ['tale-8', '--verify', ...registryFlags], peers: ['api', 'registry'] },
  ],
  verify: ({ registryFlags, ibmFlags, objects }) => [
    { args: ['tale-4', ...registryFlags], peers: ['api', 'registry'] },
    { args: ['-f', objects, 'tale-0', ...registryFlags], peers: ['registry'] },
    { args: ['ibm', ...ibmFlags], peers: ['api', 'ibm'] },
  ],
  secrets: () => [{ args: ['-A'], peers: ['api'] }],
  decode: ({ objects }) => [
    { args: ['plain'], peers: ['api'] },
    { args: ['-f', objects], peers: [] },
  ],
  explain: ({ messages }) => [{ args: [messages[0] ?? ''], peers: [] }],
  completion: () => [{ args: ['bash'], peers: [] }],
  __complete: () => [
    { args: ['describe', ''], peers: ['api'] },
    { args: ['decode', ''], peers: ['api'] },
  ],
};

/** Devices and the process itself; a stream that is no file. */
const NO_FILE = /^(?:\/dev\/|\/proc\/self\/|pipe:|socket:)/;

describe('packed: what it touches', function () {
  this.timeout(60_000);
  this.slow(20_000);
  let lab: CanaryLab | undefined;

  before(async function () {
    if (process.platform !== 'linux') return this.skip();
    const { status } = spawnSync('strace', ['-f', '-o', '/dev/null', 'true']);
    if (status !== 0) {
      const why = 'strace does not run here: apt-get install strace, and ptrace must be allowed';
      // Where it can be installed, leaving it out would hide a connection to somebody else.
      assert.ok(!(isDebian() && process.getuid?.() === 0), why);
      process.stderr.write(`      (${why})\n`);
      return this.skip();
    }
    lab = await startCanaryLab();
  });

  after(() => lab?.close());

  function peerOf(contact: Contact, { api, registry, ibm, storage }: CanaryLab): Peer | string {
    const { family, address, port } = contact;
    const own = family === 'AF_INET' && address === '127.0.0.1';
    if (own && port === api.port) return 'api';
    if (own && (port === registry.port || port === storage.port)) return 'registry';
    if (own && port === Number(new URL(ibm.url).port)) return 'ibm';
    return `${family} ${address}:${port}`;
  }

  for (const verb of [...VERBS.map(({ name }) => name), '__complete'] as const) {
    it(`${verb}: nobody else is contacted, nothing is written`, async () => {
      assert.ok(lab);
      const { folder, env, logins } = lab;
      const home = join(folder.path, 'home');
      for (const [i, { args, peers }] of LINES[verb](lab).entries()) {
        const trace = join(folder.path, `trace-${verb}-${i}`);
        const under = ['strace', '-f', '-qq', '-s', '4096', '-o', trace];
        const calls =
          'connect,sendto,sendmsg,open,openat,creat,rename,renameat2,mkdir,mkdirat,unlink,unlinkat';
        const login = verb === 'explain' || verb === 'completion' ? [] : (logins[0]?.flags ?? []);
        const before = readdirSync(folder.path);
        const words =
          verb === '__complete' ? [...args.slice(0, -1), ...login, ''] : [...args, ...login];
        const ran = await runPacked([verb, ...words], {
          env: { ...env, HOME: home },
          cwd: folder.path,
          under: [...under, '-e', `trace=${calls}`],
          limitMs: 40_000,
        });
        assert.ok([0, 3, 4].includes(ran.status ?? -1), ran.stderr);
        const text = readFileSync(trace, 'utf8');
        assert.match(text, /openat\(/, 'strace saw nothing');
        const met = new Set(contacts(text).map((one) => peerOf(one, lab as CanaryLab)));
        const what = `${verb} ${args.join(' ')}`;
        // A completion may be out of time before it has asked, on a machine that traces.
        if (verb === '__complete') for (const peer of peers) met.add(peer);
        assert.deepEqual([...met].toSorted(), [...peers].toSorted(), what);
        assert.deepEqual(
          written(text).filter((path) => !NO_FILE.test(path)),
          [],
          what,
        );
        const made = readdirSync(folder.path).filter((name) => !before.includes(name));
        assert.deepEqual(made, [`trace-${verb}-${i}`], what);
      }
    });
  }
});
