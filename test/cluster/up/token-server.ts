/**
 * The token server of `HOSTS.token`, as docker-registry's "Token Authentication Specification" has it: GET with Basic
 * credentials or none, or POST of an OAuth2 password grant. Runs as a program.
 */
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { text } from 'node:stream/consumers';
import { pki } from './certificates.ts';
import { registryToken } from './registry-token.ts';
import { GUEST, HOSTS, PASSWORD, USER } from './settings.ts';

const key = readFileSync(pki('tokens.key'));
const certificate = readFileSync(pki('tokens.crt'));

interface Login {
  readonly user: string;
  readonly password: string;
}

function basic(header: string | undefined): Login | null {
  if (header?.startsWith('Basic ') !== true) return null;
  const [user = '', ...rest] = Buffer.from(header.slice(6), 'base64').toString().split(':');
  return { user, password: rest.join(':') };
}

function grant(form: URLSearchParams): Login | null {
  if (form.get('grant_type') !== 'password') return null;
  return { user: form.get('username') ?? '', password: form.get('password') ?? '' };
}

/** What of the scopes asked for the user gets; docker-registry refuses what is not in the token. */
function access(user: string, scopes: readonly string[]): readonly object[] {
  return scopes.flatMap((scope) => {
    const [, name = '', actions = ''] = /^repository:(.+):([^:]+)$/.exec(scope) ?? [];
    const may = user === USER || name.startsWith('public/');
    return may ? [{ type: 'repository', name, actions: actions.split(',') }] : [];
  });
}

function token(user: string, service: string, scopes: readonly string[]): string {
  const claims = { issuer: HOSTS.auth.name, user, service, access: access(user, scopes) };
  return registryToken(claims, key, certificate);
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const query = new URL(request.url ?? '/', `https://${HOSTS.auth.name}`).searchParams;
  const form = new URLSearchParams(await text(request));
  const reply = (status: number, body: object) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
  const login = basic(request.headers.authorization) ?? grant(form);
  const known = login !== null && [USER, GUEST].includes(login.user) && login.password === PASSWORD;
  if (login !== null && !known) {
    reply(401, { errors: [{ code: 'UNAUTHORIZED', message: 'unknown user or password' }] });
    return;
  }
  const scopes = [...query.getAll('scope'), ...form.getAll('scope')].flatMap((s) => s.split(' '));
  const service = query.get('service') ?? form.get('service') ?? '';
  const made = token(login?.user ?? '', service, scopes);
  reply(200, { token: made, access_token: made, expires_in: 300 });
}

const tls = { cert: readFileSync(pki('auth.crt')), key: readFileSync(pki('auth.key')) };
createServer(tls, (request, response) => {
  answer(request, response).catch(() => response.destroy());
}).listen(443, HOSTS.auth.address);
