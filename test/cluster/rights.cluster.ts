/** What is said to those who may not see everything: RBAC by the API server, tokens of ServiceAccounts. */
import assert from 'node:assert/strict';
import { kubectl, plugin, type Ran, run } from './help/commands.ts';
import { document } from './help/described.ts';
import { expiredToken, kubeconfigWithToken } from './help/kubeconfigs.ts';
import { apply, ownNamespace, pod, pullSecret, waitUntilFailing } from './help/objects.ts';
import { waitFor } from './up/processes.ts';
import { APP, HOSTS, PRIVATE_APP, USER } from './up/settings.ts';

interface Reader {
  /** The ServiceAccount and its role. */
  readonly name: string;
  readonly resources: readonly string[];
  /** Reads nodes too, through a ClusterRole. */
  readonly nodes?: boolean;
  /** What of the failing pod it was not allowed to read; NS stands for the namespace. */
  readonly refused: readonly string[];
}

const EVENTS = 'not allowed to list events in namespace NS';
const SECRET = 'not allowed to get secret NS/wrong';
const ACCOUNT = 'not allowed to get serviceaccount NS/default';

const READERS: readonly Reader[] = [
  { name: 'pods-only', resources: ['pods'], refused: [SECRET, ACCOUNT] },
  { name: 'pods-and-events', resources: ['pods', 'events'], refused: [SECRET, ACCOUNT] },
  {
    name: 'all-but-secrets',
    resources: ['pods', 'events', 'serviceaccounts', 'deployments.apps', 'replicasets.apps'],
    nodes: true,
    refused: [SECRET],
  },
];

/** A pod that waits for a volume: what holds it up stands in its events only. */
const STARTING = pod('starting', APP, {
  volumes: [{ name: 'settings', configMap: { name: 'nope' } }],
  containers: [
    { name: 'app', image: APP, volumeMounts: [{ name: 'settings', mountPath: '/settings' }] },
  ],
});

