/** Logins of whoever asks, which are never the pod's. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { readConfig } from '../credentials/docker-config.ts';
import { toBytes } from '../credentials/encoding.ts';
import { keyringOf } from '../credentials/keyring.ts';
import type { OwnLogins, VerifyCase } from '../judge/verify-plan.ts';
import type { AskOptions } from '../words/ask-options.ts';
import { InputError } from '../words/errors.ts';
import { Hidden } from '../words/hidden.ts';
import type { World } from '../words/streams.ts';

/** Longest docker config, in bytes; etcd holds no larger Secret. */
const MAX_CONFIG = 1_500_000;
const MAX_PASSWORD = 64 * 1024;

const FLAG = '--docker-config';

export interface OwnRead extends OwnLogins {
  /** Remarks, one line each. */
  readonly warnings: readonly string[];
}

/** Throws InputError for a file or password that cannot be read. */
export async function ownLogins({ own }: Pick<AskOptions, 'own'>, world: World): Promise<OwnRead> {
  const { dockerConfig, username, passwordStdin } = own;
  const config = dockerConfig === undefined ? null : await configOf(dockerConfig, world);
  const login =
    passwordStdin && username !== undefined
      ? { username, password: await passwordOf(world) }
      : null;
  return { config, login, warnings: config?.warnings ?? [] };
}

async function configOf(file: string, world: World) {
  const text = await textOf(file, world);
  const content = readConfig(toBytes(text), 'dockerconfigjson');
  const keyring = keyringOf([{ name: file, content }]);
  if (keyring.kind === 'broken') {
    throw new InputError(`${FLAG} ${file}: it is no docker config: ${keyring.error}`);
  }
  const { credsStore, credHelpers, entries } = content;
  const tokens = entries.filter(({ from, written }) => from === 'nothing' && written.identitytoken);
  const warnings = [
    ...(credsStore === null ? [] : [`${file}: logins kept by docker-credential-${credsStore}`]),
    ...(credHelpers.length === 0 ? [] : [`${file}: credential helpers`]),
    ...(tokens.length === 0 ? [] : [`${file}: identity tokens`]),
  ].map((what) => `${what} are not used, only user names and passwords`);
  return { file, keyring, warnings };
}

async function textOf(file: string, world: World): Promise<string> {
  const path = resolve(world.cwd, file);
  try {
    const bytes = await readFile(path);
    if (bytes.length > MAX_CONFIG)
      throw new InputError(`${FLAG} ${file}: larger than a docker config`);
    return bytes.toString('utf8');
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`${FLAG} ${file}: it cannot be read`, { cause: error });
  }
}

/** As `docker login --password-stdin` reads it: one line break at the end is not part of it. */
async function passwordOf(world: World): Promise<Hidden> {
  if (world.stdin.isTTY) {
    throw new InputError(
      '--password-stdin: standard input is a terminal; pipe the password into it',
    );
  }
  const text = (await world.stdin.read(MAX_PASSWORD)).toString('utf8').replace(/\r?\n$/, '');
  if (text === '') throw new InputError('--password-stdin: the password is empty');
  return new Hidden(text);
}

/**
 * A user name and password go to the one registry they are for: which of several that is nobody said. Throws InputError.
 */
export function checkOneRegistry(cases: readonly VerifyCase[], own: OwnLogins): void {
  if (own.login === null) return;
  const hosts = new Set(cases.flatMap(({ reference }) => (reference.valid ? reference.host : [])));
  if (hosts.size < 2) return;
  const some = [...hosts].slice(0, 3).join(', ');
  throw new InputError(
    `--registry-username is for one registry, and the images are on ${hosts.size}: ${some}; --docker-config takes several`,
  );
}
