/** `verify`: what the registry answers to the pod's own credentials, beside what the node was told. */
import assert from 'node:assert/strict';
import { plugin } from './help/commands.ts';
import {
  apply,
  ownNamespace,
  pod,
  pullSecret,
  waitUntilFailing,
  waitUntilRunning,
} from './help/objects.ts';
import { pki } from './up/certificates.ts';
import { APP, HOSTS, PASSWORD, PRIVATE_APP, USER } from './up/settings.ts';

describe('cluster: verify', () => {
  const namespace = ownNamespace('verify');
  const trust = ['--ca-file', pki('registries.crt')];
  const verify = (...args: string[]) => plugin('verify', ...args, '-n', namespace, ...trust);

  before(async () => {
    await pullSecret(namespace, 'right', HOSTS.private.name, USER, PASSWORD);
    await pullSecret(namespace, 'wrong', HOSTS.private.name, USER, 'not-the-password');
    const uses = (name: string) => ({ imagePullSecrets: [{ name }] });
    await apply(
      namespace,
      pod('public', APP),
      pod('tag', `${HOSTS.open.name}/public/app:nope`),
      pod('repository', `${HOSTS.open.name}/public/nowhere:1.0`),
      pod('right', PRIVATE_APP, uses('right')),
      pod('wrong', PRIVATE_APP, uses('wrong')),
      pod('none', PRIVATE_APP),
      pod('closed', `${HOSTS.closed.name}/team/app:1.0`),
    );
    await waitUntilFailing(namespace, 5);
  });

  for (const name of ['public', 'right']) {
    it(`${name}: pulled by the node, and pullable`, async () => {
      await waitUntilRunning(namespace, name);
      const { code, stdout, stderr } = await verify(name);
      assert.equal(code, 0, stdout + stderr);
      assert.match(stdout, /pullable/);
      assert.doesNotMatch(stdout, new RegExp(PASSWORD));
    });
  }

  const refused: readonly (readonly [name: string, code: number, says: RegExp])[] = [
    ['tag', 3, /tag/],
    ['repository', 3, /repository/],
    ['wrong', 3, /secret\/wrong|wrong/],
    ['none', 3, /anonymous/],
    ['closed', 4, /unverifiable/],
  ];
  for (const [name, expected, says] of refused) {
    it(`${name}: not pulled by the node, ${expected === 3 ? 'and not pullable' : 'not to be verified from here'}`, async () => {
      const { code, stdout, stderr } = await verify(name);
      assert.equal(code, expected, stdout + stderr);
      assert.match(stdout, says);
    });
  }

  it('a missing repository is told from a missing tag', async () => {
    const tag = await verify('tag', '-o', 'json');
    const repository = await verify('repository', '-o', 'json');
    assert.match(tag.stdout, /"cause": "TagNotFound"/);
    assert.match(repository.stdout, /the repository itself is not there/);
    assert.doesNotMatch(tag.stdout, /the repository itself is not there/);
  });
});