describe('cluster: rights', () => {
  const namespace = ownNamespace('rights');

  /** Runs the plugin with a kubeconfig that holds a token from the server for this ServiceAccount. */
  async function as(name: string, ...args: readonly string[]): Promise<Ran> {
    const token = (await kubectl('create', 'token', name, '-n', namespace)).trim();
    const kubeconfig = kubeconfigWithToken(name, token);
    return await plugin('describe', '-n', namespace, '--kubeconfig', kubeconfig, ...args);
  }

  async function grant({ name, resources, nodes }: Reader): Promise<void> {
    const account = `--serviceaccount=${namespace}:${name}`;
    const verbs = '--verb=get,list,watch';
    await kubectl('create', 'serviceaccount', name, '-n', namespace);
    await kubectl('create', 'role', name, '-n', namespace, verbs, `--resource=${resources}`);
    await kubectl('create', 'rolebinding', name, '-n', namespace, `--role=${name}`, account);
    if (!nodes) return;
    const bound = `${namespace}-${name}`;
    await kubectl('create', 'clusterrole', bound, verbs, '--resource=nodes');
    await kubectl('create', 'clusterrolebinding', bound, `--clusterrole=${bound}`, account);
  }

  const here = (text: string) => text.replace('NS', namespace);

  before(async () => {
    await pullSecret(namespace, 'wrong', HOSTS.private.name, USER, 'not-the-password');
    await apply(
      namespace,
      pod('web', PRIVATE_APP, { imagePullSecrets: [{ name: 'wrong' }] }),
      STARTING,
    );
    await kubectl('create', 'serviceaccount', 'nothing', '-n', namespace);
    for (const reader of READERS) await grant(reader);
    await waitUntilFailing(namespace, 1);
  });

  after(async () => {
    const bound = READERS.filter(({ nodes }) => nodes).map(({ name }) => `${namespace}-${name}`);
    await kubectl('delete', 'clusterrole,clusterrolebinding', ...bound);
  });

  for (const { name, refused } of READERS) {
    it(`${name}: the cause, and what was not seen, in JSON`, async () => {
      const ran = await as(name, '-o', 'json');
      assert.equal(ran.code, 0, ran.stderr);
      const [item, ...more] = document(ran).items;
      assert.deepEqual([item?.pod, item?.cause, more.length], ['web', 'Unauthorized', 0]);
      const unseen = item?.unavailable ?? [];
      assert.deepEqual(unseen.map(({ text }) => text).sort(), refused.map(here).sort());
      assert.ok(unseen.every(({ reason }) => reason === 'forbidden'));
    });

    for (const args of [[], ['web']]) {
      it(`${name}: the same in text, describe ${args.join(' ')}`, async () => {
        const { code, stdout, stderr } = await as(name, ...args, '--exit-code');
        assert.equal(code, 3, stderr);
        for (const text of refused) {
          assert.ok(stdout.includes(`${here(text)} (kubectl auth can-i `), stdout);
        }
        assert.doesNotMatch(stdout, /missing|not found|does not exist/);
      });
    }
  }

  it('pods-only: events that are needed and refused are told, in JSON', async () => {
    const { unavailable } = document(await as('pods-only', '-o', 'json'));
    assert.ok(
      unavailable.some(({ text }) => text === here(EVENTS)),
      JSON.stringify(unavailable),
    );
  });

  it('pods-only: the same in text, with exit code 4 for what could not be verified', async () => {
    const { code, stdout, stderr } = await as('pods-only', 'starting', '--exit-code');
    assert.equal(code, 4, stderr);
    assert.match(stdout, /^starting: no image pull failure seen: [^\n]*only events tell/m);
    assert.ok(`${stdout}${stderr}`.includes(here(EVENTS)));
  });

  it('pods-and-events: the same pod has an answer', async () => {
    await waitFor('the event of the volume', async () => {
      const { stdout } = await as('pods-and-events', 'starting');
      return stdout.includes('configmap "nope" not found');
    });
    const { code, stdout, stderr } = await as('pods-and-events', 'starting', '--exit-code');
    assert.equal(code, 0, stderr);
    assert.doesNotMatch(`${stdout}${stderr}`, /not allowed/);
  });

  it('the command it names to check a right says no', async () => {
    const { stdout, stderr } = await as('pods-only', 'starting');
    const command = /\((kubectl auth can-i list events [^)]+)\)/.exec(stdout + stderr)?.[1];
    assert.ok(command, stdout + stderr);
    const checked = await run('sh', ['-c', command]);
    assert.deepEqual([checked.stdout.trim(), checked.code], ['no', 1], command);
  });

  it('an impersonated user is told apart from the one who impersonates', async () => {
    const user = `system:serviceaccount:${namespace}:pods-and-events`;
    const { stdout } = await plugin('describe', 'web', '-n', namespace, '--as', user);
    assert.ok(stdout.includes(`not allowed to get secret ${namespace}/wrong`), stdout);
    assert.ok(stdout.includes(`--as ${user}`), stdout);
  });

  for (const args of [[], ['web'], ['-o', 'json'], ['--exit-code']]) {
    it(`nothing: the server's refusal, describe ${args.join(' ')}`, async () => {
      const { code, stdout, stderr } = await as('nothing', ...args);
      assert.equal(code, 1);
      assert.equal(stdout, '');
      assert.match(
        stderr,
        /^Error from server \(Forbidden\): pods( "web")? is forbidden: User "system:serviceaccount:/,
      );
      assert.ok(stderr.includes(`in the namespace "${namespace}"`), stderr);
    });
  }

  it('an expired token: the same words as kubectl', async () => {
    const kubeconfig = kubeconfigWithToken('expired', expiredToken(namespace, 'nothing'));
    const { code, stdout, stderr } = await plugin(
      'describe',
      '-n',
      namespace,
      '--kubeconfig',
      kubeconfig,
    );
    const reference = await run('kubectl', [
      'get',
      'pods',
      '-n',
      namespace,
      '--kubeconfig',
      kubeconfig,
    ]);
    assert.equal(code, 1);
    assert.equal(stdout, '');
    assert.match(stderr, /^error: You must be logged in to the server \(/);
    const last = (text: string) => text.trimEnd().split('\n').at(-1);
    assert.equal(last(stderr), last(reference.stderr));
  });
});
