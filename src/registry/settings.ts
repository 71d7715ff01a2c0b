/** What a registry is asked, and how it is reached. */
import type { ImageReference } from '../image/reference.ts';
import type { Hidden } from '../words/hidden.ts';
import type { Proxies } from './proxies.ts';

export interface RegistryCredential {
  /** How the credential is named beside its result; never the user name with a password. */
  readonly label: string;
  readonly username: string;
  readonly password: Hidden;
}

/** As a node has it: `linux`, `arm64`, `v8`. */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string | undefined;
}

export interface LadderRequest {
  readonly image: ImageReference;
  /** `null`: anonymous. */
  readonly credential: RegistryCredential | null;
  /** `null`: any platform will do. */
  readonly platform: Platform | null;
  /** Platforms whose images of an index are looked at too. */
  readonly others?: readonly Platform[] | undefined;
  /** `manifest`: what the reference names. `blobs`: the platform's manifest, its config and its layers too. */
  readonly depth: 'manifest' | 'blobs';
}

export interface Mirror {
  /** `https://mirror.example:5000/v2` or without the path; may hold a path of its own, as in containerd's hosts.toml. */
  readonly url: URL;
  /** Images of this host only (`docker.io`); `null`: of every host. */
  readonly host: string | null;
}

export interface Timeouts {
  /** Milliseconds for name, connection and TLS together. */
  readonly connectMs: number;
  /** Milliseconds without a byte. */
  readonly silenceMs: number;
  /** Milliseconds for one image with one credential, all steps. */
  readonly ladderMs: number;
}

export const TIMEOUTS: Timeouts = { connectMs: 10_000, silenceMs: 15_000, ladderMs: 60_000 };

export interface RegistrySettings {
  /** Registries speak HTTP without TLS (`--plain-http`). Those on this machine's loopback do so anyway. */
  readonly plainHttp: boolean;
  /** Certificates are not checked (`--insecure-skip-registry-tls`). */
  readonly insecureSkipTls: boolean;
  /** PEM, besides the system's and Node's own roots. */
  readonly ca: readonly Buffer[];
  /** Asked before the registry itself, in this order. */
  readonly mirrors: readonly Mirror[];
  /** `HOST` or `HOST:PORT` to `IP:PORT` (`[IPV6]:PORT`): where that host is found instead of asking DNS. */
  readonly addresses: ReadonlyMap<string, string>;
  /** On the way to every host that is asked; `null`: no proxy. */
  readonly proxies: Proxies | null;
  /** `HOST` or `HOST:PORT`, lower case: never shown a credential. */
  readonly noCredentialsTo: ReadonlySet<string>;
  readonly timeouts: Timeouts;
  /** Images asked for at the same time. */
  readonly concurrency: number;
  readonly userAgent: string;
  /** Ends everything; what waits then rejects with its reason. */
  readonly signal: AbortSignal;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}
