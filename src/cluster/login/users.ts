/**
 * The ways a kubeconfig's user proves itself. A client certificate goes with a token or a password; each of the three
 * keeps an exec plugin from running.
 * Rule: client-go tools/clientcmd/client_config.go getUserIdentificationPartialConfig, transport/round_trippers.go,
 * plugin/pkg/client/auth/exec UpdateTransportConfig.
 */
import { resolve } from 'node:path';
import { type Fields, isFields, text } from '../../words/fields.ts';
import type { World } from '../../words/streams.ts';
import type { Identity, UserCredentials } from '../connection.ts';
import { KubeconfigError } from '../errors.ts';
import type { User } from '../kubeconfig/client-node.ts';
import { fileProblem, KEY_FILE_LIMIT, readBounded } from '../kubeconfig/small-file.ts';
import type { PluginCluster } from './exec-plugin.ts';
import { headerValue } from './impersonation.ts';
import { checkPair } from './key-pair.ts';

export interface UserSettings {
  readonly user: User;
  /** As the kubeconfig names it, for errors. */
  readonly name: string;
  /** The entry with the flags over it: client-node drops what it does not know. */
  readonly fields: Fields;
  readonly cluster: PluginCluster;
  readonly world: World;
}

/** A token file is read again after a minute, a little earlier for the sake of slow clocks (token_source.go). */
const TOKEN_FILE_MS = 50_000;

/** Certificate files are read at once; tokens, plugins and issuers are asked when the first request needs them. */
export function credentialsOf(settings: UserSettings): UserCredentials {
  const { user, fields, cluster, world } = settings;
  // To a server without TLS kubectl sends no credential at all.
  if (cluster.endpoint.server.protocol === 'http:') return fixed(async () => ({}));
  const pair = clientCertificate(settings);
  const token = text(user.token);
  const tokenFile = text(fields['tokenFile']);
  if (tokenFile !== '') return tokenFileCredentials(tokenFile, world.now, pair, token);
  if (token !== '') return tokenCredentials(token, pair);
  const password = text(user.password);
  if (text(user.username) !== '' || password !== '') {
    const basic = Buffer.from(`${text(user.username)}:${password}`).toString('base64');
    return fixed(async () => ({ ...(await pair()), authorization: `Basic ${basic}` }));
  }
  if (isFields(user.exec) && !hasCertificate(fields)) return execCredentials(user.exec, settings);
  if (isFields(user.authProvider)) return providerCredentials(settings, pair);
  return fixed(pair);
}

/** A token that stays as it is. */
export function tokenCredentials(token: string, pair: AskPair = async () => ({})): UserCredentials {
  return fixed(async () => ({ ...(await pair()), authorization: bearer(token) }));
}

type AskPair = () => Promise<Identity>;

function hasCertificate(user: Fields): boolean {
  return text(user['client-certificate']) !== '' || text(user['client-certificate-data']) !== '';
}

function fixed(ask: AskPair): UserCredentials {
  const held = remembered(async () => ({ identity: await ask() }));
  return { identity: held.identity, renew: () => false };
}

/**
 * A token that something else keeps fresh: read at the first request, after a minute and after a 401. `otherwise` is
 * the token where the file cannot be read. `now` is in milliseconds.
 */
export function tokenFileCredentials(
  path: string,
  now: () => number,
  pair: AskPair = async () => ({}),
  otherwise = '',
): UserCredentials {
  let last = otherwise;
  const ask = async () => {
    last = readToken(path, last);
    const identity = { ...(await pair()), authorization: bearer(last) };
    return { identity, until: now() + TOKEN_FILE_MS };
  };
  return remembered(ask, now);
}

/** A file that is being replaced does not end a session: the last token is used on. */
function readToken(path: string, last: string): string {
  let token = '';
  try {
    token = readBounded(path, KEY_FILE_LIMIT).toString('utf8').trim();
  } catch (cause) {
    if (last === '') throw new KubeconfigError(fileProblem(path, cause), { cause });
  }
  if (token === '' && last === '') {
    throw new KubeconfigError(`read empty token from file "${path}"`);
  }
  return token || last;
}

function execCredentials(exec: Fields, { cluster, world }: UserSettings): UserCredentials {
  return remembered(async () => {
    const { runExecPlugin } = await import('./exec-plugin.ts');
    const { token, cert, key, until } = await runExecPlugin(exec, cluster, world);
    const authorization = token === undefined ? undefined : bearer(token);
    return { identity: { cert, key, authorization }, until };
  }, world.now);
}

function providerCredentials({ user, world }: UserSettings, pair: AskPair): UserCredentials {
  const config = { ...user.authProvider?.config };
  return remembered(async () => {
    const { oidcToken } = await import('./oidc.ts');
    const { token, until } = await oidcToken(text(user.authProvider?.name), config, world);
    return { identity: { ...(await pair()), authorization: bearer(token) }, until };
  }, world.now);
}

interface Held {
  readonly identity: Identity;
  /** Milliseconds since the epoch from which it must be asked for again; absent: never. */
  readonly until?: number | undefined;
}

/** Asks once, also for several requests at the same time; again once it has expired or failed, or after `renew`. */
function remembered(ask: () => Promise<Held>, now: () => number = () => 0): UserCredentials {
  let asked: Promise<Held> | null = null;
  const again = () => {
    const mine = ask();
    asked = mine;
    mine.catch(() => {
      if (asked === mine) asked = null;
    });
    return mine;
  };
  return {
    identity: async () => {
      if (asked === null) return (await again()).identity;
      const known = asked;
      const held = await known;
      if (held.until === undefined || now() < held.until) return held.identity;
      // Another request may have noticed first.
      return (await (asked === known || asked === null ? again() : asked)).identity;
    },
    renew: () => {
      asked = null;
      return true;
    },
  };
}

/** Throws where the token could not stand in a header; it is not shown. */
function bearer(token: string): string {
  return headerValue('Authorization', `Bearer ${token}`);
}

/** Data goes before files. Both files are known to be readable (`kubeconfig-checks.ts`). */
function clientCertificate({ fields, world }: UserSettings): AskPair {
  if (!hasCertificate(fields)) return async () => ({});
  const read = (name: string) => {
    const data = text(fields[`${name}-data`]);
    if (data !== '') return Buffer.from(data, 'base64');
    return readBounded(resolve(world.cwd, text(fields[name])), KEY_FILE_LIMIT);
  };
  const cert = read('client-certificate');
  const key = read('client-key');
  const inFiles = !fields['client-certificate-data'] && !fields['client-key-data'];
  return async () => {
    await checkPair(cert, key, inFiles);
    return { cert, key };
  };
}
