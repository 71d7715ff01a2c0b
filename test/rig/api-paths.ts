/** What a request asks for. */

export interface ApiCall {
  readonly path: string;
  readonly group: string;
  readonly version: string;
  /** Empty where the path names no resource. */
  readonly plural: string;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  readonly query: URLSearchParams;
}

/** `prefix` is cut off; a path without it asks for nothing we have. */
export function apiCall(url: string, prefix: string): ApiCall {
  const { pathname, searchParams } = new URL(url, 'http://rig');
  const path = pathname.startsWith(prefix) ? pathname.slice(prefix.length) : '/outside';
  const parts = path.split('/').filter(Boolean).map(decodeURIComponent);
  const [root, ...rest] = parts;
  const [group = '', version = '', ...names] = root === 'apis' ? rest : ['', ...rest];
  const namespaced = names[0] === 'namespaces' && names.length > 2;
  const namespace = namespaced ? names[1] : undefined;
  const [plural = '', name] = namespaced ? names.slice(2) : names;
  return { path, group, version, plural, namespace, name, query: searchParams };
}
