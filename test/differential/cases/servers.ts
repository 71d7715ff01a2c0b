/** Addresses, TLS and what servers answer. */
import { type Answer, type Case, kubeconfig, type ServerSpec, TRUSTED } from '../case.ts';
import {
  NO_JSON,
  OWN_SILENCE,
  SHOWS_PERMISSION,
  WHOSE_CERTIFICATE,
  WITHOUT_REQUEST,
} from '../differences.ts';

const UNTRUSTED = { server: '{server}' };
const INSECURE = { server: '{server}', 'insecure-skip-tls-verify': true };

const cluster = (name: string, fields: object, more: Partial<Case> = {}): Case => ({
  name,
  kubectl: 'works',
  ...more,
  files: { config: kubeconfig(fields, { token: 'one' }), ...more.files },
});

const http: ServerSpec = { speaks: 'http' };

const answer = (
  name: string,
  status: number,
  body: Answer['body'],
  kubectl: RegExp,
  more: Partial<Case> = {},
): Case =>
  cluster(name, TRUSTED, {
    ask: 'raw',
    server: { answers: { to: 'pods', status, body } },
    kubectl,
    ...more,
  });

/** A `Status` as the API server sends it. */
const status = (code: number, reason: string, message: string, more: object = {}) => ({
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Failure',
  message,
  reason,
  code,
  ...more,
});

const FORBIDDEN =
  'pods is forbidden: User "jane" cannot list resource "pods" in API group "" in the namespace "shop"';

