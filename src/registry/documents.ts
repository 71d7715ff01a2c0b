/** Manifests and indexes: their types, and what is in them (OCI image specification; docker's schema 2). Pure, linear. */
import type { Platform } from './settings.ts';

const INDEX_TYPES: ReadonlySet<string> = new Set([
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
]);

const IMAGE_TYPES: ReadonlySet<string> = new Set([
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
]);

/** What containerd sends (`remotes/docker/resolver.go`). */
export const ACCEPT = [
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.image.index.v1+json',
  '*/*',
].join(', ');

export type DocumentKind = 'index' | 'image';

/** `null`: no runtime pulls it. */
export function kindOf(mediaType: string): DocumentKind | null {
  if (INDEX_TYPES.has(mediaType)) return 'index';
  return IMAGE_TYPES.has(mediaType) ? 'image' : null;
}

/** Docker's first format, gone since containerd 2; servers that name no type mean it (`getManifestMediaType`). */
export function isSchema1(mediaType: string): boolean {
  return (
    mediaType === 'text/plain' ||
    mediaType.startsWith('application/vnd.docker.distribution.manifest.v1+')
  );
}

export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  /** `null`: not said. */
  readonly size: number | null;
  readonly platform: Platform | null;
  /** Layers that lie elsewhere by design are not asked of the registry. */
  readonly isForeign: boolean;
}

export interface ParsedDocument {
  readonly manifests: readonly Descriptor[];
  readonly config: Descriptor | null;
  readonly layers: readonly Descriptor[];
}

/**
 * What the bytes hold; a text says why they cannot be used as `kind`. containerd refuses a document that is both, or
 * the other one (`images.validateMediaType`).
 */
export function parseDocument(body: Buffer, kind: DocumentKind): ParsedDocument | string {
  let json: unknown;
  try {
    json = JSON.parse(body.toString('utf8'));
  } catch {
    return 'it is not JSON';
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    return 'it is no JSON object';
  const fields = json as Readonly<Record<string, unknown>>;
  const has = (name: string) => Array.isArray(fields[name]) && fields[name].length > 0;
  if (has('fsLayers')) return "it is in docker's first format";
  if (kind === 'image' && has('manifests')) return 'it is an index and said to be a manifest';
  if (kind === 'index' && (has('layers') || fields['config'] !== undefined)) {
    return 'it is a manifest and said to be an index';
  }
  const manifests = descriptors(fields['manifests']);
  const layers = descriptors(fields['layers']);
  const config = descriptor(fields['config']);
  if (manifests === null || layers === null) return 'it names something without a valid digest';
  if (kind === 'image' && config === null) return 'it names no config';
  return { manifests, layers, config };
}

/** In a digest of these, and of no other, everything can be checked. */
const DIGEST = /^(?:sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})$/;

export function isDigest(text: string): boolean {
  return text.length <= 136 && DIGEST.test(text);
}

function descriptors(value: unknown): Descriptor[] | null {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return null;
  const found = value.map(descriptor);
  return found.some((one) => one === null) ? null : found.filter((one) => one !== null);
}

function descriptor(value: unknown): Descriptor | null {
  if (typeof value !== 'object' || value === null) return null;
  const { mediaType, digest, size, platform, urls } = value as Record<string, unknown>;
  if (typeof digest !== 'string' || !isDigest(digest)) return null;
  return {
    mediaType: typeof mediaType === 'string' ? mediaType.slice(0, 200) : '',
    digest,
    size: typeof size === 'number' && size >= 0 ? size : null,
    platform: parsePlatform(platform),
    isForeign: Array.isArray(urls) && urls.length > 0,
  };
}

/** `os`, `architecture` and `variant` of an index's entry or of an image's config. */
export function parsePlatform(value: unknown): Platform | null {
  if (typeof value !== 'object' || value === null) return null;
  const { os, architecture, variant } = value as Record<string, unknown>;
  if (typeof os !== 'string' || typeof architecture !== 'string') return null;
  const cut = (text: string) => text.slice(0, 60);
  return {
    os: cut(os),
    architecture: cut(architecture),
    ...(typeof variant === 'string' && variant !== '' && { variant: cut(variant) }),
  };
}

/** BuildKit's attestations stand in an index beside the images. */
export function isAttestation({ platform }: Descriptor): boolean {
  return platform?.os === 'unknown' || platform?.architecture === 'unknown';
}
