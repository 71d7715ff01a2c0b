/** The wrappers a text is taken out of, outermost to innermost. */
export type FrameName =
  | 'pull'
  | 'back-off'
  | 'error'
  | 'inspect'
  | 'default-tag'
  | 'sandbox'
  | 'sync'
  | 'registry-unavailable'
  | 'signature-failed'
  | 'rpc'
  | 'containerd'
  | 'crio'
  | 'docker'
  | 'ping'
  | 'resolve'
  | 'do-request'
  | 'request'
  | 'authorize'
  | 'oauth-token'
  | 'anonymous-token'
  | 'token'
  | 'status'
  | 'manifest'
  | 'config'
  | 'blob'
  | 'unpack'
  | 'attempts';

/** A URL a text names. */
export interface NamedUrl {
  readonly scheme: 'http' | 'https';
  /** With port as written. */
  readonly host: string;
  readonly kind: 'ping' | 'manifest' | 'blob' | 'token' | 'other';
  /** Host of the image where the URL goes to a mirror (`?ns=`): empty where it is hidden. */
  readonly mirrorOf: string | null;
  readonly start: number;
}

/** One error of a text, taken out of its wrappers. All strings have the same length and indices. */
export interface ErrorPart {
  /** Unescaped, on one line. */
  readonly raw: string;
  /** `raw` with names filled. */
  readonly masked: string;
  /** Where the innermost error begins in `raw` and `masked`. */
  readonly innerStart: number;
  /** Where it ends: the end of the text, unless the text goes on with another, empty one. */
  readonly innerEnd: number;
  readonly frames: ReadonlySet<FrameName>;
  /** gRPC code of the outermost `rpc error`, e.g. `NotFound`. */
  readonly rpcCode: string | null;
  readonly urls: readonly NamedUrl[];
  /** HTTP status named with its phrase. */
  readonly status: number | null;
  /** The image the text names, as written there. */
  readonly image: string | null;
  /** Whether the text breaks off before its end. */
  readonly cut: boolean;
}
