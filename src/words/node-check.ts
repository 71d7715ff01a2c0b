/** What `verify --from-node` asks nodes, and what came of it. */
import type { CauseName } from './cause.ts';
import type { Pullability } from './ladder.ts';
import type { NextStep } from './next-step.ts';
import type { LookOptions, OutputFormat } from './options.ts';
import type { Certainty } from './reading.ts';
import type { Quote } from './verdict.ts';

export interface NodeCheckOptions extends Omit<LookOptions, 'filenames'> {
  /** Image references; none: those of the pods named. */
  readonly images: readonly string[];
  /** Pull secrets to use for `images`. */
  readonly secrets: readonly string[];
  /** Nodes by name; empty with no `nodeSelector`: those of the pods. */
  readonly nodes: readonly string[];
  /** As `-l` takes it, of nodes; empty: all; absent: `nodes` counts. */
  readonly nodeSelector?: string | undefined;
  /** Nobody is asked before something is made. */
  readonly yes: boolean;
  readonly dryRun: 'none' | 'client' | 'server';
  /** Longest wait for one node, in milliseconds. */
  readonly timeoutMs: number;
  readonly output: OutputFormat;
}

/** What is to be pulled, and as whom: a pod, or what the command line names. */
export interface CheckSubject {
  readonly namespace: string;
  /** Empty: no pod, the image was named. */
  readonly pod: string;
  readonly workload: string | null;
  readonly serviceAccount: string;
  readonly pullSecrets: readonly string[];
  /** Each once. */
  readonly images: readonly string[];
  /** As in the pod. */
  readonly tolerations: readonly Toleration[];
  /** Of the pod, where it is set and not root; OpenShift gives each namespace its own. */
  readonly runAsUser: number | null;
  /** The node the pod is on. */
  readonly node: string | null;
}

/** `v1` Toleration; what else is in it stays as it is. */
export interface Toleration {
  readonly key?: string | undefined;
  readonly operator?: string | undefined;
  readonly value?: string | undefined;
  readonly effect?: string | undefined;
}

export interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: string;
}

/** What of a node counts for a Job on it. */
export interface CheckNode {
  readonly name: string;
  /** `linux`, `windows`; empty where it is not known. */
  readonly os: string;
  readonly taints: readonly Taint[];
  /** Why nothing can be started there, one line; `null`: nothing speaks against it. */
  readonly unfit: string | null;
}

/** One Job: a subject on a node. */
export interface NodeCheck {
  readonly subject: CheckSubject;
  readonly node: CheckNode;
}

/** `skipped`: nothing was started on the node. */
export type NodeResult = Pullability | 'skipped';

/** One image on one node. */
export interface NodeAnswer {
  readonly namespace: string;
  /** Empty where the image was named. */
  readonly pod: string;
  readonly image: string;
  readonly node: string;
  readonly result: NodeResult;
  /** `null` where nothing failed, or what failed is no pull. */
  readonly cause: CauseName | null;
  readonly certainty: Certainty | null;
  readonly alternatives: readonly CauseName[];
  /** One line; empty where all is well. */
  readonly detail: string;
  readonly evidence: readonly Quote[];
  /** Sentences without full stop. */
  readonly findings: readonly string[];
  readonly nextSteps: readonly NextStep[];
  /** From the Job to the answer; `null` where there was no Job. */
  readonly ms: number | null;
}
