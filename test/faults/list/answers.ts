/** Registries that answer, and not with the image. */
import { HOSTS, RESET_PORT } from '../../cluster/up/settings.ts';
import type { Fault } from '../fault.ts';
import { spoiled, spoiledBlob } from './hosts.ts';

const LIMITS: readonly Fault[] = [
  {
    name: 'limited',
    cause: 'RateLimited',
    what: 'a 429 with Retry-After for the manifest',
    image: spoiled('limited'),
  },
  {
    name: 'limited-hub',
    cause: 'RateLimited',
    what: "a 429 in Docker Hub's words",
    image: spoiled('hub-limit'),
    as: 'CronJob',
  },
  {
    name: 'limited-token',
    cause: 'RateLimited',
    what: 'a 429 of the token server',
    image: spoiled('realm-429'),
  },
  {
    name: 'limited-layer',
    cause: 'RateLimited',
    what: 'a 429 for a blob',
    image: spoiledBlob('limited-layer'),
    as: 'init container',
  },
  {
    name: 'quota',
    cause: 'QuotaExceeded',
    what: 'a 403 for a blob: the traffic of the month is used up',
    image: spoiledBlob('blob-quota'),
  },
  {
    name: 'unpaid',
    cause: 'QuotaExceeded',
    what: 'a 402 for the manifest',
    image: spoiled('unpaid'),
  },
  {
    name: 'billing',
    cause: 'QuotaExceeded',
    what: 'a 403 for a blob: the billing account is closed',
    image: spoiledBlob('blob-billing'),
  },
];

const POLICIES: readonly Fault[] = [
  {
    name: 'policy-blob',
    cause: 'PolicyBlocked',
    what: 'a 403 for a blob: blocked by policy',
    image: spoiledBlob('blob-denied'),
  },
  {
    name: 'scanned',
    cause: 'PolicyBlocked',
    what: 'a 412 for the manifest: vulnerabilities found',
    image: spoiled('scanned'),
    as: 'Deployment',
  },
  {
    name: 'quarantine',
    cause: 'PolicyBlocked',
    what: 'a 403 for a blob: quarantine',
    image: spoiledBlob('blob-quarantine'),
  },
  {
    name: 'address-denied',
    cause: 'AccessBlocked',
    what: 'a 403 for the manifest that names the address of the node',
    image: spoiled('address-denied'),
  },
  {
    name: 'address-denied-blob',
    cause: 'AccessBlocked',
    what: 'a 403 for a blob that names the address of the node',
    image: spoiledBlob('blob-address'),
  },
  {
    name: 'wall',
    cause: 'AccessBlocked',
    what: 'firewall that answers everything with a 403 and a page of its own',
    image: spoiled('wall'),
  },
  {
    name: 'denied-blob',
    cause: 'Forbidden',
    what: 'a 403 with DENIED for a blob',
    image: spoiledBlob('blob-forbidden'),
  },
];

const DOWN: readonly Fault[] = [
  {
    name: 'broken',
    cause: 'RegistryUnavailable',
    what: 'a 500 for the manifest',
    image: spoiled('broken'),
  },
  {
    name: 'maintenance',
    cause: 'RegistryUnavailable',
    what: 'a 503 with a page for everything',
    image: spoiled('maintenance'),
    as: 'DaemonSet',
  },
  {
    name: 'bad-gateway',
    cause: 'RegistryUnavailable',
    what: 'a 502 with a page for everything',
    image: spoiled('bad-gateway'),
  },
  {
    name: 'gateway-timeout',
    cause: 'RegistryUnavailable',
    what: 'a 504 with a page for everything',
    image: spoiled('gateway-timeout'),
    as: 'Job',
  },
  {
    name: 'broken-token',
    cause: 'RegistryUnavailable',
    what: 'a 500 of the token server',
    image: spoiled('realm-500'),
  },
  {
    name: 'broken-blob',
    cause: 'RegistryUnavailable',
    what: 'a 500 for a blob',
    image: spoiledBlob('blob-broken'),
  },
  {
    name: 'reset',
    cause: 'RegistryUnavailable',
    what: 'server that resets each connection',
    image: `reset.${HOSTS.faults.name}:${RESET_PORT}/public/app:1.0`,
  },
  {
    name: 'cut',
    cause: 'RegistryUnavailable',
    what: 'server that closes the connection on the manifest',
    image: spoiled('cut'),
  },
];

const CONTENT: readonly Fault[] = [
  {
    name: 'portal',
    cause: 'UnexpectedContent',
    what: 'web page with a 200 for everything',
    image: spoiled('portal'),
  },
  {
    name: 'manifest-cut',
    cause: 'UnexpectedContent',
    what: 'manifest that ends in the middle',
    image: spoiled('truncated'),
    as: 'init container',
  },
  {
    name: 'manifest-empty',
    cause: 'UnexpectedContent',
    what: 'empty manifest',
    image: spoiled('empty'),
  },
  {
    name: 'token-page',
    cause: 'UnexpectedContent',
    what: 'web page in place of a token',
    image: spoiled('realm-page'),
  },
  {
    name: 'token-empty',
    cause: 'UnexpectedContent',
    what: 'answer of the token server without a token',
    image: spoiled('realm-empty'),
  },
  {
    name: 'realm-nowhere',
    cause: 'UnexpectedContent',
    what: 'a 401 that names no token server',
    image: spoiled('realm-nowhere'),
  },
  {
    name: 'loop',
    cause: 'UnexpectedContent',
    what: 'redirect of the manifest to itself',
    image: spoiled('loop'),
  },
];

export const ANSWERS: readonly Fault[] = [...LIMITS, ...POLICIES, ...DOWN, ...CONTENT];
