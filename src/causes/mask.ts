import type { NamedUrl } from './part.ts';

/** Stands for one character of a name. */
const FILL = '¤';

/** Words with a slash that are no names. */
const NO_NAME =
  /^(?:(?:http|x509|tls|net|url|os|io|context|json|syscall|Client|MountVolume|AttachVolume|UnmountVolume)\.[A-Z]\w+|net\/https?|archive\/tar|i\/o|input\/output|username\/password|host\/port|and\/or|HTTP\/[\d.x]+|compress\/\w+|encoding\/\w+|crypto\/\w+|text\/[\w.+-]+|application\/[\w.+-]+|image\/index|manifest\/list)$/i;

export interface Masked {
  /** Same length as the text. */
  readonly text: string;
  readonly urls: readonly NamedUrl[];
}

/**
 * Fills what somebody named (images, hosts, URLs, paths, digests, quoted names) with `¤`, letter for letter, so
 * that a repository called `denied-team` or a tag `v403` is no evidence. Quoted sentences stay.
 */
export function mask(text: string, image: string | null): Masked {
  const urls: NamedUrl[] = [];
  let out = text.replace(/\n/g, ' ');
  out = out.replace(/\b(https?):\/{1,2}[^\s"'`\\]+/g, (whole, scheme: string, start: number) => {
    const url = trimmed(whole);
    urls.push(readUrl(url, scheme === 'http' ? 'http' : 'https', start));
    return fill(url) + whole.slice(url.length);
  });
  // Looked for before it is matched: the expression begins at each letter.
  if (out.includes('://')) {
    out = out.replace(/\b[a-z][a-z0-9+.-]{1,30}:\/\/[^\s"'`\\]+/g, (whole) => {
      const name = trimmed(whole);
      return fill(name) + whole.slice(name.length);
    });
  }
  // Relative redirects: Head "/v2/…"
  out = out.replace(/"[^"\s]{1,4000}"/g, (whole) => {
    if (/^"(?:application|text)\/[\w.+-]+"$/.test(whole) || /^"[<{]/.test(whole)) return whole;
    return `"${fill(whole.slice(1, -1))}"`;
  });
  out = out.replace(
    /\b(image|reference|name|tag|source name|short-name) "([^"]{1,2000})"/gi,
    (_whole, word: string, name: string) => `${word} "${fill(name)}"`,
  );
  out = out.replace(/\b(?:sha256|sha384|sha512):[0-9a-fA-F…]{0,128}/g, fill);
  out = maskImage(out, image);
  out = out.replace(
    /(^|[\s'"(=:[])((?:\/|\.\/)[^\s:"',;()]+)/g,
    (whole, lead: string, path: string) =>
      path.includes('v2/') || path.length > 1 ? lead + fill(path) : whole,
  );
  return { text: out.replace(/[^\s"'(),;[\]{}]+/g, maskToken), urls };
}

/** Fills a word that holds a host, a path or an image reference. */
function maskToken(token: string): string {
  if (token.length <= 2000 && !token.includes('.') && !token.includes('/')) return token;
  const name = trimmed(token);
  if (name.length > 2000) return fill(token);
  if (NO_NAME.test(name)) return token;
  const pathLike = /[\w¤.-]\/[\w¤.$<{-]/.test(name);
  const hostLike = /^[\w*¤-]+(?:\.[\w¤-]+)*\.[A-Za-z][\w-]*(?::\d+)?(?::[\w.-]+)?$/.test(name);
  const address = /^(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?$/.test(name);
  if (!pathLike && !hostLike && !address) return token;
  return fill(name) + token.slice(name.length);
}

/** The image's own name, where it is more than one plain word, and single-word names where a name must stand. */
function maskImage(text: string, image: string | null): string {
  let out = text.replace(
    /\b((?:manifest for|access denied for|pulling image|pull image|reading manifest \S{1,300} in|lookup) )([^\s"',]{1,2000}?)(?=,| not found| for |: | on )|\b((?:repository|artifact|Error: image) )([^\s"',]{1,2000}?)(?= not found)/gi,
    (_whole, lead?: string, name?: string, lead2?: string, name2?: string) =>
      `${lead ?? lead2 ?? ''}${fill(name ?? name2 ?? '')}`,
  );
  if (image !== null && image.length > 2 && /[/:@.]/.test(image)) {
    out = maskName(out, image);
  }
  return out;
}

/** A name without tag stands with the assumed one in the runtime's part: `a.example/b:latest`. */
const TAG = /:\w[\w.-]{0,127}/y;

/** Without an expression of its own for each name: to compile one takes longer than to read the text. */
function maskName(text: string, name: string): string {
  let out = '';
  let from = 0;
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, from)) {
    TAG.lastIndex = at + name.length;
    const end = TAG.test(text) ? TAG.lastIndex : at + name.length;
    out += text.slice(from, at) + fill(text.slice(at, end));
    from = end;
  }
  return out + text.slice(from);
}

/** A trailing colon, comma, bracket or full stop does not belong to a name. */
function trimmed(name: string): string {
  let end = name.length;
  while (end > 0 && ':,;.)]}>'.includes(name[end - 1] ?? '')) end--;
  return name.slice(0, end);
}

function fill(name: string): string {
  return FILL.repeat(name.length);
}

function readUrl(url: string, scheme: 'http' | 'https', start: number): NamedUrl {
  const rest = url.replace(/^https?:\/{1,2}/, '');
  const slash = rest.search(/[/?]/);
  const host = (slash === -1 ? rest : rest.slice(0, slash)).replace(/^[^@]*@/, '');
  const path = slash === -1 ? '' : rest.slice(slash);
  const ns = /[?&]ns=([^&]*)/.exec(path)?.[1];
  return {
    scheme,
    host,
    kind: pathKind(path),
    mirrorOf: ns === undefined ? null : /REDACTED/i.test(ns) ? '' : decoded(ns),
    start,
  };
}

function pathKind(path: string): NamedUrl['kind'] {
  if (/\/manifests\/|\/v1\/repositories\//.test(path)) return 'manifest';
  if (/\/blobs\/|\/registry-v2\/|\/containers\/images\/|\/data\?/.test(path)) return 'blob';
  if (/token|\/auth\b|proxy_auth|[?&](?:scope|service)=/.test(path)) return 'token';
  if (/^\/v[012]\/?(?:_ping)?$/.test(path)) return 'ping';
  return path.startsWith('/v2/') ? 'manifest' : 'other';
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
