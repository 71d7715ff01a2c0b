/** What `verify` asks for, and what came of it. Only `Login` holds a secret, and that in its wrapping. */
import type { Hidden } from './hidden.ts';
import type { IbmAnswer } from './ibm.ts';
import type { Answer, Unavailable } from './known.ts';
import type { LadderCode, LadderResult, NearestTags, Pullability, StepName } from './ladder.ts';
import type { NextStep } from './next-step.ts';
import type { SecretView } from './pod.ts';

/** What a registry is shown. */
export interface Login {
  readonly username: string;
  readonly password: Hidden;
}

export interface Platform {
  readonly os: string;
  readonly architecture: string;
}

/** A pod, or what pods are made from; `null`: the image was named on the command line. */
export interface ImageUser {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

export interface WantedImage {
  /** `null` where it is none of a pod. */
  readonly container: string | null;
  /** As written. */
  readonly image: string;
  /** The kubelet never pulls it (`imagePullPolicy: Never`). */
  readonly never: boolean;
}

export interface WantedSecret {
  readonly namespace: string;
  readonly name: string;
  readonly answer: Answer<SecretView>;
}

/** What running pods have of an image. */
export interface RunningImage {
  /** As written in the pods. */
  readonly image: string;
  /** `imageID` of their status. */
  readonly id: string;
  readonly pods: number;
}

/** What a workload had before, where an image of now is not there. */
export interface EarlierImage {
  /** `Deployment`, `StatefulSet` or `DaemonSet`. */
  readonly workload: ImageUser;
  /** To which `kubectl rollout undo` goes back. */
  readonly revision: number;
  /** A paused Deployment takes no undo. */
  readonly paused: boolean;
  /** As written. */
  readonly image: string;
}

/** The same, asked for with the credentials of the pod. */
export interface EarlierAnswer extends EarlierImage {
  readonly result: Pullability;
  /** Why not; empty where it can be pulled. */
  readonly detail: string;
}

/** Pods that differ in nothing that matters for pulling, or a template. */
export interface Subject {
  /** The first few. */
  readonly users: readonly ImageUser[];
  /** How many in all. */
  readonly count: number;
  readonly serviceAccount: string | null;
  readonly images: readonly WantedImage[];
  /** In the order of the list of the pod. */
  readonly secrets: readonly WantedSecret[];
  /** Why the list of pull secrets is not known; `null` where it is. */
  readonly listUnknown: Unavailable | null;
  /** Of its nodes; empty where these are not known. */
  readonly platforms: readonly Platform[];
  /** Of nodes that it may go to, or may not: what it asks of them is not known, or cannot be told. */
  readonly maybePlatforms?: readonly Platform[] | undefined;
  /** Absent: none of them runs. */
  readonly running?: readonly RunningImage[] | undefined;
}

/** Whose the credential of a row is. `none`: no credential is sent. `unknown`: a secret that could not be read. */
export type Whose = 'pod' | 'yours' | 'none' | 'unknown';

/** One image with one credential. */
export interface VerifiedRow {
  /** `secret regcred`, `anonymous`, `yours, not the pod's (config.json)`. */
  readonly credential: string;
  readonly whose: Whose;
  /** The kubelet would try it: 1 first; `null`: it never does. */
  readonly order: number | null;
  readonly secret: { readonly namespace: string; readonly name: string } | null;
  /** Key of the entry, as written, a password before `@` masked. */
  readonly key: string | null;
  /** `null` where the user name is a secret itself, or there is none. */
  readonly user: string | null;
  readonly result: Pullability;
  /** `credentials`: it failed before any registry was asked. */
  readonly step: StepName | 'credentials' | 'ibm-traffic' | null;
  /** `node-loopback`: localhost is this machine here and the node there: not asked. */
  readonly code:
    | LadderCode
    | 'secret-broken'
    | 'secret-not-read'
    | 'not-tried'
    | 'node-loopback'
    | 'ibm-traffic-reached';
  /** One line, empty where all is well. */
  readonly detail: string;
  /** `null`: no registry was asked. */
  readonly asked: LadderResult | null;
}

/** One image with the credentials of one kind of pod. */
export interface VerifiedImage {
  /** As written. */
  readonly image: string;
  readonly users: readonly ImageUser[];
  /** Pods and templates in all. */
  readonly count: number;
  readonly platforms: readonly Platform[];
  /** The kubelet never pulls it (`imagePullPolicy: Never`): it counts for no exit code. */
  readonly never?: true | undefined;
  readonly result: Pullability;
  readonly rows: readonly VerifiedRow[];
  /** Sentences without full stop. */
  readonly findings: readonly string[];
  readonly nextSteps: readonly NextStep[];
  /** Where the tag is not there and the registry lists others. */
  readonly nearestTags: NearestTags | null;
  /** What IBM Cloud itself says, where it was asked; `null` elsewhere. */
  readonly ibm: IbmAnswer | null;
}

export interface Verification {
  readonly images: readonly VerifiedImage[];
  readonly gaps: readonly Unavailable[];
}
