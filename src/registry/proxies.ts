/** Which proxy leads to a host: that of `--proxy`, else that of the environment. */
import { isLoopback, type Place } from '../network/hosts.ts';
import { type Environment, namedProxies, proxyFor } from '../network/proxy-env.ts';
import { ProxyUrlError } from '../network/proxy-errors.ts';
import { givenProxy, type ProxyUrl } from '../network/proxy-url.ts';
import { UsageError } from '../words/errors.ts';

export interface Proxies {
  /**
   * The proxy on the way to the URL's host, which is found at `place`; undefined for a direct connection. Throws
   * ProxyUrlError for one of the environment that cannot be used.
   */
  readonly of: (url: URL, place: Place) => ProxyUrl | undefined;
  /** What must not be shown: passwords, as they are and as they are sent. */
  readonly secrets: readonly string[];
}

/**
 * `flag`: the value of `--proxy`, empty or `none` for no proxy at all, absent for that of the environment (Go's rules,
 * see network/proxy-env.ts). The proxy of the flag leads to every host, whatever NO_PROXY says; that of the environment
 * never to this machine. `null` where there is none. Throws UsageError for a flag that is no URL of a proxy.
 */
export function proxiesOf(flag: string | undefined, env: Environment): Proxies | null {
  if (flag === '' || flag === 'none') return null;
  if (flag !== undefined) {
    const via = ofFlag(flag);
    return { of: () => via, secrets: secretsOf([via]) };
  }
  const named = namedProxies(env);
  if (named === null) return null;
  return {
    of: (url, place) => {
      const via = proxyFor(url, env);
      return isLoopback(place.host) ? undefined : via;
    },
    secrets: secretsOf(named),
  };
}

function ofFlag(text: string): ProxyUrl {
  try {
    return givenProxy(text);
  } catch (error) {
    // The message never shows the URL, which may hold a password.
    if (error instanceof ProxyUrlError) throw new UsageError(`--proxy: ${error.message}`);
    throw error;
  }
}

function secretsOf(proxies: readonly ProxyUrl[]): string[] {
  return proxies.flatMap(({ login }) => {
    if (login === undefined) return [];
    const { user, password } = login;
    const pair = Buffer.from(`${user}:${password}`).toString('base64');
    return [pair, password, encodeURIComponent(password)];
  });
}
