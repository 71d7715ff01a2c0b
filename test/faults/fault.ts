/** What `npm run test:faults` injects: one thing that is broken, the pod that meets it, and what mends it. */
import type { CauseName } from '../../src/words/cause.ts';
import type { KubeObject } from '../cluster/help/objects.ts';

/** What the pod that meets the fault is part of. */
export type FaultyAs =
  | 'Pod'
  | 'Deployment'
  | 'StatefulSet'
  | 'DaemonSet'
  | 'Job'
  | 'CronJob'
  | 'init container'
  | 'ephemeral container'
  | 'several containers';

/** How the printed next steps are carried out. */
export interface Mend {
  /** What a person knows that we do not: text of a printed placeholder, such as `<user>`, to its value. */
  readonly fill?: Readonly<Record<string, string>>;
  /**
   * What a next step asks for in words only ("start the registry", "free the disk"), done before the printed commands;
   * only where no command of ours could do it.
   */
  readonly byHand?: (namespace: string) => Promise<void>;
}

/** What is done to the node or to a server, and undone; undone also where the first failed half-way. */
export interface Breakage {
  readonly breakIt: () => Promise<void>;
  readonly heal: () => Promise<void>;
}

export interface Fault {
  /** Of the pod or the workload; a DNS label, one for each fault. */
  readonly name: string;
  /** What is really wrong. */
  readonly cause: CauseName;
  /** What was done, in a line of the table. */
  readonly what: string;
  readonly as?: FaultyAs;
  readonly image: string;
  /** Names of pull secrets, those of `registrySecrets()` or of `objects`. */
  readonly secrets?: readonly string[];
  /** More of the pod's spec. */
  readonly spec?: object;
  /** Made before the pod. */
  readonly objects?: readonly KubeObject[];
  /**
   * Breaks the node or a server for all, so that nothing else may run meanwhile; undone also when the test fails.
   * Faults that share one object are there at the same time.
   */
  readonly wide?: Breakage;
  /** Changes the node for this image alone, before the pod is made; others may run meanwhile. Undone in the end. */
  readonly near?: Breakage;
  /** Reason of the event that tells of it, where no state of a container does. */
  readonly event?: string;
  /** Why no answer of this registry can tell more than `describe` knows; the truth must then be among the alternatives. */
  readonly hidden?: string;
  /** The node needs longer than ten seconds to say so: not in the short run. */
  readonly slow?: boolean;
  /** How it is mended; a text: why it cannot be, in the lab. */
  readonly mend?: Mend | string;
}
