/** The pods that are followed, what is known of each, and when they are all right. */
import { ConnectionError } from '../cluster/errors.ts';
import type { OpenedSource } from '../cluster/opened.ts';
import { keyOf, obj } from '../collect/json.ts';
import type { Members } from '../collect/members.ts';
import type { Scope } from '../collect/namespaces.ts';
import { isTroubledPod } from '../collect/relevant.ts';
import type { TargetName } from '../collect/targets.ts';
import { podView } from '../collect/views.ts';
import { alreadyTold, changesBetween } from '../judge/changes.ts';
import { pullState } from '../judge/pull-state.ts';
import { words } from '../words/errors.ts';
import type { PodEvidence } from '../words/evidence.ts';
import type { FollowedPod } from '../words/following.ts';
import type { Changed } from '../words/objects.ts';
import type { DescribeOptions } from '../words/options.ts';
import type { PodView } from '../words/pod.ts';
import type { World } from '../words/streams.ts';
import type { Verdict } from '../words/verdict.ts';
import { judgedPod, matchesFilters, type Run, wantsOf } from './describe-answer.ts';
import { lookAt } from './look.ts';
import { type Asked, Rollouts } from './rollouts.ts';
import { type Progress, Telling } from './telling.ts';
import type { Outcome } from './turns.ts';
import { Undecided } from './undecided.ts';

/** A pod that is as new may still fail; an older one that is stuck for another reason is not waited for. */
const NEW_POD_MS = 120_000;

/** What the first answer was about. */
export interface Watched {
  readonly opened: OpenedSource;
  readonly run: Run;
  readonly targets: readonly TargetName[];
  /** Namespaces to watch one by one; absent: all at once. */
  readonly scope: Scope;
  /** Already told. */
  readonly verdicts: readonly Verdict[];
}

export class Following {
  readonly #watched: Watched;
  readonly #members: Members;
  readonly #options: DescribeOptions;
  readonly #world: World;
  readonly #telling: Telling;
  /** Pods as the server last told them, by `namespace/name`. */
  readonly #pods = new Map<string, PodView>();
  readonly #dirty = new Set<string>();
  readonly #undecided = new Undecided();
  /** Named pods that had their images, whatever became of them later. */
  readonly #arrived = new Set<string>();
  readonly #rollouts: Rollouts;
  readonly #listed = new Set<string | undefined>();
  #judged: ReadonlyMap<string, FollowedPod>;
  /** A pod was seen that is not waited for, healthy ones included: without any nothing says that all is well. */
  #matched: boolean;

  constructor(watched: Watched, members: Members, options: DescribeOptions, world: World) {
    this.#watched = watched;
    this.#members = members;
    this.#options = options;
    this.#world = world;
    this.#judged = alreadyTold(watched.verdicts);
    this.#matched = watched.verdicts.length > 0;
    const { opened, scope } = watched;
    this.#rollouts = new Rollouts(opened.source, scope?.[0], members.names);
    const alone = members.names.length === 1 && members.names[0]?.resource.kind === 'Pod';
    const { run } = watched;
    const failed = this.#matched;
    this.#telling = new Telling({ run, options, world, counts: this.#counts, alone, failed });
  }

  /** True for a pod that is to be kept; that another is there is noted. */
  keeps(pod: unknown): boolean {
    const kept = this.#matters(pod);
    if (!kept) this.#isFirst(pod);
    return kept;
  }

