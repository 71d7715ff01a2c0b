/** How registries are reached; absent means not given. */
export interface RegistryOptions {
  /** File with CA certificates in PEM. */
  readonly caFile?: string | undefined;
  /** URL, with its login; empty or `none`: no proxy. Absent: that of the environment. */
  readonly proxy?: string | undefined;
  readonly plainHttp: boolean;
  readonly insecureSkipTls: boolean;
  /** `HOST=URL` each, or a URL for every host. */
  readonly mirrors: readonly string[];
  /** `HOST=IP:PORT` each. */
  readonly addresses: readonly string[];
  /** Hosts that are never shown a credential. */
  readonly noCredentialsTo: readonly string[];
}

/** A login of the user's own: never the pod's. */
export interface OwnLogin {
  /** A docker config.json. */
  readonly dockerConfig?: string | undefined;
  /** Goes with the password on standard input. */
  readonly username?: string | undefined;
  readonly passwordStdin: boolean;
}

/** IBM Cloud's own answer. */
export interface IbmOptions {
  /** Absent: for images whose pull fails. */
  readonly ask?: boolean | undefined;
  /** URL in place of IBM's own. */
  readonly iamEndpoint?: string | undefined;
  readonly registryEndpoint?: string | undefined;
}

/** How registries are asked, and with whose logins besides the pods'. */
export interface AskOptions {
  readonly own: OwnLogin;
  readonly registries: RegistryOptions;
  readonly ibm: IbmOptions;
}
