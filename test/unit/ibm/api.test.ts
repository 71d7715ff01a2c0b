/** Requests to IBM Cloud, with a local server and short time limits. */
import assert from 'node:assert/strict';
import { askIbm, type IbmContext } from '../../../src/ibm/api.ts';
import { HttpClient } from '../../../src/registry/client.ts';
import { type IbmServer, startIbmServer } from '../../rig/ibm-server.ts';
import { freePort } from '../../rig/registry.ts';
import { settings } from '../../rig/registry-ask.ts';

describe('a request to IBM Cloud', () => {
  let ibm: IbmServer;
  let client: HttpClient;
  before(async () => {
    ibm = await startIbmServer();
    const timeouts = { connectMs: 500, silenceMs: 200, ladderMs: 1000 };
    client = new HttpClient(settings({ timeouts }));
  });
  after(async () => {
    client.close();
    await ibm.close();
  });
  beforeEach(() => ibm.reset());

  function context(change: Partial<IbmContext> = {}): IbmContext {
    const signal = new AbortController().signal;
    const base = { client, noCredentialsTo: new Set<string>(), signal, now: Date.now };
    return { ...base, asked: new Map(), ...change };
  }

  const request = (path: string, ...bases: readonly string[]) => ({
    bases: (bases.length > 0 ? bases : [ibm.url]).map((base) => new URL(base)),
    path,
    headers: { Authorization: 'Bearer x.y.z' },
  });

  async function problem(path: string, change: Partial<IbmContext> = {}) {
    const answer = await askIbm(request(path), context(change));
    assert(!answer.known);
    return answer.why;
  }

  it('goes to the next base where the first cannot be reached, and only then', async () => {
    const gone = `http://127.0.0.1:${await freePort()}`;
    ibm.faults = [{ path: 'GET /x', status: 200, body: { a: 1 } }];
    const answer = await askIbm(request('/x', gone, ibm.url), context());
    assert.deepEqual(answer.known && answer.value, { a: 1 });
    ibm.reset();
    ibm.faults = [{ path: 'GET /x', status: 403, body: {} }];
    await askIbm(request('/x', ibm.url, ibm.url), context());
    assert.equal(ibm.calls.length, 1);
  });

  it('keeps the path of an endpoint', async () => {
    await askIbm(request('/v1/x', `${ibm.url}/behind/`), context());
    assert.equal(ibm.calls[0]?.path, '/behind/v1/x');
  });

  it('is made once', async () => {
    const shared = context();
    await Promise.all([askIbm(request('/x'), shared), askIbm(request('/x'), shared)]);
    assert.equal(ibm.calls.length, 1);
  });

  it('does not wait for ever', async () => {
    ibm.faults = [{ path: 'GET /x', status: 200, body: '', silent: true }];
    assert.equal((await problem('/x')).problem, 'unreachable');
  });

  it('follows no redirect', async () => {
    const headers = { location: `${ibm.url}/elsewhere` };
    ibm.faults = [{ path: 'GET /x', status: 307, body: '', headers }];
    assert.match((await problem('/x')).detail, /redirects \(307\), not followed$/);
    assert.equal(ibm.calls.length, 1);
  });

  it('is withheld from a host that must not see credentials', async () => {
    const why = await problem('/x', { noCredentialsTo: new Set([ibm.address]) });
    assert.equal(why.problem, 'withheld');
    assert.equal(ibm.calls.length, 0);
  });

  it('ends with the run', async () => {
    const stop = new AbortController();
    ibm.faults = [{ path: 'GET /x', status: 200, body: '', silent: true }];
    const asked = askIbm(request('/x'), context({ signal: stop.signal }));
    stop.abort(new Error('Ctrl-C'));
    await assert.rejects(asked, /Ctrl-C/);
  });

  for (const [name, body, code, message] of [
    [
      'IAM',
      { errorCode: 'BXNIM0415E', errorMessage: 'no key', context: { host: 'h' } },
      'BXNIM0415E',
      'no key',
    ],
    [
      'policies',
      { errors: [{ code: 'insufficent_permissions', message: 'no' }] },
      'insufficent_permissions',
      'no',
    ],
    [
      'the registry',
      { code: 'CRG0014E', message: 'An error occurred' },
      'CRG0014E',
      'An error occurred',
    ],
    ['nobody', '<html>', '', ''],
    ['a stranger', { errorCode: { a: 1 }, errors: 'x', message: 7 }, '', ''],
    [
      'one who echoes',
      { errorMessage: 'apikey=abcdef&x and Bearer aaaaaaaaaaaaaaaaaaaaaaaa' },
      '',
      'apikey=REDACTED and Bearer REDACTED',
    ],
  ] as const) {
    it(`reads the error of ${name}`, async () => {
      ibm.faults = [{ path: 'GET /x', status: 403, body }];
      const why = await problem('/x');
      assert.deepEqual([why.status, why.errorCode, why.errorMessage], [403, code, message]);
    });
  }
});
