import assert from 'node:assert/strict';
import { impersonationHeaders } from '../../../../src/cluster/login/impersonation.ts';

describe('impersonation', () => {
  it('writes what a header name may not hold in percents', () => {
    const headers = impersonationHeaders({ as: 'jane', 'as-user-extra': { 'Scopes/X': ['a'] } });
    assert.deepEqual(headers['Impersonate-Extra-Scopes%2FX'], ['a']);
  });

  it('takes half of a pair of surrogates, which YAML can write', () => {
    const headers = impersonationHeaders({ as: 'jane', 'as-user-extra': { 'k\ud800': ['a'] } });
    assert.deepEqual(headers['Impersonate-Extra-k%EF%BF%BD'], ['a']);
  });
});
