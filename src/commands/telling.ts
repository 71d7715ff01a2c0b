/** What a watch prints: lines for a person, documents and names for a script. */
import { changeLine, tallyLine, tallyText } from '../print/changes.ts';
import { visible } from '../print/escape.ts';
import type { FollowedPod, PullChange } from '../words/following.ts';
import type { DescribeOptions } from '../words/options.ts';
import type { World } from '../words/streams.ts';
import { printAnswer, type Run } from './describe-answer.ts';

export interface TellSettings {
  readonly run: Run;
  readonly options: DescribeOptions;
  readonly world: World;
  /** All pods are known, so that they can be counted; else only those in trouble. */
  readonly counts: boolean;
  /** One pod was named: its own lines say as much as a tally. */
  readonly alone: boolean;
  /** Failures were told before. */
  readonly failed: boolean;
}

/** How far it came. */
export interface Progress {
  readonly pods: readonly FollowedPod[];
  /** How many pods there should be. */
  readonly wanted: number;
  /** A pod of those asked about was seen. */
  readonly matched: boolean;
}

export class Telling {
  readonly #settings: TellSettings;
  #tally = '';
  #failed: boolean;

  constructor(settings: TellSettings) {
    this.#settings = settings;
    this.#failed = settings.failed;
  }

  /** `3 of 5 pods pulled; …`. */
  tally({ pods, wanted, matched }: Progress): string {
    const { counts } = this.#settings;
    const withNamespace = this.#withNamespace;
    const failed = this.#failed;
    return tallyText({ pods, wanted: counts ? wanted : undefined, withNamespace, matched, failed });
  }

  /** What changed, and how far it came where that is new. */
  async changes(changes: readonly PullChange[], progress: Progress): Promise<void> {
    const { options, world, alone, counts } = this.#settings;
    const { pods } = progress;
    this.#failed ||= pods.some((pod) => pod.state === 'failing');
    const tally = this.tally(progress);
    const isNew = tally !== this.#tally;
    this.#tally = tally;
    // Where lines are for a script nothing else would say what is waited for.
    const forScript = options.output !== 'table' && options.output !== 'wide';
    if (forScript && isNew && !counts && !progress.matched) this.warn(tally);
    if (options.output === 'json' || options.output === 'yaml') {
      if (changes.length > 0) await this.#document(pods);
      return;
    }
    if (options.output === 'name') {
      const names = new Set(changes.map((c) => `pod/${visible(c.pod)}\n`));
      world.out.write([...names].join(''));
      return;
    }
    const now = world.now();
    const lines = changes.map((change) => changeLine(change, now, this.#withNamespace));
    if (isNew && !(alone && lines.length > 0)) lines.push(tallyLine(tally, now));
    world.out.write(lines.join(''));
  }

  warn(text: string): void {
    this.#settings.world.err.write(`warning: ${visible(text)}\n`);
  }

  error(text: string): void {
    this.#settings.world.err.write(`error: ${visible(text)}\n`);
  }

  get #withNamespace(): boolean {
    return this.#settings.run.namespaces?.length !== 1;
  }

  async #document(pods: readonly FollowedPod[]): Promise<void> {
    const { options, world } = this.#settings;
    const verdicts = pods.flatMap((pod) => pod.verdicts);
    const run = { ...this.#settings.run, gaps: [], now: world.now() };
    if (options.output === 'yaml') world.out.write('---\n');
    await printAnswer({ ...run, verdicts, others: [] }, options, world);
  }
}
