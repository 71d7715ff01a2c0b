/**
 * The ways a kubeconfig's user proves itself, in client-go's order: token, tokenFile, basic, exec plugin,
 * auth provider; a client certificate goes with any of them.
 */
import { resolve } from 'node:path';
import type { ConnectionOptions } from '../words/options.ts';
import type { World } from '../words/streams.ts';
import type { User } from './client-node.ts';
import type { Endpoint, Identity, UserCredentials } from './connection.ts';
import { KubeconfigError } from './errors.ts';
import { type Fields, isFields, text } from './fields.ts';
import { fileProblem, KEY_FILE_LIMIT, readBounded } from './small-file.ts';

export interface UserSettings {
  readonly user: User;
  /** As the kubeconfig names it, for errors. */
  readonly name: string;
  /** The entry as written: client-node drops what it does not know. */
  readonly fields: Fields;
  /** For plugins that ask which cluster they are to give a credential for. */
  readonly endpoint: Endpoint;
  /** The cluster's extension for exec plugins, where it has one. */
  readonly pluginConfig?: unknown;
  readonly options: ConnectionOptions;
  readonly world: World;
}

/** Reads certificate files at once, tokens and plugins when the first request needs them. */
export function credentialsOf(settings: UserSettings): UserCredentials {
  const { user, name, fields, options } = settings;
  const pair = clientCertificate(settings);
  const token = options.token || text(user.token);
  if (token !== '') return fixed({ ...pair, authorization: bearer(token) });
  const tokenFile = text(fields['tokenFile']);
  if (tokenFile !== '') return tokenFileCredentials(tokenFile, pair);
  if (text(user.username) !== '') {
    const basic = Buffer.from(`${user.username}:${text(user.password)}`).toString('base64');
    return fixed({ ...pair, authorization: `Basic ${basic}` });
  }
  if (isFields(user.exec)) return execCredentials(user.exec, pair, settings);
  if (isFields(user.authProvider)) return providerCredentials(user, name, pair);
  return fixed(pair);
}

function fixed(identity: Identity): UserCredentials {
  return { identity: async () => identity, renew: () => false };
}

/** A token that something else keeps fresh: read at the first request, and again after a 401. */
export function tokenFileCredentials(path: string, pair: Identity): UserCredentials {
  return remembered(async () => {
    let token: string;
    try {
      token = readBounded(path, KEY_FILE_LIMIT).toString('utf8').trim();
    } catch (error) {
      const problem = fileProblem(path, error);
      throw new KubeconfigError(`cannot read the token file: ${problem}`, { cause: error });
    }
    if (token === '') throw new KubeconfigError(`the token file ${path} is empty`);
    return { ...pair, authorization: bearer(token) };
  });
}

function execCredentials(exec: Fields, pair: Identity, settings: UserSettings): UserCredentials {
  return remembered(async () => {
    const { runExecPlugin } = await import('./exec-plugin.ts');
    const cluster = { endpoint: settings.endpoint, config: settings.pluginConfig };
    const given = await runExecPlugin(exec, cluster, settings.world);
    return {
      cert: given.cert ?? pair.cert,
      key: given.key ?? pair.key,
      authorization: given.token === undefined ? undefined : bearer(given.token),
    };
  });
}

function providerCredentials(user: User, name: string, pair: Identity): UserCredentials {
  return remembered(async () => {
    const { oidcToken } = await import('./oidc.ts');
    return { ...pair, authorization: bearer(await oidcToken(user, name)) };
  });
}

/** Asks once, also for several requests at the same time; `renew` makes the next request ask again. */
function remembered(ask: () => Promise<Identity>): UserCredentials {
  let asked: Promise<Identity> | null = null;
  return {
    identity: () => {
      asked ??= ask();
      return asked;
    },
    renew: () => {
      asked = null;
      return true;
    },
  };
}

/** Throws where the token could not stand in a header; it is not shown. */
function bearer(token: string): string {
  if (/[^\x21-\x7e]/.test(token)) {
    throw new KubeconfigError(
      'the token holds a blank, a line break or another character that a header cannot carry',
    );
  }
  return `Bearer ${token}`;
}

/** `--client-certificate` and `--client-key` go before the kubeconfig, data before files. */
function clientCertificate(settings: UserSettings): Identity {
  const { user, name, options, world } = settings;
  const problems: string[] = [];
  const read = (flag: string | undefined, data: unknown, file: unknown, what: string) => {
    if (!flag && text(data) !== '') return Buffer.from(text(data), 'base64');
    const path = flag ? resolve(world.cwd, flag) : text(file);
    if (path === '') return undefined;
    try {
      return readBounded(path, KEY_FILE_LIMIT);
    } catch (error) {
      problems.push(
        `unable to read ${what} ${path} for ${name} due to ${fileProblem(path, error)}`,
      );
      return undefined;
    }
  };
  const cert = read(options.clientCertificate, user.certData, user.certFile, 'client-cert');
  const key = read(options.clientKey, user.keyData, user.keyFile, 'client-key');
  if (problems.length > 0) throw new KubeconfigError(problems.join('; '));
  if (cert !== undefined && key === undefined) {
    throw new KubeconfigError(
      `client-key-data or client-key must be specified for ${name} to use the clientCert authentication method`,
    );
  }
  for (const pem of [cert, key]) {
    if (pem !== undefined && !pem.includes('-----BEGIN ')) {
      throw new KubeconfigError(`the client certificate or key of ${name} is not in PEM form`);
    }
  }
  return { cert, key };
}
