/** Completion against a local API server: what is offered, in which time, and what is said where nothing can be had. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { complete, LOCAL_LIMIT_MS } from '../../src/cli/complete/complete.ts';
import { type ApiServer, dumpFiles, startApiServer } from '../rig/api-server.ts';
import { type TempFolder, tempFolder } from '../rig/temp.ts';
import { testWorld } from '../rig/world.ts';

const DUMPS = join(import.meta.dirname, '../dumps');
const NAMESPACES = ['kube-system', 'prod', 'shop', 'shop-test'];

/** Candidates in their order, their descriptions, and the directive. */
interface Offered {
  readonly texts: readonly string[];
  readonly about: ReadonlyMap<string, string | undefined>;
  readonly directive: number;
  readonly err: string;
}

describe('completion with a cluster', () => {
  let folder: TempFolder;
  let server: ApiServer;
  let kubeconfig = '';

  before(async () => {
    folder = tempFolder();
    const items = NAMESPACES.map((name) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
    }));
    const list = { apiVersion: 'v1', kind: 'List', items };
    const namespaces = folder.write('namespaces.json', JSON.stringify(list));
    server = await startApiServer({ dumps: [...dumpFiles(DUMPS, 'modern'), namespaces] });
    kubeconfig = join(folder.path, 'config');
    server.writeKubeconfig(kubeconfig);
    // The first one loads the modules.
    await offer('describe', '');
  });
  afterEach(() => {
    server.faults.length = 0;
    server.requests.length = 0;
  });
  after(async () => {
    await server.close();
    folder.remove();
  });

  async function offer(...words: string[]): Promise<Offered> {
    return offerIn({ KUBECONFIG: kubeconfig }, words);
  }

  async function offerIn(env: Record<string, string>, words: readonly string[]): Promise<Offered> {
    const world = { ...testWorld({ env: { HOME: folder.path, ...env } }), now: Date.now };
    await complete(words, world, Date.now());
    const lines = world.outText().split('\n');
    assert.equal(lines.pop(), '');
    const rows = lines.slice(0, -1).map((line) => line.split('\t'));
    return {
      texts: rows.map(([text = '']) => text),
      about: new Map(rows.map(([text = '', about]) => [text, about])),
      directive: Number(/^:(\d+)$/.exec(lines.at(-1) ?? '')?.[1]),
      err: world.errText(),
    };
  }

  it('offers pods, failing ones first and with their state, then TYPE/', async () => {
    const { texts, about, directive } = await offer('describe', '');
    const failing = texts.filter((text) => about.get(text) !== undefined);
    assert.ok(failing.length > 10);
    assert.deepEqual(texts.slice(0, failing.length), failing);
    assert.equal(about.get('agent-onyx'), 'ImagePullBackOff');
    assert.ok(texts.indexOf('agent-hazel') > texts.indexOf('worker-olive'));
    assert.deepEqual(texts.slice(-2), ['replicationcontrollers/', 'statefulsets/']);
    // 4: no files; 32: the shell keeps our order.
    assert.equal(directive, 36);
  });

  const rows: readonly [words: string[], texts: string[], directive: number][] = [
    [['describe', 'agent-a'], ['agent-amber'], 36],
    [['describe', 'agent-amber', 'agent-a'], [], 36],
    [['verify', 'deploy'], ['deployments/'], 38],
    [['describe', 'sts'], ['sts/'], 38],
    [['describe', 'deploy/re'], ['deploy/renderer-opal'], 36],
    [['describe', 'deploy/renderer-opal', 'deploy/re'], [], 36],
    [['describe', 'deploy', 're'], ['renderer-opal'], 36],
    [['describe', 'rollouts.argoproj.io/'], ['rollouts.argoproj.io/canary'], 36],
    [['describe', 'nonsense/'], [], 4],
    [['describe', 'secret/'], [], 4],
    [['decode', 'pull-a'], ['pull-agent-onyx', 'pull-api-willow'], 36],
    [['decode', 'pull-agent-onyx', 'pull-a'], ['pull-api-willow'], 36],
    [['decode', 'secret/pull-ag'], ['secret/pull-agent-onyx'], 36],
    [['decode', 'agent-am'], ['agent-amber'], 36],
    [['verify', '--image', 'a', '--secret', 'pull-ag'], ['pull-agent-onyx'], 4],
    [['describe', '-n', ''], NAMESPACES, 4],
    [['describe', '-n', 'prod,sh'], ['prod,shop', 'prod,shop-test'], 4],
    [['describe', '--context', ''], ['cert', 'token', 'plain'], 4],
    [['describe', '--context=t'], ['token'], 4],
    [['describe', '--cluster', ''], ['rig'], 4],
    [['describe', '--user', ''], ['cert', 'token'], 4],
    [['describe', '-n', 'nowhere', 'a'], [], 36],
    [['describe', '--context', 'token', '-n', 'shop', 'agent-a'], ['agent-amber'], 36],
  ];
  for (const [words, texts, directive] of rows) {
    it(`${words.join(' ')}: ${texts.join(' ') || 'nothing'}`, async () => {
      const offered = await offer(...words);
      assert.deepEqual([offered.texts, offered.directive, offered.err], [texts, directive, '']);
    });
  }

  it('offers no Secret that is no pull secret, and no content of one leaves the server', async () => {
    const { texts } = await offer('decode', '');
    assert.ok(texts.includes('pull-agent-onyx'));
    const types = server.requests.filter(({ path }) => path.includes('/secrets'));
    assert.equal(types.length, 1);
    for (const { headers, path } of types) {
      assert.match(String(headers.accept), /^application\/json;as=Table;/);
      assert.match(path, /includeObject=None/);
    }
  });

  it('asks page by page and shows all of them', async () => {
    const paged = await startApiServer({ dumps: dumpFiles(DUMPS, 'modern'), pageSize: 7 });
    try {
      const file = join(folder.path, 'paged');
      paged.writeKubeconfig(file);
      const { texts } = await offer('describe', '--kubeconfig', file, '');
      assert.deepEqual(texts, (await offer('describe', '')).texts);
      assert.ok(paged.requests.length > 3);
    } finally {
      await paged.close();
    }
  });

  it('offers what came before the time was up', async () => {
    server.faults.push({ fault: { kind: 'silence' }, resource: 'pods' });
    const { texts, err } = await offer('decode', 'pull-ag');
    assert.deepEqual([texts, err], [['pull-agent-onyx'], '']);
  });

  const faults: readonly [string, ApiServer['faults'][number]['fault']][] = [
    ['403', { kind: 'status', code: 403, reason: 'Forbidden', message: 'no' }],
    ['401', { kind: 'status', code: 401, reason: 'Unauthorized', message: 'no' }],
    ['500', { kind: 'status', code: 500, reason: 'InternalError', message: 'no' }],
    ['429 with a long wait', { kind: 'status', code: 429, retryAfter: '10' }],
    ['a cut connection', { kind: 'cut' }],
    ['half an answer', { kind: 'cut in half' }],
    ['silence', { kind: 'silence' }],
    ['a slow answer', { kind: 'slow', ms: 5000 }],
    ['no JSON', { kind: 'body', body: '<html>' }],
    ['JSON of another kind', { kind: 'body', body: '{"rows":[1,{"cells":7}],"items":"x"}' }],
    ['an endless answer', { kind: 'endless' }],
  ];
  for (const [name, fault] of faults) {
    it(`offers no names, in time and in silence, on ${name}`, async () => {
      server.faults.push({ fault });
      const began = Date.now();
      const { texts, err } = await offer('describe', '-n', 'shop', 'agent');
      assert.deepEqual([texts, err], [[], '']);
      assert.ok(Date.now() - began < LOCAL_LIMIT_MS + 100, `${Date.now() - began} ms`);
    });
  }

  it('is silent where there is no kubeconfig, or none that can be read', async () => {
    const broken = folder.write('broken', 'clusters: [');
    for (const file of [join(folder.path, 'missing'), broken]) {
      for (const words of [
        ['describe', 'x'],
        ['describe', '--context', ''],
        ['describe', '-n', ''],
      ]) {
        const { texts, directive, err } = await offerIn({ KUBECONFIG: file }, words);
        assert.deepEqual([texts, err, directive & 4], [[], '', 4]);
      }
    }
  });

  it('gives a login plugin no terminal and not more time than is left', async function () {
    if (process.platform === 'win32') this.skip();
    const config = JSON.parse(`{"users":[],"contexts":[],"clusters":[]}`);
    config.clusters.push({
      name: 'c',
      cluster: { server: server.url, 'insecure-skip-tls-verify': true },
    });
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: 'sh',
      args: ['-c', 'echo Open this page: >&2; sleep 5'],
      interactiveMode: 'IfAvailable',
    };
    config.users.push({ name: 'u', user: { exec } });
    config.contexts.push({ name: 'x', context: { cluster: 'c', user: 'u' } });
    const file = folder.write('exec', JSON.stringify({ ...config, 'current-context': 'x' }));
    const began = Date.now();
    const { texts, err } = await offerIn({ KUBECONFIG: file, PATH: process.env['PATH'] ?? '' }, [
      'describe',
      'agent',
    ]);
    assert.deepEqual([texts, err], [[], '']);
    assert.ok(Date.now() - began < LOCAL_LIMIT_MS + 100);
  });

  it('offers no name that would be more than a word of a command line', async () => {
    const names = ['good', 'a b', '$(id)', 'x;y', "q'", 'tab\there', 'esc\x1b[2J', '`id`', ''];
    const contexts = names.map((name) => ({ name, context: { cluster: 'c', user: 'u' } }));
    const eks = 'arn:aws:eks:eu-central-1:1:cluster/prod';
    contexts.push({ name: eks, context: { cluster: 'c', user: 'u' } });
    const file = folder.write('hostile', JSON.stringify({ contexts }));
    const { texts } = await offerIn({ KUBECONFIG: file }, ['describe', '--context', '']);
    assert.deepEqual(texts, ['good', eks]);
  });
});
