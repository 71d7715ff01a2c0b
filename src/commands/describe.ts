/** `kubectl imagepull describe`: flags → collect → judge → print. */
import { openCluster, openFiles } from '../cluster/open.ts';
import { parseTargets } from '../cluster/resources.ts';
import { enrich } from '../collect/enrich.ts';
import { collectSubjects } from '../collect/targets.ts';
import { matches } from '../judge/filter.ts';
import { groupVerdicts } from '../judge/groups.ts';
import { judgePod } from '../judge/judge.ts';
import { wantsOf } from '../judge/wants.ts';
import { palette } from '../print/color.ts';
import {
  type DescribePrint,
  groupBlocks,
  groupTable,
  otherLines,
  verdictTable,
} from '../print/describe.ts';
import { visible, visibleJson } from '../print/escape.ts';
import { pullFailureList } from '../print/pull-failure-list.ts';
import { toYaml } from '../print/yaml.ts';
import { words } from '../words/errors.ts';
import type { Unavailable } from '../words/known.ts';
import type { DescribeOptions, ExitCode } from '../words/options.ts';
import type { World } from '../words/streams.ts';
import type { OtherTrouble, Verdict } from '../words/verdict.ts';

/** Runs the verb; what it throws is worded by the caller. */
export async function describe(options: DescribeOptions, world: World): Promise<ExitCode> {
  const targets = parseTargets(options.targets, options);
  const saved = options.filenames.length > 0;
  const opened = saved
    ? await openFiles(options.filenames, world)
    : await openCluster(options.connection, world);
  try {
    const given = options.namespace || undefined;
    const namespace =
      options.allNamespaces || (saved && !given) ? undefined : (given ?? opened.namespace);
    const now = opened.capturedAt ?? world.now();
    const subjects = await collectSubjects(opened.source, namespace, targets, options);
    const first = subjects.pods.map((evidence) => ({ evidence, wants: wantsOf(evidence) }));
    const evidence = await enrich(opened.source, first, options.noSecrets);
    const judged = evidence.map((e) => judgePod(e, now));
    const verdicts = judged.flatMap((j) => j.verdicts).filter((v) => matches(v, options, now));
    const others = judged.flatMap((j) => j.others);
    const gaps = gapsOf(
      verdicts,
      evidence.flatMap((e) => (e.events.known ? [] : [e.events.why])),
    );
    const named = targets.length > 0;
    const silent = subjects.problems.length > 0;
    const answer: Answer = {
      silent,
      verdicts,
      others: named ? others : [],
      gaps,
      named,
      now,
      namespace,
    };
    await print(answer, options, world);
    for (const line of opened.skipped) world.err.write(`warning: ${visible(line)}\n`);
    for (const problem of subjects.problems) world.err.write(`${visible(words(problem))}\n`);
    if (subjects.problems.length > 0) return 1;
    return exitCode(answer, options);
  } finally {
    opened.close();
  }
}

interface Answer {
  readonly verdicts: readonly Verdict[];
  readonly others: readonly OtherTrouble[];
  readonly gaps: readonly Unavailable[];
  readonly named: boolean;
  /** Something else is said instead of "none found". */
  readonly silent: boolean;
  readonly now: number;
  /** `undefined`: all namespaces. */
  readonly namespace: string | undefined;
}

/** What could not be seen at all, once each: beside no finding it must not read as "all is well". */
function gapsOf(verdicts: readonly Verdict[], events: readonly Unavailable[]): Unavailable[] {
  const all = [...events, ...verdicts.flatMap((v) => v.unavailable)];
  return [...new Map(all.map((u) => [u.text, u])).values()];
}

function exitCode(answer: Answer, options: DescribeOptions): ExitCode {
  if (!options.exitCode) return 0;
  if (answer.verdicts.length > 0) return 3;
  return answer.gaps.length > 0 ? 4 : 0;
}

async function print(answer: Answer, options: DescribeOptions, world: World): Promise<void> {
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
  if (options.output === 'name') {
    const names = new Set(verdicts.map((v) => `pod/${visible(v.pod)}\n`));
    world.out.write([...names].join(''));
  } else {
    world.out.write(humanText(answer, options, world));
  }
  for (const gap of gaps.filter(() => verdicts.length === 0)) {
    world.err.write(`${visible(gap.check ? `${gap.text} (${gap.check})` : gap.text)}\n`);
  }
  if (verdicts.length === 0 && others.length === 0 && !answer.silent)
    world.err.write(nothingFound(answer));
}

function nothingFound(answer: Answer): string {
  return answer.namespace === undefined
    ? 'No image pull failures found.\n'
    : `${visible(`No image pull failures found in ${answer.namespace} namespace.`)}\n`;
}

function humanText(answer: Answer, options: DescribeOptions, world: World): string {
  const withNamespace = answer.namespace === undefined;
  const { bold } = palette(options.color, world);
  const wide = options.output === 'wide';
  const settings: DescribePrint = {
    now: answer.now,
    noHeaders: options.noHeaders,
    wide,
    withNamespace,
    bold,
  };
  const groups = groupVerdicts(answer.verdicts);
  const table =
    answer.named || wide ? verdictTable(answer.verdicts, settings) : groupTable(groups, settings);
  const blocks = wide && !answer.named ? '' : groupBlocks(groups, settings);
  return table + blocks + otherLines(answer.others, withNamespace);
}
