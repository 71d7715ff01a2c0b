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
}

export class Telling {
  readonly #settings: TellSettings;
  #tally = '';

  constructor(settings: TellSettings) {
    this.#settings = settings;
  }

  /** How far it came: `3 of 5 pods pulled; …`. `wanted`: how many pods there should be. */
  tally(pods: readonly FollowedPod[], wanted: number): string {
    const { counts } = this.#settings;
    const withNamespace = this.#withNamespace;
    return tallyText({ pods, wanted: counts ? wanted : undefined, withNamespace });
  }

  /** What changed, and how far it came where that is new. */
  async changes(
    changes: readonly PullChange[],
    pods: readonly FollowedPod[],
    wanted: number,
  ): Promise<void> {
    const { options, world, alone } = this.#settings;
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
    const tally = this.tally(pods, wanted);
    if (tally !== this.#tally && !(alone && lines.length > 0)) lines.push(tallyLine(tally, now));
    this.#tally = tally;
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
