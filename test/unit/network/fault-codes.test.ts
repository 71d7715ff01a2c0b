import assert from 'node:assert/strict';
import {
  certificateFault,
  faultKind,
  isNotTls,
  systemCodeOf,
} from '../../../src/network/fault-codes.ts';

describe('codes of a failed connection', () => {
  for (const [code, kind] of [
    ['ECONNREFUSED', 'refused'],
    ['EAI_AGAIN', 'dns'],
    ['EHOSTUNREACH', 'unreachable'],
    ['ETIMEDOUT', 'timeout'],
    ['EPIPE', 'reset'],
    ['EPROTO', 'tls'],
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'tls'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls'],
    ['HPE_HEADER_OVERFLOW', 'http'],
    ['ERR_INVALID_ARG_TYPE', null],
    ['', null],
  ] as const) {
    it(`${code || 'none'} is ${kind}`, () => assert.equal(faultKind(code), kind));
  }

  for (const [code, fault] of [
    ['SELF_SIGNED_CERT_IN_CHAIN', 'unknown authority'],
    ['INVALID_CA', 'unfit authority'],
    ['CERT_HAS_EXPIRED', 'expired'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'name'],
    ['EPROTO', null],
  ] as const) {
    it(`${code} is a certificate: ${fault}`, () => assert.equal(certificateFault(code), fault));
  }

  it('knows plain HTTP where TLS was expected', () => {
    assert(isNotTls('ERR_SSL_WRONG_VERSION_NUMBER'));
    assert(!isNotTls('CERT_HAS_EXPIRED'));
  });

  it('takes the first of several attempts', () => {
    const refused = Object.assign(new Error(), { code: 'ECONNREFUSED' });
    assert.equal(systemCodeOf(new AggregateError([refused, new Error()])), 'ECONNREFUSED');
    assert.equal(systemCodeOf(new Error()), '');
    assert.equal(systemCodeOf('text'), '');
  });
});
