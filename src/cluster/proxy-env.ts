/**
 * The proxy that the environment names for a server.
 * Rule: Go's golang.org/x/net/http/httpproxy (`HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`, upper or lower case),
 * with the CIDR entries that apimachinery's pkg/util/net adds to `NO_PROXY`.
 */
import { bareHost, isLoopback } from './hosts.ts';

/** URL of the proxy, or undefined for a direct connection. This machine is never reached through a proxy. */
export function proxyFor(
  server: URL,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  if (isLoopback(server.hostname)) return undefined;
  const name = server.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const proxy = env[name] || env[name.toLowerCase()];
  if (!proxy) return undefined;
  const exceptions = env['NO_PROXY'] || env['no_proxy'] || '';
  const port = server.port || (server.protocol === 'https:' ? '443' : '80');
  const host = bareHost(server.hostname);
  if (exceptions.split(',').some((entry) => exempts(entry.trim().toLowerCase(), host, port))) {
    return undefined;
  }
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

function exempts(entry: string, host: string, port: string): boolean {
  if (entry === '') return false;
  if (entry === '*') return true;
  const range = /^(\d{1,3}(?:\.\d{1,3}){3})\/(\d{1,2})$/.exec(entry);
  if (range) return inRange(host, range[1] ?? '', Number(range[2]));
  const withPort = /^(.+):(\d{1,5})$/.exec(entry);
  if (withPort && !(withPort[1] ?? '').includes(':')) {
    return withPort[2] === port && exempts(withPort[1] ?? '', host, port);
  }
  const name = bareHost(entry).replace(/^\*\./, '.');
  // `.example.com` means the hosts below it, `example.com` means it and the hosts below it.
  if (name.startsWith('.')) return host.endsWith(name);
  return host === name || host.endsWith(`.${name}`);
}

function inRange(host: string, base: string, bits: number): boolean {
  const address = ipv4(host);
  const start = ipv4(base);
  if (address === null || start === null || bits > 32) return false;
  const size = 2 ** (32 - bits);
  return Math.floor(address / size) === Math.floor(start / size);
}

function ipv4(text: string): number | null {
  if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text)) return null;
  const parts = text.split('.').map(Number);
  if (parts.some((part) => part > 255)) return null;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}
