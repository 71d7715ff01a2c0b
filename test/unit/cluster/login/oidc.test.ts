import assert from 'node:assert/strict';
import { createServer as createHttp, type IncomingMessage } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { KubeconfigError } from '../../../../src/cluster/errors.ts';
import { oidcToken } from '../../../../src/cluster/login/oidc.ts';
import { certificate } from '../../../rig/api-server.ts';
import { type TempFolder, tempFolder } from '../../../rig/temp.ts';
import { testWorld } from '../../../rig/world.ts';

const NOW = Date.UTC(2026, 10, 21);
/** An id-token that ends so many seconds from now. */
function idToken(seconds: number): string {
  const claims = JSON.stringify({ exp: NOW / 1000 + seconds });
  return `e30.${Buffer.from(claims).toString('base64url')}.c2ln`;
}

interface Asked {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly form: string;
}

type TokenAnswer = (asked: Asked) => { readonly status?: number; readonly body: unknown };

/** An OpenID Connect issuer with discovery and token endpoint. */
class Issuer {
  readonly asked: Asked[] = [];
  answer: TokenAnswer = () => ({ body: { id_token: idToken(600) } });
  discovery: () => unknown = () => ({ token_endpoint: `${this.url}/token` });
  url = '';
  #server: Server | undefined;