  /** Where names are given their pods are counted, so every pod matters; else only those in trouble. */
  #matters(pod: unknown): boolean {
    const key = keyOf(pod);
    return this.#counts || this.#judged.has(key) || this.#pods.has(key) || isTroubledPod(pod);
  }

  /** Takes a change of the pods of `namespace` in; true where it is worth a look. */
  note(change: Changed<unknown>, namespace: string | undefined): boolean {
    switch (change.kind) {
      case 'lost':
        this.#telling.warn(`${words(change.error).replace(/^error: /, '')} (trying again)`);
        return false;
      case 'back':
        this.#telling.warn('the server answers again');
        return false;
      case 'all':
        this.#replace(change.objects, namespace);
        return true;
      case 'gone':
        return this.#drop(keyOf(change.object));
      case 'changed':
        return this.#matters(change.object)
          ? this.#take(change.object)
          : this.#isFirst(change.object);
    }
  }

  /** True once, for the first pod of those asked about: no list of the others is held. */
  #isFirst(pod: unknown): boolean {
    if (this.#matched || obj(obj(pod)['metadata'])['deletionTimestamp'] !== undefined) return false;
    this.#matched = this.#members.mayBe(pod);
    return this.#matched;
  }

  /** Judges what changed and tells of it. */
  async look(): Promise<Outcome> {
    if (!this.#isListed) return 'later';
    const keys = [...this.#dirty];
    this.#dirty.clear();
    let after: Map<string, FollowedPod>;
    let asked: Asked;
    try {
      after = await this.#judge(keys);
      asked = await this.#rollouts.ask();
    } catch (error) {
      // The watch itself tells of a server that is gone, and when it is back.
      if (!(error instanceof ConnectionError)) throw error;
      for (const key of keys) this.#dirty.add(key);
      return 'again';
    }
    const changes = changesBetween(this.#judged, after);
    this.#judged = after;
    for (const [key, pod] of after) {
      if (pod.state === 'pulled') this.#arrived.add(key);
      if (pod.state !== 'waiting') this.#matched = true;
    }
    await this.#telling.changes(changes, this.#progress);
    const problem = asked.gone ?? this.#lostPod();
    if (problem) {
      this.#telling.error(problem);
      return 1;
    }
    const settled = asked.answered && this.#rollouts.isSettled([...after.values()]);
    // What came while this look was taken is not part of it.
    if (this.#dirty.size === 0 && this.#isFinished(settled)) return 0;
    this.#forgetPulled();
    return this.#lookAgain() || !settled ? 'again' : 'later';
  }

  /** Says that time is up, and how far it came. */
  timedOut(): 1 {
    const unseen = !this.#isListed && this.#judged.size === 0;
    const state = unseen ? 'pods are not listed yet' : this.#telling.tally(this.#progress);
    this.#telling.error(`timed out waiting for the images to be pulled: ${state}`);
    return 1;
  }

  get #hasMatch(): boolean {
    return this.#matched || this.#judged.size > 0;
  }

  get #isListed(): boolean {
    return this.#listed.size >= (this.#watched.scope?.length ?? 1);
  }

  get #progress(): Progress {
    const { wanted } = this.#rollouts;
    return { pods: [...this.#judged.values()], wanted, matched: this.#hasMatch };
  }

  get #counts(): boolean {
    return this.#members.names.length > 0;
  }

  #replace(objects: readonly unknown[], namespace: string | undefined): void {
    this.#listed.add(namespace);
    const there = new Set(objects.map(keyOf));
    for (const [key, pod] of this.#pods) {
      const here = namespace === undefined || pod.namespace === namespace;
      if (here && !there.has(key)) this.#drop(key);
    }
    for (const object of objects) this.#take(object);
    // What was told before the first list and is not in it is gone.
    for (const key of this.#judged.keys()) if (!this.#pods.has(key)) this.#dirty.add(key);
  }

  #take(object: unknown): boolean {
    const key = keyOf(object);
    this.#pods.set(key, podView(object));
    this.#dirty.add(key);
    this.#undecided.changed(key, this.#world.now());
    return true;
  }

  #drop(key: string): boolean {
    this.#dirty.add(key);
    this.#undecided.forget(key);
    return this.#pods.delete(key) || this.#judged.has(key);
  }

  /** All pods as they are now; only those of `keys` are looked at. */
  async #judge(keys: readonly string[]): Promise<Map<string, FollowedPod>> {
    const after = new Map(this.#judged);
    const found = await Promise.all(
      keys.map(async (key) => {
        const pod = this.#pods.get(key);
        const evidence = pod && pod.deletedAt === null ? await this.#members.find(pod) : null;
        if (evidence === null) after.delete(key);
        return evidence === null ? [] : [evidence];
      }),
    );
    const look = lookAt(this.#watched.opened.source, this.#options.noSecrets);
    const evidence = await look.closely(found.flat(), wantsOf);
    for (const one of evidence) {
      const { namespace, name } = one.pod;
      const key = `${namespace}/${name}`;
      const pod = this.#followed(one);
      if (pod) after.set(key, pod);
      else after.delete(key);
    }
    return after;
  }

  /** `null`: it fails, but for a reason that was not asked about. */
  #followed(evidence: PodEvidence): FollowedPod | null {
    const { workload } = evidence;
    const { namespace, name, createdAt } = evidence.pod;
    const run = { ...this.#watched.run, now: this.#world.now() };
    const verdicts = judgedPod(evidence, run);
    const known = this.#counts || this.#judged.has(`${namespace}/${name}`);
    const asked = verdicts.some((v) => matchesFilters(v, this.#options, run.now));
    if (verdicts.length > 0 && !asked && !known) {
      this.#matched = true;
      return null;
    }
    const state = pullState(evidence.pod, verdicts.length > 0);
    return { namespace, name, state, verdicts, createdAt, workload };
  }

  get #namedPods(): readonly (readonly [key: string, name: string])[] {
    return this.#members.names.flatMap(({ resource, name }) =>
      resource.kind === 'Pod' && name !== null
        ? [[`${this.#watched.scope?.[0]}/${name}`, name] as const]
        : [],
    );
  }

  /** A pod that was named and is gone or at its end, and never had its images. */
  #lostPod(): string | null {
    for (const [key, name] of this.#namedPods) {
      if (this.#arrived.has(key) || this.#dirty.has(key)) continue;
      const pod = this.#judged.get(key);
      if (!pod) return `pods "${name}" was deleted before its images were pulled`;
      if (pod.state === 'ended') return `pods "${name}" ended before its images were pulled`;
    }
    return null;
  }

  #isFinished(settled: boolean): boolean {
    const pods = [...this.#judged.values()];
    if (this.#counts) {
      const named = this.#namedPods.every(([key]) => this.#arrived.has(key));
      return settled && named && pods.every((p) => p.state === 'pulled' || p.state === 'ended');
    }
    if (!this.#hasMatch) return false;
    return pods.every((p) => p.state !== 'failing' && !(p.state === 'waiting' && this.#isYoung(p)));
  }

  /** Where pods are not counted, those that have their images are of no more interest. */
  #forgetPulled(): void {
    if (this.#counts) return;
    const left = ([, pod]: [string, FollowedPod]) =>
      pod.state === 'failing' || pod.state === 'waiting';
    this.#judged = new Map([...this.#judged].filter(left));
    for (const key of this.#pods.keys()) {
      if (this.#judged.has(key) || this.#dirty.has(key)) continue;
      this.#pods.delete(key);
      this.#undecided.forget(key);
    }
  }

  /** True where a look is due without a change: for events that come after the status, for a pod that grows old. */
  #lookAgain(): boolean {
    const undecided = [...this.#judged].filter(
      ([, pod]) => pod.state === 'waiting' || pod.verdicts.some((v) => v.cause === 'Unknown'),
    );
    const keys = undecided.map(([key]) => key);
    const due = this.#undecided.due(keys, this.#world.now());
    for (const key of due.keys) this.#dirty.add(key);
    return due.more || due.keys.length > 0 || undecided.some(([, pod]) => this.#isYoung(pod));
  }

  #isYoung({ createdAt }: FollowedPod): boolean {
    const now = this.#world.now();
    return now - (createdAt ?? now) <= NEW_POD_MS;
  }
}
