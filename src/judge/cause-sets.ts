/** Causes that several judgements take together. Pure. */
import type { CauseName } from '../words/cause.ts';

/** Between the node and the registry: a firewall, proxy, DNS server or CA. */
export const ON_THE_WAY: ReadonlySet<CauseName | null> = new Set<CauseName>([
  'DnsFailure',
  'ConnectionRefused',
  'NetworkTimeout',
  'NetworkUnreachable',
  'ProxyFailure',
  'TlsUntrusted',
  'TlsInvalid',
  'HttpHttpsMismatch',
  'AccessBlocked',
]);

/** The registry let the caller in, and what the reference names is not there. */
export const NOT_FOUND: ReadonlySet<CauseName> = new Set<CauseName>([
  'TagNotFound',
  'DigestNotFound',
  'RepositoryNotFound',
]);
