import assert from 'node:assert/strict';
import {
  ApiError,
  ConnectionError,
  ExecPluginError,
  KubeconfigError,
  unusableCredential,
} from '../../../src/cluster/errors.ts';
import { Cut, connectionFault, Silence, TooLarge } from '../../../src/cluster/http/faults.ts';
import { apiError } from '../../../src/cluster/http/status.ts';
import { ProxyRefusal } from '../../../src/network/proxy-errors.ts';
import { words } from '../../../src/words/errors.ts';

const server = new URL('https://10.0.0.1:6443/prefix');

function coded(code: string, message = `${code} happened`): Error {
  return Object.assign(new Error(message), { code });
}

describe('lines of connection errors', () => {
  for (const [cause, reached, line] of [
    [
      coded('ECONNREFUSED'),
      false,
      'The connection to the server 10.0.0.1:6443 was refused - did you specify the right host or port?',
    ],
    [
      coded('ENOTFOUND'),
      false,
      'Unable to connect to the server: dial tcp: lookup 10.0.0.1: no such host',
    ],
    [new Silence(), false, 'Unable to connect to the server: dial tcp 10.0.0.1:6443: i/o timeout'],
    [
      coded('EHOSTUNREACH'),
      false,
      'Unable to connect to the server: dial tcp 10.0.0.1:6443: EHOSTUNREACH',
    ],
    [
      coded('SELF_SIGNED_CERT_IN_CHAIN'),
      false,
      'Unable to connect to the server: tls: failed to verify certificate: x509: certificate signed by unknown authority',
    ],
    [
      coded('CERT_HAS_EXPIRED'),
      false,
      'Unable to connect to the server: tls: failed to verify certificate: x509: certificate has expired or is not yet valid',
    ],
    [
      new Silence(),
      true,
      'Unable to connect to the server: 10.0.0.1:6443 did not answer within the time limit',
    ],
    [
      new ProxyRefusal({ stage: 'silent', proxy: 'p:1', port: 1 }),
      false,
      'Unable to connect to the server: proxyconnect tcp: p:1 did not answer within the time limit',
    ],
  ] as const) {
    it(line, () => assert.equal(words(connectionFault(cause, server, reached)), line));
  }

  for (const [cause, reached, fault] of [
    [new AggregateError([coded('ECONNREFUSED'), coded('ECONNREFUSED')]), false, 'refused'],
    [coded('EAI_AGAIN'), false, 'dns'],
    [coded('ERR_TLS_CERT_ALTNAME_INVALID'), false, 'tls'],
    [coded('EPROTO'), false, 'tls'],
    [coded('ECONNRESET'), true, 'reset'],
    [new Cut(), true, 'reset'],
    [coded('HPE_INVALID_CONSTANT'), false, 'protocol'],
    [new TooLarge(1), true, 'too large'],
    ['not an error', false, 'unreachable'],
  ] as const) {
    it(`fault ${fault} of ${String(cause)}`, () => {
      const error = connectionFault(cause, server, reached);
      assert.ok(error instanceof ConnectionError);
      assert.equal(error.fault, fault);
      assert.equal(error.reached, reached);
      assert.equal(error.cause, cause);
    });
  }
});

describe('certificates for another name', () => {
  const names = (count: number, prefix: string) =>
    Array.from({ length: count }, (_, at) => `${prefix}${at}`).join(', ');
  for (const [host, subjectaltname, words] of [
    ['a.test', 'DNS:b.test, IP Address:10.0.0.1', 'certificate is valid for b.test, not a.test'],
    ['a.test', 'DNS:b.test, DNS:c.test', 'certificate is valid for b.test, c.test, not a.test'],
    [
      'a.test',
      'IP Address:10.0.0.1',
      'certificate is not valid for any names, but wanted to match a.test',
    ],
    ['a.test', undefined, 'certificate is not valid for any names, but wanted to match a.test'],
    [
      '10.0.0.2',
      'IP Address:10.0.0.1, IP Address:0:0:0:0:0:0:0:1',
      'certificate is valid for 10.0.0.1, ::1, not 10.0.0.2',
    ],
    [
      'fd00::1',
      'DNS:b.test',
      "cannot validate certificate for fd00::1 because it doesn't contain any IP SANs",
    ],
    ['a.test', names(100, 'DNS:n'), 'certificate is valid for 100 names, but none matched a.test'],
    [
      '10.0.0.1',
      names(150, 'IP Address:10.0.1.'),
      'certificate is valid for 150 IP SANs, but none matched 10.0.0.1',
    ],
  ] as const) {
    it(words, () => {
      const cause = Object.assign(coded('ERR_TLS_CERT_ALTNAME_INVALID'), {
        host,
        cert: { subjectaltname },
      });
      assert.equal(
        connectionFault(cause, server, false).message,
        `tls: failed to verify certificate: x509: ${words}`,
      );
    });
  }

  it('of which Node keeps nothing', () =>
    assert.match(
      connectionFault(coded('ERR_TLS_CERT_ALTNAME_INVALID', 'no match'), server, false).message,
      /x509: no match$/,
    ));
});

