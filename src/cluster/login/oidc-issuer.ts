/** Requests to an OpenID Connect issuer: its own CA where the kubeconfig names one, the proxy of the environment. */
import { resolve } from 'node:path';
import { type Fields, parseJson, text } from '../../words/fields.ts';
import type { World } from '../../words/streams.ts';
import { KubeconfigError } from '../errors.ts';
import { makeAgent } from '../http/agent.ts';
import { connectionFault, Silence, TooLarge } from '../http/faults.ts';
import { fileProblem, KEY_FILE_LIMIT, readBounded } from '../kubeconfig/small-file.ts';

/** An answer holds a few tokens. */
const ANSWER_LIMIT_BYTES = 1024 * 1024;
const LIMIT_MS = 30_000;

export interface Issuer {
  readonly url: string;
  /** PEM. */
  readonly ca: Buffer | undefined;
  readonly world: World;
}

export interface Asked {
  readonly status: number;
  /** Undefined where the body is not JSON. */
  readonly json: unknown;
}

/** Throws KubeconfigError where the issuer's CA cannot be read. */
export function issuerOf(config: Fields, world: World): Issuer {
  const data = text(config['idp-certificate-authority-data']);
  const file = text(config['idp-certificate-authority']);
  const url = text(config['idp-issuer-url']);
  if (data !== '') return { url, ca: Buffer.from(data, 'base64'), world };
  if (file === '') return { url, ca: undefined, world };
  try {
    return { url, ca: readBounded(resolve(world.cwd, file), KEY_FILE_LIMIT), world };
  } catch (cause) {
    throw new KubeconfigError(fileProblem(file, cause), { cause });
  }
}

/** A GET, or a POST of a form. Throws ConnectionError where no answer came. Redirects are not followed. */
export async function askIssuer(
  issuer: Issuer,
  address: string,
  post?: { readonly authorization?: string; readonly form: Readonly<Record<string, string>> },
): Promise<Asked> {
  const server = URL.parse(address);
  if (server?.protocol !== 'https:' && server?.protocol !== 'http:') {
    throw new KubeconfigError('unsupported protocol scheme');
  }
  const { ca, world } = issuer;
  const agent = await makeAgent({ server, ca, insecure: false }, {}, world.env);
  const body = post && new URLSearchParams(post.form).toString();
  const { request } =
    server.protocol === 'https:' ? await import('node:https') : await import('node:http');
  try {
    return await new Promise<Asked>((done, failed) => {
      const signal = AbortSignal.any([world.signal, AbortSignal.timeout(LIMIT_MS)]);
      const fail = (cause: unknown) => {
        if (world.signal.aborted) return failed(world.signal.reason);
        failed(connectionFault(signal.aborted ? new Silence() : cause, server, false));
      };
      const sent = request(server, {
        agent,
        signal,
        method: post ? 'POST' : 'GET',
        headers: {
          Accept: 'application/json',
          ...(post?.authorization && { Authorization: post.authorization }),
          ...(body !== undefined && {
            'Content-Type': 'application/x-www-form-urlencoded',
            'Content-Length': Buffer.byteLength(body),
          }),
        },
      });
      sent.on('error', fail);
      sent.on('response', (message) => {
        let text = '';
        message.setEncoding('utf8').on('error', fail);
        message.on('data', (chunk: string) => {
          text += chunk;
          if (text.length > ANSWER_LIMIT_BYTES) sent.destroy(new TooLarge(ANSWER_LIMIT_BYTES));
        });
        message.on('end', () => done({ status: message.statusCode ?? 0, json: parseJson(text) }));
      });
      sent.end(body);
    });
  } finally {
    agent.destroy();
  }
}
