import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { load } from 'js-yaml';
import { explain } from '../../../src/commands/explain.ts';
import { CAUSE_NAMES, type CauseName } from '../../../src/words/cause.ts';
import { InputError, UsageError } from '../../../src/words/errors.ts';
import type { ExplainOptions } from '../../../src/words/options.ts';
import { testWorld } from '../../rig/world.ts';

const TEST = join(import.meta.dirname, '..', '..');
const SCHEMA = join(TEST, '..', 'docs/schema/reading-list.json');
const UNAUTHORIZED =
  'Failed to pull image "us.icr.io/shop/web:1": failed to pull and unpack image "us.icr.io/shop/web:1": failed to resolve image: failed to authorize: failed to fetch oauth token: unexpected status from GET request to https://us.icr.io/oauth/token?scope=repository%3Ashop%2Fweb%3Apull&service=registry: 401 Unauthorized';

async function run(given: Partial<ExplainOptions>, stdin?: string | Buffer): Promise<string> {
  const world = testWorld(stdin === undefined ? { cwd: TEST } : { cwd: TEST, stdin });
  const options: ExplainOptions = {
    filenames: [],
    output: 'table',
    noHeaders: false,
    color: 'never',
    ...given,
  };
  assert.equal(await explain(options, world), 0);
  return world.outText();
}

interface Items {
  readonly kind: string;
  readonly items: readonly {
    readonly message: string;
    readonly cause: string;
    readonly certainty: string;
    readonly alternatives: readonly string[];
    readonly image: string | null;
  }[];
}

