/** The API server goes away: before a run, in the middle of one, and comes back. */
import assert from 'node:assert/strict';
import { plugin, type Ran, run } from './help/commands.ts';
import { describeJson, document } from './help/described.ts';
import { intercept } from './help/interceptor.ts';
import { kubeconfigFor } from './help/kubeconfigs.ts';
import { apply, ownNamespace, pod, pullSecret, waitUntilFailing } from './help/objects.ts';
import { startApiServer } from './up/kubernetes.ts';
import { isRunning, signal, waitFor } from './up/processes.ts';
import { HOSTS, PRIVATE_APP, USER } from './up/settings.ts';

const SERVER = 'kube-apiserver';
const LIMIT = ['--request-timeout', '2s'];

async function timed(work: Promise<Ran>): Promise<Ran & { readonly seconds: number }> {
  const started = Date.now();
  const ran = await work;
  return { ...ran, seconds: (Date.now() - started) / 1000 };
}

async function kill(): Promise<void> {
  signal(SERVER, 'SIGKILL');
  await waitFor('the API server to be gone', () => !isRunning(SERVER));
}

describe('cluster: the API server stops', () => {
  const namespace = ownNamespace('server');

  before(async () => {
    await pullSecret(namespace, 'wrong', HOSTS.private.name, USER, 'not-the-password');
    await apply(namespace, pod('web', PRIVATE_APP, { imagePullSecrets: [{ name: 'wrong' }] }));
    await waitUntilFailing(namespace, 1);
  });

  afterEach(async () => {
    if (isRunning(SERVER)) signal(SERVER, 'SIGCONT');
    else await startApiServer();
  });

  it('silent from the start: one line within the time limit', async () => {
    signal(SERVER, 'SIGSTOP');
    const { code, stdout, stderr, seconds } = await timed(
      plugin('describe', '-n', namespace, ...LIMIT),
    );
    assert.equal(code, 1);
    assert.equal(stdout, '');
    assert.match(stderr, /^Unable to connect to the server: [^\n]+\n$/);
    assert.ok(seconds < 8, `${seconds} s`);
  });

  /** Runs the plugin and does something to the server as soon as it asks for what a pod refers to. */
  async function describeAndStop(
    stop: () => void,
    ...args: readonly string[]
  ): Promise<Ran & { seconds: number }> {
    let stopped = false;
    const way = await intercept((line) => {
      if (stopped || !/\/(secrets|serviceaccounts)\//.test(line)) return;
      stopped = true;
      stop();
    });
    try {
      const kubeconfig = kubeconfigFor('intercepted', way.url);
      const ran = await timed(
        plugin('describe', 'web', '-n', namespace, '--kubeconfig', kubeconfig, ...LIMIT, ...args),
      );
      assert.ok(stopped, `asked only ${way.asked.join(', ')}`);
      return ran;
    } finally {
      way.close();
    }
  }

  it('silent in the middle: the cause, and what was not answered', async () => {
    const ran = await describeAndStop(() => signal(SERVER, 'SIGSTOP'), '-o', 'json');
    assert.equal(ran.code, 0, ran.stderr);
    const [item] = document(ran).items;
    assert.equal(item?.cause, 'Unauthorized');
    const unseen = item?.unavailable ?? [];
    assert.ok(unseen.length > 0, 'says that something is unknown');
    for (const { reason } of unseen) assert.equal(reason, 'timed out');
    assert.ok(ran.seconds < 8, `${ran.seconds} s`);
  });

  it('killed in the middle: the cause, or an error; never half an answer', async () => {
    const ran = await describeAndStop(() => signal(SERVER, 'SIGKILL'));
    assert.doesNotMatch(ran.stdout, /missing|does not exist/);
    if (ran.code === 0) assert.match(ran.stdout, /Not seen: +\S/);
    else assert.deepEqual([ran.code, ran.stdout], [1, '']);
  });

  it('gone: the words of kubectl; back: as before', async () => {
    await kill();
    const { code, stdout, stderr } = await plugin('describe', '-n', namespace);
    const reference = await run('kubectl', ['get', 'pods', '-n', namespace]);
    assert.deepEqual([code, stdout], [1, '']);
    assert.match(
      stderr,
      /^The connection to the server 10\.77\.0\.10:6443 was refused - did you specify/,
    );
    const last = (text: string) => text.trimEnd().split('\n').at(-1);
    assert.equal(last(stderr), last(reference.stderr));
    await startApiServer();
    const { items } = await describeJson('web', '-n', namespace);
    assert.equal(items[0]?.cause, 'Unauthorized');
  });
});
