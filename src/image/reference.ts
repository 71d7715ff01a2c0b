import { lookUp } from '../words/lookup.ts';
import { BARE_ID, COMPONENT, DIGEST, HOST, MAX_NAME_LENGTH, TAG } from './grammar.ts';

/** An image reference as written and as the runtime resolves it. */
export interface ImageReference {
  readonly valid: true;
  readonly written: string;
  /** With port, as in `registry.example.com:5000`; `docker.io` where none is written. */
  readonly host: string;
  /** Host that is asked for it: `registry-1.docker.io` for `docker.io`, else `host`. */
  readonly apiHost: string;
  /** Without host, as in `library/nginx`. */
  readonly repository: string;
  /** `null` where only a digest is written. */
  readonly tag: string | null;
  readonly digest: string | null;
  /** `host/repository:tag` or `host/repository@digest`: beside a digest the runtimes drop the tag. */
  readonly resolved: string;
  /** Parts that are not written and were added. */
  readonly assumed: readonly AssumedPart[];
}

/** `docker.io` was added, `library/` was added, `:latest` was added. */
export type AssumedPart = 'host' | 'library' | 'latest';

/** Why a text is no image reference. */
export interface InvalidImage {
  readonly valid: false;
  readonly written: string;
  /** One plain sentence fragment, e.g. `the repository name has upper-case letters`. */
  readonly reason: string;
}

const DEFAULT_HOST = 'docker.io';
const LEGACY_HOST = 'index.docker.io';
const DEFAULT_HOST_API = 'registry-1.docker.io';

/**
 * Reads an image reference by the rules of github.com/distribution/reference (`ParseDockerRef`), which the
 * kubelet, containerd and CRI-O follow. Short names are read as Docker Hub's; CRI-O may search other
 * registries for them.
 */
export function parseImage(text: string): ImageReference | InvalidImage {
  const invalid = (reason: string): InvalidImage => ({ valid: false, written: text, reason });
  if (text === '') return invalid('the image name is empty');
  if (text.length > 4096) return invalid('the image name is too long');
  if (text.includes('://'))
    return invalid('an image name takes no scheme such as https:// or docker://');
  if (/\s/.test(text)) return invalid('the image name contains a blank or line break');
  if (BARE_ID.test(text)) return invalid('64 hexadecimal digits alone are not accepted as a name');

  const at = text.indexOf('@');
  const digest = at === -1 ? null : text.slice(at + 1);
  const named = at === -1 ? text : text.slice(0, at);
  if (digest !== null) {
    const fault = digestFault(digest);
    if (fault !== null) return invalid(fault);
  }

  const slash = named.lastIndexOf('/');
  const colon = named.indexOf(':', slash + 1);
  const tag = colon === -1 ? null : named.slice(colon + 1);
  const name = colon === -1 ? named : named.slice(0, colon);
  if (tag !== null && !TAG.test(tag)) return invalid(tagFault(tag));
  if (name === '') return invalid('there is no repository name');

  const first = name.indexOf('/');
  const head = first === -1 ? '' : name.slice(0, first);
  const hasHost = first !== -1 && isHost(head);
  // The grammar has no underscore in a host: it takes such a name for a path without host, and the runtimes ask that
  // host all the same. With a port it is neither.
  const isPath = hasHost && !HOST.test(head);
  if (isPath && !COMPONENT.test(head)) return invalid(`${head} is not a valid host`);
  const host = !hasHost || head === LEGACY_HOST ? DEFAULT_HOST : head;
  const path = hasHost ? name.slice(first + 1) : name;
  const library = host === DEFAULT_HOST && !path.includes('/');
  const repository = library ? `library/${path}` : path;
  const fault = repositoryFault(repository);
  if (fault !== null) return invalid(fault);
  if ((isPath ? name : repository).length > MAX_NAME_LENGTH) {
    return invalid(`the repository name is longer than ${MAX_NAME_LENGTH} characters`);
  }

  const assumed: AssumedPart[] = [];
  if (!hasHost) assumed.push('host');
  if (library) assumed.push('library');
  const assumeLatest = tag === null && digest === null;
  if (assumeLatest) assumed.push('latest');
  const resolvedTag = assumeLatest ? 'latest' : tag;
  return {
    valid: true,
    written: text,
    host,
    apiHost: host === DEFAULT_HOST ? DEFAULT_HOST_API : host,
    repository,
    tag: resolvedTag,
    digest,
    resolved: `${host}/${repository}${digest === null ? `:${resolvedTag}` : `@${digest}`}`,
    assumed,
  };
}

/** Whether the part before the first slash is a host rather than a path component (`splitDockerDomain`). */
function isHost(part: string): boolean {
  return (
    part === 'localhost' || part.includes('.') || part.includes(':') || part !== part.toLowerCase()
  );
}

function digestFault(digest: string): string | null {
  // No digest has a slash, and a host with its path has.
  if (digest.includes('/')) return 'a login (USER:PASSWORD@) does not belong in an image name';
  if (!DIGEST.test(digest)) return 'the digest after @ is malformed';
  const [algorithm, hex] = digest.split(':');
  const lengths: Record<string, number> = { sha256: 64, sha384: 96, sha512: 128 };
  const expected = lookUp(lengths, algorithm ?? '');
  if (expected === undefined) return `the digest algorithm ${algorithm} is not supported`;
  if (hex?.length !== expected) return `a ${algorithm} digest has ${expected} hexadecimal digits`;
  if (hex !== hex.toLowerCase()) return 'the digest has upper-case letters';
  return null;
}

function tagFault(tag: string): string {
  if (tag === '') return 'there is a colon but no tag after it';
  if (tag.length > 128) return 'the tag is longer than 128 characters';
  if (tag.includes(':')) return 'there is more than one tag';
  return 'the tag has characters that are not allowed';
}

function repositoryFault(repository: string): string | null {
  if (repository === '') return 'there is no repository name';
  if (/[A-Z]/.test(repository)) return 'the repository name has upper-case letters';
  for (const part of repository.split('/')) {
    if (part === '') return 'the repository name has an empty path component';
    if (!COMPONENT.test(part)) return 'the repository name has characters that are not allowed';
  }
  return null;
}
