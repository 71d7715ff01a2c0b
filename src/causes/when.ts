import { parseImage } from '../image/reference.ts';
import type { ErrorPart, FrameName, NamedUrl } from './part.ts';

/** Structural conditions that patterns share. */

type Condition = (part: ErrorPart) => boolean;

/** At least one of the wrappers stands around the error. */
export function has(...names: readonly FrameName[]): Condition {
  return (part) => names.some((name) => part.frames.has(name));
}

/** None of the wrappers stands around the error. */
export function without(...names: readonly FrameName[]): Condition {
  return (part) => !names.some((name) => part.frames.has(name));
}

export function all(...conditions: readonly Condition[]): Condition {
  return (part) => conditions.every((condition) => condition(part));
}

export function any(...conditions: readonly Condition[]): Condition {
  return (part) => conditions.some((condition) => condition(part));
}

/** The text names one of these HTTP statuses. */
export function answered(...statuses: readonly number[]): Condition {
  return (part) => part.status !== null && statuses.includes(part.status);
}

/** The text names an HTTP status within the bounds, both included. */
export function answeredWithin(from: number, to: number): Condition {
  return (part) => part.status !== null && part.status >= from && part.status <= to;
}

const PULL_WORDS =
  /\b(?:images?|registry|registries|manifests?|blobs?|layers?|pull(?:ed|ing|s)?|docker(?!-entrypoint)|repository|oauth|bearer token|podman|skopeo)\b/i;

/** The code words of registries, where a text begins with them. */
const REGISTRY_CODE =
  /^(?:Error: |ERROR: )?(?:denied|unauthorized|toomanyrequests|manifest unknown|name unknown|unknown|DENIED|UNAUTHORIZED): /;

/** Registries everybody knows, and where the runtimes put what they download. Read in names too. */
const PULL_NAMES =
  /\b(?:registry-1\.docker\.io|(?:auth|index)\.docker\.io|production\.cloudflare\.docker\.com|quay\.io|ghcr\.io|gcr\.io|registry\.k8s\.io|mcr\.microsoft\.com|azurecr\.io|dkr\.ecr\.|docker\.pkg\.dev)|GetImageBlob|container_images_storage|\/var\/tmp\/storage\d|containerd\.content\.v1\.content/;

const PULL_FRAMES: readonly FrameName[] = [
  'pull',
  'back-off',
  'inspect',
  'default-tag',
  'containerd',
  'crio',
  'docker',
  'ping',
  'blob',
  'manifest',
  'token',
  'authorize',
];

/**
 * The text is about getting an image: by a wrapper, a registry's URL, or a word that nobody's name holds.
 * Words that any network client uses (`connection refused`, `EOF`) count only then.
 */
export function aboutPull(part: ErrorPart): boolean {
  return (
    PULL_FRAMES.some((frame) => part.frames.has(frame)) ||
    part.urls.some((url) => url.kind !== 'other') ||
    PULL_WORDS.test(part.masked) ||
    REGISTRY_CODE.test(part.masked) ||
    PULL_NAMES.test(part.raw)
  );
}

/**
 * The URL the innermost error is about: the last one named before it. Inside the error only a registry's own
 * URL counts, others are links to documentation.
 */
export function guiltyUrl(part: ErrorPart): NamedUrl | null {
  const before = part.urls.filter((url) => url.start < part.innerStart).at(-1);
  return before ?? part.urls.find((url) => url.kind !== 'other') ?? null;
}

/** Host of the image as the runtime resolves it, `null` where no valid image is named. */
export function imageHost(part: ErrorPart): string | null {
  if (part.image === null) return null;
  const image = parseImage(part.image);
  return image.valid ? image.host : null;
}

/** Hosts the text is about: the URL's, else the image's. */
function hostOf(part: ErrorPart): string {
  return (
    guiltyUrl(part)?.host ??
    imageHost(part) ??
    /\bin ([\w.-]+(?::\d+)?)\//.exec(part.raw)?.[1] ??
    ''
  );
}

/** The connection that failed is the one to the proxy: what is said of it is not said of the registry. */
export function toProxy(part: ErrorPart): boolean {
  return /\bproxyconnect\b|error connecting to proxy/i.test(part.masked);
}

const LARGE_PUBLIC =
  /(?:^|\.)(?:docker\.io|docker\.com|quay\.io|ghcr\.io|gcr\.io|pkg\.dev|registry\.k8s\.io|mcr\.microsoft\.com|public\.ecr\.aws|nvcr\.io|registry\.gitlab\.com|registry\.redhat\.io|icr\.io)(?::443)?$/;

/**
 * A registry that the whole internet uses: when a connection to it is cut or its certificate has a stranger's
 * name, what stands between is likelier than the registry.
 */
export function largePublic(part: ErrorPart): boolean {
  return LARGE_PUBLIC.test(hostOf(part));
}

/**
 * Registries that answer a missing repository otherwise than a missing tag, so that `manifest unknown` is about the
 * tag.
 */
export function tellsRepositoryApart(part: ErrorPart): boolean {
  const host = imageHost(part) ?? hostOf(part);
  return /^(?:docker\.io|quay\.io|ghcr\.io|(?:[a-z]+\.)?gcr\.io|[a-z0-9-]+-docker\.pkg\.dev|[a-z0-9-]+\.azurecr\.io|mcr\.microsoft\.com)$/.test(
    host,
  );
}

/** Registries whose credentials a plugin on the node usually brings. */
export function cloudRegistry(part: ErrorPart): boolean {
  return /(?:\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?|\.azurecr\.io|(?:^|\.)gcr\.io|-docker\.pkg\.dev)$/.test(
    imageHost(part) ?? hostOf(part),
  );
}

/** dockerd quotes an answer that is no JSON: here a web page, which no registry sends. */
export function quotesPage(part: ErrorPart): boolean {
  return /HTTP \d{3} response body: [^\n]{0,200}?"\s{0,20}(?:\\[nrt]\s{0,20}){0,20}<(?:!doctype )?html\b/i.test(
    part.raw,
  );
}

/** The image is asked for by digest. */
export function byDigest(part: ErrorPart): boolean {
  return (
    /@sha\d+:/.test(part.image ?? '') ||
    /(?:manifest for \S+@sha256:|reading manifest sha256:|manifests\/sha256:)/.test(part.raw)
  );
}
