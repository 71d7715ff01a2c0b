/** The workloads that a watch was asked about: how many pods they are to have, and whether they have made them. */
import { typeWord } from '../cluster/lists/paths.ts';
import { type Rollout, rolloutOf } from '../collect/rollout.ts';
import type { WorkloadName } from '../collect/workloads.ts';
import type { FollowedPod } from '../words/following.ts';
import type { ObjectSource } from '../words/objects.ts';

export interface Asked {
  /** The server said something about every workload. */
  readonly answered: boolean;
  /** One that was deleted, as an error line. */
  readonly gone: string | null;
}

export class Rollouts {
  readonly #source: ObjectSource;
  readonly #namespace: string | undefined;
  readonly #workloads: readonly WorkloadName[];
  /** As last told, by place in the list. */
  readonly #told = new Map<number, Rollout>();

  /** Of `names` those that are workloads. */
  constructor(source: ObjectSource, namespace: string | undefined, names: readonly WorkloadName[]) {
    this.#source = source;
    this.#namespace = namespace;
    this.#workloads = names.filter(({ resource }) => !['Pod', 'Node'].includes(resource.kind));
  }

  /** Asks for each of them. What the server does not say now stays as it was. */
  async ask(): Promise<Asked> {
    const answers = await Promise.all(
      this.#workloads.map((name) => rolloutOf(this.#source, this.#namespace, name)),
    );
    for (const [place, answer] of answers.entries()) {
      const workload = this.#workloads[place];
      if (answer === 'gone' && workload) {
        const { resource, name } = workload;
        return { answered: true, gone: `${typeWord(resource)} "${name}" does not exist any more` };
      }
      if (answer && answer !== 'gone') this.#told.set(place, answer);
    }
    return { answered: answers.every((answer) => answer !== null), gone: null };
  }

  /** Pods that they are to have together, as far as that is known. */
  get wanted(): number {
    return [...this.#told.values()].reduce((sum, { wanted }) => sum + (wanted ?? 0), 0);
  }

  /** Every one has made its pods, and all of them are among `pods`. */
  isSettled(pods: readonly FollowedPod[]): boolean {
    return this.#workloads.every(({ resource, name }, place) => {
      const rollout = this.#told.get(place);
      if (!rollout?.settled) return false;
      const own = `${resource.kind}/${name}`;
      const made = pods.filter((pod) => pod.workload === own && pod.state !== 'ended');
      return rollout.halted || made.length >= (rollout.wanted ?? 0);
    });
  }
}