describe('alerts of the server', () => {
  for (const [code, words] of [
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'remote error: tls: certificate required'],
    ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', 'remote error: tls: bad certificate'],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'remote error: tls: unknown certificate authority'],
    ['ERR_SSL_OTHER', 'tls: ERR_SSL_OTHER: ERR_SSL_OTHER happened'],
    ['EPROTO', 'tls: first record does not look like a TLS handshake'],
  ] as const) {
    it(code, () => assert.equal(connectionFault(coded(code), server, false).message, words));
  }
});

describe('lines of API errors', () => {
  const url = 'https://10.0.0.1:6443/api/v1/pods';
  const status = (fields: object) => Buffer.from(JSON.stringify({ kind: 'Status', ...fields }));
  for (const [code, body, line] of [
    [
      403,
      status({
        reason: 'Forbidden',
        message: 'pods is forbidden: User "x" cannot list resource "pods"',
      }),
      'Error from server (Forbidden): pods is forbidden: User "x" cannot list resource "pods"',
    ],
    [
      401,
      status({ reason: 'Unauthorized', message: 'Unauthorized' }),
      'error: You must be logged in to the server (Unauthorized)',
    ],
    [
      401,
      Buffer.from('<html>'),
      'error: You must be logged in to the server (the server has asked for the client to provide credentials)',
    ],
    [
      503,
      Buffer.from('no healthy upstream'),
      'Error from server (ServiceUnavailable): the server is currently unable to handle the request',
    ],
    [500, status({ message: 'boom' }), 'Error from server: boom'],
    [
      418,
      Buffer.from(''),
      'Error from server: the server responded with the status code 418 but did not return more information',
    ],
    [403, Buffer.from('<p>blocked\n'), 'Error from server (Forbidden): <p>blocked'],
    [403, Buffer.from('{"own":1}'), 'Error from server (Forbidden): unknown'],
    [
      500,
      Buffer.from('"no"'),
      'Error from server (InternalError): an error on the server ("\\"no\\"") has prevented the request from succeeding',
    ],
    [
      502,
      Buffer.alloc(1_000_000, 0x7b),
      'Error from server (InternalError): an error on the server ("unknown") has prevented the request from succeeding',
    ],
  ] as const) {
    it(line, () => {
      const error = apiError({ status: code, retryAfter: undefined, body }, url);
      assert.ok(error instanceof ApiError);
      assert.equal(words(error), line);
      assert.equal(error.status, code);
    });
  }

  it('cuts a long message of the server', () => {
    const body = status({ message: 'x'.repeat(100_000) });
    assert.equal(apiError({ status: 500, retryAfter: 3, body }, url).message.length, 2000);
  });
});

describe('lines of the other errors', () => {
  it('kubeconfig', () =>
    assert.equal(
      words(new KubeconfigError('context "x" does not exist')),
      'error: context "x" does not exist',
    ));
  it('kubeconfig, where kubectl has a line of its own', () =>
    assert.equal(words(unusableCredential('x')), 'Unable to connect to the server: x'));
  it('plugin', () =>
    assert.equal(
      words(new ExecPluginError('aws', 3, 'exec: executable aws failed with exit code 3')),
      'Unable to connect to the server: getting credentials: exec: executable aws failed with exit code 3',
    ));
});
