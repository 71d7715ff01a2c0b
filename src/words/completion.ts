/** Shell completion as kubectl asks for it of a plugin: candidates, and what the shell is to do with them. */
import type { ConnectionOptions } from './options.ts';
import type { VerbName } from './verbs.ts';

export interface Candidate {
  readonly text: string;
  /** Shown beside it by shells that can; absent: nothing. */
  readonly about?: string | undefined;
}

/**
 * Bits of the last line `:N` (cobra `completions.go`, ShellCompDirective). kubectl hands them on to the shell; an
 * older one looks over a bit it does not know.
 */
export const DIRECTIVE = {
  /** No candidates of ours: the shell offers files. */
  files: 0,
  /** The candidate goes on, so no space behind it. */
  noSpace: 2,
  noFiles: 4,
  folders: 16,
  /** The shell must not sort. */
  keepOrder: 32,
} as const;

/** Candidates that only a kubeconfig or a cluster knows. */
export type Wanted =
  | { readonly kind: 'contexts' | 'clusters' | 'users' | 'namespaces' | 'pull secrets' }
  /** What `verb` takes behind the arguments given so far. */
  | { readonly kind: 'targets'; readonly verb: VerbName; readonly args: readonly string[] };

export interface CompletionAsk {
  readonly wanted: Wanted;
  /** The part of a candidate that stands there already. */
  readonly word: string;
  readonly connection: ConnectionOptions;
  /** As `-n` gives it; absent: the context's. */
  readonly namespace: string | undefined;
}

/** What came of an ask, as far as it was answered. Filled while the answers come. */
export interface Completed {
  candidates: readonly Candidate[];
  directive: number;
}

/** Shells that `completion` has a script for. */
export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;

export type Shell = (typeof SHELLS)[number];
