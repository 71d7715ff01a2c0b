import assert from 'node:assert/strict';
import { ApiError } from '../../../src/cluster/errors.ts';
import type { JsonOptions, JsonRequests } from '../../../src/cluster/http/requests.ts';
import { builtinKind } from '../../../src/cluster/lists/builtin-kinds.ts';
import { writesOf } from '../../../src/cluster/write.ts';

const resource = builtinKind('jobs');
assert(resource);
const QUERY = { resource, namespace: 'shop', name: 'j' };
const JOBS = '/apis/batch/v1/namespaces/shop/jobs';

function failure(status: number, reason: string): ApiError {
  return new ApiError({ status, reason, message: '', method: 'POST', url: '' });
}

/** Writes whose one request is answered with this. */
function asked(answer: unknown) {
  const seen: { path: string; options: JsonOptions | undefined }[] = [];
  const requests: JsonRequests = {
    async json(path, options) {
      seen.push({ path, options });
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  return { writes: writesOf(requests), seen };
}

describe('writes', () => {
  it('makes an object', async () => {
    const { writes, seen } = asked({ made: true });
    assert.deepEqual(await writes.create(QUERY, { a: 1 }), { made: true });
    assert.deepEqual(seen, [{ path: JOBS, options: { method: 'POST', body: '{"a":1}' } }]);
  });

  it('has one checked without making it', async () => {
    const { writes, seen } = asked({});
    await writes.create(QUERY, {}, true);
    assert.equal(seen[0]?.path, `${JOBS}?dryRun=All`);
  });

  it('removes what it made as well, in the background', async () => {
    const { writes, seen } = asked({});
    await writes.remove(QUERY);
    assert.deepEqual([seen[0]?.path, seen[0]?.options?.method], [`${JOBS}/j`, 'DELETE']);
    assert.match(seen[0]?.options?.body ?? '', /"propagationPolicy":"Background"/);
  });

  it('asks whether an object may be removed without removing it', async () => {
    const { writes, seen } = asked(failure(404, 'NotFound'));
    await writes.tryRemove(QUERY);
    assert.deepEqual([seen[0]?.path, seen[0]?.options?.method], [`${JOBS}/j`, 'DELETE']);
    assert.deepEqual(JSON.parse(seen[0]?.options?.body ?? '').dryRun, ['All']);
    await assert.rejects(asked(failure(403, 'Forbidden')).writes.tryRemove(QUERY), { status: 403 });
  });

  it('there already is made, gone already is removed', async () => {
    await asked(failure(409, 'AlreadyExists')).writes.create(QUERY, {});
    await asked(failure(404, 'NotFound')).writes.remove(QUERY);
  });

  const thrown: readonly (readonly [number, string])[] = [
    [403, 'Forbidden'],
    [409, 'Conflict'],
    [404, 'NotFound'],
    [422, 'Invalid'],
  ];
  for (const [status, reason] of thrown) {
    it(`${reason} is thrown`, async () => {
      await assert.rejects(asked(failure(status, reason)).writes.create(QUERY, {}), { status });
    });
  }

  it('a name that is taken is no answer to a dry run', async () => {
    const { writes } = asked(failure(409, 'AlreadyExists'));
    await assert.rejects(writes.create(QUERY, {}, true), { status: 409 });
  });
});
