import assert from 'node:assert/strict';
import type { UserCredentials } from '../../../../src/cluster/connection.ts';
import { newUsers, type User } from '../../../../src/cluster/kubeconfig/client-node.ts';
import { credentialsOf, tokenFileCredentials } from '../../../../src/cluster/login/users.ts';
import { certificate } from '../../../rig/api-server.ts';
import { type TempFolder, tempFolder } from '../../../rig/temp.ts';
import { testWorld } from '../../../rig/world.ts';

const MINUTE = 60_000;
const V1 = 'client.authentication.k8s.io/v1';

describe('users', () => {
  let folder: TempFolder;
  let now = 0;
  before(() => {
    folder = tempFolder();
  });
  beforeEach(() => {
    now = 0;
  });
  after(() => folder.remove());

  const clock = () => now;
  const authorization = async (user: UserCredentials) => (await user.identity()).authorization;

  function credentials(fields: Record<string, unknown>, server = 'https://x'): UserCredentials {
    const [user] = newUsers([{ name: 'u', user: fields }]) as [User];
    const world = { ...testWorld({ cwd: folder.path, env: process.env, stdin: '' }), now: clock };
    const endpoint = { server: new URL(server), insecure: false };
    return credentialsOf({ user, name: 'u', fields, cluster: { endpoint, fields: {} }, world });
  }

  /** Gives `token-1`, `token-2`, …, each for a minute. */
  function counting(): Record<string, unknown> {
    const count = folder.write('count', '');
    const code = `const fs=require('fs');fs.appendFileSync(${JSON.stringify(count)},'x');const token='token-'+fs.readFileSync(${JSON.stringify(count)}).length;const expirationTimestamp=new Date(Date.now()+6e4).toISOString();process.stdout.write(JSON.stringify({apiVersion:'${V1}',kind:'ExecCredential',status:{token,expirationTimestamp}}))`;
    return { exec: { apiVersion: V1, command: process.execPath, args: ['-e', code] } };
  }

  it('a token file is read again after a minute, not before', async () => {
    const path = folder.write('token', 'one\n');
    const user = tokenFileCredentials(path, clock);
    assert.equal(await authorization(user), 'Bearer one');
    folder.write('token', 'two');
    now = MINUTE / 2;
    assert.equal(await authorization(user), 'Bearer one');
    now = MINUTE;
    assert.equal(await authorization(user), 'Bearer two');
  });

  it('a token file that is gone for a while leaves the last token', async () => {
    const path = folder.write('token', 'one');
    const user = tokenFileCredentials(path, clock);
    assert.equal(await authorization(user), 'Bearer one');
    folder.write('token', '');
    now = MINUTE;
    assert.equal(await authorization(user), 'Bearer one');
  });

  it('a token file goes before the token beside it, which counts where the file cannot be read', async () => {
    folder.write('token', 'file');
    const file = `${folder.path}/token`;
    assert.equal(await authorization(credentials({ token: 't', tokenFile: file })), 'Bearer file');
    assert.equal(await authorization(credentials({ token: 't', tokenFile: '/no' })), 'Bearer t');
  });

  it('an exec plugin runs once for many requests, and again when its credential has expired', async () => {
    now = Date.now();
    const user = credentials(counting());
    const all = await Promise.all([authorization(user), authorization(user), authorization(user)]);
    assert.deepEqual(all, ['Bearer token-1', 'Bearer token-1', 'Bearer token-1']);
    now += 2 * MINUTE;
    const later = await Promise.all([authorization(user), authorization(user)]);
    assert.deepEqual(later, ['Bearer token-2', 'Bearer token-2']);
  });

  it('an exec plugin runs again after a 401', async () => {
    now = Date.now();
    const user = credentials(counting());
    assert.equal(await authorization(user), 'Bearer token-1');
    assert.equal(user.renew(), true);
    assert.equal(await authorization(user), 'Bearer token-2');
  });

  it('an exec plugin does not run beside a token, a password or a certificate, nor without TLS', async () => {
    const { exec } = counting();
    const pair = {
      'client-certificate-data': certificate('client.crt').toString('base64'),
      'client-key-data': certificate('client.key').toString('base64'),
    };
    assert.equal(await authorization(credentials({ exec, token: 't' })), 'Bearer t');
    assert.equal(await authorization(credentials({ exec, password: 'p' })), 'Basic OnA=');
    assert.equal(await authorization(credentials({ exec, ...pair })), undefined);
    assert.deepEqual(await credentials({ exec }, 'http://x').identity(), {});
  });

  it('what stays as it is cannot be renewed', () => {
    assert.equal(credentials({ token: 't' }).renew(), false);
    assert.equal(credentials({}).renew(), false);
  });

  it('the same identity is given as long as it holds', async () => {
    const user = credentials({ token: 't' });
    assert.equal(await user.identity(), await user.identity());
  });
});
