/** `describe --watch`: a rollout that is mended, a secret that comes late, an API server that goes away. */
import assert from 'node:assert/strict';
import { kubectl, plugin, type Ran, run } from './help/commands.ts';
import {
  apply,
  type KubeObject,
  ownNamespace,
  pod,
  podSpec,
  pullSecret,
  waitUntilFailing,
} from './help/objects.ts';
import { startApiServer } from './up/kubernetes.ts';
import { isRunning, signal, waitFor } from './up/processes.ts';
import { APP, HOSTS, PASSWORD, PRIVATE_APP, USER } from './up/settings.ts';

const MISSING = `${HOSTS.open.name}/public/app:nope`;
const SERVER = 'kube-apiserver';

function deployment(name: string, image: string, replicas: number): KubeObject {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: podSpec(image) },
    },
  };
}

/** Starts a watch; `asked` resolves when it has said that it lost or found the server, or what else is on stderr. */
function watch(...args: readonly string[]) {
  let said = '';
  const options = { onStderr: (text: string) => (said += text) };
  const ran: Promise<Ran> = run('kubectl', ['imagepull', 'describe', '-w', ...args], options);
  const warned = (pattern: RegExp) =>
    waitFor(`the watch to say ${pattern}`, () => pattern.test(said));
  return { ran, warned };
}

/** Longer than a watch needs to list and to begin. */
const STARTED_MS = 1500;
const started = () => new Promise((resolve) => setTimeout(resolve, STARTED_MS));

describe('cluster: watching', () => {
  const namespace = ownNamespace('watch');
  const here = ['-n', namespace, '--timeout', '100s'];

  before(() => apply(namespace, deployment('web', MISSING, 3)));

  it('a rollout that is mended ends with 0 and all pods pulled', async () => {
    await waitUntilFailing(namespace, 3, '-l', 'app=web');
    const { ran } = watch('deploy/web', ...here);
    await started();
    await kubectl('set', 'image', 'deploy/web', `app=${APP}`, '-n', namespace);
    const { code, stdout, stderr } = await ran;
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /^\S+Z {3}0 of 3 pods pulled; web-\S+: TagNotFound/m);
    assert.match(stdout, /^\S+Z {3}web-\S+ {3}deleted \(was TagNotFound\)$/m);
    assert.match(stdout, /^\S+Z {3}3 of 3 pods pulled$/m);
  });

  it('a rollout that begins to fail is told, and time ends', async () => {
    await kubectl('rollout', 'status', 'deploy/web', '-n', namespace, '--timeout=60s');
    const { ran } = watch('-n', namespace, '-l', 'app=web', '--timeout', '15s');
    // Nothing fails, nothing is new: it ends by itself.
    assert.equal((await ran).code, 0);
    await kubectl('set', 'image', 'deploy/web', `app=${MISSING}`, '-n', namespace);
    const { code, stdout, stderr } = await watch('deploy/web', '-n', namespace, '--timeout', '12s')
      .ran;
    assert.equal(code, 1);
    assert.match(stdout, /TagNotFound/);
    assert.match(
      stderr,
      /^error: timed out waiting for the images to be pulled: 3 of 4 pods pulled/m,
    );
  });

  it('a pull secret that comes late is told as the recovery of its pod', async () => {
    await apply(namespace, pod('late', PRIVATE_APP, { imagePullSecrets: [{ name: 'reg' }] }));
    await waitUntilFailing(namespace, 1, '--field-selector', 'metadata.name=late');
    const { ran } = watch('late', ...here);
    await started();
    await pullSecret(namespace, 'reg', HOSTS.private.name, USER, PASSWORD);
    const { code, stdout, stderr } = await ran;
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /^\S+Z {3}late\/app {3}pulled \(was SecretMissing\)$/m);
  });

  it('a pod that is deleted ends it with 1', async () => {
    await apply(namespace, pod('gone', MISSING));
    await waitUntilFailing(namespace, 1, '--field-selector', 'metadata.name=gone');
    const { ran } = watch('gone', ...here);
    await started();
    await kubectl('delete', 'pod', 'gone', '-n', namespace);
    const { code, stdout, stderr } = await ran;
    assert.equal(code, 1);
    assert.match(stdout, /^\S+Z {3}gone {3}deleted \(was TagNotFound\)$/m);
    assert.match(stderr, /^error: pods "gone" was deleted before its images were pulled$/m);
  });

  it('an API server that is killed and started again is waited for', async () => {
    await apply(namespace, deployment('api', MISSING, 1));
    await waitUntilFailing(namespace, 1, '-l', 'app=api');
    const { ran, warned } = watch('deploy/api', ...here);
    await started();
    signal(SERVER, 'SIGKILL');
    await waitFor('the API server to be gone', () => !isRunning(SERVER));
    await warned(/trying again/);
    await startApiServer();
    await warned(/the server answers again/);
    await kubectl('set', 'image', 'deploy/api', `app=${APP}`, '-n', namespace);
    const { code, stdout, stderr } = await ran;
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /^\S+Z {3}1 of 1 pod pulled$/m);
  });

  it('a pod that is being deleted is still found in a list', async () => {
    await apply(
      namespace,
      pod('slow', APP, {
        terminationGracePeriodSeconds: 600,
        containers: [
          { name: 'app', image: MISSING },
          { name: 'stays', image: APP },
        ],
      }),
    );
    await waitUntilFailing(namespace, 1, '--field-selector', 'metadata.name=slow');
    await kubectl('delete', 'pod', 'slow', '-n', namespace, '--wait=false');
    await waitFor('its kubelet to take the reason back', async () => {
      const reason = '{.status.containerStatuses[*].state.waiting.reason}';
      const at = ['pod', 'slow', '-n', namespace, '-o', `jsonpath=${reason}`];
      return (await kubectl('get', ...at)) === 'ContainerCreating';
    });
    const { code, stdout } = await plugin(
      'describe',
      '-n',
      namespace,
      '-o',
      'wide',
      '--no-headers',
    );
    assert.equal(code, 0);
    assert.match(stdout, /^slow +app +\S+ +TagNotFound/m);
    const named = await plugin('describe', 'slow', '-n', namespace);
    assert.match(named.stdout, /the pod is being deleted/);
    await kubectl('delete', 'pod', 'slow', '-n', namespace, '--force', '--grace-period=0');
  });
});