export const SERVER_CASES: readonly Case[] = [
  cluster('http', UNTRUSTED, { server: http, sees: 'http' }),
  cluster('http: the token stays here', UNTRUSTED, { server: http }),
  cluster('http: impersonation goes out', UNTRUSTED, {
    server: http,
    args: ['--as', 'joe'],
    sees: 'impersonate-user: joe',
  }),
  cluster('http: --token stays here, too', UNTRUSTED, { server: http, args: ['--token', 'x'] }),
  cluster('http: --username stays here, too', UNTRUSTED, {
    server: http,
    args: ['--username', 'x', '--password', 'y'],
    files: { config: kubeconfig(UNTRUSTED, {}) },
  }),
  cluster('http: a CA changes nothing', TRUSTED, { server: http }),
  cluster('a server without scheme is http', { server: '127.0.0.1:{port}' }, { server: http }),
  cluster(
    'a server without scheme is http, also with a CA',
    {
      ...TRUSTED,
      server: '127.0.0.1:{port}',
    },
    { server: http },
  ),
  cluster(
    'a server without scheme is http, also insecure',
    {
      ...INSECURE,
      server: '127.0.0.1:{port}',
    },
    { server: http },
  ),
  cluster(
    'a server without scheme is http, also with a certificate',
    {},
    {
      server: http,
      files: {
        config: kubeconfig(
          { server: '127.0.0.1:{port}' },
          { 'client-certificate-data': '{client.crt}', 'client-key-data': '{client.key}' },
        ),
      },
    },
  ),
  cluster(
    'a server without scheme, with a path',
    { server: '127.0.0.1:{port}/x' },
    {
      kubectl: /host must be a URL or a host:port pair/,
    },
  ),
  cluster('--server HOST:PORT', TRUSTED, {
    server: http,
    args: ['--server', '127.0.0.1:{port}'],
  }),
  cluster(
    'an unknown scheme',
    { server: 'ftp://127.0.0.1:{port}' },
    {
      kubectl: /unsupported protocol scheme/,
    },
  ),
  cluster('a scheme in capital letters', { ...TRUSTED, server: 'HTTPS://127.0.0.1:{port}' }),
  cluster('IPv6', TRUSTED, { server: { listen: '::1' }, sees: 'https' }),
  cluster(
    'localhost',
    { ...TRUSTED, server: 'https://localhost:{port}' },
    {
      sees: 'server name localhost',
    },
  ),
  cluster(
    'a path prefix',
    { ...TRUSTED, server: '{server}/k8s/clusters/c-1' },
    {
      sees: 'prefix /k8s/clusters/c-1',
    },
  ),
  cluster(
    'a path prefix with a slash at its end',
    { ...TRUSTED, server: '{server}/k8s/' },
    {
      sees: 'prefix /k8s',
    },
  ),
  cluster(
    'a path prefix with an escape',
    { ...TRUSTED, server: '{server}/a%20b' },
    {
      sees: 'prefix /a%20b',
    },
  ),
  cluster(
    'a query and a fragment in the URL',
    { ...TRUSTED, server: '{server}/k8s?a=b#c' },
    {
      sees: 'prefix /k8s',
    },
  ),
  cluster('insecure-skip-tls-verify', INSECURE, { server: { certificate: 'self-signed' } }),
  cluster('--insecure-skip-tls-verify', UNTRUSTED, {
    args: ['--insecure-skip-tls-verify'],
    server: { certificate: 'elsewhere' },
  }),
  cluster('--insecure-skip-tls-verify over a CA', TRUSTED, {
    args: ['--insecure-skip-tls-verify=true'],
    server: { certificate: 'self-signed' },
  }),
  cluster('--insecure-skip-tls-verify=false over insecure', INSECURE, {
    args: ['--insecure-skip-tls-verify=false'],
    server: { certificate: 'self-signed' },
  }),
  cluster(
    'insecure together with a CA',
    { ...TRUSTED, ...INSECURE },
    {
      kubectl: /specifying a root certificates file with the insecure flag is not allowed/,
    },
  ),
  cluster('--insecure-skip-tls-verify together with --certificate-authority', UNTRUSTED, {
    args: ['--insecure-skip-tls-verify', '--certificate-authority', 'ca'],
    files: { ca: '{pem:ca.crt}' },
    kubectl: /specifying a root certificates file with the insecure flag is not allowed/,
  }),
  cluster(
    '--certificate-authority over data',
    {
      ...UNTRUSTED,
      'certificate-authority-data': '{other-ca.crt}',
    },
    { args: ['--certificate-authority', 'ca'], files: { ca: '{pem:ca.crt}' } },
  ),
  cluster('--certificate-authority over insecure', INSECURE, {
    args: ['--certificate-authority', 'ca'],
    files: { ca: '{pem:ca.crt}' },
    server: { certificate: 'self-signed' },
    kubectl: /unknown authority/,
    differs: WHOSE_CERTIFICATE,
  }),
  cluster('--certificate-authority missing', UNTRUSTED, {
    args: ['--certificate-authority', 'gone'],
    kubectl: /unable to read certificate-authority gone for c due to/,
  }),
  cluster(
    'certificate-authority in data and file',
    {
      ...TRUSTED,
      'certificate-authority': 'ca',
    },
    { files: { ca: '{pem:ca.crt}' }, kubectl: /are both specified/ },
  ),
  cluster(
    'certificate-authority is no PEM',
    {
      ...UNTRUSTED,
      'certificate-authority-data': 'bm9uZQ==',
    },
    { kubectl: /unable to load root certificates/ },
  ),
  cluster(
    'certificate-authority is no base64',
    {
      ...UNTRUSTED,
      'certificate-authority-data': '!!',
    },
    { kubectl: /illegal base64 data/ },
  ),
  cluster(
    'two CAs in one file',
    { ...UNTRUSTED, 'certificate-authority': 'ca' },
    {
      files: { ca: '{pem:other-ca.crt}{pem:ca.crt}' },
    },
  ),
  cluster(
    'tls-server-name',
    { ...TRUSTED, 'tls-server-name': 'elsewhere.test' },
    {
      server: { certificate: 'elsewhere' },
      sees: 'server name elsewhere.test',
    },
  ),
  cluster('--tls-server-name', TRUSTED, {
    args: ['--tls-server-name', 'elsewhere.test'],
    server: { certificate: 'elsewhere' },
    sees: 'server name elsewhere.test',
  }),
  cluster('tls-server-name is an address', { ...TRUSTED, 'tls-server-name': '127.0.0.1' }),
  cluster(
    'tls-server-name wrong',
    { ...TRUSTED, 'tls-server-name': 'wrong.test' },
    {
      kubectl: /certificate is valid for localhost, api\.test, not wrong\.test/,
    },
  ),
  cluster(
    'another host name',
    { ...TRUSTED, server: 'https://localhost:{port}' },
    {
      server: { certificate: 'elsewhere' },
      kubectl: /certificate is valid for elsewhere\.test, not localhost/,
    },
  ),
  cluster('an address that the certificate does not hold', TRUSTED, {
    server: { certificate: 'elsewhere' },
    kubectl: /doesn't contain any IP SANs/,
  }),
  cluster(
    'another address than the certificate holds',
    {
      ...TRUSTED,
      'tls-server-name': '127.0.0.2',
    },
    { kubectl: /certificate is valid for 127\.0\.0\.1, ::1, not 127\.0\.0\.2/ },
  ),
  cluster('a self-signed certificate', TRUSTED, {
    server: { certificate: 'self-signed' },
    kubectl: /certificate signed by unknown authority/,
    differs: WHOSE_CERTIFICATE,
  }),
  cluster('no CA: the roots of the system', UNTRUSTED, {
    kubectl: /certificate signed by unknown authority/,
    differs: WHOSE_CERTIFICATE,
  }),
  cluster(
    'another CA',
    { ...UNTRUSTED, 'certificate-authority-data': '{other-ca.crt}' },
    {
      kubectl: /certificate signed by unknown authority/,
      differs: WHOSE_CERTIFICATE,
    },
  ),
  cluster(
    'another CA of the same name',
    {
      ...UNTRUSTED,
      'certificate-authority-data': '{same-name-ca.crt}',
    },
    { kubectl: /candidate authority certificate "kubectl-imagepull test CA"/ },
  ),
  cluster('an expired certificate', TRUSTED, {
    server: { certificate: 'expired' },
    kubectl: /certificate has expired or is not yet valid/,
  }),
  cluster(
    'https to a server that speaks http',
    {
      ...TRUSTED,
      server: 'https://127.0.0.1:{port}',
    },
    {
      server: http,
      kubectl: /server gave HTTP response to HTTPS client/,
      differs: {
        in: ['words'],
        kubectl: '`http: server gave HTTP response to HTTPS client`',
        we: '`tls: first record does not look like a TLS handshake`',
        why: 'OpenSSL does not keep the bytes that came; kubectl says ours where they are no HTTP.',
      },
    },
  ),
  cluster(
    'http to a server that speaks https',
    { server: 'http://127.0.0.1:{port}' },
    {
      server: { speaks: 'not http' },
      kubectl: /\(BadRequest\)/,
    },
  ),
  cluster('https to a server that speaks neither', TRUSTED, {
    server: { speaks: 'noise' },
    kubectl: /first record does not look like a TLS handshake/,
  }),
  cluster(
    'http to a server that speaks neither',
    { server: 'http://127.0.0.1:{port}' },
    {
      server: { speaks: 'noise' },
      kubectl: /malformed HTTP/,
      differs: {
        in: ['words'],
        kubectl: '`malformed HTTP …` with the words that came',
        we: '`HOST answered with something that is not HTTP`',
        why: "Node's parser does not keep the words.",
      },
    },
  ),
  cluster('refused', TRUSTED, { server: { speaks: 'closed' }, kubectl: /was refused/ }),
  cluster('refused on IPv6', TRUSTED, {
    server: { speaks: 'closed', listen: '::1' },
    kubectl: /was refused/,
  }),
  cluster(
    'a host that does not exist',
    { ...TRUSTED, server: 'https://no.such.host.invalid:1' },
    {
      kubectl: /no such host/,
    },
  ),
  cluster(
    'a port that does not exist',
    { ...TRUSTED, server: 'https://127.0.0.1:99999' },
    {
      kubectl: /invalid port/,
    },
  ),
  cluster('a silent server, https', TRUSTED, {
    server: { speaks: 'silent' },
    args: ['--request-timeout', '1'],
    ask: 'raw',
    kubectl: /deadline exceeded|Client\.Timeout|handshake timeout/,
    differs: OWN_SILENCE,
  }),
  cluster(
    'a silent server, http',
    { server: 'http://127.0.0.1:{port}' },
    {
      server: { speaks: 'silent' },
      args: ['--request-timeout', '900ms'],
      ask: 'raw',
      kubectl: /deadline exceeded|Client\.Timeout/,
      differs: OWN_SILENCE,
    },
  ),
  cluster('--request-timeout that is none', TRUSTED, {
    args: ['--request-timeout', 'soon'],
    kubectl: /Invalid timeout value/,
  }),
  cluster('--request-timeout without unit', TRUSTED, { args: ['--request-timeout', '7'] }),
  cluster('--request-timeout 0', TRUSTED, { args: ['--request-timeout', '0'] }),
  cluster('--request-timeout that is negative', TRUSTED, {
    args: ['--request-timeout', '-1'],
    kubectl: /Invalid timeout value/,
  }),
  cluster('compression', TRUSTED, {
    encoding: true,
    differs: {
      in: ['requests'],
      kubectl: 'asks for gzip everywhere',
      we: 'ask for gzip except from this machine (localhost, 127.0.0.0/8, ::1)',
      why: 'Packing costs more time than it saves where nothing has to travel.',
    },
  }),
  cluster('--disable-compression', TRUSTED, { args: ['--disable-compression'], encoding: true }),
  cluster('disable-compression', { ...TRUSTED, 'disable-compression': true }, { encoding: true }),
  cluster('--cache-dir', TRUSTED, { args: ['--cache-dir', '{dir}/cache'] }),
  answer('401', 401, status(401, 'Unauthorized', 'Unauthorized'), /You must be logged in/, {
    ask: 'list',
  }),
  answer('401 without Status', 401, '<html>', /the server has asked for the client to provide/, {
    ask: 'list',
    differs: WITHOUT_REQUEST,
  }),
  answer('403', 403, status(403, 'Forbidden', FORBIDDEN), /\(Forbidden\)/, {
    ask: 'list',
    differs: SHOWS_PERMISSION,
  }),
  answer('403 without Status', 403, '<html>blocked</html>', /\(Forbidden\)/, {
    differs: SHOWS_PERMISSION,
  }),
  answer('403 without Status, in a list', 403, '<html>blocked</html>', /\(Forbidden\)/, {
    ask: 'list',
    differs: SHOWS_PERMISSION,
  }),
  answer(
    '404 of the namespace',
    404,
    status(404, 'NotFound', 'namespaces "shop" not found'),
    /\(NotFound\)/,
    {
      ask: 'list',
      differs: WITHOUT_REQUEST,
    },
  ),
  answer('404 without Status', 404, '404 page not found', /./, {
    ask: 'list',
    differs: WITHOUT_REQUEST,
  }),
  answer(
    '500',
    500,
    status(500, 'InternalError', 'etcdserver: request timed out'),
    /\(InternalError\)/,
    { ask: 'list' },
  ),
  answer('500 without reason', 500, status(500, '', 'boom'), /boom/),
  answer('500 without Status', 500, 'boom', /an error on the server/),
  answer('502 of a proxy', 502, '<html>\n<b>Bad Gateway</b>', /an error on the server/),
  answer('503 of a proxy', 503, '<html>upstream</html>', /ServiceUnavailable/),
  answer('503 of a proxy, in a list', 503, '<html>upstream</html>', /ServiceUnavailable/, {
    ask: 'list',
    differs: WITHOUT_REQUEST,
  }),
  answer(
    '504',
    504,
    status(504, 'Timeout', 'Timeout: request did not complete within 10s'),
    /\(Timeout\)/,
    { ask: 'list' },
  ),
  answer('504 of a proxy', 504, '', /\(Timeout\)/),
  answer('400', 400, status(400, 'BadRequest', 'limit must be positive'), /\(BadRequest\)/, {
    ask: 'list',
    differs: WITHOUT_REQUEST,
  }),
  answer('405 of a proxy', 405, '', /\(MethodNotAllowed\)/),
  answer('406 of a proxy', 406, '', /\(NotAcceptable\)/),
  answer('418', 418, 'teapot', /the server responded with the status code 418/),
  answer('302 to nowhere', 302, '', /status code 302/),
  answer('200 with a page', 200, '<html>Sign in</html>', /./, {
    ask: 'list',
    differs: NO_JSON,
  }),
  answer('200 with an empty answer', 200, '', /./, { ask: 'list', differs: NO_JSON }),
];

export const IN_CLUSTER_CASES: readonly Case[] = [
  {
    name: 'KUBERNETES_SERVICE_HOST alone does not make a pod',
    env: { KUBECONFIG: '', KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: '1' },
    kubectl: /localhost:8080 was refused/,
  },
  {
    name: 'KUBERNETES_MASTER',
    env: { KUBECONFIG: '', KUBERNETES_MASTER: '{server}' },
    server: { speaks: 'http' },
    kubectl: 'works',
    sees: 'http',
  },
];
