/** Every fault that `decode` knows, in a pull secret of its own: it is found, and what comes of the pod is what we say. */
import assert from 'node:assert/strict';
import { run } from '../cluster/help/commands.ts';
import { document } from '../cluster/help/described.ts';
import { apply, pod, pods } from '../cluster/help/objects.ts';
import { waitFor } from '../cluster/up/processes.ts';
import { PRIVATE_APP } from '../cluster/up/settings.ts';
import { type Came, SECRET_FAULTS, type SecretFault } from './list/decode.ts';
import { secretWith } from './list/secrets.ts';
import { deleteNamespaces, makeNamespace, namespaceOf } from './namespaces.ts';
import { PACKED } from './packed.ts';
import { recordSecret, save } from './results.ts';

const namespace = namespaceOf('secrets');

function secretOf({ id, content, type, dataKey }: SecretFault) {
  return secretWith(id, content, {
    ...(type !== undefined && { type }),
    ...(dataKey !== undefined && { key: dataKey }),
  });
}

/** The secret and its pod; false where the API server does not take the secret. */
async function make(fault: SecretFault): Promise<boolean> {
  try {
    await apply(namespace, secretOf(fault));
  } catch {
    return false;
  }
  const image = { name: 'app', image: PRIVATE_APP, imagePullPolicy: 'Always' };
  const uses = { containers: [image], imagePullSecrets: [{ name: fault.named ?? fault.id }] };
  await apply(namespace, pod(fault.id, PRIVATE_APP, uses));
  return true;
}

async function cameOf(id: string): Promise<Came | string> {
  const settled = await waitFor(`pod ${id}`, async () => {
    const [made] = await pods(namespace, '--field-selector', `metadata.name=${id}`);
    const waiting = made?.status.containerStatuses?.[0]?.state?.waiting;
    if (made?.status.phase === 'Running') return 'the pod runs';
    return (waiting?.message ?? '') !== '' && 'waiting';
  });
  if (settled !== 'waiting') return settled;
  const [item] = document(
    await run(PACKED, ['describe', `pod/${id}`, '-n', namespace, '-o', 'json']),
  ).items;
  return item?.cause ?? 'no answer';
}

/** Ids of all faults that `decode` finds in the secret, or would find in the file it is made of. */
async function decoded(fault: SecretFault): Promise<readonly string[]> {
  // What the API server does not take is read from the file that would be applied.
  const { came, named = fault.id } = fault;
  const isFile = came === 'refused by the API server' || named !== fault.id;
  const args = isFile ? ['-f', '-'] : [`secret/${named}`, '-n', namespace];
  const stdin = isFile ? JSON.stringify({ ...secretOf(fault), metadata: { name: named } }) : '';
  const ran = await run(PACKED, ['decode', ...args, '-o', 'json'], { stdin });
  return [...ran.stdout.matchAll(/"id": "([a-z0-9-]+)"/g)].map(([, id = '']) => id);
}

describe('faults of decode', () => {
  const all = process.env['IMAGEPULL_FAULTS'] ? [] : SECRET_FAULTS;

  before(async function (this: Mocha.Context) {
    if (all.length === 0) return;
    this.timeout(120_000);
    await makeNamespace(namespace);
  });
  after(async () => {
    if (all.length === 0) return;
    await save();
    await deleteNamespaces([namespace]);
  });

  for (const fault of all) {
    const { id, what, came } = fault;
    it(`${id}: ${what}: ${came}`, async () => {
      const made = await make(fault);
      const really = made ? await cameOf(id) : 'refused by the API server';
      recordSecret({ id, what, came: really });
      assert.equal(really, came);
      assert.ok((await decoded(fault)).includes(id), 'decode finds it');
    });
  }
});
