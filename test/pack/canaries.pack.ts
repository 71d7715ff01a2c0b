/** No secret leaves the packed binary: every verb, every format, with `-v 9` and without, whatever goes wrong. */
import assert from 'node:assert/strict';
import { flagsOf } from '../../src/cli/flags.ts';
import { formatsOf } from '../../src/cli/values.ts';
import { VERBS } from '../../src/cli/verbs.ts';
import { SHELLS } from '../../src/words/completion.ts';
import type { VerbName } from '../../src/words/verbs.ts';
import { type CanaryLab, startCanaryLab } from '../rig/canary-lab.ts';
import { type Login, PLUGIN_SAYS } from '../rig/canary-logins.ts';
import { inTurns, type PackedRan, runPacked } from '../rig/packed.ts';

interface Line {
  readonly args: readonly string[];
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Exit codes, where others than those of an answer. */
  readonly codes?: readonly number[];
  /** Formats that it takes, where not all of the verb. */
  readonly formats?: readonly string[];
}

/** Runs at once: a run mostly waits for servers that share this process. */
const WIDTH = 4;
const ANSWERED = [0, 3, 4];

/** What each verb is asked, without login and format. A verb that is not here does not compile. */
const LINES: Readonly<Record<VerbName, (lab: CanaryLab) => readonly Line[]>> = {
  describe: ({ pods, objects, registryFlags, dockerConfig }) => [
    { args: ['-A'] },
    { args: [...pods] },
    { args: ['-f', objects] },
    { args: ['-A', '--verify', ...registryFlags, '--docker-config', dockerConfig] },
    { args: ['-w', '--timeout', '300ms'], codes: [1] },
  ],
  verify: ({ host, objects, registryFlags, ibmFlags, dockerConfig, proxied, stdin }) => {
    const own = ['--registry-username', 'carol', '--password-stdin'];
    const image = ['--image', `${host}/case0/team/app:1`];
    return [
      { args: ['-A', ...registryFlags, '--docker-config', dockerConfig] },
      { args: ['-f', objects, 'tale-0', ...registryFlags] },
      { args: [...image, ...own, ...registryFlags], stdin: `${stdin}\n` },
      { args: ['ibm', ...ibmFlags] },
      { args: ['tale-0', ...registryFlags], env: proxied },
      {
        args: ['tale-0', '--from-node', '--node', 'n1', '--dry-run', 'client'],
        formats: ['json', 'name', 'wide', 'yaml'],
      },
    ];
  },
  secrets: ({ pods, objects }) => [
    { args: ['-A'] },
    { args: [...pods] },
    { args: ['-f', objects] },
  ],
  decode: ({ objects, dockerConfig }) => [
    { args: ['-A'] },
    { args: ['secret/plain', 'secret/legacy', 'pod/tale-0'] },
    { args: ['-f', objects] },
    { args: ['-f', dockerConfig], formats: ['json', 'wide', 'yaml'] },
  ],
  explain: ({ messages }) => messages.map((message) => ({ args: [message] })),
  completion: () => [[], ...SHELLS.map((shell) => [shell])].map((args) => ({ args })),
};

/** Empty for the table. */
const formatOf = (args: readonly string[]) => args[args.indexOf('-o') + 1 || args.length] ?? '';

const NAMES = VERBS.map(({ name }) => name);
const takes = (verb: VerbName, flag: string) => flagsOf(verb).some(({ name }) => name === flag);
const CLUSTER_VERBS = NAMES.filter((verb) => takes(verb, 'kubeconfig'));