  async start(secure: boolean): Promise<this> {
    const listener = async (
      request: IncomingMessage,
      response: import('node:http').ServerResponse,
    ) => {
      let form = '';
      for await (const chunk of request) form += chunk;
      const { authorization } = request.headers;
      const asked = { path: request.url ?? '', authorization, form };
      this.asked.push(asked);
      const isToken = asked.path === '/token';
      const { status = 200, body } = isToken ? this.answer(asked) : { body: this.discovery() };
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    };
    const files = { cert: certificate('server.crt'), key: certificate('server.key') };
    const server = secure ? createHttps(files, listener) : createHttp(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    this.url = `http${secure ? 's' : ''}://127.0.0.1:${port}`;
    this.#server = server;
    return this;
  }

  close(): void {
    this.#server?.close();
  }
}

describe('OpenID Connect', () => {
  let folder: TempFolder;
  let issuer: Issuer;
  before(async () => {
    folder = tempFolder();
  });
  beforeEach(async () => {
    issuer = await new Issuer().start(true);
  });
  afterEach(() => issuer.close());
  after(() => folder.remove());

  const CA = certificate('ca.crt').toString('base64');
  const world = () => testWorld({ now: NOW, env: {}, cwd: folder.path });
  const config = (more: object = {}): Record<string, unknown> => ({
    'idp-issuer-url': issuer.url,
    'idp-certificate-authority-data': CA,
    'client-id': 'cli',
    ...more,
  });
  const refusal = (line: string) => (error: Error) => {
    assert.ok(error instanceof KubeconfigError);
    assert.equal(error.words().replaceAll(issuer.url, 'ISSUER'), line);
    return true;
  };

  it('uses the id-token as long as it holds, and asks nobody', async () => {
    const token = idToken(60);
    const given = await oidcToken('oidc', config({ 'id-token': token }), world());
    assert.deepEqual(given, { token, until: NOW + 50_000 });
    assert.deepEqual(issuer.asked, []);
  });

  for (const [name, more] of [
    ['that has expired', { 'id-token': idToken(-1) }],
    ['that is about to', { 'id-token': idToken(9) }],
    ['that is not there', {}],
  ] as const) {
    it(`refreshes an id-token ${name}`, async () => {
      const file = folder.write('idp.crt', certificate('ca.crt'));
      const own = config({
        ...more,
        'refresh-token': 'r1',
        'client-secret': 's:&',
        'idp-certificate-authority': file,
        'idp-certificate-authority-data': undefined,
      });
      const given = await oidcToken('oidc', own, world());
      assert.deepEqual(given, { token: idToken(600), until: NOW + 590_000 });
      assert.deepEqual(issuer.asked, [
        { path: '/.well-known/openid-configuration', authorization: undefined, form: '' },
        {
          path: '/token',
          authorization: `Basic ${Buffer.from('cli:s%3A%26').toString('base64')}`,
          form: 'grant_type=refresh_token&refresh_token=r1',
        },
      ]);
      assert.equal(own['id-token'], idToken(600));
    });
  }

  it('sends the client in the form where the issuer does not take it in the header', async () => {
    issuer.answer = ({ authorization }) =>
      authorization ? { status: 401, body: {} } : { body: { id_token: idToken(600) } };
    await oidcToken('oidc', config({ 'refresh-token': 'r1', 'client-secret': 's' }), world());
    assert.deepEqual(
      issuer.asked.map(({ form }) => form),
      [
        '',
        'grant_type=refresh_token&refresh_token=r1',
        'grant_type=refresh_token&refresh_token=r1&client_id=cli&client_secret=s',
      ],
    );
  });

  it('keeps a new refresh-token in memory, and says that the kubeconfig has the old one', async () => {
    issuer.answer = () => ({ body: { id_token: idToken(600), refresh_token: 'r2' } });
    const own = config({ 'refresh-token': 'r1' });
    const told = world();
    await oidcToken('oidc', own, told);
    assert.equal(own['refresh-token'], 'r2');
    assert.match(told.errText(), /^warning: the identity provider gave a new refresh-token\./);
    assert.doesNotMatch(told.errText(), /r2/);
    await oidcToken('oidc', own, { ...told, now: () => NOW + 3_600_000 });
    assert.match(issuer.asked.at(-1)?.form ?? '', /refresh_token=r2$/);
  });

  it('takes an issuer without TLS, and one with a path', async () => {
    const plain = await new Issuer().start(false);
    try {
      const own = config({ 'refresh-token': 'r1', 'idp-issuer-url': `${plain.url}/realms/x/` });
      assert.equal((await oidcToken('oidc', own, world())).token, idToken(600));
      assert.equal(plain.asked[0]?.path, '/realms/x/.well-known/openid-configuration');
    } finally {
      plain.close();
    }
  });

  const UNABLE = 'Unable to connect to the server:';
  for (const [name, more, line] of [
    [
      'expired, no refresh-token',
      { 'id-token': idToken(-1) },
      `${UNABLE} No valid id-token, and cannot refresh without refresh-token`,
    ],
    [
      'no token at all',
      {},
      `${UNABLE} No valid id-token, and cannot refresh without refresh-token`,
    ],
    ['no JWT', { 'id-token': 's3cret' }, `${UNABLE} ID Token is not a valid JWT`],
    [
      'claims that are none',
      { 'id-token': 'a.s3cret.c' },
      `${UNABLE} parsing claims: the id-token holds no JSON`,
    ],
    ['no issuer', { 'idp-issuer-url': '' }, 'error: Must provide idp-issuer-url'],
    ['no client', { 'client-id': undefined }, 'error: Must provide client-id'],
    [
      'an issuer by another CA',
      {
        'refresh-token': 'r',
        'idp-certificate-authority-data': certificate('other-ca.crt').toString('base64'),
      },
      `${UNABLE} Get "ISSUER/.well-known/openid-configuration": tls: failed to verify certificate: x509: certificate signed by unknown authority`,
    ],
    [
      'a CA file that is missing',
      {
        'refresh-token': 'r',
        'idp-certificate-authority-data': '',
        'idp-certificate-authority': 'gone',
      },
      'error: open gone: no such file or directory',
    ],
  ] as const) {
    it(`says what is wrong: ${name}`, async () =>
      assert.rejects(oidcToken('oidc', config(more), world()), refusal(line)));
  }

  for (const [name, answer, line] of [
    [
      'refused',
      { status: 400, body: { error: 'invalid_grant', error_description: 'Token is not active' } },
      `${UNABLE} failed to refresh token: oauth2: "invalid_grant" "Token is not active"`,
    ],
    [
      'a page',
      { status: 502, body: '<html>s3cret' },
      `${UNABLE} failed to refresh token: oauth2: cannot fetch token: 502`,
    ],
    [
      'no id-token',
      { body: { access_token: 's3cret' } },
      `${UNABLE} token response did not contain an id_token, either the scope "openid" wasn't requested upon login, or the provider doesn't support id_tokens as part of the refresh response`,
    ],
  ] as const) {
    it(`says what the issuer answered: ${name}`, async () => {
      issuer.answer = () => answer;
      await assert.rejects(
        oidcToken('oidc', config({ 'refresh-token': 'r1' }), world()),
        refusal(line),
      );
    });
  }

  it('says when the discovery is none', async () => {
    issuer.discovery = () => '<html>';
    await assert.rejects(
      oidcToken('oidc', config({ 'refresh-token': 'r1' }), world()),
      refusal(`${UNABLE} oidc: failed to decode provider discovery object: it is not JSON`),
    );
    issuer.discovery = () => ({});
    await assert.rejects(
      oidcToken('oidc', config({ 'refresh-token': 'r1' }), world()),
      refusal(`${UNABLE} oidc: discovery object doesn't contain a token_endpoint`),
    );
  });

  it('says which providers are gone', async () => {
    await assert.rejects(
      oidcToken('gcp', {}, world()),
      /^KubeconfigError: The gcp auth plugin has been removed\./,
    );
    await assert.rejects(oidcToken('own', {}, world()), {
      message: 'no Auth Provider found for name "own"',
    });
  });

  it('ends with Ctrl-C', async () => {
    const controller = new AbortController();
    issuer.answer = () => {
      controller.abort();
      return { body: {} };
    };
    const stopped = testWorld({ now: NOW, env: {}, signal: controller.signal });
    await assert.rejects(oidcToken('oidc', config({ 'refresh-token': 'r1' }), stopped));
  });
});
