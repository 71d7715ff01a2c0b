/** A list that is followed, against servers whose watches misbehave. */
import assert from 'node:assert/strict';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { jsonRequests } from '../../src/cluster/http/requests.ts';
import { Transport } from '../../src/cluster/http/transport.ts';
import { builtinKind } from '../../src/cluster/lists/builtin-kinds.ts';
import { follower } from '../../src/cluster/lists/follow.ts';
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
    const settings = { requests, transport, pages: { size: 500 }, firstPauseMs: 50 };
    const following = follower(settings)(
      { resource: POD },
      ({ kind }) => told.push(kind),
      stop.signal,
    );
    const ended = following.then(
      () => 'ended',
      (error: Error) => error.name,
    );
    const outcome = await Promise.race([ended, sleep(ms, 'goes on')]);
    stop.abort();
    transport.close();
    server.closeAllConnections();
    server.close();
    return { outcome, told, lists, watches };
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
    assert.deepEqual([never.outcome, never.watches], ['ApiError', 1]);
    const later = await follow(
      listed,
      (response, times) => (times === 1 ? response.end() : status(response, 403)),
      9000,
    );
    assert.equal(later.outcome, 'ApiError');
    assert.equal(later.watches, 8);
  });
});
