/** What one row of the table of registries holds. Pure. */
import type { RegistryAnswer } from './answers.ts';

export type RegistryId =
  | 'ibm'
  | 'ibm-entitled'
  | 'ecr'
  | 'ecr-public'
  | 'google'
  | 'acr'
  | 'mcr'
  | 'ghcr'
  | 'gitlab'
  | 'docker-hub'
  | 'quay'
  | 'harbor'
  | 'artifactory'
  | 'nexus'
  | 'digitalocean'
  | 'nvidia'
  | 'ocir'
  | 'alibaba'
  | 'redhat'
  | 'openshift'
  | 'kubernetes'
  | 'chainguard'
  | 'elastic'
  | 'generic';

/**
 * What a host name is today. `current`: images are named by it. `old`: an older name that still serves, or is frozen.
 * `api`: a host that clients talk to while images are named otherwise. `other`: no registry at all.
 */
export type HostStanding = 'current' | 'old' | 'api' | 'other';

/** One host, or many of one form. */
export interface HostRule {
  /**
   * Lower case, no port, label by label. In a label `*` stands for one character or more, `{region}` likewise (and is
   * the region), `{account}` for twelve digits; at most one of them a label. A first label `**` stands for one label
   * or more.
   */
  readonly host: string;
  /** Name of the region, where the host does not spell it. */
  readonly region?: string;
  /** `current` where left out. */
  readonly standing?: HostStanding;
  /** The host to write in its place. */
  readonly instead?: string;
  /** A fragment that reads after `HOST: `. */
  readonly note?: string;
}

/** The user names a registry takes. */
export interface UserNames {
  /** Exact, or with `*` for any text. */
  readonly known: readonly string[];
  /** True where no other user name can work. */
  readonly closed: boolean;
  /** The one to write where there is a choice; `null` where it is the user's own. */
  readonly usual: string | null;
}

/** Whether who may not read a repository can tell that it is there. */
export interface Existence {
  /**
   * `yes`: missing and private answer alike. `partly`: somebody, or some answers, can tell. `no`: they differ, or
   * everything is public.
   */
  readonly hidden: 'yes' | 'partly' | 'no' | 'not known';
  /** A sentence without full stop that begins with the registry's name. */
  readonly text: string;
  /** Who can tell, as a fragment that reads after `ask with`; `null` where nothing is hidden. */
  readonly who: string | null;
}

/** How a pull secret comes to be. */
export interface SecretRecipe {
  /** Where the credential comes from: sentences. */
  readonly get: string;
  /** A command that prints the password alone; left out where somebody must paste it. */
  readonly password?: string;
  /**
   * The whole command, where the registry's own tool makes the secret or none is to be made; `{secret}`, `{namespace}`,
   * `{serviceaccount}` and `{apply}` are filled. Only one with `{secret}` writes the secret that is named.
   */
  readonly command?: string;
}

export interface Limit {
  /** A sentence without full stop. */
  readonly text: string;
  /** Page. */
  readonly source: string;
}

/** One registry, or one kind of self-hosted registry. */
export interface Registry {
  readonly id: RegistryId;
  /** As it reads in a sentence. */
  readonly name: string;
  readonly hosts: readonly HostRule[];
  /** Words that, standing alone in a host name between dots and dashes, suggest a self-hosted one. */
  readonly habits: readonly string[];
  readonly users: UserNames;
  /** What it takes as a password, with how long that lives: a sentence without full stop each. */
  readonly credentials: readonly string[];
  /** What the node itself may bring, which the API does not show; `null` where nothing is usual. */
  readonly nodeCredentials: string | null;
  /** The key to write in a pull secret; `{host}` is the host of the image. */
  readonly key: string;
  /** `null` where images are public. */
  readonly secret: SecretRecipe | null;
  /** One sentence: credentials that last, or how they are renewed. */
  readonly renew: string;
  /** What its errors mean, where that is more than the protocol says; the first that fits counts. */
  readonly answers: readonly RegistryAnswer[];
  readonly existence: Existence;
  /** Empty: not known. */
  readonly limits: readonly Limit[];
  /** A page of the registry's own documentation. */
  readonly docs: string;
}

/** Any user name is the user's own. */
export const ANY_USER: UserNames = { known: [], closed: false, usual: null };
