/**
 * IBM Cloud on loopback: IAM's identity, policy and access group APIs, the registry's API, and a registry that asks for
 * tokens (`ibm-registry.ts`), as they are documented (IBM/platform-services-go-sdk, IBM/container-registry-go-sdk, IBM/go-sdk-core,
 * ibm-cloud-docs). Nothing here was recorded from the real service but the error bodies that say so.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { Server } from 'node:net';
import { certificate } from './api-server.ts';
import { newForm, oldForm } from './ibm-policies.ts';
import { registryAnswer, registryToken } from './ibm-registry.ts';
import { DEFAULT_WORLD, type IbmWorld } from './ibm-world.ts';
import { listen } from './loopback.ts';

export interface IbmAnswerBody {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** `path`: of `METHOD /path`, its beginning. A text as body is sent as it is. */
export interface IbmFault extends IbmAnswerBody {
  readonly path: string;
  /** Takes the request and never answers. */
  readonly silent?: boolean;
}

export interface IbmCall {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly host: string;
  readonly authorization: string;
  /** Of the header `Account`. */
  readonly account: string;
  readonly body: string;
}

export interface IbmServer {
  /** `127.0.0.1:PORT`. */
  readonly address: string;
  readonly url: string;
  readonly calls: IbmCall[];
  /** Changed by tests before they ask. */
  world: IbmWorld;
  faults: IbmFault[];
  /** Changes every answer. */
  alter: (answer: IbmAnswerBody) => IbmAnswerBody;
  reset(): void;
  close(): Promise<void>;
}

/** Recorded 2026-06-09: what stands in `context` must never be shown. */
const CONTEXT = {
  requestId: 'req-1',
  requestType: 'incoming.Identity_Token',
  userAgent: 'CONTEXT-MUST-NOT-BE-SHOWN',
  url: 'https://iam.cloud.ibm.com',
  host: 'CONTEXT-MUST-NOT-BE-SHOWN',
};

export function iamError(errorCode: string, errorMessage: string, status = 400): IbmAnswerBody {
  return { status, body: { context: CONTEXT, errorCode, errorMessage } };
}

/** Recorded from the policy API. */
export const POLICIES_FORBIDDEN: IbmAnswerBody = {
  status: 403,
  body: {
    trace: 'abc',
    errors: [
      {
        code: 'insufficent_permissions',
        message: 'You are not allowed to retrieve the requested policy.',
      },
    ],
    status_code: 403,
  },
};

/** ts_auth_req.md. */
export const REGISTRY_UNAUTHORIZED: IbmAnswerBody = {
  status: 401,
  body: { code: 'CRG0014E', message: 'You were not authorized to complete this operation.' },
};

/** `tls`: the name of a certificate and its key in `certs`; absent: plain HTTP. */
export async function startIbmServer(tls?: string): Promise<IbmServer> {
  const calls: IbmCall[] = [];
  const answerTo = (request: IncomingMessage, response: ServerResponse) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString('latin1');
    });
    request.on('end', () => {
      const call = callOf(request, body);
      calls.push(call);
      const given = answerOf(rig, call);
      if (given === null) return;
      const answer = rig.alter(given);
      const raw = typeof answer.body === 'string' || Buffer.isBuffer(answer.body);
      const sent = raw ? (answer.body as string) : JSON.stringify(answer.body);
      response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
      response.end(call.method === 'HEAD' ? undefined : sent);
    });
  };
  const server: Server =
    tls === undefined
      ? createServer(answerTo)
      : createHttps({ cert: certificate(`${tls}.crt`), key: certificate(`${tls}.key`) }, answerTo);
  const { port, close } = await listen(server);
  const rig: IbmServer = {
    address: `127.0.0.1:${port}`,
    url: `http${tls === undefined ? '' : 's'}://127.0.0.1:${port}`,
    calls,
    world: structuredClone(DEFAULT_WORLD),
    faults: [],
    alter: (answer) => answer,
    reset() {
      calls.length = 0;
      this.faults = [];
      this.world = structuredClone(DEFAULT_WORLD);
    },
    close,
  };
  return rig;
}

function callOf(request: IncomingMessage, body: string): IbmCall {
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    host: request.headers.host ?? '',
    authorization: request.headers.authorization ?? '',
    account: String(request.headers['account'] ?? ''),
    body,
  };
}

/** `null`: no answer at all. */
function answerOf(rig: IbmServer, call: IbmCall): IbmAnswerBody | null {
  const name = `${call.method} ${call.path}`;
  const fault = rig.faults.find(({ path }) => name.startsWith(path));
  if (fault?.silent) return null;
  if (fault !== undefined) return fault;
  const url = new URL(call.path, 'http://ibm');
  if (url.pathname === '/identity/token') return tokenAnswer(rig.world, call);
  if (url.pathname === '/oauth/token') return registryToken(rig.world, call, url);
  if (url.pathname.startsWith('/v2/') && !/^\/v2\/(?:groups|policies)$/.test(url.pathname)) {
    return registryAnswer(rig.world, call, url);
  }
  const key = bearerOf(rig.world, call);
  if (key === null) {
    return url.pathname.startsWith('/api/')
      ? REGISTRY_UNAUTHORIZED
      : iamError('BXNIM0308E', 'No authorization header found', 401);
  }
  return url.pathname.startsWith('/api/')
    ? apiAnswer(rig.world, key, url)
    : iamAnswer(rig.world, key, url);
}

