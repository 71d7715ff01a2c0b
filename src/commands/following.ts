/** The pods that are followed, what is known of each, and when they are all right. */
import { ConnectionError } from '../cluster/errors.ts';
import type { OpenedSource } from '../cluster/opened.ts';
import { obj, str } from '../collect/json.ts';
import type { Members } from '../collect/members.ts';
import type { Scope } from '../collect/namespaces.ts';
import { isTroubledPod } from '../collect/relevant.ts';
import { type Rollout, rolloutOf } from '../collect/rollout.ts';
import type { TargetName } from '../collect/targets.ts';
import { podView } from '../collect/views.ts';
import { changesBetween } from '../judge/changes.ts';
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
import { Telling } from './telling.ts';
import type { Outcome } from './turns.ts';

/** A pod that is as new may still fail; an older one that is stuck for another reason is not waited for. */
const NEW_POD_MS = 120_000;
/** Undecided pods that are looked at again at a time. */
const MAX_AGAIN = 20;
/** Events come after the status, but not by more than this: later the next change is waited for. */
const FRESH_MS = 60_000;

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
  /** When each pod changed last. */
  readonly #changed = new Map<string, number>();
  readonly #listed = new Set<string | undefined>();
  #judged: ReadonlyMap<string, FollowedPod>;

  constructor(watched: Watched, members: Members, options: DescribeOptions, world: World) {
    this.#watched = watched;
    this.#members = members;
    this.#options = options;
    this.#world = world;
    this.#judged = alreadyTold(watched.verdicts);
    const alone = members.names.length === 1 && members.names[0]?.resource.kind === 'Pod';
    const { run } = watched;
    this.#telling = new Telling({ run, options, world, counts: this.#counts, alone });
  }

  /** Where names are given their pods are counted, so every pod matters; else only those in trouble. */
  matters(pod: unknown): boolean {
    return this.#counts || this.#judged.has(keyOf(pod)) || isTroubledPod(pod);
  }

  /** Takes a change of the pods of `namespace` in; true where it is worth a look. */
  note(change: Changed<unknown>, namespace: string | undefined): boolean {
    switch (change.kind) {
      case 'lost':
        this.#telling.warn(`${words(change.error)} (trying again)`);
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
        return this.matters(change.object) && this.#take(change.object);
    }
  }

  /** Judges what changed and tells of it. */
  async look(): Promise<Outcome> {
    const places = this.#watched.scope?.length ?? 1;
    if (this.#listed.size < places) return 'later';
    const keys = [...this.#dirty];
    this.#dirty.clear();
    let after: Map<string, FollowedPod>;
    let rollouts: readonly Rollout[];
    try {
      after = await this.#judge(keys);
      rollouts = await this.#rollouts();
    } catch (error) {
      // The watch itself tells of a server that is gone, and when it is back.
      if (!(error instanceof ConnectionError)) throw error;
      for (const key of keys) this.#dirty.add(key);
      return 'again';
    }
    const changes = changesBetween(this.#judged, after);
    const lost = this.#lostName(after);
    this.#judged = after;
    const wanted = rollouts.reduce((sum, r) => sum + (r.wanted ?? 0), 0);
    await this.#telling.changes(changes, [...after.values()], wanted);
    if (lost) {
      this.#telling.error(`pods "${lost}" was deleted before its images were pulled`);
      return 1;
    }
    const settled = rollouts.every((r) => r.settled) && after.size >= wanted;
    const finished = this.#isFinished(settled);
    this.#forgetPulled();
    if (finished) return 0;
    return this.#lookAgain() || !settled ? 'again' : 'later';
  }

  /** Says that time is up, and how far it came. */
  timedOut(): 1 {
    const state = this.#telling.tally([...this.#judged.values()], 0);
    this.#telling.error(`timed out waiting for the images to be pulled: ${state}`);
    return 1;
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
    this.#changed.set(key, this.#world.now());
    return true;
  }

  #drop(key: string): boolean {
    this.#dirty.add(key);
    this.#changed.delete(key);
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
    const { namespace, name, createdAt } = evidence.pod;
    const run = { ...this.#watched.run, now: this.#world.now() };
    const verdicts = judgedPod(evidence, run);
    const known = this.#judged.has(`${namespace}/${name}`);
    const asked = verdicts.some((v) => matchesFilters(v, this.#options, run.now));
    if (verdicts.length > 0 && !asked && !known) return null;
    const state = pullState(evidence.pod, verdicts.length > 0);
    return { namespace, name, state, verdicts, createdAt };
  }

  #rollouts(): Promise<Rollout[]> {
    const namespace = this.#watched.scope?.[0];
    const workloads = this.#members.names.filter(({ resource }) => resource.kind !== 'Pod');
    const { source } = this.#watched.opened;
    return Promise.all(workloads.map((workload) => rolloutOf(source, namespace, workload)));
  }

  /** A pod that was named, is not there any more, and never had its images. */
  #lostName(after: ReadonlyMap<string, FollowedPod>): string | null {
    const names = this.#members.names.filter(({ resource }) => resource.kind === 'Pod');
    for (const { name } of names) {
      const key = `${this.#watched.scope?.[0]}/${name}`;
      const last = this.#judged.get(key);
      if (!after.has(key) && !this.#pods.has(key) && last?.state !== 'pulled') return name;
    }
    return null;
  }

  #isFinished(settled: boolean): boolean {
    const pods = [...this.#judged.values()];
    if (this.#counts) return settled && pods.every((p) => p.state === 'pulled');
    return pods.every((p) => p.state === 'pulled' || (p.state === 'waiting' && !this.#isYoung(p)));
  }

  /** Where pods are not counted, those that have their images are of no more interest. */
  #forgetPulled(): void {
    if (this.#counts) return;
    this.#judged = new Map([...this.#judged].filter(([, pod]) => pod.state !== 'pulled'));
    for (const key of this.#pods.keys()) if (!this.#judged.has(key)) this.#forget(key);
  }

  #forget(key: string): void {
    this.#pods.delete(key);
    this.#changed.delete(key);
  }

  /** Events come after the status: pods that changed just now and are undecided are looked at once more. */
  #lookAgain(): boolean {
    const now = this.#world.now();
    const undecided = [...this.#judged].filter(
      ([, pod]) => pod.state === 'waiting' || pod.verdicts.some((v) => v.cause === 'Unknown'),
    );
    const fresh = undecided.filter(([key]) => now - (this.#changed.get(key) ?? 0) < FRESH_MS);
    for (const [key] of fresh.slice(0, MAX_AGAIN)) this.#dirty.add(key);
    // A young pod grows old without a change.
    return fresh.length > 0 || undecided.some(([, pod]) => this.#isYoung(pod));
  }

  #isYoung({ createdAt }: FollowedPod): boolean {
    const now = this.#world.now();
    return now - (createdAt ?? now) <= NEW_POD_MS;
  }
}

function keyOf(pod: unknown): string {
  const metadata = obj(obj(pod)['metadata']);
  return `${str(metadata['namespace'])}/${str(metadata['name'])}`;
}

function alreadyTold(verdicts: readonly Verdict[]): Map<string, FollowedPod> {
  const byPod = Map.groupBy(verdicts, (v) => `${v.namespace}/${v.pod}`);
  return new Map(
    [...byPod].map(([key, own]) => {
      const [{ namespace, pod: name }] = own as [Verdict, ...Verdict[]];
      return [key, { namespace, name, state: 'failing', verdicts: own, createdAt: null }];
    }),
  );
}