describe('explain', () => {
  const schema: object = JSON.parse(readFileSync(SCHEMA, 'utf8'));
  const fits = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);
  const json = async (given: Partial<ExplainOptions>, stdin?: string | Buffer): Promise<Items> => {
    const document: unknown = JSON.parse(await run({ ...given, output: 'json' }, stdin));
    assert.ok(fits(document), JSON.stringify(fits.errors));
    return JSON.parse(JSON.stringify(document));
  };

  it('lists every cause without an argument, on a terminal and with an empty standard input', async () => {
    const list = await run({});
    for (const name of CAUSE_NAMES) assert.match(list, new RegExp(`^${name} `, 'm'));
    assert.equal(await run({}, ''), list);
    assert.equal(await run({ output: 'name' }), `${CAUSE_NAMES.join('\n')}\n`);
    assert.equal((await json({})).items.length, CAUSE_NAMES.length);
  });

  it('reads one piped message like an argument, and a log as what it is', async () => {
    const bare = 'expected HTTP 206 from byte range request';
    const causes = async (stdin: string) => (await json({}, stdin)).items.map(({ cause }) => cause);
    assert.deepEqual(await causes(`${bare}\n`), ['LayerCorrupt']);
    assert.deepEqual(await causes(`${bare}\n\nsomething else\n`), ['None', 'None']);
  });

  const others = [
    '2026-11-21T16:00:00Z web ERROR GET https://api.example.com/v1/users 403 Forbidden',
    'GET https://api.example.com/v1/users 403 Forbidden',
    '10.0.0.7 - - [21/Nov/2026:16:00:00 +0000] "GET /v1/users HTTP/1.1" 403 Forbidden',
    '[web-1] 2026/11/21 16:00:00 [error] 29#29: connect() failed: connection refused',
    'Nov 21 16:00:00 node1 app[41]: dial tcp 10.0.0.1:8080: i/o timeout',
    'E1121 16:00:00.000001 41 main.go:3] dial tcp 10.0.0.1:8080: i/o timeout',
    'time="2026-11-21T16:00:00Z" level=error msg="dial tcp 10.0.0.1:8080: i/o timeout"',
    '{"level":"error","msg":"dial tcp 10.0.0.1:8080: i/o timeout"}',
    'ERROR:  could not extend file "base/16384/2619": No space left on device',
    'PANIC: could not write to file "pg_wal/xlogtemp.29": No space left on device',
    'java.net.ConnectException: dial tcp: connection refused',
    '5m Warning FailedMount pod/web-1 dial tcp 10.0.0.1:8080: connect: connection refused',
    '5m   Warning   FailedMount   pod/web-1   dial tcp 10.0.0.1:8080: connect: connection refused',
    'LAST SEEN   TYPE      REASON        OBJECT      MESSAGE\n5m          Warning   FailedMount   pod/web-1   dial tcp 10.0.0.1:8080: connect: connection refused',
  ];
  for (const line of others) {
    it(`reads no pull in one piped line of something else: ${line.slice(0, 60)}`, async () => {
      const piped = await json({}, `${line}\n`);
      assert.deepEqual(
        piped.items.map(({ cause }) => cause),
        ['None'],
      );
      assert.deepEqual(await json({ filenames: ['-'] }, `${line}\n`), piped);
    });
  }

  const pulls: readonly (readonly [string, CauseName])[] = [
    ['dial tcp 10.0.0.1:5000: i/o timeout', 'NetworkTimeout'],
    [
      'Error response from daemon: Get "https://r.example/v2/": dial tcp 10.0.0.1:443: connect: connection refused',
      'ConnectionRefused',
    ],
    [
      'Get "https://r.example/v2/": x509: certificate has expired or is not yet valid: current time 2026-11-21T16:00:00Z is after 2026-11-20T16:00:00Z',
      'TlsInvalid',
    ],
    ['write /var/lib/containerd/tmp: no space left on device', 'NodeDiskFull'],
    [
      'time="2026-11-21T16:00:00Z" level=fatal msg="initializing source docker://r.example/a:1: pinging container registry r.example: Get \\"https://r.example/v2/\\": dial tcp 10.0.0.1:443: connect: connection refused"',
      'ConnectionRefused',
    ],
  ];
  for (const [line, cause] of pulls) {
    it(`reads one piped line of a runtime: ${line.slice(0, 60)}`, async () => {
      const piped = await json({}, `${line}\n`);
      assert.deepEqual(
        piped.items.map((item) => item.cause),
        [cause],
      );
      assert.deepEqual(await json({ filenames: ['-'] }, `${line}\n`), piped);
    });
  }

  it('an argument is about a pull, whatever it looks like', async () => {
    const { items } = await json({ text: 'dial tcp 10.0.0.1:5432: i/o timeout' });
    assert.equal(items[0]?.cause, 'NetworkTimeout');
  });

  it('says where it took a line for the error of a pull', async () => {
    const note = /Note: +read as the error of an image pull, which it does not say itself/;
    const line = 'psql: could not connect to server: Connection refused';
    const text = await run({}, line);
    assert.match(text, note);
    assert.doesNotMatch(text, /Where:/);
    assert.doesNotMatch(await run({ text: `Failed to pull image "a/b:1": ${line}` }), note);
  });

  it('shows the page of a cause, whatever the case of its name', async () => {
    const page = await run({ text: 'tagnotfound' });
    assert.match(page, /^TagNotFound: /);
    for (const label of ['Means:', 'Example:', 'Waiting:', 'Next:'])
      assert.ok(page.includes(label));
    assert.equal((await json({ text: 'TagNotFound' })).kind, 'Cause');
    assert.match(await run({ text: 'ErrImageNeverPull' }), /^ImageNeverPull: /);
  });

  it('has a page for every cause without a placeholder left', async () => {
    for (const name of CAUSE_NAMES) {
      const page = await run({ text: name });
      assert.doesNotMatch(
        page,
        /\{(?:pod|namespace|host|image|node|secret|repository|container|serviceaccount)\}/,
        name,
      );
      assert.ok(page.startsWith(`${name}: `));
    }
  });

  it('reads a pasted message', async () => {
    const block = await run({ text: UNAUTHORIZED });
    assert.match(block, /^Unauthorized: /);
    assert.match(block, /Where: +token server us\.icr\.io, answering 401/);
    assert.match(block, /401 Unauthorized/);
    const list = await json({ text: UNAUTHORIZED });
    assert.deepEqual(
      list.items.map((i) => [i.message, i.cause]),
      [[UNAUTHORIZED, 'Unauthorized']],
    );
  });

  const pieces: readonly (readonly [string, CauseName, readonly CauseName[]])[] = [
    ['repository does not exist', 'RepositoryMissingOrPrivate', ['RepositoryNotFound']],
    ['pull access denied', 'RepositoryMissingOrPrivate', []],
    ['not found', 'TagNotFound', ['RepositoryNotFound']],
    ['image not found', 'TagNotFound', ['RepositoryNotFound']],
    ['denied', 'Forbidden', ['RepositoryMissingOrPrivate']],
    ['access denied', 'Forbidden', ['RepositoryMissingOrPrivate']],
    ['404', 'Unknown', []],
    ['it does not work', 'Unknown', []],
    ['failed to push image: 403 Forbidden', 'None', []],
    ['Successfully pulled image "web" in 2s', 'None', []],
    ['Back-off restarting failed container web', 'None', []],
    ['ImagePullBackOff', 'Unknown', []],
    ['init:errimagepull', 'Unknown', []],
    ['ImageInspectError', 'Unknown', []],
    ['ContainerCreating', 'Unknown', []],
    ['CrashLoopBackOff', 'None', []],
    ['CreateContainerConfigError', 'None', []],
  ];
  for (const [text, cause, alternatives] of pieces) {
    it(`reads a piece of a message, given or piped: ${text} is ${cause}`, async () => {
      const given = await json({ text });
      const read = given.items.map((item) => [item.cause, item.alternatives, item.certainty]);
      assert.deepEqual(
        read.map(([name, others]) => [name, others]),
        [[cause, alternatives]],
      );
      if (cause !== 'None') assert.notEqual(read[0]?.[2], 'certain');
      assert.deepEqual(await json({}, `${text}\n`), given);
      assert.deepEqual(await json({ filenames: ['-'] }, `${text}\n`), given);
    });
  }

  it('asks for the whole of a text that tells no cause, and says what a state is', async () => {
    assert.match(
      await run({ text: 'it does not work' }),
      /^Unknown: the text tells no cause of a failed image pull\n.*describe POD.*explain 'MESSAGE'\n/s,
    );
    assert.match(
      await run({ text: 'Init:ImagePullBackOff' }),
      /^Unknown: ImagePullBackOff is the state of every image that does not pull, not a cause\n.*describe POD/s,
    );
    assert.match(
      await run({ text: 'ImageInspectError' }),
      /^Unknown: .* cannot look up on the node/,
    );
    assert.match(await run({ text: 'CrashLoopBackOff' }), /^None: CrashLoopBackOff is no state of/);
    // A runtime's message without a cause is about a pull.
    assert.match(
      await run({ text: 'Back-off pulling image "web"' }),
      /^Unknown: an image pull failed, and the text does not say why\n/,
    );
  });

  it('lines of a log and rows of events stay what they are, given as an argument too', async () => {
    const log = await json({ text: '2026-11-21T16:00:00Z web INFO started' });
    assert.equal(log.items[0]?.cause, 'None');
    const row = await json({ text: '5m Normal ScalingReplicaSet deployment/web Scaled up to 3' });
    assert.equal(row.items[0]?.cause, 'None');
    const many = await json({}, 'ImagePullBackOff\nit does not work\n');
    assert.deepEqual(
      many.items.map(({ cause }) => cause),
      ['Unknown', 'None'],
    );
  });

  it('names the image where the shell took its quotes', async () => {
    for (const [text, image] of [
      ['Failed to pull image web: pull QPS exceeded', 'web'],
      ['Failed to pull image web:1: pull QPS exceeded', 'web:1'],
      ['Failed to pull image r.example:5000/web: pull QPS exceeded', 'r.example:5000/web'],
      ['Failed to pull image because pull QPS exceeded', null],
    ] as const) {
      assert.equal((await json({ text })).items[0]?.image, image, text);
    }
  });

  it('reads what is no pull failure as None, in words', async () => {
    assert.match(await run({ text: 'Back-off restarting failed container web' }), /^None: /);
  });

  it('reads standard input, with -f - and without', async () => {
    const input = `${UNAUTHORIZED}\nBack-off restarting failed container web\n`;
    const first = await json({}, input);
    assert.deepEqual(
      first.items.map((i) => i.cause),
      ['Unauthorized', 'None'],
    );
    assert.deepEqual(await json({ filenames: ['-'] }, input), first);
    assert.equal(await run({ output: 'name' }, input), 'Unauthorized\nNone\n');
  });

  it('gives JSON and YAML of the same document', async () => {
    const filenames = ['fixtures/explain/events.txt'];
    const text = await run({ filenames, output: 'json' });
    assert.equal(text, `${JSON.stringify(JSON.parse(text), null, 4)}\n`);
    assert.deepEqual(load(await run({ filenames, output: 'yaml' })), JSON.parse(text));
  });

  it('keeps the order of files and of what is in them', async () => {
    const files = ['corpus/messages.jsonl', 'corpus/messages-k8s13x.jsonl'];
    const wanted = files.flatMap((file) =>
      readFileSync(join(TEST, file), 'utf8')
        .trim()
        .split('\n')
        .map((line): string => JSON.parse(line).message),
    );
    const list = await json({ filenames: files });
    assert.deepEqual(
      list.items.map((i) => i.message),
      wanted,
    );
  });

  it('shows equal messages once with their number, and what each cause asks for', async () => {
    const input = `${UNAUTHORIZED}\n${UNAUTHORIZED}\nBack-off restarting failed container web\n`;
    const text = await run({}, input);
    assert.match(text, /^COUNT +CAUSE +CERTAINTY +HOST +MESSAGE\n2 +Unauthorized/);
    assert.match(text, /^1 message is not about an image pull \(None\)\.$/m);
    assert.match(text, /^Unauthorized: .*\n {2}Said:/m);
    assert.equal(text.match(/Next:/g)?.length, 1);
    const wide = await run({ output: 'wide', noHeaders: true }, input);
    assert.match(wide, /^2 +Unauthorized.*\n1 +None.*\n$/);
  });

  it('reads UTF-16 as PowerShell writes it, YAML and JSON of objects', async () => {
    const utf16 = Buffer.from(`\ufeff${UNAUTHORIZED}\r\n`, 'utf16le');
    assert.deepEqual(
      (await json({}, utf16)).items.map((i) => i.message),
      [UNAUTHORIZED],
    );
    const event = { apiVersion: 'v1', kind: 'Event', message: UNAUTHORIZED, reason: 'Failed' };
    const yaml = `apiVersion: v1\nkind: List\nitems:\n- ${JSON.stringify(event)}\n`;
    const twice = `${JSON.stringify(event, null, 2)}\n${JSON.stringify(event, null, 2)}\n`;
    assert.equal((await json({}, yaml)).items.length, 1);
    assert.equal((await json({}, twice)).items.length, 2);
  });

  it('lets no control character of a message reach the terminal', async () => {
    const evil = 'Failed to pull image "a\u001b[31m\u202eb": 401 Unauthorized \u009b2J';
    for (const output of ['table', 'wide', 'json', 'yaml', 'name'] as const) {
      for (const input of [evil, `${evil}\nx y`]) {
        const text = await run({ output }, input);
        assert.doesNotMatch(text, /[^\n\P{Cc}]|\p{Cf}/u, output);
      }
    }
  });

  it('answers a line of 20 MB at once', async () => {
    const text = `Failed to pull image "a": ${'x'.repeat(20_000_000)} no such host`;
    const start = performance.now();
    const out = await run({ output: 'json' }, text);
    assert.ok(performance.now() - start < 5000);
    assert.ok(out.length < 400_000);
  });

  const refused: readonly (readonly [
    what: string,
    given: Partial<ExplainOptions>,
    stdin: string | Buffer | undefined,
    kind: typeof InputError | typeof UsageError,
    words: RegExp,
  ])[] = [
    ['an empty argument', { text: ' ' }, undefined, UsageError, /no message given/],
    ['both', { text: 'a b', filenames: ['-'] }, 'x', UsageError, /together/],
    ['a wrong name', { text: 'TagNotFond' }, undefined, InputError, /did you mean "TagNotFound"/],
    ['a name of nothing', { text: 'Xyzzy' }, undefined, InputError, /lists the causes/],
    ['a word of a message', { text: 'x509' }, undefined, InputError, /causes; of a message give/],
    ['an empty pipe', { filenames: ['-'] }, '\n', InputError, /^standard input: no message/],
    ['a missing file', { filenames: ['nope.txt'] }, undefined, InputError, /nope\.txt: no such/],
    ['objects without a message', {}, '{"kind":"Secret"}', InputError, /no message/],
    ['a binary', { filenames: ['-'] }, Buffer.from([1, 2, 0, 0, 3, 0]), InputError, /binary/],
    ['JSON cut short', {}, '{\n  "kind": "List",\n  "items": [', InputError, /cut short/],
  ];
  for (const [what, given, stdin, kind, expected] of refused) {
    it(`refuses ${what}`, async () => {
      await assert.rejects(run(given, stdin), (error) => {
        assert.ok(error instanceof kind);
        assert.match(error.message, expected);
        assert.ok(!error.message.includes('\n'));
        return true;
      });
    });
  }
});
