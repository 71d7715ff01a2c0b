/** A list that is followed, against servers whose watches misbehave. */
import assert from 'node:assert/strict';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { jsonRequests } from '../../src/cluster/http/requests.ts';
import { Transport } from '../../src/cluster/http/transport.ts';
import { builtinKind } from '../../src/cluster/lists/builtin-kinds.ts';
import { follower } from '../../src/cluster/lists/follow.ts';
import { words } from '../../src/words/errors.ts';
import type { Changed, ResourceKind } from '../../src/words/objects.ts';

const POD = builtinKind('pods') as ResourceKind;
const LIST = JSON.stringify({ metadata: { resourceVersion: '7' }, items: [] });

type Answer = (response: ServerResponse, times: number) => void;

describe('a list that is followed', () => {
  /** Follows for `ms` a server that answers lists and watches so; what was asked and told until then. */
  async function follow(list: Answer, watch: Answer, ms: number) {
    let lists = 0;
    let watches = 0;
    const server = createServer((request, response) => {
      if (request.url?.includes('watch=true')) watch(response, ++watches);
      else list(response, ++lists);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const stop = new AbortController();
    const transport = new Transport({
      connection: {
        endpoint: { server: new URL(`http://127.0.0.1:${port}`), insecure: false },
        credentials: { identity: async () => ({}), renew: () => false },
        impersonation: {},
        namespace: 'default',
      },
      userAgent: 'test',
      env: {},
      now: Date.now,
      signal: stop.signal,
    });
    const requests = jsonRequests(transport, stop.signal);
    const told: Changed<unknown>['kind'][] = [];
    const why: string[] = [];
    const settings = { requests, transport, pages: { size: 500 }, firstPauseMs: 50 };
    const following = follower(settings)(
      { resource: POD },
      (change) => {
        told.push(change.kind);
        if (change.kind === 'lost') why.push(words(change.error));
      },
      stop.signal,
    );
    const ended = following.then(
      () => 'ended',
      (error: Error) => `${error.name}: ${words(error)}`,
    );
    const outcome = await Promise.race([ended, sleep(ms, 'goes on')]);
    stop.abort();
    transport.close();
    server.closeAllConnections();
    server.close();
    return { outcome, told, why, lists, watches };
  }

  const listed: Answer = (response) => response.end(LIST);
  const status = (response: ServerResponse, code: number) => {
    response.writeHead(code);
    response.end(JSON.stringify({ kind: 'Status', code, message: 'no' }));
  };

  it('does not hammer a server that ends watches at once', async () => {
    const { outcome, watches } = await follow(listed, (response) => response.end(), 1200);
    assert.equal(outcome, 'goes on');
    assert.ok(watches <= 7, `${watches} watches`);
  });

  it('does not hammer a server whose versions are always too old', async () => {
    const { outcome, lists } = await follow(listed, (response) => status(response, 410), 1200);
    assert.equal(outcome, 'goes on');
    assert.ok(lists <= 7, `${lists} lists`);
  });

  it('reads a list again that expires while it is read', async () => {
    const expiring: Answer = (response, times) =>
      times === 1 ? status(response, 410) : response.end(LIST);
    const { told } = await follow(expiring, (response) => response.flushHeaders(), 200);
    assert.deepEqual(told, ['all']);
  });

  it('says nothing of a watch that is cut off and can be opened again', async () => {
    const { told, watches } = await follow(
      listed,
      (response, times) => {
        const bookmark = { type: 'BOOKMARK', object: { metadata: { resourceVersion: '8' } } };
        response.write(`${JSON.stringify(bookmark)}\n`);
        if (times < 4) setTimeout(() => response.destroy(), 30);
      },
      600,
    );
    assert.deepEqual(told, ['all']);
    assert.equal(watches, 4);
  });

  it('says once that the server is lost, and once that it is back', async () => {
    const { told } = await follow(
      listed,
      (response, times) => {
        if (times > 1 && times < 5) response.destroy();
        else if (times === 1) setTimeout(() => response.end(), 20);
        else response.flushHeaders();
        if (times === 1) response.flushHeaders();
      },
      1500,
    );
    assert.deepEqual(told, ['all', 'lost', 'back']);
  });

  it('believes a refusal at once, and later only after some attempts', async () => {
    const never = await follow(listed, (response) => status(response, 403), 1000);
    assert.match(never.outcome, /^ApiError: /);
    assert.equal(never.watches, 1);
    const later = await follow(
      listed,
      (response, times) => (times === 1 ? response.end() : status(response, 403)),
      9000,
    );
    assert.match(later.outcome, /^ApiError: /);
    assert.equal(later.watches, 8);
  });

  const refusal = JSON.stringify({
    kind: 'Status',
    status: 'Failure',
    reason: 'Forbidden',
    message: 'pods is forbidden',
    code: 403,
  });

  for (const [name, line] of [
    ['a line', `${refusal}\n`],
    ['a line without its end', refusal],
    ['an event', `{"type":"ERROR","object":${refusal}}\n`],
  ] as const) {
    it(`believes a refusal that comes with a success, as ${name}`, async () => {
      const { outcome, watches } = await follow(listed, (response) => response.end(line), 1000);
      assert.equal(outcome, 'ApiError: Error from server (Forbidden): pods is forbidden');
      assert.equal(watches, 1);
    });
  }

  for (const [name, body] of [
    ['a page', '<html>\n<p>login</p>\n</html>\n'],
    ['a page without a line break', '<html>login</html>'],
    ['an empty object', '{}\n'],
    ['an event of nothing', '{"type":"ADDED"}\n'],
    ['an object', '{"kind":"Pod","metadata":{"name":"web"}}\n'],
  ] as const) {
    it(`says that it does not get on where watches are answered with ${name}`, async () => {
      const { outcome, told, why, lists } = await follow(
        listed,
        (response) => response.end(body),
        900,
      );
      assert.equal(outcome, 'goes on');
      assert.deepEqual(told, ['all', 'lost']);
      assert.deepEqual(why, [
        'error: pods in all namespaces: the server answered with something that is not a watch event (a proxy or gateway in front of the API server?)',
      ]);
      assert.equal(lists, 1);
    });
  }

  for (const [name, answer] of [
    ['an answer', (response: ServerResponse) => status(response, 503)],
    [
      'a line of one',
      (response: ServerResponse) =>
        response.end('{"kind":"Status","status":"Failure","code":503,"message":"no"}\n'),
    ],
  ] as const) {
    it(`says so where the server fails again and again, by ${name}`, async () => {
      const { outcome, told, why } = await follow(listed, answer, 900);
      assert.equal(outcome, 'goes on');
      assert.deepEqual(told, ['all', 'lost']);
      assert.match(why[0] ?? '', /^Error from server.*: no$/);
    });
  }

  it('says nothing of a failure that passes', async () => {
    const { told } = await follow(
      listed,
      (response, times) => (times < 3 ? status(response, 503) : response.flushHeaders()),
      600,
    );
    assert.deepEqual(told, ['all']);
  });

  it('says that it is back once an event comes, not at the next answer of a proxy', async () => {
    const bookmark = { type: 'BOOKMARK', object: { metadata: { resourceVersion: '8' } } };
    const { told } = await follow(
      listed,
      (response, times) => {
        if (times < 5) response.end('<html></html>');
        else response.write(`${JSON.stringify(bookmark)}\n`);
      },
      1500,
    );
    assert.deepEqual(told, ['all', 'lost', 'back']);
  });

  it('and once a watch without events has held for a while', async () => {
    const { told } = await follow(
      listed,
      (response, times) => {
        if (times < 4) response.end('<html></html>');
        else response.flushHeaders();
      },
      6000,
    );
    assert.deepEqual(told, ['all', 'lost', 'back']);
  });
});