type Key = IbmWorld['keys'][number];

function token(key: Key, seconds = 3600): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = {
    iam_id: key.iamId,
    sub: key.subject,
    account: { valid: true, bss: key.account },
    exp: Math.floor(Date.now() / 1000) + seconds,
  };
  return `${part({ alg: 'none' })}.${part(claims)}.${part(key.value)}`;
}

/** An access token as `iambearer` holds it. */
export function accessTokenOf(world: IbmWorld, value: string, seconds = 3600): string {
  const key = world.keys.find((one) => one.value === value);
  if (key === undefined) throw new Error(`no key ${value}`);
  return token(key, seconds);
}

function bearerOf(world: IbmWorld, { authorization }: IbmCall): Key | null {
  const third = /^Bearer [^.]+\.[^.]+\.(.+)$/.exec(authorization)?.[1] ?? '';
  const value = Buffer.from(third, 'base64url').toString();
  return world.keys.find((key) => value === JSON.stringify(key.value)) ?? null;
}

function tokenAnswer(world: IbmWorld, { body, authorization }: IbmCall): IbmAnswerBody {
  const form = new URLSearchParams(body);
  const grant = form.get('grant_type') ?? '';
  if (grant === '') {
    return iamError('BXNIM0109E', 'Property missing or empty.');
  }
  if (grant.endsWith(':assume')) {
    const profile = world.keys.find(({ value }) => value === form.get('profile_id'));
    return profile === undefined
      ? iamError('BXNIM0513E', 'You are not authorized to use this API', 403)
      : granted(profile);
  }
  const isRefresh = grant === 'refresh_token';
  if (isRefresh && authorization !== `Basic ${btoa('bx:bx')}`) {
    return iamError('BXNIM0139E', 'Wrong client id passed to retrieve tokens');
  }
  const value = form.get(isRefresh ? 'refresh_token' : 'apikey');
  if (value === '') return iamError('BXNIM0109E', 'Property missing or empty.');
  const key = world.keys.find((one) => one.value === value);
  if (key === undefined) {
    return isRefresh
      ? iamError('BXNIM0408E', 'Provided refresh token is expired')
      : iamError('BXNIM0415E', 'Provided API key could not be found.');
  }
  return key.refusal ?? granted(key);
}

function granted(key: Key): IbmAnswerBody {
  const body = {
    access_token: token(key),
    refresh_token: 'REFRESH-MUST-NOT-BE-SHOWN',
    token_type: 'Bearer',
    expires_in: 3600,
    expiration: Math.floor(Date.now() / 1000) + 3600,
    scope: 'ibm openid',
  };
  return { status: 200, body };
}

function iamAnswer(world: IbmWorld, key: Key, url: URL): IbmAnswerBody {
  const query = (name: string) => url.searchParams.get(name);
  if (url.pathname === '/v1/apikeys/details')
    return { status: 200, body: { ...key.details, apikey: '' } };
  if (url.pathname.startsWith('/v1/serviceids/')) {
    const found = world.serviceIds.find(({ id }) => url.pathname.endsWith(`/${id}`));
    return found === undefined
      ? iamError('BXNIM0307E', 'Service ID not found', 404)
      : { status: 200, body: { ...found, locked: false } };
  }
  if (url.pathname === '/v2/groups') {
    const limit = Number(query('limit') ?? 50);
    const offset = Number(query('offset') ?? 0);
    const mine = world.groups.filter(({ members }) => members.includes(query('iam_id') ?? ''));
    const groups = mine.slice(offset, offset + Math.min(limit, world.groupPage));
    return { status: 200, body: { limit, offset, total_count: mine.length, groups } };
  }
  const isNew = url.pathname === '/v2/policies';
  if (!isNew && url.pathname !== '/v1/policies') return { status: 404, body: {} };
  const found = world.policies.filter((policy) =>
    query('access_group_id') === null
      ? policy.iamId === query('iam_id')
      : policy.group === query('access_group_id'),
  );
  const shown = found.filter((policy) => isNew || policy.rule === undefined);
  return { status: 200, body: { policies: shown.map(isNew ? newForm : oldForm) } };
}

function apiAnswer(world: IbmWorld, key: Key, url: URL): IbmAnswerBody {
  const account = world.accounts.find(({ id }) => id === key.account);
  if (account === undefined) return REGISTRY_UNAUTHORIZED;
  switch (url.pathname) {
    case '/api/v1/namespaces/details':
      return {
        status: 200,
        body: account.namespaces.filter(({ name }) => key.sees?.includes(name) ?? true),
      };
    case '/api/v1/quotas':
      return { status: 200, body: account.quota };
    case '/api/v1/images': {
      const inside = `/${url.searchParams.get('namespace')}/`;
      const mine = account.namespaces.some(({ name }) => inside === `/${name}/`);
      const images = mine ? world.images.filter(({ name }) => name.includes(inside)) : [];
      const body = images.map(({ name, tags, digest }) => ({
        Id: digest,
        Created: 1,
        RepoTags: tags.map((tag) => `${name}:${tag}`),
        DigestTags: { [`${name}@${digest}`]: tags },
        RepoDigests: [`${name}@${digest}`],
        Size: 1,
      }));
      return { status: 200, body };
    }
    default:
      return { status: 404, body: {} };
  }
}
