/** `verify --from-node` from flags to exit code, against a local API server whose kubelet the tests play. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { run } from '../../src/cli/run.ts';
import { type Fields, fields, text } from '../../src/words/fields.ts';
import type { FaultRule } from '../rig/api-faults.ts';
import { type ApiServer, startApiServer } from '../rig/api-server.ts';
import type { Changes } from '../rig/api-watch.ts';
import { type TempFolder, tempFolder } from '../rig/temp.ts';
import { type TestWorldOptions, testWorld } from '../rig/world.ts';

const IMAGE = 'registry.corp.test/public/app:1.0';
const PULLED = { terminated: { exitCode: 128, reason: 'StartError', message: 'no such file' } };
const CREATING = { waiting: { reason: 'ContainerCreating' } };
const waiting = (message: string) => ({ waiting: { reason: 'ErrImagePull', message } });
const REFUSED = waiting(
  `failed to pull and unpack image "${IMAGE}": failed to resolve image: failed to do request: Head "https://registry.corp.test/v2/public/app/manifests/1.0": dial tcp 10.77.0.14:443: connect: connection refused`,
);

/** Containers' state on a node; `null`: the Job gets no pod. */
type Kubelet = (node: string) => object | null;

function node(name: string, more: { labels?: object; taints?: object[]; ready?: string } = {}) {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, uid: name, labels: more.labels ?? {} },
    spec: { taints: more.taints ?? [] },
    status: {
      nodeInfo: { operatingSystem: 'linux', architecture: 'amd64' },
      conditions: [{ type: 'Ready', status: more.ready ?? 'True', reason: 'KubeletStopped' }],
    },
  };
}

const WEB = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { namespace: 'shop', name: 'web', uid: 'web', labels: { app: 'web' } },
  spec: {
    nodeName: 'n1',
    serviceAccountName: 'web',
    imagePullSecrets: [{ name: 'regcred' }],
    containers: [{ name: 'web', image: IMAGE }],
  },
  status: { phase: 'Pending' },
};

