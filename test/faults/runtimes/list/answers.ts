/** Registries that answer, and not with the image. */
import { faultsImage, GONE, HOSTS } from '../../../cluster/up/settings.ts';
import type { RuntimeFault } from '../help/fault.ts';
import { spoiled } from '../up/settings.ts';

const at = (kind: string) => `${kind}.${HOSTS.faults.name}/public/app:1.0`;
const blobAt = (kind: string) =>
  faultsImage(kind).replace(HOSTS.open.name, `${kind}.${HOSTS.faults.name}`);

export const ANSWERS: readonly RuntimeFault[] = [
  { name: 'limited', what: '429', cause: 'RateLimited', image: spoiled('limited'), slow: true },
  { name: 'denied', what: '403', cause: 'Forbidden', image: at('denied') },
  {
    name: 'address-denied',
    what: '403 because of the address',
    cause: 'AccessBlocked',
    image: at('address-denied'),
  },
  {
    name: 'wall',
    what: 'a firewall sends its page with 403',
    cause: 'AccessBlocked',
    image: at('wall'),
  },
  {
    name: 'policy',
    what: '412, an image that was not scanned',
    cause: 'PolicyBlocked',
    image: spoiled('policy'),
  },
  { name: 'broken', what: '500', cause: 'RegistryUnavailable', image: at('broken') },
  {
    name: 'bad-gateway',
    what: '502 with a page',
    cause: 'RegistryUnavailable',
    image: spoiled('bad-gateway'),
  },
  {
    name: 'maintenance',
    what: '503 with a page',
    cause: 'RegistryUnavailable',
    image: at('maintenance'),
  },
  {
    name: 'gateway-timeout',
    what: '504 with a page for the manifest',
    cause: 'RegistryUnavailable',
    image: spoiled('gateway-timeout'),
  },
  {
    name: 'portal',
    what: 'a sign-in page for everything',
    cause: 'UnexpectedContent',
    image: at('portal'),
  },
  {
    name: 'not-found-page',
    what: 'a web server that is no registry',
    cause: 'UnexpectedContent',
    image: spoiled('not-found-page'),
  },
  {
    name: 'truncated',
    what: 'a manifest that ends early',
    cause: 'UnexpectedContent',
    image: at('truncated'),
  },
  {
    name: 'manifest-empty',
    what: 'an empty manifest',
    cause: 'UnexpectedContent',
    image: spoiled('manifest-empty'),
  },
  {
    name: 'manifest-page',
    what: 'a web page as manifest',
    cause: 'UnexpectedContent',
    image: spoiled('manifest-page'),
  },
  {
    name: 'manifest-other',
    what: 'another manifest than the digest asked for',
    cause: 'LayerCorrupt',
    image: spoiled('manifest-other').replace(/:1\.0$/, `@sha256:${'1'.repeat(64)}`),
  },
  {
    name: 'manifest-odd',
    what: 'a manifest of a type nobody knows',
    cause: 'UnsupportedManifest',
    image: spoiled('manifest-odd'),
  },
  {
    name: 'schema1',
    what: 'a manifest of schema 1 without a signature',
    cause: 'UnsupportedManifest',
    image: spoiled('schema1'),
    // podman and skopeo take it.
    tools: ['dockerd'],
  },
  {
    name: 'chart',
    what: 'a Helm chart',
    cause: 'UnsupportedManifest',
    image: spoiled('chart'),
    inspect: true,
  },
];

export const BLOBS: readonly RuntimeFault[] = [
  { name: 'layer-gone', what: 'the registry has lost a layer', cause: 'LayerCorrupt', image: GONE },
  {
    name: 'config-missing',
    what: 'the configuration is not there',
    cause: 'LayerCorrupt',
    image: spoiled('config-missing'),
  },
  {
    name: 'layer-changed',
    what: 'a layer of other bytes than its digest',
    cause: 'LayerCorrupt',
    image: spoiled('layer-changed'),
  },
  {
    name: 'layer-short',
    what: 'half a layer',
    cause: 'LayerCorrupt',
    image: spoiled('layer-short'),
  },
  {
    name: 'layer-cut',
    what: 'the connection ends in the middle of a layer',
    cause: 'LayerCorrupt',
    image: spoiled('layer-cut'),
  },
  {
    name: 'layer-text',
    what: 'a layer that is no archive',
    cause: 'UnpackFailed',
    image: spoiled('layer-text'),
    tools: ['dockerd', 'podman'],
  },
  {
    name: 'layer-zstd',
    what: 'a layer compressed in a way the runtime does not know',
    cause: 'UnpackFailed',
    image: spoiled('layer-zstd'),
    tools: ['dockerd'],
  },
  {
    name: 'layer-other',
    what: 'a layer that is not the one of the configuration',
    cause: 'UnpackFailed',
    image: spoiled('layer-other'),
    // podman does not compare them.
    tools: ['dockerd'],
  },
  {
    name: 'config',
    what: 'a configuration that is no JSON',
    cause: 'UnexpectedContent',
    image: spoiled('config'),
    inspect: true,
  },
  {
    name: 'blob-denied',
    what: '403 for a layer',
    cause: 'PolicyBlocked',
    image: blobAt('blob-denied'),
  },
  {
    name: 'blob-quota',
    what: '403 for a layer, the quota is used up',
    cause: 'QuotaExceeded',
    image: blobAt('blob-quota'),
  },
  {
    name: 'blob-broken',
    what: '500 for a layer',
    cause: 'RegistryUnavailable',
    image: blobAt('blob-broken'),
  },
  {
    name: 'blob-limited',
    what: '429 for a layer',
    cause: 'RateLimited',
    image: spoiled('limited-layer'),
  },
  {
    name: 'blob-unauthorized',
    what: '401 for a layer',
    cause: 'Unauthorized',
    image: spoiled('blob-unauthorized'),
  },
  {
    name: 'blob-nowhere',
    what: 'layers are at a host that does not resolve',
    cause: 'DnsFailure',
    image: blobAt('blob-nowhere'),
  },
  {
    name: 'blob-closed',
    what: 'layers are at a host where nothing listens',
    cause: 'ConnectionRefused',
    image: blobAt('blob-closed'),
  },
  {
    name: 'blob-untrusted',
    what: 'layers are at a host with an unknown CA',
    cause: 'TlsUntrusted',
    image: spoiled('blob-untrusted'),
  },
  {
    name: 'blob-plain',
    what: 'layers are named with http at a host that speaks https',
    cause: 'HttpHttpsMismatch',
    image: spoiled('blob-plain'),
  },
  {
    name: 'loop',
    what: 'a layer that redirects to itself',
    cause: 'UnexpectedContent',
    image: spoiled('loop'),
  },
];
