/**
 * The second half of `describe`: evidence → verdicts → text. Apart from the first half because it is loaded while the
 * API server is answering; see `warmUp`.
 */
import { classify } from '../causes/classify.ts';
import { CAUSES } from '../causes/index.ts';
import { denialTrouble } from '../judge/denials.ts';
import { matches as matchesFilters } from '../judge/filter.ts';
import { groupVerdicts } from '../judge/groups.ts';
import { judgePod } from '../judge/judge.ts';
import { inPlace, type Place, verdictInPlace } from '../judge/same-place.ts';
import { wantsOf } from '../judge/wants.ts';
import { palette } from '../print/color.ts';
import {
  type DescribePrint,
  groupBlocks,
  groupTable,
  MAX_BLOCKS,
  otherLines,
  verdictTable,
} from '../print/describe.ts';
import { visible, visibleJson } from '../print/escape.ts';
import { pullFailureList } from '../print/pull-failure-list.ts';
import { formatTable } from '../print/table.ts';
import { gapText } from '../print/where.ts';
import { noneFound } from '../print/where-looked.ts';
import { foldWidth } from '../print/width.ts';
import { toYaml } from '../print/yaml.ts';
import type { CauseName } from '../words/cause.ts';
import type { Denial } from '../words/cluster-sources.ts';
import type { PodEvidence } from '../words/evidence.ts';
import { distinctGaps, type Unavailable } from '../words/known.ts';
import type { DescribeOptions, ExitCode } from '../words/options.ts';
import { savedInputNote } from '../words/saved-input.ts';
import type { World } from '../words/streams.ts';
import type { Group, OtherTrouble, Verdict } from '../words/verdict.ts';
import { examplePod } from './describe-example.ts';

export { matchesFilters, wantsOf };

/** Causes whose examples are read ahead: together they use the expressions that most texts need. */
const READ_AHEAD: readonly CauseName[] = ['TagNotFound', 'Unauthorized'];

/**
 * What is slow the first time and quick ever after: a regular expression is compiled at its first use, a library laid
 * out its first table. Done while the server has the word, it costs a user nothing.
 */
export const FIRSTS: readonly (() => void)[] = [
  () => classify('Failed to pull image "a": rpc error: code = Unknown desc = failed'),
  () => formatTable(['POD'], [['']]),
  ...READ_AHEAD.map((cause) => () => {
    const example = CAUSES[cause].examples[0];
    if (example) classify(example.text, { reason: 'Failed' });
  }),
  () => judgePod(examplePod(), 0),
];

/** What is known about the run besides the evidence. */
export interface Run {
  /** Whether the user named what to look at. */
  readonly named: boolean;
  /** Whether something else is said instead of "none found". */
  readonly silent: boolean;
  /** The moment the objects were seen, in milliseconds. */
  readonly now: number;
  /** Absent: all namespaces. */
  readonly namespaces: readonly string[] | undefined;
  /** Workloads that were named and may not make pods. */
  readonly denials?: readonly Denial[] | undefined;
  /** What could not be looked at when the pods were looked for. */
  readonly gaps: readonly Unavailable[];
  /** Where advice has to act. */
  readonly place: Place;
}

/** Judges every pod and keeps what the filters let through. */
export function answerOf(
  evidence: readonly PodEvidence[],
  run: Run,
  options: DescribeOptions,
): Answer {
  const judged = evidence.map((e) => judgePod(e, run.now));
  const verdicts = judged
    .flatMap((j) => j.verdicts)
    .filter((v) => matchesFilters(v, options, run.now))
    .map((v) => verdictInPlace(v, run.place));
  const untold = (run.denials ?? []).map(denialTrouble);
  const others = run.named ? [...judged.flatMap((j) => j.others), ...untold] : [];
  const events = evidence.flatMap((e) =>
    e.events.known || e.events.why.text === '' ? [] : [e.events.why],
  );
  return { ...run, verdicts, others, gaps: gapsOf(verdicts, [...run.gaps, ...events]) };
}

/** The verdicts about one pod, with advice for where it is. */
export function judgedPod(evidence: PodEvidence, run: Run): Verdict[] {
  return judgePod(evidence, run.now).verdicts.map((v) => verdictInPlace(v, run.place));
}

export interface Answer extends Run {
  readonly verdicts: readonly Verdict[];
  readonly others: readonly OtherTrouble[];
}

/** What could not be seen at all, once each: beside no finding it must not read as "all is well". */
function gapsOf(verdicts: readonly Verdict[], events: readonly Unavailable[]): Unavailable[] {
  return distinctGaps([...events, ...verdicts.flatMap((v) => v.unavailable)]);
}

export function exitCode(answer: Answer, options: DescribeOptions): ExitCode {
  if (!options.exitCode) return 0;
  if (answer.verdicts.length > 0) return 3;
  return answer.gaps.length > 0 ? 4 : 0;
}

export async function printAnswer(
  answer: Answer,
  options: DescribeOptions,
  world: World,
): Promise<void> {
  const { verdicts, others, gaps } = answer;
  if (options.output === 'json' || options.output === 'yaml') {
    const list = pullFailureList(verdicts, others, gaps);
    const text =
      options.output === 'json'
        ? `${visibleJson(JSON.stringify(list, null, 4))}\n`
        : await toYaml(list);
    world.out.write(text);
    return;
  }
  const groups = groupVerdicts(verdicts);
  if (options.output === 'name') {
    const names = new Set(verdicts.map((v) => `pod/${visible(v.pod)}\n`));
    world.out.write([...names].join(''));
  } else {
    const text = humanText(answer, groups, options, world);
    world.out.write(text + savedInputNote(text, options.filenames));
  }
  // A block says itself what was not seen of its pod.
  const told = blocksShown(groups, answer, options)
    ? new Set(groups.flatMap((g) => g.example.unavailable.map(gapText)))
    : new Set<string>();
  for (const gap of new Set(gaps.map(gapText))) {
    if (!told.has(gap)) world.err.write(`Not seen: ${gap}\n`);
  }
  if (verdicts.length === 0 && others.length === 0 && !answer.silent)
    world.err.write(noneFound('image pull failures', answer.namespaces, answer.gaps.length > 0));
}

/** `-o wide` over a list is rows alone, `-o name` names alone. */
function wantsBlocks(answer: Answer, options: DescribeOptions): boolean {
  return options.output === 'table' || (options.output === 'wide' && answer.named);
}

function blocksShown(groups: readonly Group[], answer: Answer, options: DescribeOptions): boolean {
  return wantsBlocks(answer, options) && groups.length > 0 && groups.length <= MAX_BLOCKS;
}

function humanText(
  answer: Answer,
  groups: readonly Group[],
  options: DescribeOptions,
  world: World,
): string {
  const namespaces = new Set([...answer.verdicts, ...answer.others].map((a) => a.namespace));
  const withNamespace = answer.namespaces?.length !== 1 || namespaces.size > 1;
  const { bold } = palette(options.color, world);
  const wide = options.output === 'wide';
  const settings: DescribePrint = {
    now: answer.now,
    noHeaders: options.noHeaders,
    wide,
    withNamespace,
    bold,
    width: foldWidth(world.out),
    command: (text) => inPlace(text, answer.place),
  };
  const table =
    answer.named || wide ? verdictTable(answer.verdicts, settings) : groupTable(groups, settings);
  const blocks = wantsBlocks(answer, options) ? groupBlocks(groups, settings) : '';
  const others = otherLines(answer.others, withNamespace);
  return table + blocks + (table && others ? '\n' : '') + others;
}
