/** `describe --watch` against a local API server whose pods change. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from '../../src/cli/run.ts';
import { type Fields, fields } from '../../src/words/fields.ts';
import { type ApiServer, type ApiServerOptions, startApiServer } from '../rig/api-server.ts';
import { type TempFolder, tempFolder } from '../rig/temp.ts';
import { type TestWorld, testWorld } from '../rig/world.ts';

const DUMPS = join(import.meta.dirname, '../dumps');
const KINDS = ['pods', 'events', 'replicasets', 'deployments', 'statefulsets'];
const FILES = KINDS.map((kind) => join(DUMPS, `modern-${kind}.json`));
const PODS: readonly Fields[] = JSON.parse(
  readFileSync(join(DUMPS, 'modern-pods.json'), 'utf8'),
).items;

function podNamed(name: string): Fields {
  const found = PODS.find((pod) => fields(pod['metadata'])['name'] === name);
  assert.ok(found, name);
  return found;
}

/** The pods of the deployment gateway-sage. */
const ENDS = ['7t6j5', 'fb4cd', 'gxtsm'] as const;

function deploymentNamed(name: string): Fields {
  const { items } = JSON.parse(readFileSync(join(DUMPS, 'modern-deployments.json'), 'utf8'));
  return items.find((one: Fields) => fields(one['metadata'])['name'] === name);
}

/** The pod with this state for all its containers. */
function withState(pod: Fields, state: Fields, phase = 'Pending'): Fields {
  const status = fields(pod['status']);
  const change = (list: unknown) =>
    (list as Fields[] | undefined)?.map((one) => ({ ...one, state, lastState: {} }));
  return {
    ...pod,
    status: {
      ...status,
      phase,
      containerStatuses: change(status['containerStatuses']),
      ...(status['initContainerStatuses'] !== undefined && {
        initContainerStatuses: change(status['initContainerStatuses']),
      }),
    },
  };
}

const running = (pod: Fields) =>
  withState(pod, { running: { startedAt: '2026-11-21T04:00:00Z' } }, 'Running');
/** As a 1.37 kubelet writes it (test/dumps/modern). */
const unauthorized = (pod: Fields) =>
  withState(pod, {
    waiting: {
      reason: 'ErrImagePull',
      message:
        'failed to pull and unpack image "quay.example/a/b:1": failed to resolve reference "quay.example/a/b:1": pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials',
    },
  });

interface Watching {
  readonly world: TestWorld;
  readonly done: Promise<number>;
  /** Waits until standard output (or error) says so. */
  says(pattern: RegExp, where?: 'out' | 'err'): Promise<void>;
  /** Waits until the server has `count` watches. */
  watches(count?: number): Promise<void>;
}

