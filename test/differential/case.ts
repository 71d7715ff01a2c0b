/** One row of the comparison with the real kubectl. */

/** What the server of a case is and does. Every run gets a server of its own on a free port. */
export interface ServerSpec {
  /**
   * Default `https`. `closed`: nothing listens; `silent`: connects and says nothing; `noise`: neither HTTP nor TLS;
   * `not http`: what a TLS server in Go answers to HTTP.
   */
  readonly speaks?: 'https' | 'http' | 'closed' | 'silent' | 'noise' | 'not http';
  /** Certificate and key in `certs/` or `../rig/certs/`; default `server`. */
  readonly certificate?: string;
  /** Default `127.0.0.1`. */
  readonly listen?: string;
  /** Values of the Authorization header that are answered with 401, each as often as it comes. */
  readonly refuses?: readonly string[];
  /** Answer to the list of pods (`pods`) or to every request (`all`). */
  readonly answers?: Answer;
}

export interface Answer {
  readonly to: 'pods' | 'all';
  readonly status: number;
  /** A `Status` for the object, a text for anything else. */
  readonly body: string | Readonly<Record<string, unknown>>;
}

/** What may differ between kubectl and us. */
export type Aspect =
  /** One works, the other fails. */
  | 'outcome'
  /** The line on standard error. */
  | 'words'
  /** What the server saw. */
  | 'requests'
  /** What a plugin was told. */
  | 'files';

/** A difference that is meant. The first two go to the page as they are, backticks included. */
export interface Difference {
  readonly in: readonly Aspect[];
  readonly kubectl: string;
  readonly we: string;
  readonly why: string;
}

export interface Case {
  readonly name: string;
  readonly server?: ServerSpec;
  /** `config` is the kubeconfig unless `env` says otherwise. Names in `{braces}` are put in, see `fill`. */
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /**
   * `kubectl get pods` with its discovery, or `kubectl get --raw`: one request, which leaves out the path of the
   * server's URL and says `error: ` where the other says `Error in configuration: `. Default `list`.
   */
  readonly ask?: 'list' | 'raw';
  /** Minor version of the first kubectl that does it so; the case waits for one. */
  readonly since?: number;
  /** Compare Accept-Encoding, too. */
  readonly encoding?: boolean;
  /** What kubectl does: it works, or fails with words like these. Keeps a broken fixture from passing as equal. */
  readonly kubectl: 'works' | RegExp;
  /** Part of what the server must have seen from kubectl. */
  readonly sees?: string;
  /** Files that the run writes, compared as well. */
  readonly leaves?: readonly string[];
  readonly differs?: Difference;
}

/** A kubeconfig with one cluster `c`, one user `u` and one context `x`; `more` is laid over it. */
export function kubeconfig(
  cluster: object,
  user: object = SOMEBODY,
  context: object = {},
  more: object = {},
): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'x',
    clusters: [{ name: 'c', cluster }],
    users: [{ name: 'u', user }],
    contexts: [{ name: 'x', context: { cluster: 'c', user: 'u', ...context } }],
    ...more,
  });
}

/** Somebody, where it does not matter who: without any credential kubectl asks for a user name. */
export const SOMEBODY = { token: 'one' };

/** The server of the case, trusted. */
export const TRUSTED = { server: '{server}', 'certificate-authority-data': '{ca.crt}' };
