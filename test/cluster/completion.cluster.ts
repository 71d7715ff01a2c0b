/** Completion on a real API server: its own tables, and none of its Secrets' content. */
import assert from 'node:assert/strict';
import { plugin } from './help/commands.ts';
import { apply, ownNamespace, pod, waitUntilFailing, waitUntilRunning } from './help/objects.ts';
import { APP } from './up/settings.ts';

/** The limit is for a person; a busy machine may need several tries. */
const TRIES = 5;

describe('cluster: completion', () => {
  const namespace = ownNamespace('completion');

  before(async () => {
    const secret = (name: string, type: string, data: object) => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name },
      type,
      stringData: data,
    });
    await apply(
      namespace,
      pod('a-runs', APP),
      pod('b-fails', APP.replace(/:[^:]*$/, ':nope')),
      secret('registry', 'kubernetes.io/dockerconfigjson', { '.dockerconfigjson': '{"auths":{}}' }),
      secret('other', 'Opaque', { password: 'x' }),
    );
    await waitUntilFailing(namespace, 1);
    await waitUntilRunning(namespace, 'a-runs');
  });

  /** Candidates, without what is said of them; those of the first answer that `name` is in. */
  async function offered(name: string, ...words: string[]): Promise<string[]> {
    let lines: string[] = [];
    for (let i = 0; i < TRIES && !lines.some((line) => line.startsWith(name)); i++) {
      const { code, stdout, stderr } = await plugin('__complete', ...words);
      assert.deepEqual([code, stderr], [0, '']);
      lines = stdout.split('\n').slice(0, -2);
    }
    return lines.filter((line) => !line.endsWith('/'));
  }

  it('offers the failing pod first, with its state', async () => {
    const lines = await offered('b-fails', 'describe', '-n', namespace, '');
    assert.equal(lines.length, 2);
    assert.match(lines[0] ?? '', /^b-fails\t(?:ErrImagePull|ImagePullBackOff)$/);
    assert.equal(lines[1], 'a-runs');
  });

  it('offers pull secrets alone', async () => {
    assert.deepEqual(await offered('registry', 'decode', '-n', namespace, 'r'), ['registry']);
    assert.deepEqual(await offered('o', 'decode', '-n', namespace, 'o'), []);
  });

  it('offers namespaces', async () => {
    assert.deepEqual(await offered(namespace, 'describe', '-n', namespace), [namespace]);
  });
});