describe('describe --watch', () => {
  let folder: TempFolder;
  let server: ApiServer;
  const started: AbortController[] = [];

  before(() => {
    folder = tempFolder();
  });
  beforeEach(async () => {
    await serve();
  });
  afterEach(async () => {
    for (const one of started.splice(0)) one.abort();
    await server.close();
  });
  after(() => folder.remove());

  async function serve(options: Partial<ApiServerOptions> = {}): Promise<void> {
    server = await startApiServer({ dumps: FILES, ...options });
    server.writeKubeconfig(join(folder.path, 'config'));
  }

  function watch(...args: string[]): Watching {
    const controller = new AbortController();
    started.push(controller);
    const env = { KUBECONFIG: join(folder.path, 'config') };
    const world = testWorld({
      env,
      now: Date.parse('2026-11-21T04:00:00Z'),
      signal: controller.signal,
    });
    const until = async (holds: () => boolean, what: string) => {
      const end = performance.now() + 8000;
      while (!holds()) {
        assert.ok(performance.now() < end, `${what}\n${world.outText()}\n${world.errText()}`);
        await sleep(10);
      }
    };
    return {
      world,
      done: run(['describe', ...args, '-w'], world),
      says: (pattern, where = 'out') =>
        until(
          () => pattern.test(where === 'out' ? world.outText() : world.errText()),
          `never said: ${pattern}`,
        ),
      watches: (count = 1) => until(() => server.changes.watches === count, `no ${count} watches`),
    };
  }

  const coral = () => podNamed('notifier-coral');

  it('tells when a pod recovers and ends with 0', async () => {
    const watching = watch('notifier-coral', '-n', 'search');
    await watching.watches();
    assert.match(watching.world.outText(), /TagNotFound/);
    server.changes.set('pods', running(coral()));
    assert.equal(await watching.done, 0);
    assert.match(
      watching.world.outText(),
      /^2026-11-21T04:00:00Z {3}notifier-coral\/\S+ {3}pulled \(was TagNotFound\)$/m,
    );
    const asked = server.requests.filter((r) => r.path.includes('watch=true'));
    assert.equal(asked.length, 1);
    assert.match(asked[0]?.path ?? '', /fieldSelector=metadata.name=notifier-coral/);
  });

  it('tells when the cause changes, and only then', async () => {
    const watching = watch('notifier-coral', '-n', 'search');
    await watching.watches();
    server.changes.set('pods', coral());
    await sleep(500);
    assert.doesNotMatch(watching.world.outText(), /^2026.*->/m);
    server.changes.set('pods', unauthorized(coral()));
    await watching.says(/notifier-coral\/\S+ {3}TagNotFound -> Unauthorized: /);
  });

  it('ends with 1 at --timeout and says how far it came', async () => {
    const watching = watch('deploy/gateway-sage', '-n', 'search', '--timeout', '1s');
    assert.equal(await watching.done, 1);
    assert.match(
      watching.world.errText(),
      /^error: timed out waiting for the images to be pulled: 0 of 3 pods pulled; gateway-sage-\S+: \w+/m,
    );
  });

  it('counts the pods of a deployment', async () => {
    const watching = watch('deploy/gateway-sage', '-n', 'search');
    const names = ['7t6j5', 'fb4cd', 'gxtsm'].map((end) => `gateway-sage-f6f89586-${end}`);
    await watching.says(/ {3}0 of 3 pods pulled; gateway-sage/);
    for (const [i, name] of names.entries()) {
      server.changes.set('pods', running(podNamed(name)));
      await watching.says(new RegExp(` {3}${i + 1} of 3 pods pulled`));
    }
    assert.equal(await watching.done, 0);
  });

  it('waits for the pods that a rollout has still to make', async () => {
    const deployment = deploymentNamed('gateway-sage');
    server.changes.set('deployments', {
      ...deployment,
      spec: { ...fields(deployment['spec']), replicas: 4 },
    });
    for (const end of ['7t6j5', 'fb4cd', 'gxtsm']) {
      server.changes.set('pods', running(podNamed(`gateway-sage-f6f89586-${end}`)));
    }
    const watching = watch('deploy/gateway-sage', '-n', 'search', '--timeout', '20s');
    await watching.says(/ {3}3 of 4 pods pulled$/m);
    server.changes.set('deployments', deployment);
    assert.equal(await watching.done, 0);
  });

  it('ends at once where nothing fails', async () => {
    server.changes.set('pods', running(coral()));
    const watching = watch('notifier-coral', '-n', 'search');
    assert.equal(await watching.done, 0);
    assert.match(watching.world.outText(), /1 of 1 pod pulled/);
  });

  it('says that a named pod was deleted, with 1', async () => {
    const watching = watch('notifier-coral', '-n', 'search');
    await watching.watches();
    server.changes.remove('pods', coral());
    assert.equal(await watching.done, 1);
    assert.match(watching.world.outText(), /notifier-coral {3}deleted \(was TagNotFound\)/);
    assert.match(watching.world.errText(), /^error: pods "notifier-coral" was deleted before/m);
  });

  it('says so when a named pod is being deleted, with 1', async () => {
    const watching = watch('notifier-coral', '-n', 'search');
    await watching.watches();
    const deletionTimestamp = '2026-11-21T04:00:00Z';
    const metadata = { ...fields(coral()['metadata']), deletionTimestamp };
    server.changes.set('pods', { ...coral(), metadata });
    assert.equal(await watching.done, 1);
    assert.match(watching.world.errText(), /^error: pods "notifier-coral" was deleted before/m);
  });

  it('says so when a named pod ends without its image, with 1', async () => {
    const watching = watch('notifier-coral', '-n', 'search');
    await watching.watches();
    const status = { phase: 'Failed', reason: 'Evicted' };
    server.changes.set('pods', { ...coral(), status });
    assert.equal(await watching.done, 1);
    assert.match(watching.world.outText(), /ended without its image \(was TagNotFound\)/);
    assert.match(watching.world.errText(), /^error: pods "notifier-coral" ended before/m);
  });

  it('of two named pods one that had its image may go', async () => {
    const other = podNamed('api-coral');
    const both = ['pod/notifier-coral', 'pod/api-coral', '-n', 'search'];
    const watching = watch(...both);
    await watching.says(/0 of 2 pods pulled/);
    server.changes.set('pods', running(other));
    await watching.says(/1 of 2 pods pulled/);
    server.changes.remove('pods', other);
    await watching.says(/0 of 1 pod pulled/);
    server.changes.set('pods', running(coral()));
    assert.equal(await watching.done, 0);
  });

  it('says so when the workload is deleted, with 1', async () => {
    const watching = watch('deploy/gateway-sage', '-n', 'search');
    await watching.says(/0 of 3 pods pulled/);
    const deployment = deploymentNamed('gateway-sage');
    server.changes.remove('deployments', deployment);
    for (const end of ENDS) server.changes.remove('pods', podNamed(`gateway-sage-f6f89586-${end}`));
    assert.equal(await watching.done, 1);
    assert.match(
      watching.world.errText(),
      /^error: deployments\.apps "gateway-sage" does not exist/m,
    );
  });

  it('does not take a server that cannot answer about the workload for a yes', async () => {
    for (const end of ENDS.slice(1)) {
      server.changes.remove('pods', podNamed(`gateway-sage-f6f89586-${end}`));
    }
    const watching = watch('deploy/gateway-sage', '-n', 'search', '--timeout', '3s');
    await watching.says(/0 of 3 pods pulled/);
    server.faults.push({
      resource: 'deployments',
      fault: { kind: 'status', code: 500, reason: 'InternalError' },
    });
    server.changes.set('pods', running(podNamed(`gateway-sage-f6f89586-${ENDS[0]}`)));
    assert.equal(await watching.done, 1);
    assert.match(watching.world.errText(), /timed out .*: 1 of 3 pods pulled/);
  });

  it('takes in what comes while it looks', async () => {
    const own = PODS.filter((pod) => fields(pod['metadata'])['namespace'] === 'search');
    for (const pod of own) server.changes.set('pods', running(pod));
    server.changes.set('pods', unauthorized(coral()));
    const other = own.find((pod) => pod !== coral()) as Fields;
    const watching = watch('-n', 'search');
    await watching.watches();
    // The look at the recovered pod is held up by the secrets of the next one, which comes meanwhile.
    server.faults.push({ resource: 'secrets', fault: { kind: 'slow', ms: 600 } });
    server.changes.set('pods', unauthorized(other));
    await sleep(350);
    server.changes.set('pods', running(other));
    const third = own.find((pod) => pod !== coral() && pod !== other) as Fields;
    server.changes.set('pods', unauthorized(third));
    server.changes.set('pods', running(coral()));
    const name = String(fields(third['metadata'])['name']);
    await watching.says(new RegExp(`${name}/\\S+ {3}(?:Unauthorized|SecretMissing)`));
    server.changes.set('pods', running(third));
    assert.equal(await watching.done, 0);
  });

  it('is not put off by changes without end', async () => {
    const watching = watch('deploy/gateway-sage', '-n', 'search');
    await watching.watches();
    const noise = setInterval(() => server.changes.set('pods', coral()), 50);
    await watching.says(/0 of 3 pods pulled/).finally(() => clearInterval(noise));
  });

  it('takes a time beyond what a timer can hold', async () => {
    const watching = watch('notifier-coral', '-n', 'search', '--timeout', '2000h');
    await watching.watches();
    await sleep(100);
    assert.equal(watching.world.errText(), '');
    server.changes.set('pods', running(coral()));
    assert.equal(await watching.done, 0);
  });

  it('tells of a pod of the namespace that begins to fail, and forgets one that is gone', async () => {
    const own = PODS.filter((pod) => fields(pod['metadata'])['namespace'] === 'search');
    for (const pod of own) server.changes.set('pods', running(pod));
    server.changes.set('pods', coral());
    const watching = watch('-n', 'search');
    await watching.says(/1 pod failing; notifier-coral: TagNotFound/);
    const other = own.find((pod) => pod !== coral()) as Fields;
    server.changes.set('pods', unauthorized(other));
    await watching.says(/ {3}SecretMissing/);
    await watching.says(/2 pods failing/);
    server.changes.remove('pods', other);
    await watching.says(/deleted \(was SecretMissing\)/);
    server.changes.set('pods', running(coral()));
    assert.equal(await watching.done, 0);
    assert.match(watching.world.outText(), /no pod fails any more\n$/);
  });

  describe('where no pod matches', () => {
    const NONE = / {3}no pods match so far$/m;
    const TIMED_OUT =
      /^error: timed out waiting for the images to be pulled: no pods match so far$/m;

    for (const args of [
      ['-n', 'search', '-l', 'app=typo'],
      ['-n', 'nope'],
      ['deploy', '-n', 'nope'],
      // Pods are there, and none of a StatefulSet.
      ['sts', '-n', 'search'],
    ]) {
      it(`${args.join(' ')}: says so and waits until --timeout, with 1`, async () => {
        const watching = watch(...args, '--timeout', '1s');
        assert.equal(await watching.done, 1);
        assert.match(watching.world.outText(), NONE);
        assert.match(watching.world.errText(), TIMED_OUT);
        assert.doesNotMatch(watching.world.outText(), /no pod fails/);
      });
    }

    it('waits until pods come, and until they have their images', async () => {
      const watching = watch('-n', 'nope');
      await watching.says(NONE);
      const metadata = {
        ...fields(coral()['metadata']),
        namespace: 'nope',
        creationTimestamp: '2026-11-21T03:59:59Z',
      };
      const pod: Fields = { ...coral(), metadata };
      server.changes.set('pods', { ...pod, status: { phase: 'Pending' } });
      await watching.says(/ {3}no pod fails, 1 pod waiting$/m);
      server.changes.set('pods', running(pod));
      assert.equal(await watching.done, 0);
      assert.match(watching.world.outText(), / {3}no pod fails\n$/);
    });

    it('a pod that comes with its images ends it', async () => {
      const watching = watch('-n', 'nope');
      await watching.says(NONE);
      const metadata = { ...fields(coral()['metadata']), namespace: 'nope' };
      server.changes.set('pods', running({ ...coral(), metadata }));
      assert.equal(await watching.done, 0);
      assert.match(watching.world.outText(), / {3}no pod fails\n$/);
    });

    it('a pod that comes and goes without its images is none', async () => {
      const watching = watch('-n', 'nope', '--timeout', '2s');
      await watching.says(NONE);
      const creationTimestamp = '2026-11-21T03:59:59Z';
      const metadata = { ...fields(coral()['metadata']), namespace: 'nope', creationTimestamp };
      const pod: Fields = { ...coral(), metadata, status: { phase: 'Pending' } };
      server.changes.set('pods', pod);
      await watching.says(/1 pod waiting$/m);
      server.changes.remove('pods', pod);
      assert.equal(await watching.done, 1);
      assert.match(watching.world.errText(), TIMED_OUT);
    });

    it('a pod that fails for another cause than the one asked about is one', async () => {
      server.changes.set('pods', coral());
      const watching = watch('-n', 'search', '--cause', 'RateLimited', '-l', 'app=notifier-coral');
      assert.equal(await watching.done, 0);
      assert.match(watching.world.outText(), / {3}no pod fails\n$/);
    });

    it('a pod that is being deleted is none', async () => {
      const metadata = {
        ...fields(coral()['metadata']),
        namespace: 'nope',
        deletionTimestamp: '2026-11-21T04:00:00Z',
      };
      server.changes.set('pods', running({ ...coral(), metadata }));
      const watching = watch('-n', 'nope', '--timeout', '1s');
      assert.equal(await watching.done, 1);
      assert.match(watching.world.errText(), TIMED_OUT);
    });

    it('one of several namespaces is enough', async () => {
      const own = PODS.filter((pod) => fields(pod['metadata'])['namespace'] === 'search');
      for (const pod of own) server.changes.set('pods', running(pod));
      const watching = watch('-n', 'nope,search');
      assert.equal(await watching.done, 0);
      assert.match(watching.world.outText(), / {3}no pod fails\n$/);
    });

    it('says it on standard error where the output is for a script', async () => {
      for (const output of ['json', 'name']) {
        const watching = watch('-n', 'nope', '-o', output, '--timeout', '1s');
        assert.equal(await watching.done, 1);
        assert.equal(watching.world.errText().split('warning: no pods match so far\n').length, 2);
        assert.doesNotMatch(watching.world.outText(), /match/);
      }
    });

    it('does not say so of a list that has not come', async () => {
      const watching = watch('-n', 'nope', '--timeout', '1s');
      server.faults.push(
        { resource: 'pods', fault: { kind: 'slow', ms: 0 }, times: 1 },
        { resource: 'pods', fault: { kind: 'slow', ms: 4000 } },
      );
      assert.equal(await watching.done, 1);
      assert.match(watching.world.errText(), /be pulled: pods are not listed yet$/m);
    });
  });

  it('ends with 0 where pods match and none fails', async () => {
    const own = PODS.filter((pod) => fields(pod['metadata'])['namespace'] === 'search');
    for (const pod of own) server.changes.set('pods', running(pod));
    const watching = watch('-n', 'search');
    assert.equal(await watching.done, 0);
    assert.match(watching.world.outText(), /^2026-11-21T04:00:00Z {3}no pod fails\n$/m);
  });

  it('goes on where a watch ends, is cut off, expires or breaks', async () => {
    const watching = watch('notifier-coral', '-n', 'search');
    await watching.watches();
    server.changes.endWatches(false);
    await watching.watches();
    assert.doesNotMatch(watching.world.errText(), /warning/);
    server.changes.set('pods', coral());
    await sleep(50);
    server.changes.endWatches(true);
    await watching.watches();
    assert.equal(watching.world.errText(), '');
    server.changes.breakWatches(410);
    await watching.watches();
    server.changes.expire();
    server.changes.endWatches(false);
    await watching.watches();
    const lists = server.requests.filter((r) => /\/pods\?/.test(r.path) && !/watch/.test(r.path));
    assert.ok(lists.length >= 3, `${lists.length} lists`);
    server.changes.set('pods', running(coral()));
    assert.equal(await watching.done, 0);
  });

  it('survives a restart of the server', async () => {
    const watching = watch('notifier-coral', '-n', 'search');
    await watching.watches();
    const { port } = server;
    await server.close();
    await watching.says(/^warning: /m, 'err');
    await serve({ port });
    server.changes.set('pods', running(coral()));
    server.changes.expire();
    assert.equal(await watching.done, 0);
    assert.match(watching.world.errText(), /the server answers again/);
  });

  it('says when a proxy answers in place of the server, and goes on after it', async () => {
    server.faults.push({
      resource: 'pods',
      watch: true,
      fault: { kind: 'body', body: '<html>login</html>', type: 'text/html' },
      times: 3,
    });
    const watching = watch('notifier-coral', '-n', 'search');
    await watching.says(
      /^warning: pods in namespace search: .* not a watch event .*again\)$/m,
      'err',
    );
    server.changes.set('pods', running(coral()));
    assert.equal(await watching.done, 0);
    assert.match(watching.world.errText(), /the server answers again\n$/);
  });

  it('ends where watching is not allowed, in the words of the server', async () => {
    server.faults.push({
      resource: 'pods',
      watch: true,
      fault: { kind: 'status', code: 403, reason: 'Forbidden', message: 'pods is forbidden' },
    });
    const watching = watch('notifier-coral', '-n', 'search');
    assert.equal(await watching.done, 1);
    assert.match(watching.world.errText(), /^Error from server \(Forbidden\): pods is forbidden/m);
  });

  it('ends with 130 at Ctrl-C', async () => {
    const watching = watch('notifier-coral', '-n', 'search');
    await watching.watches();
    started[0]?.abort();
    assert.equal(await watching.done, 130);
  });

  it('prints a document for each change with -o json', async () => {
    const watching = watch('notifier-coral', '-n', 'search', '-o', 'json');
    await watching.watches();
    server.changes.set('pods', unauthorized(coral()));
    await watching.says(/"cause": "Unauthorized"/);
    server.changes.set('pods', running(coral()));
    assert.equal(await watching.done, 0);
    const documents = watching.world
      .outText()
      .split(/^(?=\{$)/m)
      .map((text) => JSON.parse(text));
    assert.deepEqual(
      documents.map(({ items }) => items.map((item: { cause: string }) => item.cause)),
      [['TagNotFound'], ['Unauthorized'], []],
    );
  });

  it('watches several namespaces, each by itself', async () => {
    const watching = watch('-n', 'search,edge');
    await watching.watches(2);
    assert.match(watching.world.outText(), /search\/notifier-coral/);
  });

  it('takes no files', async () => {
    const watching = watch('-f', FILES[0] ?? '');
    assert.equal(await watching.done, 2);
    assert.match(watching.world.errText(), /--watch cannot be used with --filename/);
  });
});