describe('packed: no secret is told', function () {
  this.timeout(120_000);
  this.slow(30_000);
  let lab: CanaryLab;
  let token: Login;
  let runs = 0;

  before(async () => {
    lab = await startCanaryLab();
    const [first] = lab.logins;
    assert.ok(first);
    token = first;
  });

  after(async () => {
    process.stdout.write(
      `      (${runs} runs, ${lab.canaries.planted.length} secrets, ${lab.logins.length} logins)\n`,
    );
    await lab.close();
  });

  beforeEach(() => {
    lab.api.faults.length = 0;
  });

  async function run({ args, stdin, env }: Line): Promise<PackedRan> {
    runs++;
    return await runPacked(args, {
      env: { ...lab.env, ...env },
      cwd: lab.folder.path,
      ...(stdin !== undefined && { stdin }),
    });
  }

  /** What a login plugin writes itself goes to the terminal untouched, as with kubectl. */
  function assertSilent({ args }: Line, { stdout, stderr }: PackedRan): void {
    const ours = stderr.replaceAll(new RegExp(`^${PLUGIN_SAYS}.*$`, 'gm'), '');
    for (const text of [stdout, ours]) {
      const found = lab.canaries.in(text);
      if (found.length === 0) continue;
      const lines = text.split('\n').filter((line) => lab.canaries.in(line).length > 0);
      assert.fail(`${found.join(' ')}: ${args.join(' ')}\n${lines.join('\n')}`);
    }
  }

  /** Every line in every format; the first with `-v 9` and without, of the others every second. */
  function matrix(verb: VerbName): Line[] {
    const flags = takes(verb, 'kubeconfig') ? token.flags : [];
    return LINES[verb](lab).flatMap((line, i) => {
      const formats = takes(verb, 'output') ? ['', ...(line.formats ?? formatsOf(verb))] : [''];
      return formats.flatMap((format, j) => {
        const args = [verb, ...line.args, ...flags, ...(format === '' ? [] : ['-o', format])];
        const loud = { ...line, args: [...args, '-v', '9'] };
        if (!takes(verb, 'v')) return [{ ...line, args }];
        if (i === 0) return [{ ...line, args }, loud];
        return (i + j) % 2 === 0 ? [loud] : [{ ...line, args }];
      });
    });
  }

  for (const verb of NAMES) {
    it(`${verb}, in every format`, async () => {
      const lines = matrix(verb);
      const silent = new Set(lines.map(({ args }) => formatOf(args)));
      await inTurns(lines, WIDTH, async (line) => {
        const ran = await run(line);
        const codes = line.codes ?? ANSWERED;
        assert.ok(codes.includes(ran.status ?? -1), `${line.args.join(' ')}\n${ran.stderr}`);
        assertSilent(line, ran);
        if (ran.stdout !== '') silent.delete(formatOf(line.args));
      });
      assert.deepEqual([...silent], [], 'formats in which nothing was printed');
    });
  }

  it('every verb with every login, good and bad', async () => {
    const few = (verb: VerbName) => (verb === 'verify' ? ['tale-0', ...lab.registryFlags] : ['-A']);
    const lines = lab.logins.flatMap((login, i) =>
      CLUSTER_VERBS.map((verb, j) => ({
        login,
        args: [verb, ...few(verb), ...login.flags, ...((i + j) % 2 === 0 ? ['-v', '9'] : [])],
        env: { KUBECTL_IMAGEPULL_DEBUG: '1' },
      })),
    );
    await inTurns(lines, WIDTH, async (line) => {
      const ran = await run(line);
      assert.equal(ran.status === 1, !line.login.good, `${line.login.name}\n${ran.stderr}`);
      assertSilent(line, ran);
    });
  });

  for (const code of [401, 403, 500]) {
    it(`every login before a server that answers ${code} and says it again`, async () => {
      lab.api.faults.push({ fault: { kind: 'echo', code } });
      const lines = lab.logins.map((login, i) => ({
        args: ['describe', '-A', ...login.flags, ...(i % 2 === 0 ? ['-v', '9'] : [])],
      }));
      let echoed = 0;
      await inTurns(lines, WIDTH, async (line) => {
        const ran = await run(line);
        if (ran.stderr.includes('is wrong')) echoed++;
        assertSilent(line, ran);
      });
      assert.ok(echoed > 5, `${echoed} echoes`);
    });
  }

  it('flags with a secret where none belongs', async () => {
    const image = ['--image', `${lab.host}/case0/team/app:1`];
    const lines = lab.misused.map((flags) => ({
      args: ['verify', ...(flags.includes('--image') ? [] : image), ...flags, ...token.flags],
    }));
    await inTurns(lines, WIDTH, async (line) => {
      const ran = await run(line);
      assert.notEqual(ran.status, 0);
      assertSilent(line, ran);
    });
  });

  it('what the shell completes, with nothing on standard error', async () => {
    const lines = lab.logins.flatMap((login, i) => [
      { args: ['__complete', NAMES[i % NAMES.length] ?? '', ...login.flags, ''] },
      { args: ['__complete', 'decode', ...login.flags, ''] },
    ]);
    const more = NAMES.map((verb) => ({ args: ['__complete', verb, '--'] }));
    await inTurns([...lines, ...more], WIDTH, async (line) => {
      const ran = await run(line);
      assert.deepEqual([ran.status, ran.stderr], [0, '']);
      assert.match(ran.stdout, /:\d+\n$/);
      assertSilent(line, ran);
    });
  });

  it('decode --show-secrets alone tells, and only what stands in the Secret', async () => {
    const own = lab.canaries.planted.filter((text) => /^(?:plain|identity|header)\+/.test(text));
    assert.equal(own.length, 3);
    const [password = ''] = own;
    for (const format of ['', ...formatsOf('decode')]) {
      const flags = format === '' ? [] : ['-o', format];
      const line = ['decode', 'plain', '--show-secrets', ...token.flags, ...flags, '-v', '9'];
      const { status, stdout, stderr } = await run({ args: line });
      assert.equal(status, 0, stderr);
      assert.deepEqual(lab.canaries.in(stderr), []);
      const told = lab.canaries.in(stdout);
      assert.deepEqual(
        told.filter((text) => !own.includes(text)),
        [],
        format,
      );
      if (format !== 'name') assert.ok(told.includes(password), format);
    }
  });

  it('had something to tell: every secret stood where a command read it', () => {
    const found = lab.canaries.in(lab.placed());
    // These three are in answers, not in what was asked.
    const answered = /^realm\+|MUST-NOT-BE-SHOWN/;
    const missing = lab.canaries.planted.filter((one) => !found.includes(one));
    assert.deepEqual(
      missing.filter((one) => !answered.test(one)),
      [],
    );
    assert.ok(lab.ibm.calls.length > 0 && lab.proxy.visits.length > 0);
    const seen = lab.registry.visits.map(({ authorization }) => authorization ?? '').join('\n');
    for (const place of ['plain', 'path', 'own', 'stdin', 'token']) {
      assert.ok(
        lab.canaries.in(seen).some((one) => one.startsWith(`${place}+`)),
        place,
      );
    }
  });
});
