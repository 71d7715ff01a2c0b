/** `describe --verify`: failing pods → plan → registries → the same evidence with their answers. */
import { matches } from '../judge/filter.ts';
import { judgePod } from '../judge/judge.ts';
import { casesOf } from '../judge/verify-plan.ts';
import { subjectOf } from '../judge/verify-subject.ts';
import type { AskOptions } from '../words/ask-options.ts';
import type { PodEvidence, Wants } from '../words/evidence.ts';
import type { Unavailable } from '../words/known.ts';
import type { ObjectSource } from '../words/objects.ts';
import type { DescribeOptions } from '../words/options.ts';
import type { World } from '../words/streams.ts';
import type { VerifiedImage } from '../words/verification.ts';
import { askAll } from './verify-ask.ts';
import { openRegistries } from './verify-climb.ts';
import { historyOf } from './verify-history.ts';
import { checkOneRegistry, ownLogins } from './verify-own.ts';
import { hostsTold } from './verify-registries.ts';

export interface Asking {
  /** What must be known of a failing pod before a registry can be asked. */
  readonly wants: (evidence: PodEvidence, wants: Wants) => Wants;
  /** The pods with what registries answered; `progress` is told how many images are done, of how many. */
  readonly ask: (
    pods: readonly PodEvidence[],
    now: number,
    progress: (done: number, all: number) => void,
  ) => Promise<PodEvidence[]>;
  /** What could not be read on the way. */
  readonly gaps: () => Promise<readonly Unavailable[]>;
  /** Remarks on the user's own logins, one line each. */
  readonly warnings: readonly string[];
  readonly close: () => void;
}

/** Throws InputError for files that cannot be read. */
export async function openAsking(
  ask: AskOptions,
  options: DescribeOptions,
  source: ObjectSource,
  world: World,
): Promise<Asking> {
  const own = await ownLogins(ask, world);
  const registries = await openRegistries(ask, world);
  const history = historyOf(source);
  const told = hostsTold(ask.registries);
  return {
    wants: (evidence, wants) => {
      const { pod } = evidence;
      if (judgePod(evidence, 0).verdicts.length === 0) return wants;
      return { ...wants, secrets: pod.pullSecrets.length > 0, node: pod.node !== null };
    },
    ask: async (pods, now, progress) => {
      const groups = [...Map.groupBy(pods, (pod) => keyOf(pod, imagesOf(pod, options, now)))];
      const subjects = groups.flatMap(([, [pod]]) =>
        pod ? [subjectOf(pod, imagesOf(pod, options, now))] : [],
      );
      // One by one: what pods share is asked once, and each answer finds its way back.
      const cases = subjects.map((subject) => casesOf([subject], own, told));
      checkOneRegistry(cases.flat(), own);
      let done = 0;
      const all = cases.flat().length;
      progress(done, all);
      const answers = await askAll(cases.flat(), registries, {
        onDone: () => progress(++done, all),
        earlierOf: history.of,
        ibm: ask.ibm,
        now: world.now,
      });
      const known = new Map<PodEvidence, ReadonlyMap<string, VerifiedImage>>();
      let at = 0;
      for (const [i, [, alike]] of groups.entries()) {
        const count = cases[i]?.length ?? 0;
        const answered = answers.slice(at, at + count);
        at += count;
        const registry = new Map(answered.map((image) => [image.image, image]));
        for (const pod of alike) known.set(pod, registry);
      }
      return pods.map((pod) => ({ ...pod, registry: known.get(pod) }));
    },
    gaps: history.gaps,
    warnings: own.warnings,
    close: registries.close,
  };
}

/** Images that fail, of the failures that the filters let through; which cause it is, the registry may still decide. */
function imagesOf(evidence: PodEvidence, options: DescribeOptions, now: number): Set<string> {
  const wanted = judgePod(evidence, now).verdicts.filter(
    (verdict) =>
      verdict.facts.stage !== 'sandbox' && matches(verdict, { ...options, causes: [] }, now),
  );
  return new Set(wanted.map(({ image }) => image));
}

/** Equal for pods that a registry would answer alike. */
function keyOf({ pod, presence, node }: PodEvidence, images: ReadonlySet<string>): string {
  const platform = node.known ? [node.value.os, node.value.architecture] : [];
  return JSON.stringify([pod.namespace, pod.pullSecrets, presence, platform, ...images]);
}
