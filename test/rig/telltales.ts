/** Registries and token servers that say again whatever secret they are shown. */
import type { ServerResponse } from 'node:http';
import type { Canaries } from './canaries.ts';
import {
  challenge,
  error,
  json,
  redirect,
  serve,
  startServer,
  type TestServer,
  type Visit,
} from './registry-hostile.ts';

export type Telltale = (asked: Visit, response: ServerResponse, server: TestServer) => void;

export interface Telltales {
  /** By what they do. */
  readonly registries: Readonly<Record<string, Telltale>>;
  /** Says again the signed address it is asked for. */
  readonly storage: TestServer;
}

/** Everything that was sent, plain and decoded. */
export function echo({ url, authorization = '', body }: Visit): string {
  const plain = Buffer.from(authorization.split(' ')[1] ?? '', 'base64').toString();
  return `${authorization} is wrong: ${plain}; ${plain.split(':').slice(1).join(':')}; ${url} ${body}`;
}

/** Starts the storage; secrets of the registries' own making are planted in `canaries`. */
export async function startTelltales(canaries: Canaries): Promise<Telltales> {
  const token = canaries.plant('token');
  const query = encodeURIComponent(canaries.plant('realmQuery'));
  const signature = canaries.plant('signature');
  const sig = encodeURIComponent(signature);
  const login = `bob:${encodeURIComponent(canaries.plant('realm'))}@`;
  const storage = await startServer((asked, response) =>
    error(response, 403, 'AccessDenied', `${asked.url} ${signature}`),
  );
  /** A realm with a user name and password is refused. */
  const realm = (port: number, user = '') => `https://${user}api.test:${port}/token?sig=${query}`;
  const bearer = (response: ServerResponse, url: string) =>
    challenge(response, `Bearer realm="${url}",service="registry"`);
  const registries: Telltales['registries'] = {
    'a login that is refused and said again': (asked, response) => {
      if (asked.authorization === undefined) challenge(response, 'Basic realm="corp"');
      else error(response, 401, 'UNAUTHORIZED', echo(asked));
    },
    'a denial with the header in its code': (asked, response) => {
      if (asked.authorization === undefined) challenge(response, 'Basic realm="corp"');
      else error(response, 403, echo(asked), 'denied');
    },
    'a token server that says again what it got': (asked, response, server) => {
      if (asked.url.startsWith('/token')) error(response, 401, 'DENIED', echo(asked));
      else bearer(response, realm(server.port));
    },
    'a realm with a login in it': (_asked, response, server) =>
      bearer(response, realm(server.port, login)),
    'a token that is said again': (asked, response, server) => {
      if (asked.url.startsWith('/token')) json(response, 200, { token });
      else if (asked.authorization === undefined) bearer(response, realm(server.port));
      else error(response, 403, 'DENIED', echo(asked) + token);
    },
    'a token server that is not there': (_asked, response) => bearer(response, realm(1, login)),
    'a realm that is refused': (_asked, response, server) =>
      bearer(response, realm(server.port, login).replace('api.test', '10.1.2.3')),
    'a token that is no token': (asked, response, server) => {
      if (asked.url.startsWith('/token')) {
        json(response, 200, { error: echo(asked), tokens: token });
      } else bearer(response, realm(server.port));
    },
    'layers behind a signed address that says it again': (asked, response) => {
      const signed = `https://api.test:${storage.port}/store?sig=${sig}`;
      if (asked.url.includes('/blobs/')) redirect(response, 307, signed);
      else serve(asked, response);
    },
    'a signed address that is not followed': (asked, response) => {
      const signed = `http://u:${sig}@169.254.169.254/store?sig=${sig}`;
      if (asked.url.includes('/blobs/')) redirect(response, 307, signed);
      else serve(asked, response);
    },
  };
  return { registries, storage };
}
