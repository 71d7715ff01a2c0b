/** What is broken before a runtime pulls. */
import type { CauseName } from '../../../../src/words/cause.ts';
import type { Explained } from './explained.ts';

export const TOOLS = ['dockerd', 'podman', 'skopeo'] as const;
export type Tool = (typeof TOOLS)[number];

/** What a client, or the dockerd that is started for this fault alone, is given. */
export interface Setting {
  readonly env?: Readonly<Record<string, string>>;
  /** Address of the DNS server, in place of ours. */
  readonly resolver?: string;
  /** A disk of SMALL_DISK megabytes for images, or for what is being downloaded. */
  readonly smallDisk?: 'images' | 'downloads';
  /** Files below /etc by their path there, for this client alone. */
  readonly etc?: Readonly<Record<string, string>>;
  /** More of daemon.json. */
  readonly daemon?: object;
}

export interface RuntimeFault {
  readonly name: string;
  /** What was done, in a line of the table. */
  readonly what: string;
  /** What is really wrong. */
  readonly cause: CauseName;
  readonly image: string;
  /** Who meets it; every tool where nothing is said. */
  readonly tools?: readonly Tool[];
  /** `USER:PASSWORD` for the image's registry. */
  readonly login?: string;
  readonly setting?: Setting;
  /** Of the client, in front of the image. */
  readonly options?: readonly string[];
  /** Where docker looks for dockerd, when not where it is. */
  readonly socket?: string;
  /** `skopeo inspect`, which reads the configuration; else `skopeo copy`. */
  readonly inspect?: boolean;
  /** Started first: it takes many seconds. */
  readonly slow?: boolean;
  /** Why the words of a tool cannot tell the cause; the answer must then not be certain. */
  readonly hidden?: Readonly<Partial<Record<Tool, string>>>;
}

/** What one tool said of one fault. */
export interface Said {
  readonly fault: RuntimeFault;
  /** Its standard error, with the line breaks at the end removed. */
  readonly text: string;
  /** 0: the pull went well, and nothing was broken. */
  readonly code: number | null;
  readonly seconds: number;
}

/** The same, and what `explain` reads. */
export interface Read extends Said {
  /** What a person copies: the error, without the progress and the warnings before it. */
  readonly error: string;
  readonly argument: Explained;
  /** Of the whole output, through a pipe. */
  readonly piped: readonly Explained[];
}
