/** `verify --from-node`: Jobs on the real node, what forbids them, and that none is left behind. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { validator } from '../rig/schema.ts';
import { kubectl, plugin, run } from './help/commands.ts';
import { GONE_SECONDS, left, nothingIsLeft } from './help/jobs.ts';
import { kubeconfigWithToken } from './help/kubeconfigs.ts';
import {
  apply,
  type KubeObject,
  ownNamespace,
  pod,
  pullSecret,
  waitUntilFailing,
  waitUntilRunning,
} from './help/objects.ts';
import { signal, waitFor } from './up/processes.ts';
import { APP, HOSTS, NODE, PASSWORD, PRIVATE_APP, USER } from './up/settings.ts';

/** The long ones: `IMAGEPULL_CLUSTER_SLOW=1 npm run test:cluster -- --grep interrupted`. */
const SLOW = process.env['IMAGEPULL_CLUSTER_SLOW'] === '1';

const validate = validator('verification-list.json');

describe('cluster: verify --from-node', () => {
  const namespace = ownNamespace('from-node');
  const verify = (name: string, ...args: string[]) =>
    plugin('verify', name, '-n', namespace, '--from-node', '--yes', ...args);

  before(async () => {
    await pullSecret(namespace, 'right', HOSTS.private.name, USER, PASSWORD);
    await pullSecret(namespace, 'wrong', HOSTS.private.name, USER, 'not-the-password');
    const uses = (name: string) => ({ imagePullSecrets: [{ name }] });
    await apply(
      namespace,
      pod('good', APP),
      pod('right', PRIVATE_APP, uses('right')),
      pod('tag', `${HOSTS.open.name}/public/app:nope`),
      pod('wrong', PRIVATE_APP, uses('wrong')),
      pod('closed', `${HOSTS.closed.name}/team/app:1.0`),
      pod('two', APP, {
        containers: [
          { name: 'app', image: APP },
          { name: 'side', image: `${HOSTS.open.name}/public/app:nope` },
        ],
      }),
    );
    await waitUntilFailing(namespace, 4);
    await Promise.all(['good', 'right'].map((name) => waitUntilRunning(namespace, name)));
  });

  afterEach(() => nothingIsLeft(namespace));

  const outcomes: readonly (readonly [name: string, code: number, says: RegExp])[] = [
    ['good', 0, /from node node1 +pullable +<none>/],
    ['right', 0, /from node node1 +pullable +<none>/],
    ['tag', 3, /from node node1 +not pullable +TagNotFound/],
    ['wrong', 3, /secret wrong entry private.corp.test as alice was sent and refused/],
    ['closed', 3, /from node node1 +not pullable +ConnectionRefused/],
    ['two', 3, /app:1.0 +from node node1 +pullable.*app:nope +from node node1 +not pullable/s],
  ];
  for (const [name, expected, says] of outcomes) {
    it(`${name}: exit code ${expected}`, async () => {
      const { code, stdout, stderr } = await verify(name);
      assert.equal(code, expected, stdout + stderr);
      assert.match(stdout, says);
      assert.match(stderr, /layers that a node holds are not fetched/);
      assert.doesNotMatch(stdout + stderr, new RegExp(`${PASSWORD}|not-the-password`));
      if (name === 'closed') assert.match(stderr, /1 of 1 node cannot reach the registry/);
    });
  }

  it('the document is as its schema says', async () => {
    const { stdout } = await verify('wrong', '-o', 'json');
    const document: { nodes: Record<string, unknown>[] } = JSON.parse(stdout);
    assert.ok(validate(document), JSON.stringify(validate.errors, null, 2));
    const [one] = document.nodes;
    assert.deepEqual(
      [one?.['node'], one?.['pod'], one?.['image'], one?.['result'], one?.['cause']],
      [NODE, 'wrong', PRIVATE_APP, 'not pullable', 'Unauthorized'],
    );
  });

  it('an image with a secret on every node', async () => {
    const image = ['--image', PRIVATE_APP, '--secret', 'right', '--nodes', 'all'];
    const { code, stdout, stderr } = await plugin('verify', ...image, '-n', namespace, '--yes');
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, new RegExp(`from node ${NODE} +pullable`));
  });

  it('a pull secret that the ServiceAccount got later is named', async () => {
    const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'late' } };
    await apply(namespace, account, pod('late', PRIVATE_APP, { serviceAccountName: 'late' }));
    await waitUntilFailing(namespace, 5);
    await apply(namespace, { ...account, imagePullSecrets: [{ name: 'right' }] } as KubeObject);
    const { code, stdout } = await verify('late');
    assert.equal(code, 0, stdout);
    assert.match(stdout, /gets right from ServiceAccount late, pod late does not have it/);
  });

  it('the Job that --dry-run prints is taken by the API server, and nothing is made', async () => {
    const { stdout } = await plugin(
      ...['verify', 'right', '-n', namespace, '--from-node', '--dry-run=client', '-o', 'yaml'],
    );
    const checked = await run('kubectl', ['create', '--dry-run=server', '-f', '-'], {
      stdin: stdout,
    });
    assert.equal(checked.code, 0, checked.stderr);
    assert.equal(checked.stderr, '', 'not even a warning');
    const server = await verify('right', '--dry-run=server');
    assert.match(server.stdout, /^job.batch\/kubectl-imagepull-\S+ created \(server dry run\)\n$/);
    assert.deepEqual(await left(namespace), []);
  });

  it('nobody to ask: wrong usage, and nothing is made', async () => {
    const { code, stderr } = await plugin('verify', 'good', '-n', namespace, '--from-node');
    assert.equal(code, 2);
    assert.match(stderr, /add --yes/);
  });

  it('no right to make Jobs: the reason of the API server', async () => {
    await kubectl('create', 'serviceaccount', 'looker', '-n', namespace);
    await kubectl(
      ...['create', 'rolebinding', 'looker', '-n', namespace, '--clusterrole=view'],
      `--serviceaccount=${namespace}:looker`,
    );
    const token = (await kubectl('create', 'token', 'looker', '-n', namespace)).trim();
    const { code, stderr } = await verify(
      'good',
      '--kubeconfig',
      kubeconfigWithToken('looker', token),
    );
    assert.equal(code, 1);
    assert.match(
      stderr,
      /Error from server \(Forbidden\): jobs.batch is forbidden: User "\S+" cannot create resource "jobs"/,
    );
  });

  const rights: readonly (readonly [verb: string, resource: string, rules: string[]])[] = [
    ['delete', 'jobs', ['--verb=create', '--resource=jobs.batch']],
    ['list', 'pods', ['--verb=create,delete', '--resource=jobs.batch']],
  ];
  for (const [verb, resource, rules] of rights) {
    it(`no right to ${verb} ${resource}: the reason, and no Job is made`, async () => {
      const name = `no-${verb}`;
      await kubectl('create', 'serviceaccount', name, '-n', namespace);
      await kubectl('create', 'role', name, '-n', namespace, ...rules);
      const account = `--serviceaccount=${namespace}:${name}`;
      await kubectl('create', 'rolebinding', name, '-n', namespace, `--role=${name}`, account);
      const token = (await kubectl('create', 'token', name, '-n', namespace)).trim();
      const { code, stderr } = await plugin(
        ...['verify', '--image', APP, '--node', NODE, '-n', namespace, '--yes'],
        ...['--kubeconfig', kubeconfigWithToken(name, token)],
      );
      assert.equal(code, 1, stderr);
      const line = `Error from server \\(Forbidden\\): .*cannot ${verb} resource "${resource}"`;
      assert.match(stderr, new RegExp(line));
      assert.deepEqual(await left(namespace), []);
    });
  }

  describe('where something forbids the pod', () => {
    const restricted = ownNamespace('from-node-restricted');
    const full = ownNamespace('from-node-quota');
    const narrow = ownNamespace('from-node-limits');
    const ask = (where: string) =>
      plugin(...['verify', '--image', APP, '--node', NODE, '-n', where, '--yes']);

    it('the restricted Pod Security level does not', async () => {
      const level = 'pod-security.kubernetes.io';
      const labels = ['enforce', 'warn'].map((mode) => `${level}/${mode}=restricted`);
      await kubectl('label', 'namespace', restricted, ...labels);
      const { code, stdout, stderr } = await ask(restricted);
      assert.equal(code, 0, stdout + stderr);
    });

    it('a quota does: its words, exit code 4', async () => {
      await kubectl('create', 'quota', 'none', '-n', full, '--hard=pods=0');
      await sleep(500);
      const { code, stdout, stderr } = await ask(full);
      assert.equal(code, 4, stdout + stderr);
      assert.match(stdout, /unverifiable.*exceeded quota: none/s);
      await nothingIsLeft(full);
    });

    it('a quota on Jobs does before any is made', async () => {
      await kubectl('create', 'quota', 'jobs', '-n', full, '--hard=count/jobs.batch=0');
      const { code, stderr } = await waitFor('the quota to count', async () => {
        const ran = await ask(full);
        return ran.code === 1 && ran;
      });
      assert.equal(code, 1);
      assert.match(stderr, /Error from server \(Forbidden\): .*exceeded quota: jobs/);
    });

    it('a LimitRange does: its words', async () => {
      await apply(narrow, {
        apiVersion: 'v1',
        kind: 'LimitRange',
        metadata: { name: 'large' },
        spec: { limits: [{ type: 'Container', min: { memory: '1Gi' } }] },
      });
      const { code, stdout, stderr } = await ask(narrow);
      assert.equal(code, 4, stdout + stderr);
      assert.match(stdout, /minimum memory usage per Container is 1Gi/);
      await nothingIsLeft(narrow);
    });
  });

  describe('interrupted', () => {
    function start(name: string, ...args: string[]) {
      const words = ['imagepull', 'verify', name, '-n', namespace, '--from-node', '--yes', ...args];
      const child = spawn('kubectl', words, { stdio: 'ignore' });
      return { child, ended: once(child, 'exit') };
    }

    const aJob = () =>
      waitFor('a Job', async () => (await left(namespace)).some((name) => name.startsWith('job')));

    for (const which of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      it(`${which}: the Job is gone when the program is`, async () => {
        // The node does nothing meanwhile: the Job is there until it is removed.
        signal('kubelet', 'SIGSTOP');
        try {
          const { child, ended } = start('good');
          await aJob();
          child.kill(which);
          const [code, killedBy] = await ended;
          assert.deepEqual([code, killedBy], which === 'SIGINT' ? [130, null] : [null, which]);
          const jobs = (await left(namespace)).filter((name) => name.startsWith('job'));
          assert.deepEqual(jobs, []);
        } finally {
          signal('kubelet', 'SIGCONT');
        }
      });
    }

    it('SIGKILL: the Job goes by itself', async function () {
      this.timeout((GONE_SECONDS + 60) * 1000);
      signal('kubelet', 'SIGSTOP');
      try {
        const { child, ended } = start('tag', '--timeout', '1s');
        await aJob();
        child.kill('SIGKILL');
        await ended;
      } finally {
        signal('kubelet', 'SIGCONT');
      }
      assert.notDeepEqual(await left(namespace), []);
      await nothingIsLeft(namespace, GONE_SECONDS);
    });

    (SLOW ? it : it.skip)('50 times at random moments: nothing stays', async function () {
      this.timeout(600_000);
      const RUNS = 50;
      const AT_ONCE = 5;
      const signals = ['SIGINT', 'SIGTERM', 'SIGKILL'] as const;
      const pods = ['good', 'tag', 'right', 'two'];
      const counts = { SIGINT: 0, SIGTERM: 0, SIGKILL: 0, ended: 0 };
      const interrupted = () => counts.SIGINT + counts.SIGTERM + counts.SIGKILL;
      let next = 0;
      const worker = async () => {
        while (interrupted() < RUNS) {
          const at = next++;
          const which = signals[at % signals.length] ?? 'SIGKILL';
          const { child, ended } = start(pods[at % pods.length] ?? 'good', '--timeout', '1s');
          await Promise.race([ended, sleep(Math.random() * 2500)]);
          child.kill(which);
          const [code, killedBy] = await ended;
          counts[killedBy !== null || code === 130 ? which : 'ended']++;
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
      const atOnce = await left(namespace);
      const since = Date.now();
      await nothingIsLeft(namespace, GONE_SECONDS);
      const seconds = Math.round((Date.now() - since) / 1000);
      process.stdout.write(
        `      ${JSON.stringify(counts)}; left at once: ${atOnce.length} Jobs and pods, after ${seconds} s: none\n`,
      );
      const jobs = atOnce.filter((name) => name.startsWith('job'));
      assert.ok(jobs.length > 0, 'none was killed with a Job of its own');
      assert.ok(jobs.length <= counts.SIGKILL, 'those that were asked to end removed theirs');
      assert.equal(await kubectl('get', 'jobs', '-n', namespace, '-o', 'name'), '');
    });
  });
});
