/** All namespaces, and one that is terminating. */
import assert from 'node:assert/strict';
import { kubectl, plugin } from './help/commands.ts';
import { describeJson } from './help/described.ts';
import { apply, ownNamespace, pod, pods, waitUntilFailing } from './help/objects.ts';
import { signal, waitFor } from './up/processes.ts';
import { APP, HOSTS } from './up/settings.ts';

const MISSING = `${HOSTS.open.name}/public/app:nope`;

describe('cluster: all namespaces', () => {
  const one = ownNamespace('all-one');
  const two = ownNamespace('all-two');

  before(async () => {
    await apply(one, pod('web', MISSING));
    await apply(two, pod('web', `${HOSTS.closed.name}/team/app:1.0`));
    await waitUntilFailing(one, 1);
    await waitUntilFailing(two, 1);
  });

  it('-A -o json', async () => {
    const { items } = await describeJson('-A');
    const causeIn = (name: string) =>
      items.filter(({ namespace }) => namespace === name).map(({ cause }) => cause);
    assert.deepEqual(causeIn(one), ['TagNotFound']);
    assert.deepEqual(causeIn(two), ['ConnectionRefused']);
  });

  it('-A -o wide', async () => {
    const { code, stdout } = await plugin('describe', '-A', '-o', 'wide', '--no-headers');
    assert.equal(code, 0);
    const rows = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/ {2,}/));
    assert.ok(
      rows.some((row) => row[0] === one && row[1] === 'web'),
      stdout,
    );
    assert.ok(
      rows.some((row) => row[0] === two && row[1] === 'web'),
      stdout,
    );
  });
});

describe('cluster: rights in some namespaces only', () => {
  const one = ownNamespace('some-one');
  const two = ownNamespace('some-two');
  const three = ownNamespace('some-three');

  async function grant(user: string, namespace: string): Promise<void> {
    const bound = [`--user=${user}`, '--clusterrole=view', '-n', namespace];
    await kubectl('create', 'rolebinding', `view-${user}`, ...bound);
  }

  before(async () => {
    await kubectl('create', 'clusterrole', one, '--verb=list', '--resource=namespaces');
    await kubectl('create', 'clusterrolebinding', one, `--clusterrole=${one}`, '--user=ann');
    for (const user of ['ann', 'bob']) for (const name of [one, two]) await grant(user, name);
    for (const name of [one, two, three]) await apply(name, pod('web', MISSING));
    for (const name of [one, two, three]) await waitUntilFailing(name, 1);
  });

  after(() => kubectl('delete', 'clusterrole,clusterrolebinding', one));

  const namespacesOf = (stdout: string) => new Set(stdout.match(/^some-\w+-\w+/gm));

  it('-A asks each namespace where namespaces may be listed, and names the refused ones', async () => {
    const { code, stdout, stderr } = await plugin('describe', '-A', '-o', 'wide', '--as', 'ann');
    assert.equal(code, 0, stderr);
    assert.deepEqual(namespacesOf(stdout), new Set([one, two]));
    assert.match(stderr, /^Not seen: not allowed to list pods in namespaces [^\n]*some-three-/m);
    assert.match(stderr, /kube-system/);
  });

  it('-A says what to give where namespaces may not be listed either', async () => {
    const { code, stdout, stderr } = await plugin('describe', '-A', '--as', 'bob');
    assert.deepEqual([code, stdout], [1, '']);
    assert.match(stderr, /^Error from server \(Forbidden\): pods is forbidden: User "bob"/);
    assert.match(stderr, /name the namespaces you may look at: -n a,b,c/);
  });

  it('-n a,b,c shows what may be seen', async () => {
    const list = [one, two, three].join(',');
    const { code, stdout, stderr } = await plugin(
      'describe',
      '-n',
      list,
      '-o',
      'wide',
      '--as',
      'bob',
    );
    assert.equal(code, 0);
    assert.deepEqual(namespacesOf(stdout), new Set([one, two]));
    assert.match(
      stderr,
      new RegExp(`^Not seen: not allowed to list pods in namespace ${three} `, 'm'),
    );
  });
});

describe('cluster: a namespace that is terminating', () => {
  const namespace = ownNamespace('ending');

  before(async () => {
    const held = pod('held', MISSING, { terminationGracePeriodSeconds: 1 });
    await apply(
      namespace,
      { ...held, metadata: { ...held.metadata, finalizers: ['corp.test/hold'] } },
      // The program of APP does not end by SIGTERM: this pod is being deleted for as long as the tests take.
      pod('slow', APP, {
        terminationGracePeriodSeconds: 600,
        containers: [
          { name: 'app', image: MISSING },
          { name: 'stays', image: APP },
        ],
      }),
    );
    await waitUntilFailing(namespace, 2);
    // A node that hangs: nobody brings the status of its pods up to date.
    signal('kubelet', 'SIGSTOP');
    await kubectl('delete', 'namespace', namespace, '--wait=false');
    await waitFor('both pods to be ending', async () => {
      return (await pods(namespace)).every(({ metadata }) => 'deletionTimestamp' in metadata);
    });
  });

  after(async () => {
    signal('kubelet', 'SIGCONT');
    const none = '{"metadata":{"finalizers":null}}';
    await kubectl('patch', 'pod', 'held', '-n', namespace, '--type=merge', '-p', none);
    await kubectl('delete', 'pod', 'slow', '-n', namespace, '--force', '--grace-period=0');
  });

  it('has the phase that the tests are about', async () => {
    const phase = await kubectl('get', 'namespace', namespace, '-o', 'jsonpath={.status.phase}');
    assert.equal(phase, 'Terminating');
  });

  it('pods that still wait for their image have their cause', async () => {
    const { items } = await describeJson('-n', namespace);
    assert.deepEqual(
      items.map((item) => [item.pod, item.cause]),
      [
        ['held', 'TagNotFound'],
        ['slow', 'TagNotFound'],
      ],
    );
  });

  it('when the kubelet has ended them, it is told that they are being deleted', async () => {
    signal('kubelet', 'SIGCONT');
    await waitFor('the pod to be ended', async () => {
      return (await pods(namespace)).some(({ status }) => status.phase === 'Failed');
    });
    const { code, stdout } = await plugin('describe', 'held', '-n', namespace);
    assert.equal(code, 0);
    assert.match(stdout, /^held: no image pull failure: the pod is being deleted$/m);
  });

  it('the events of one that is not at its end yet still hold the cause', async () => {
    const { items } = await describeJson('slow', '-n', namespace);
    assert.deepEqual(
      items.map(({ container, cause }) => [container, cause]),
      [['app', 'TagNotFound']],
    );
  });
});
