/** The registries themselves, as the flags say how to reach them. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { USER_AGENT } from '../cluster/user-agent.ts';
import { endpointsOf } from '../ibm/endpoints.ts';
import { HttpClient } from '../registry/client.ts';
import { climb } from '../registry/climb.ts';
import { Pool } from '../registry/pool.ts';
import { proxiesOf } from '../registry/proxies.ts';
import { type Mirror, type RegistrySettings, TIMEOUTS } from '../registry/settings.ts';
import { nearestTags } from '../registry/tags.ts';
import type { AskOptions, RegistryOptions } from '../words/ask-options.ts';
import { InputError } from '../words/errors.ts';
import type { World } from '../words/streams.ts';
import type { Registries } from './verify-registries.ts';
import { IMAGES_AT_ONCE } from './verify-run.ts';

/** Throws InputError for a file that cannot be read, UsageError for a proxy that cannot be used. */
export async function openRegistries(
  { registries, ibm }: AskOptions,
  world: World,
): Promise<Registries> {
  const set = endpointsOf({ iam: ibm.iamEndpoint, registry: ibm.registryEndpoint }, world.env);
  const pool = new Pool(await settingsOf(registries, world));
  const client = new HttpClient(forIbm(pool.settings));
  const context = { ...pool.settings, client, asked: new Map() };
  return {
    ask: ({ image, login, platform, others }) =>
      climb({ image, credential: login, platform, others, depth: 'blobs' }, pool),
    nearestTags: (image, login) => nearestTags({ image, credential: login }, pool),
    ibm: async (image, login) => {
      const { askAll } = await import('../ibm/ask.ts');
      return askAll({ ...login, image }, set, context);
    },
    close: () => {
      pool.close();
      client.close();
    },
  };
}

async function settingsOf(options: RegistryOptions, world: World): Promise<RegistrySettings> {
  return {
    plainHttp: options.plainHttp,
    insecureSkipTls: options.insecureSkipTls,
    ca: options.caFile === undefined ? [] : [await certificates(options.caFile, world)],
    mirrors: options.mirrors.map(mirrorOf),
    addresses: new Map(options.addresses.map(addressOf)),
    proxies: proxiesOf(options.proxy, world.env),
    noCredentialsTo: new Set(options.noCredentialsTo),
    timeouts: TIMEOUTS,
    concurrency: IMAGES_AT_ONCE,
    userAgent: USER_AGENT,
    signal: world.signal,
    now: world.now,
  };
}

/** Proxies and CAs lie on the way to IBM Cloud too; what is said of registries is not said of IAM, which sees API keys. */
function forIbm(settings: RegistrySettings): RegistrySettings {
  const strict = { plainHttp: false, insecureSkipTls: false };
  return { ...settings, ...strict, mirrors: [], addresses: new Map() };
}

async function certificates(file: string, world: World): Promise<Buffer> {
  try {
    const bytes = await readFile(resolve(world.cwd, file));
    if (bytes.includes('-----BEGIN CERTIFICATE-----')) return bytes;
  } catch (error) {
    throw new InputError(`--ca-file ${file}: it cannot be read`, { cause: error });
  }
  throw new InputError(`--ca-file ${file}: there is no certificate in PEM in it`);
}

/** `HOST=URL`, or a URL; checked by the flags. */
function mirrorOf(text: string): Mirror {
  const at = text.search(/https?:\/\//);
  const host = at > 0 ? text.slice(0, at - 1) : null;
  return { url: new URL(text.slice(at)), host };
}

function addressOf(text: string): [host: string, address: string] {
  const at = text.lastIndexOf('=');
  return [text.slice(0, at).toLowerCase(), text.slice(at + 1)];
}
