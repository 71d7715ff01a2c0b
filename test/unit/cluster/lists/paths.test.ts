import assert from 'node:assert/strict';
import { builtinKind } from '../../../../src/cluster/lists/builtin-kinds.ts';
import { collectionPath, objectPath } from '../../../../src/cluster/lists/paths.ts';

const SECRET = builtinKind('secrets');
assert.ok(SECRET);

describe('request paths', () => {
  it('name the object', () => {
    const path = objectPath({ resource: SECRET, namespace: 'shop', name: 'regcred' });
    assert.equal(path, '/api/v1/namespaces/shop/secrets/regcred');
  });

  it('take any name that an answer or a file may hold (found by npm run fuzz)', () => {
    const path = objectPath({ resource: SECRET, namespace: 'a/b', name: 'x\ud800?y' });
    assert.equal(path, '/api/v1/namespaces/a%2Fb/secrets/x%EF%BF%BD%3Fy');
  });

  it('hold nothing raw of a kind that discovery names', () => {
    const resource = { ...SECRET, group: 'a.b', version: 'v1 ', plural: 'x\r\ny' };
    assert.equal(
      collectionPath({ resource, namespace: 'n' }),
      '/apis/a.b/v1%20/namespaces/n/x%0D%0Ay',
    );
  });
});
