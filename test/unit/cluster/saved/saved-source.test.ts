import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { builtinKind } from '../../../../src/cluster/lists/builtin-kinds.ts';
import { openFiles } from '../../../../src/cluster/open.ts';
import { elidedKeys } from '../../../../src/cluster/saved/elided.ts';
import { InputError, UsageError } from '../../../../src/words/errors.ts';
import type { Fields } from '../../../../src/words/fields.ts';
import type { ObjectSource, ResourceKind } from '../../../../src/words/objects.ts';
import { type TempFolder, tempFolder } from '../../../rig/temp.ts';
import { testWorld } from '../../../rig/world.ts';

const DUMPS = join(import.meta.dirname, '../../../dumps');
const kind = (plural: string) => builtinKind(plural) as ResourceKind;
const dump = (name: string) => join(DUMPS, name);

interface Event extends Fields {
  readonly metadata: {
    readonly uid: string;
    readonly name: string;
    readonly resourceVersion: string;
  };
  readonly message?: string;
}

async function names(source: ObjectSource, plural: string, more: object = {}): Promise<string> {
  const answer = await source.list<Event>({ resource: kind(plural), ...more });
  return answer.known ? answer.value.map((o) => o.metadata.name).join(' ') : answer.why.text;
}

describe('saved objects', () => {
  let folder: TempFolder;
  beforeEach(() => {
    folder = tempFolder();
  });
  afterEach(() => folder.remove());

  const open = (filenames: readonly string[], stdin?: string | Buffer) =>
    openFiles(filenames, testWorld({ cwd: folder.path, ...(stdin !== undefined && { stdin }) }));
  const pod = (name: string, namespace = 'shop', more: object = {}) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, uid: `uid-${namespace}-${name}`, ...more },
  });

  it('takes a manifest for kubectl create, which has generateName in place of a name', async () => {
    const one = { ...pod(''), metadata: { generateName: 'load-', namespace: 'shop' } };
    const nameless = { ...pod(''), metadata: { namespace: 'shop' } };
    const { source } = await open(
      ['-'],
      [pod('web'), one, one, nameless].map((p) => JSON.stringify(p)).join('\n'),
    );
    assert.equal(await names(source, 'pods'), 'web load- load-');
  });

  it('are those of a capture', async () => {
    const { source, capturedAt, namespace } = await open([
      dump('modern-pods.json'),
      dump('modern-nodes.json'),
    ]);
    const pods = await source.list({ resource: kind('pods'), namespace: 'shop' });
    assert.ok(pods.known);
    const raw = JSON.parse(readFileSync(dump('modern-pods.json'), 'utf8'));
    const inShop = raw.items.filter(
      (p: Event & { metadata: Fields }) => p.metadata['namespace'] === 'shop',
    );
    assert.equal(pods.value.length, inShop.length);
    assert.deepEqual(
      await source.get({
        resource: kind('pods'),
        namespace: 'shop',
        name: inShop[0].metadata.name,
      }),
      {
        known: true,
        value: inShop[0],
      },
    );
    assert.equal(namespace, 'default');
    assert.ok(capturedAt && capturedAt > Date.parse('2026-11-21T00:00:00Z'));
    assert.equal(await names(source, 'nodes'), 'node1');
  });

  it('count once where events are given in both shapes, and read alike', async () => {
    const both = await open([dump('modern-events.json'), dump('modern-events.k8s.io.json')]);
    const one = await open([dump('modern-events.json')]);
    const newer = await open([dump('modern-events.k8s.io.json')]);
    const list = async (source: ObjectSource) => {
      const answer = await source.list<Event>({ resource: kind('events') });
      assert.ok(answer.known);
      return answer.value;
    };
    const [a, b, c] = [await list(both.source), await list(one.source), await list(newer.source)];
    const uids = new Set([...b, ...c].map((e) => e.metadata.uid));
    assert.equal(a.length, uids.size);
    const byUid = new Map(b.map((e) => [e.metadata.uid, e]));
    let compared = 0;
    for (const event of c) {
      const core = byUid.get(event.metadata.uid);
      // The two captures were taken one after the other: an event may have been counted on in between.
      if (core?.metadata.resourceVersion !== event.metadata.resourceVersion) continue;
      compared++;
      for (const key of ['message', 'reason', 'type', 'involvedObject', 'count', 'lastTimestamp']) {
        assert.deepEqual(event[key], core[key], key);
      }
    }
    assert.ok(compared > 100);
  });

  it('of which two states were given keep the later one', async () => {
    const event = (lastTimestamp: string, count: number) => ({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: 'e', namespace: 'shop', uid: 'u', resourceVersion: String(100 - count) },
      lastTimestamp,
      count,
    });
    folder.write(
      'a.json',
      JSON.stringify([
        event('2026-11-21T03:05:15Z', 9),
        pod('p', 'shop', { resourceVersion: '9', labels: { v: 'old' } }),
      ]),
    );
    folder.write(
      'b.json',
      JSON.stringify([
        event('2026-11-21T03:01:15Z', 2),
        pod('p', 'shop', { resourceVersion: '10', labels: { v: 'new' } }),
      ]),
    );
    for (const order of [
      ['a.json', 'b.json'],
      ['b.json', 'a.json'],
    ]) {
      const { source } = await open(order);
      const events = await source.list<Fields>({ resource: kind('events') });
      assert.deepEqual(events.known && events.value.map((e) => e['count']), [9]);
      assert.equal(await names(source, 'pods', { labelSelector: 'v=new' }), 'p');
      assert.equal(await names(source, 'pods', { labelSelector: 'v=old' }), '');
    }
  });

  it('are read from standard input, once', async () => {
    const stdin = Buffer.from(
      `\uFEFF${JSON.stringify({ kind: 'List', items: [pod('a'), pod('b')] })}`,
      'utf16le',
    );
    const { source } = await open(['-', '-'], stdin);
    assert.equal(await names(source, 'pods'), 'a b');
  });

  it('of a kind that nothing holds are not in the file', async () => {
    folder.write('pods.json', JSON.stringify(pod('a')));
    const { source } = await open(['pods.json']);
    assert.deepEqual(await source.list({ resource: kind('events'), namespace: 'shop' }), {
      known: false,
      why: {
        reason: 'not in the file',
        what: 'events in namespace shop',
        text: 'events are not in the file',
      },
    });
    assert.deepEqual(
      await source.get({ resource: kind('secrets'), namespace: 'shop', name: 's' }),
      {
        known: false,
        why: {
          reason: 'not in the file',
          what: 'secret shop/s',
          text: 'secret shop/s is not in the file',
        },
      },
    );
    assert.equal(
      await names(source, 'pods', { namespace: 'other' }),
      'nothing of namespace other is in the file',
    );
    assert.equal(
      await names(source, 'events', { namespace: 'other' }),
      'nothing of namespace other is in the file',
    );
  });

  it('without a namespace are of the namespace default', async () => {
    const { metadata: _, ...rest } = pod('a') as unknown as { metadata: object };
    folder.write('pods.json', JSON.stringify({ ...rest, metadata: { name: 'a' } }));
    const { source } = await open(['pods.json']);
    assert.equal(await names(source, 'pods', { namespace: 'default' }), 'a');
  });

  it('of a kind given as an empty list are known to be none', async () => {
    folder.write(
      'dump.json',
      `${JSON.stringify(pod('a'))}\n{"kind":"EventList","apiVersion":"v1","items":null}`,
    );
    const { source } = await open(['dump.json']);
    assert.deepEqual(await source.list({ resource: kind('events'), namespace: 'shop' }), {
      known: true,
      value: [],
    });
  });

  it('are selected by labels, fields and `keep`', async () => {
    const { source } = await open([dump('extra-pods.json')]);
    const all = (await names(source, 'pods')).split(' ');
    const first = all[0] ?? '';
    assert.equal(await names(source, 'pods', { fieldSelector: `metadata.name=${first}` }), first);
    const kept = await source.list<Event>({
      resource: kind('pods'),
      keep: (p) => p.metadata.name !== first,
    });
    assert.ok(kept.known && kept.value.length === all.length - 1);
    await assert.rejects(source.list({ resource: kind('pods'), labelSelector: 'a b' }), UsageError);
  });

  it('come from a cluster-info dump folder', async () => {
    const item = { metadata: { name: 'web', namespace: 'shop', uid: 'u1' } };
    folder.write(
      'dump/nodes.json',
      '{"kind":"NodeList","apiVersion":"v1","items":[{"metadata":{"name":"n1"}}]}',
    );
    folder.write(
      'dump/shop/pods.json',
      JSON.stringify({ kind: 'PodList', apiVersion: 'v1', items: [item] }),
    );
    folder.write('dump/shop/events.json', '{"kind":"EventList","apiVersion":"v1","items":[]}');
    folder.write('dump/shop/web/logs.txt', '==== START logs\n{ "broken"');
    const { source, skipped } = await open(['dump']);
    assert.deepEqual(
      [await names(source, 'pods'), await names(source, 'nodes'), await names(source, 'events')],
      ['web', 'n1', ''],
    );
    assert.deepEqual(skipped, []);
  });

  it('come from a must-gather folder, secrets elided, pods given twice counted once', async () => {
    const yaml =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop, uid: u1, resourceVersion: "5"}\n';
    const elided = Buffer.from('1234 bytes long').toString('base64');
    folder.write(
      'mg/namespaces/shop/core/pods.yaml',
      `apiVersion: v1\nkind: PodList\nitems:\n- metadata: {name: web, namespace: shop, uid: u1, resourceVersion: "5"}\n`,
    );
    folder.write('mg/namespaces/shop/pods/web/web.yaml', `---\n${yaml}`);
    folder.write('mg/namespaces/shop/pods/web/web/logs/current.log', 'x');
    folder.write(
      'mg/namespaces/shop/core/secrets.yaml',
      `---\napiVersion: v1\nkind: SecretList\nitems:\n- apiVersion: v1\n  kind: Secret\n  metadata: {name: reg, namespace: shop}\n  data: {.dockerconfigjson: ${elided}, ca.crt: QUJD}\n`,
    );
    folder.write(
      'mg/cluster-scoped-resources/core/nodes/n1.yaml',
      'apiVersion: v1\nkind: Node\nmetadata: {name: n1}\n',
    );
    folder.write('mg/broken.yaml', 'a: [');
    const { source, skipped } = await open(['mg']);
    assert.equal(await names(source, 'pods'), 'web');
    assert.equal(await names(source, 'nodes'), 'n1');
    const secret = await source.get({ resource: kind('secrets'), namespace: 'shop', name: 'reg' });
    assert.ok(secret.known);
    assert.deepEqual(elidedKeys(secret.value), ['.dockerconfigjson']);
    assert.deepEqual(skipped, [
      `${join('mg', 'broken.yaml')}: it can be read neither as JSON nor as YAML at line 1`,
    ]);
  });

  it('of custom kinds are found by name and by owner', async () => {
    const rollout = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      metadata: { name: 'r', namespace: 'shop', uid: 'r1' },
      status: { big: 1 },
    };
    folder.write('r.json', JSON.stringify(rollout));
    const { source } = await open(['r.json']);
    for (const type of [
      'rollout',
      'rollouts',
      'rollouts.argoproj.io',
      'rollouts.v1alpha1.argoproj.io',
    ]) {
      assert.equal((await source.findKind(type))?.kind, 'Rollout', type);
    }
    const found = await source.findOwnerKind('argoproj.io/v1beta1', 'Rollout');
    assert.equal(found?.group, 'argoproj.io');
    const answer = await source.get<Event>({
      resource: found as ResourceKind,
      namespace: 'shop',
      name: 'r',
    });
    assert.equal(answer.known && answer.value.metadata.uid, 'r1');
    assert.equal(await source.findKind('widgets'), null);
    assert.equal(await source.findOwnerKind('x/v1', 'Widget'), null);
    assert.equal((await source.findKind('deploy'))?.kind, 'Deployment');
  });

  it('come from a folder with a link that goes round', async () => {
    folder.write('d/pods.json', JSON.stringify(pod('a')));
    mkdirSync(join(folder.path, 'd/sub'));
    symlinkSync(join(folder.path, 'd'), join(folder.path, 'd/sub/up'));
    symlinkSync(join(folder.path, 'nowhere'), join(folder.path, 'd/dangling.json'));
    assert.equal(await names((await open(['d'])).source, 'pods'), 'a');
  });

  it('are watch events too', async () => {
    const line = (type: string, name: string) => JSON.stringify({ type, object: pod(name) });
    folder.write('w.jsonl', `${line('ADDED', 'a')}\n${line('DELETED', 'b')}\n`);
    assert.equal(await names((await open(['w.jsonl'])).source, 'pods'), 'a');
  });

  for (const [name, content, message] of [
    ['a file of nothing', '', /^x\.json: no Kubernetes objects found/],
    ['plain text', 'hello world', /^x\.json: no Kubernetes objects found/],
    ['other JSON', '{"a":1}', /^x\.json: no Kubernetes objects found/],
    [
      'a truncated one',
      '{"kind":"List","items":[',
      /^x\.json: the JSON ends before it is complete, in line 1/,
    ],
    [
      'a binary one',
      Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1]),
      /^x\.json: it is a binary file/,
    ],
  ] as const) {
    it(`refuse ${name}`, async () => {
      folder.write('x.json', content);
      await assert.rejects(
        open(['x.json']),
        (error: Error) => error instanceof InputError && message.test(error.message),
      );
    });
  }

  const config = JSON.stringify({ auths: { 'quay.io': { auth: 'YWxpY2U6czNjcjN0' } } });
  for (const [what, name] of [
    ['a docker config', config],
    ['its base64', Buffer.from(config).toString('base64')],
    ['base64 of a long one', Buffer.from(config.padEnd(9000)).toString('base64')],
    ['the auth of an entry', 'YWxpY2U6czNjcjN0'],
    ['YAML', 'kind: Secret\ndata: {}'],
  ] as const) {
    it(`refuse ${what} in the place of a name, and do not repeat it`, async () => {
      await assert.rejects(open([name]), {
        name: 'InputError',
        message: '-f takes a file, and was given its content: pipe it into -f -',
      });
    });
  }

  it('refuse a name that is not there, a terminal, an empty name, a folder of nothing', async () => {
    await assert.rejects(open(['gone.json']), {
      name: 'InputError',
      message: 'gone.json: no such file or folder',
    });
    await assert.rejects(open(['-']), /standard input is a terminal/);
    await assert.rejects(open(['']), InputError);
    mkdirSync(join(folder.path, 'empty'));
    await assert.rejects(open(['empty']), /^InputError: empty: no Kubernetes objects found/);
  });

  it('name an extra file without objects and keep the others', async () => {
    folder.write('pods.json', JSON.stringify(pod('a')));
    folder.write('other.json', '[1]');
    const { source, skipped } = await open(['pods.json', 'other.json']);
    assert.equal(await names(source, 'pods'), 'a');
    assert.deepEqual(skipped, ['other.json: no Kubernetes objects in it']);
  });

  it('stand hostile ones', async () => {
    const deep = `${'[['.repeat(200)}${']]'.repeat(200)}`;
    folder.write(
      'x.json',
      `{"kind":"List","items":[null,7,"x",{"kind":"Pod"},{"kind":7,"metadata":{"name":"n"}},{"kind":"Pod","metadata":{"name":"__proto__","labels":7,"managedFields":[7]},"status":{"conditions":7}},${deep}]}`,
    );
    assert.equal(await names((await open(['x.json'])).source, 'pods'), '__proto__');
  });
});
