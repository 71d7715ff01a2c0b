/** Where the API of a registry or mirror begins. */
import { isLocalhost, plainUrl } from './hosts.ts';
import type { Mirror, RegistrySettings } from './settings.ts';

/** `host` with its port, if any. containerd speaks plain HTTP to this machine's own registries by default. */
export function originBase(host: string, settings: RegistrySettings): URL {
  const isPlain = settings.plainHttp || isLocalhost(host.replace(/:\d+$/, ''));
  return new URL(`${isPlain ? 'http' : 'https'}://${host}/v2`);
}

/** A path that holds no `/v2` gets one at its end, as containerd does without `override_path`. */
export function mirrorBase({ url }: Mirror): URL {
  const base = new URL(plainUrl(url));
  const path = base.pathname.replace(/\/+$/, '');
  base.pathname = /\/v2(?:\/|$)/.test(path) ? path : `${path}/v2`;
  return base;
}
