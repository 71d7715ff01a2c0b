/** Faults that come and go: pods that recover, a registry that flaps, two faults at once, one that changes under `-w`. */
import assert from 'node:assert/strict';
import { kubectl, type Ran, run } from '../cluster/help/commands.ts';
import { document, type Item } from '../cluster/help/described.ts';
import { apply, pod, waitUntilFailing, waitUntilRunning } from '../cluster/help/objects.ts';
import { TRUST } from '../cluster/help/verified.ts';
import { breakAgain, heal } from '../cluster/up/healed.ts';
import { waitFor } from '../cluster/up/processes.ts';
import { APP, HOSTS, PRIVATE_APP } from '../cluster/up/settings.ts';
import { spoiled } from './list/hosts.ts';
import { deleteNamespaces, makeNamespace, namespaceOf } from './namespaces.ts';
import { PACKED } from './packed.ts';

const MISSING = `${HOSTS.open.name}/public/app:not-yet`;
/** What the node has of it already does not matter: its registry is asked for the manifest with each pull. */
const FLAPPING = spoiled('broken');

const namespace = namespaceOf('changing');

async function describeItems(name: string, ...more: readonly string[]): Promise<readonly Item[]> {
  const ran = await run(PACKED, [
    'describe',
    `pod/${name}`,
    '-n',
    namespace,
    '-o',
    'json',
    ...more,
  ]);
  assert.equal(ran.code, 0, ran.stderr);
  return document(ran).items;
}

async function failing(name: string): Promise<void> {
  await waitUntilFailing(namespace, 1, '--field-selector', `metadata.name=${name}`);
}

const pulling = (name: string, image: string) => ({ name, image, imagePullPolicy: 'Always' });

describe('faults that change', () => {
  // Of the whole list alone: a run of chosen faults is about those.
  const skipped = Boolean(process.env['IMAGEPULL_FAULTS']);

  before(async function (this: Mocha.Context) {
    if (skipped) return this.skip();
    await makeNamespace(namespace);
  });

  after(async () => {
    for (const kind of ['broken', 'denied']) breakAgain(kind);
    await deleteNamespaces(skipped ? [] : [namespace]);
  });

  it('a registry that recovers: --verify says that it can be pulled now, and then nothing fails', async () => {
    await apply(namespace, pod('recovers', FLAPPING, { containers: [pulling('app', FLAPPING)] }));
    await failing('recovers');
    const [broken] = await describeItems('recovers', '--verify', ...TRUST);
    assert.equal(broken?.cause, 'RegistryUnavailable');
    assert.equal(broken?.verified?.result, 'not pullable');
    heal('broken');
    const [now] = await describeItems('recovers', '--verify', ...TRUST);
    // The kubelet may have been quicker.
    if (now !== undefined) {
      assert.equal(now.cause, 'RegistryUnavailable');
      assert.equal(now.verified?.result, 'pullable');
    }
    await waitUntilRunning(namespace, 'recovers');
    assert.deepEqual(await describeItems('recovers'), []);
  });

  it('a registry that breaks again is no fault of a pod that runs, and one of the next', async () => {
    breakAgain('broken');
    await apply(namespace, pod('next', FLAPPING, { containers: [pulling('app', FLAPPING)] }));
    await failing('next');
    assert.deepEqual(await describeItems('recovers'), []);
    const [next] = await describeItems('next', '--verify', ...TRUST);
    assert.equal(next?.cause, 'RegistryUnavailable');
  });

  it('two containers with a fault each are two answers', async () => {
    const containers = [pulling('one', MISSING), pulling('two', spoiled('expired'))];
    await apply(namespace, pod('two-containers', MISSING, { containers }));
    await waitFor('both to fail', async () => (await describeItems('two-containers')).length === 2);
    const items = await describeItems('two-containers', '--verify', ...TRUST);
    assert.deepEqual(items.map(({ container, cause }) => [container, cause]).sort(), [
      ['one', 'TagNotFound'],
      ['two', 'TlsInvalid'],
    ]);
  });

  it('a pull secret that is missing is not the cause where the registry is down, and is told beside it', async () => {
    const more = {
      containers: [pulling('app', spoiled('maintenance'))],
      imagePullSecrets: [{ name: 'not-there' }],
    };
    await apply(namespace, pod('secret-and-down', APP, more));
    await failing('secret-and-down');
    const [item] = await describeItems('secret-and-down', '--verify', ...TRUST);
    assert.equal(item?.cause, 'RegistryUnavailable');
    assert.ok(JSON.stringify(item).includes('not-there'));
  });

  it('a missing tag behind a missing secret: first the secret, then the tag', async () => {
    const image = PRIVATE_APP.replace(/[^:]*$/, 'nope');
    const secrets = (name: string) => ({
      containers: [pulling('app', image)],
      imagePullSecrets: [{ name }],
    });
    await apply(namespace, pod('first', image, secrets('not-there')));
    await apply(namespace, pod('then', image, secrets('right')));
    await failing('first');
    await failing('then');
    assert.equal((await describeItems('first', '--verify', ...TRUST))[0]?.cause, 'SecretMissing');
    assert.equal((await describeItems('then', '--verify', ...TRUST))[0]?.cause, 'TagNotFound');
  });

  it('-w tells each cause as it changes, and the end', async () => {
    await apply(namespace, pod('changes', MISSING, { containers: [pulling('app', MISSING)] }));
    await failing('changes');
    const args = ['describe', 'changes', '-n', namespace, '-w', '--timeout', '100s'];
    let told = '';
    const onStdout = (text: string) => {
      told += text;
    };
    const watch: Promise<Ran> = run(PACKED, args, { env: { NO_COLOR: '1' }, onStdout });
    const set = (image: string) =>
      kubectl('set', 'image', 'pod/changes', `app=${image}`, '-n', namespace);
    // What lasts less than the watch gathers changes for is not told.
    const until = (cause: string) => waitFor(cause, async () => told.includes(cause));
    await until('TagNotFound');
    await set(spoiled('denied'));
    await until('Forbidden');
    await set(APP);
    const { code, stdout, stderr } = await watch;
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /TagNotFound[\s\S]*Forbidden[\s\S]*pulled \(was Forbidden\)/);
  });
});