describe('verify --from-node', function () {
  this.timeout(20_000);
  let folder: TempFolder;
  let server: ApiServer;
  const made: Fields[] = [];
  let atOnce = 0;

  before(() => {
    folder = tempFolder();
  });
  after(() => folder.remove());
  afterEach(async () => {
    made.length = 0;
    atOnce = 0;
    await server.close();
  });

  async function serve(kubelet: Kubelet, ...items: readonly object[]): Promise<void> {
    const list = { apiVersion: 'v1', kind: 'List', items: [WEB, ...items] };
    const onCreate = (plural: string, job: Fields, changes: Changes) => {
      assert.equal(plural, 'jobs');
      made.push(job);
      const gone = writes().filter((line) => line === `DELETE ${JOBS}/JOB`).length;
      atOnce = Math.max(atOnce, made.length - gone);
      const pod = podOf(job, kubelet);
      if (pod !== null) changes.set('pods', pod);
    };
    const dumps = [folder.write('objects.json', JSON.stringify(list))];
    server = await startApiServer({ dumps, onCreate });
    server.writeKubeconfig(join(folder.path, 'config'));
  }

  function podOf(job: Fields, kubelet: Kubelet): Fields | null {
    const template = fields(fields(job['spec'])['template']);
    const spec = fields(template['spec']);
    const state = kubelet(text(spec['nodeName']));
    if (state === null) return null;
    const name = text(fields(job['metadata'])['name']);
    const containers = spec['containers'] as { name: string }[];
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        ...fields(template['metadata']),
        ...{ name: `${name}-x`, namespace: 'shop', uid: `${name}-x` },
        creationTimestamp: new Date().toISOString(),
        ownerReferences: [{ apiVersion: 'batch/v1', kind: 'Job', name, controller: true }],
      },
      spec,
      status: {
        phase: 'Pending',
        containerStatuses: containers.map((one) => ({ name: one.name, state })),
      },
    };
  }

  async function command(args: readonly string[], options: TestWorldOptions = {}) {
    const env = { KUBECONFIG: join(folder.path, 'config') };
    const input = options.isTTY ? {} : { stdin: '' };
    const world = { ...testWorld({ env, cwd: folder.path, ...input, ...options }), now: Date.now };
    const code = await run(['verify', '-n', 'shop', ...args], world);
    return { code, out: world.outText(), err: world.errText() };
  }

  /** Methods and paths of the writes, the Job's name left out. */
  function writes(): string[] {
    return server.requests
      .filter(({ method }) => method !== 'GET')
      .map(({ method, path, body }) => {
        const tried = method === 'DELETE' && fields(body)['dryRun'] !== undefined;
        return `${method}${tried ? ' (dry run)' : ''} ${path.replace(/kubectl-imagepull-\w+/, 'JOB')}`;
      });
  }

  const JOBS = '/apis/batch/v1/namespaces/shop/jobs';
  /** What is sent before anything is made. */
  const TRIED = [`POST ${JOBS}?dryRun=All`, `DELETE (dry run) ${JOBS}/JOB`];
  /** The first of a kind of request is answered as usual: the dry run. */
  const ONCE = { times: 1, fault: { kind: 'slow', ms: 0 } } as const;
  const forbidden = (message: string) =>
    ({ kind: 'status', code: 403, reason: 'Forbidden', message }) as const;

  it('pulled: a Job is tried, made, followed and removed', async () => {
    await serve(() => PULLED, node('n1'));
    const { code, out, err } = await command(['web', '--from-node', '--yes']);
    assert.equal(code, 0, out + err);
    assert.match(out, /from node n1 +pullable +<none> +<none>/);
    assert.match(err, /^1 of 1 node can pull\. imagePullPolicy Always resolves the manifest again/);
    assert.deepEqual(writes(), [...TRIED, `POST ${JOBS}`, `DELETE ${JOBS}/JOB`]);
    const removal = server.requests.findLast(({ method }) => method === 'DELETE');
    assert.equal(fields(removal?.body)['propagationPolicy'], 'Background');
    const spec = fields(fields(fields(made[0]?.['spec'])['template'])['spec']);
    assert.deepEqual(
      [spec['nodeName'], spec['serviceAccountName'], spec['imagePullSecrets']],
      ['n1', 'web', [{ name: 'regcred' }]],
    );
  });

  it('not pulled: the cause, exit code 3, and advice about the pod itself', async () => {
    await serve(() => REFUSED, node('n1'));
    const { code, out, err } = await command(['web', '--from-node', '--yes']);
    assert.equal(code, 3, out + err);
    assert.match(out, /from node n1 +not pullable +ConnectionRefused/);
    assert.match(out, /kubectl imagepull verify web -n shop/);
    assert.doesNotMatch(out, /kubectl-imagepull-/);
    assert.match(err, /1 of 1 node cannot reach the registry/);
    assert.equal(writes().at(-1), `DELETE ${JOBS}/JOB`);
  });

  it('several nodes: one table, what is unfit is left out, five at a time', async () => {
    const names = Array.from({ length: 8 }, (_, i) => `n${i + 1}`);
    await serve(
      (name) => (name === 'n2' || name === 'n5' ? REFUSED : PULLED),
      ...names.map((name) => node(name, { labels: { pool: 'edge' } })),
      node('off', { ready: 'False', labels: { pool: 'edge' } }),
      node('vk', { labels: { type: 'virtual-kubelet', pool: 'edge' } }),
      node('other'),
    );
    const { code, out, err } = await command(['web', '--nodes', 'pool=edge', '--yes']);
    assert.equal(code, 3, out + err);
    assert.match(out, /^NODE +RESULT +CAUSE +DETAIL\nn1 +pullable/);
    assert.match(out, /\noff +skipped +<none> +not Ready \(KubeletStopped\)/);
    assert.match(out, /\nvk +skipped +<none> +a virtual node/);
    assert.match(out, /public\/app:1.0, from nodes n2, n5\n/);
    assert.doesNotMatch(out, /^other/m);
    assert.match(err, /^2 of 8 nodes cannot reach the registry, 2 skipped\. Others can: compare/);
    assert.equal(made.length, 8);
    assert.ok(atOnce <= 5 && atOnce > 1, `${atOnce} at once`);
    assert.equal(writes().filter((line) => line === `DELETE ${JOBS}/JOB`).length, 8);
  });

  it('the document is as its schema says', async () => {
    await serve((name) => (name === 'n1' ? PULLED : REFUSED), node('n1'), node('n2'));
    const { out } = await command(['--image', IMAGE, '--nodes', 'all', '--yes', '-o', 'json']);
    const schema = readFileSync(
      join(import.meta.dirname, '../../docs/schema/verification-list.json'),
      'utf8',
    );
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(
      JSON.parse(schema),
    );
    const document: { nodes: { node: string; pod: string | null; result: string }[] } =
      JSON.parse(out);
    assert.ok(validate(document), JSON.stringify(validate.errors));
    assert.deepEqual(
      document.nodes.map((one) => [one.node, one.pod, one.result]),
      [
        ['n1', null, 'pullable'],
        ['n2', null, 'not pullable'],
      ],
    );
  });

  it('a quota on pods: the words that the controller was told, exit code 4', async () => {
    await serve(() => null, node('n1'));
    const asked = command(['web', '--from-node', '--yes']);
    while (made.length === 0) await sleep(10);
    const name = text(fields(made[0]?.['metadata'])['name']);
    server.changes.set('events', {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: 'e1', namespace: 'shop' },
      involvedObject: { kind: 'Job', name, namespace: 'shop' },
      reason: 'FailedCreate',
      message: 'Error creating: pods "x" is forbidden: exceeded quota: none',
    });
    const { code, out } = await asked;
    assert.equal(code, 4, out);
    assert.match(out, /unverifiable +<none> +Error creating: .*exceeded quota: none/);
  });

  const refusals: readonly (readonly [string, number, string, string])[] = [
    ['RBAC', 403, 'Forbidden', 'jobs.batch is forbidden: User "me" cannot create resource "jobs"'],
    ['admission', 422, 'Invalid', 'Job.batch "x" is invalid: spec: not here'],
  ];
  for (const [who, status, reason, message] of refusals) {
    it(`${who} refuses the Job: the server's line, exit code 1, nobody asked`, async () => {
      await serve(() => PULLED, node('n1'));
      server.faults.push({
        method: 'POST',
        fault: { kind: 'status', code: status, reason, message },
      });
      const { code, err } = await command(['web', '--from-node'], { isTTY: true, typed: 'y' });
      assert.equal(code, 1);
      assert.equal(err, `Error from server (${reason}): ${message}\n`);
      assert.equal(made.length, 0);
    });
  }

  it('asks at a terminal what it may make', async () => {
    await serve(() => PULLED, node('n1'));
    const terminal = { isTTY: true };
    const no = await command(['web', '--from-node'], { ...terminal, typed: '\n' });
    assert.equal(no.code, 1);
    assert.match(no.err, /To make in namespace shop: 1 Job of one pod/);
    assert.match(no.err, /account: ServiceAccount web\n {2}secrets: regcred\n/);
    assert.match(no.err, /Go on\? \[y\/N\] error: nothing was made\n$/);
    assert.equal(made.length, 0);
    const yes = await command(['web', '--from-node'], { ...terminal, typed: 'y\n' });
    assert.equal(yes.code, 0, yes.err);
    assert.equal(made.length, 1);
  });

  it('with nobody to ask it is wrong usage, before anything is sent', async () => {
    await serve(() => PULLED, node('n1'));
    const { code, err } = await command(['web', '--from-node']);
    assert.equal(code, 2);
    assert.match(err, /add --yes/);
    assert.equal(server.requests.length, 0);
  });

  it('Ctrl-C: ends with 130, after the Job is removed', async () => {
    await serve(() => CREATING, node('n1'));
    const interrupt = new AbortController();
    const { signal } = interrupt;
    server.faults.push({ method: 'DELETE', fault: { kind: 'slow', ms: 300 } });
    const asked = command(['web', '--from-node', '--yes'], { signal });
    while (made.length === 0) await sleep(10);
    interrupt.abort();
    const { code, out, err } = await asked;
    assert.deepEqual([code, out, err], [130, '', '']);
    assert.equal(writes().at(-1), `DELETE ${JOBS}/JOB`);
    const jobs = server.changes.applied('jobs', 'shop', []);
    assert.deepEqual(jobs, []);
  });

  it('time is up: unverifiable, and the Job is removed', async () => {
    await serve(() => CREATING, node('n1'));
    const { code, out } = await command(['web', '--from-node', '--yes', '--timeout', '1s']);
    assert.equal(code, 4, out);
    assert.match(out, /unverifiable +<none> +the node has not pulled it after \d s/);
    assert.equal(writes().at(-1), `DELETE ${JOBS}/JOB`);
  });

  it('connections that are cut change nothing', async () => {
    await serve(() => PULLED, node('n1'));
    server.faults.push(
      { resource: 'pods', verb: 'list', times: 2, fault: { kind: 'cut' } },
      { method: 'DELETE', times: 1, fault: { kind: 'cut' } },
    );
    const { code, out, err } = await command(['web', '--from-node', '--yes']);
    assert.equal(code, 0, out + err);
    assert.doesNotMatch(err, /warning/);
    assert.deepEqual(server.changes.applied('jobs', 'shop', []), []);
  });

  it('a Job that may not be removed is told of, and no more are made', async () => {
    const names = Array.from({ length: 12 }, (_, i) => `n${i + 1}`);
    await serve(() => PULLED, ...names.map((name) => node(name)));
    const message = 'jobs.batch is forbidden: User "me" cannot delete resource "jobs"';
    server.faults.push(
      { method: 'DELETE', ...ONCE },
      { method: 'DELETE', fault: forbidden(message) },
    );
    const { code, out, err } = await command(['web', '--nodes', 'all', '--yes']);
    assert.equal(code, 4, out);
    assert.ok(made.length <= 5, `${made.length} Jobs`);
    assert.equal(err.match(/^warning: /gm)?.length, made.length);
    assert.match(
      err,
      /warning: job shop\/kubectl-imagepull-\w+ could not be removed .*cannot delete.*within 165 s, or: kubectl delete job kubectl-imagepull-\w+ -n shop/,
    );
    assert.match(out, /n9 +unverifiable +<none> +no Job was made: Error from server \(Forbidden\)/);
  });

  it('all is pulled but a Job is left: exit code 1', async () => {
    await serve(() => PULLED, node('n1'));
    server.faults.push({ method: 'DELETE', ...ONCE }, { method: 'DELETE', fault: forbidden('no') });
    const { code, out, err } = await command(['web', '--from-node', '--yes']);
    assert.equal(code, 1);
    assert.match(out, /pullable/);
    assert.match(err, /warning: job shop.*kubectl delete job/);
  });

  const missing: readonly (readonly [right: string, rule: Omit<FaultRule, 'fault'>])[] = [
    ['delete', { method: 'DELETE' }],
    ['list pods', { resource: 'pods', verb: 'list', namespace: 'shop' }],
  ];
  for (const [right, rule] of missing) {
    it(`no right to ${right}: the server's line, exit code 1, nothing is made`, async () => {
      await serve(() => PULLED, node('n1'), node('n2'));
      const message = `forbidden: User "me" cannot ${right}`;
      server.faults.push({ ...rule, fault: forbidden(message) });
      const { code, out, err } = await command(['web', '--nodes', 'all'], {
        ...{ isTTY: true, typed: 'y' },
      });
      assert.deepEqual([code, out, made.length], [1, '', 0]);
      assert.equal(err, `Error from server (Forbidden): ${message}\n`);
    });
  }

  it('every namespace is tried before one Job is made', async () => {
    const other = { ...WEB, metadata: { ...WEB.metadata, namespace: 'till', uid: 'till' } };
    await serve(() => PULLED, other, node('n1'));
    const fault = forbidden('not in till');
    server.faults.push({ method: 'DELETE', namespace: 'till', fault });
    const { code, err } = await command(['pods', '-A', '-l', 'app=web', '--nodes', 'all', '--yes']);
    assert.deepEqual([code, made.length], [1, 0]);
    assert.equal(err, 'Error from server (Forbidden): not in till\n');
  });

  it('pods that may not be listed any more: no more Jobs, and those there are removed', async () => {
    const names = Array.from({ length: 12 }, (_, i) => `n${i + 1}`);
    await serve(() => PULLED, ...names.map((name) => node(name)));
    const pods = { resource: 'pods', verb: 'list', namespace: 'shop' } as const;
    server.faults.push({ ...pods, ...ONCE }, { ...pods, fault: forbidden('not any more') });
    const { code, out } = await command(['web', '--nodes', 'all', '--yes']);
    assert.equal(code, 4, out);
    assert.ok(made.length <= 5, `${made.length} Jobs`);
    assert.match(out, /n1 +unverifiable +<none> +Error from server \(Forbidden\): not any more/);
    assert.deepEqual(server.changes.applied('jobs', 'shop', []), []);
  });

  for (const reason of ['PullImageTimeout', 'SomethingNew']) {
    it(`${reason}, which nobody knows: no yes, the reason is quoted, exit code 4`, async () => {
      await serve(() => ({ waiting: { reason, message: `text of ${reason}` } }), node('n1'));
      const { code, out } = await command(['web', '--from-node', '--yes', '--timeout', '1s']);
      assert.equal(code, 4, out);
      assert.match(out, new RegExp(`unverifiable +<none> +after \\d s the .*: text of ${reason}`));
    });
  }

  it('a node that is not there is skipped, exit code 4', async () => {
    await serve(() => PULLED, node('n2'));
    const { code, out } = await command(['web', '--from-node', '--yes']);
    assert.equal(code, 4);
    assert.match(out, /from node n1 +skipped +<none> +there is no node of this name/);
    assert.deepEqual(writes(), []);
  });

  it('nodes that may not be read are asked all the same', async () => {
    await serve(() => PULLED, node('n1'));
    const refused = { kind: 'status', code: 403, reason: 'Forbidden', message: 'no' } as const;
    server.faults.push({ resource: 'nodes', fault: refused });
    const { code, err } = await command(['web', '--from-node', '--yes']);
    assert.equal(code, 0, err);
    assert.match(err, /Not seen: not allowed to get node n1/);
  });

  it('a webhook that takes no dry run is tried for real', async () => {
    await serve(() => PULLED, node('n1'));
    const message = 'admission webhook "old" does not support dry run';
    server.faults.push({
      ...{ method: 'POST', times: 1 },
      fault: { kind: 'status', code: 400, reason: 'BadRequest', message },
    });
    const { code, out } = await command(['web', '--from-node', '--yes']);
    assert.equal(code, 0, out);
  });

  it('an answer that was lost after the Job was made: it is not made twice', async () => {
    await serve(() => PULLED, node('n1'));
    const made = { kind: 'status', code: 409, reason: 'AlreadyExists', message: 'there' } as const;
    server.faults.push(
      { method: 'POST', times: 1, fault: { kind: 'slow', ms: 0 } },
      { method: 'POST', times: 1, fault: made },
    );
    const { code, out } = await command(['web', '--from-node', '--yes', '--timeout', '1s']);
    assert.equal(code, 4, out);
    assert.match(out, /no pod of the Job was seen within/);
    assert.equal(writes().at(-1), `DELETE ${JOBS}/JOB`);
  });

  it('a Job that was refused on the second look is not removed', async () => {
    await serve(() => PULLED, node('n1'));
    const message = 'jobs.batch "x" is forbidden: exceeded quota: jobs';
    const full = { kind: 'status', code: 403, reason: 'Forbidden', message } as const;
    server.faults.push(
      { method: 'POST', times: 1, fault: { kind: 'slow', ms: 0 } },
      { method: 'POST', fault: full },
    );
    const { code, out } = await command(['web', '--from-node', '--yes']);
    assert.equal(code, 4, out);
    assert.match(out, /unverifiable +<none> +Error from server \(Forbidden\): .*exceeded quota/);
    assert.deepEqual(writes(), [...TRIED, `POST ${JOBS}`]);
  });

  it('--dry-run=client prints the Job and sends nothing, a List for several', async () => {
    await serve(() => PULLED, node('n1'), node('n2'));
    const one = await command(['web', '--from-node', '--dry-run=client', '-o', 'json']);
    assert.equal(JSON.parse(one.out).kind, 'Job');
    const two = await command(['web', '--nodes=all', '--dry-run=client', '-o', 'json']);
    assert.deepEqual([JSON.parse(two.out).kind, JSON.parse(two.out).items.length], ['List', 2]);
    const name = await command(['web', '--from-node', '--dry-run=client']);
    assert.match(name.out, /^job\.batch\/kubectl-imagepull-\w+ created \(dry run\)\n$/);
    assert.deepEqual(writes(), []);
  });
});
