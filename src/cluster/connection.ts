/** What the kubeconfig and the flags come to: where the server is and who we are there. */

/** TLS and address of one API server. */
export interface Endpoint {
  /** `http:` or `https:`; the path is the prefix of every request. */
  readonly server: URL;
  /** PEM, read without error before; absent: the roots of Node and of the system. */
  readonly ca?: Buffer | undefined;
  readonly insecure: boolean;
  readonly serverName?: string | undefined;
  /** `proxy-url` of the kubeconfig; absent: the environment decides. */
  readonly proxyUrl?: string | undefined;
}

/** What a request brings to be let in. */
export interface Identity {
  /** PEM. */
  readonly cert?: Buffer | undefined;
  readonly key?: Buffer | undefined;
  /** The value of the Authorization header. */
  readonly authorization?: string | undefined;
}

/** A user of the kubeconfig. Asked for late: a plugin may have to run. */
export interface UserCredentials {
  /** The same object as long as it holds. */
  identity(): Promise<Identity>;
  /** Called after a 401: forgets what was refused. False where asking again would bring the same. */
  renew(): boolean;
}

export interface Connection {
  readonly endpoint: Endpoint;
  readonly credentials: UserCredentials;
  /** `Impersonate-…`; groups and extras are lists, one header line each. */
  readonly impersonation: Readonly<Record<string, string | string[]>>;
  /** `disable-compression` of the kubeconfig: answers are not to be packed. */
  readonly disableCompression?: boolean | undefined;
  /** Namespace of the context, or `default`. */
  readonly namespace: string;
}
