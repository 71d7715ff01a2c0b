/** `kubectl imagepull verify`: flags → collect → plan → registries → judge → print. */

import { KubeconfigError } from '../cluster/errors.ts';
import { parseTargets } from '../cluster/lists/resources.ts';
import { labelSelector } from '../cluster/lists/selectors.ts';
import { type OpenedSource, openCluster, openFiles } from '../cluster/open.ts';
import type { Scope } from '../collect/namespaces.ts';
import { noticing } from '../collect/noticing.ts';
import { imageSubjects, type VerifySubjects } from '../collect/verify-images.ts';
import { casesOf } from '../judge/verify-plan.ts';
import { visible } from '../print/escape.ts';
import type { ObjectSource } from '../words/objects.ts';
import type { ExitCode } from '../words/options.ts';
import type { World } from '../words/streams.ts';
import type { VerifyOptions } from '../words/verify-options.ts';
import { showProgress } from './progress.ts';
import { askAll } from './verify-ask.ts';
import { historyOf } from './verify-history.ts';
import { checkOneRegistry, ownLogins } from './verify-own.ts';
import { hostsTold, type Registries } from './verify-registries.ts';
import { verifySources } from './verify-sources.ts';

/** Opens the registries; another one for tests. */
export type OpenRegistries = (options: VerifyOptions, world: World) => Promise<Registries>;

/** Runs the verb; what it throws is worded by the caller. */
export async function verify(
  options: VerifyOptions,
  world: World,
  open: OpenRegistries = theRegistries,
): Promise<ExitCode> {
  const severalNamespaces = options.namespaces.length > 1;
  const targets = parseTargets(options.targets, { ...options, severalNamespaces });
  // A selector that cannot be read is wrong usage, whoever evaluates it.
  if (options.selector) labelSelector(options.selector);
  const own = await ownLogins(options, world);
  let progress = () => '';
  const clear = showProgress(world, () => progress());
  const closing: (() => void)[] = [clear];
  try {
    const registries = await open(options, world);
    closing.push(registries.close);
    const sources = await openSources(options, world);
    closing.push(...sources.all.map(({ close }) => close));
    progress = () => {
      const read = sources.all.flatMap((one) => one.progress?.() || []).join(', ');
      return read === '' ? '' : `Reading: ${read}`;
    };
    const found = await subjects(options, sources, targets);
    const cases = casesOf(found.subjects, own, hostsTold(options.registries));
    checkOneRegistry(cases, own);
    let done = 0;
    progress = () => `Verifying: ${done} of ${cases.length} images`;
    const history = sources.history === null ? null : historyOf(sources.history);
    const asked = askAll(cases, registries, {
      onDone: () => done++,
      earlierOf: history?.of,
      ibm: options.ibm,
      now: world.now,
    });
    const rule = verifySources(sources, found.subjects, world);
    // What is only needed for the answer is loaded while the registries have the word.
    const [{ images, gaps }, { printVerification }] = await Promise.all([
      asked.then(rule),
      import('./verify-answer.ts'),
    ]);
    clear();
    const skipped = [...own.warnings, ...sources.all.flatMap((one) => one.skipped)];
    for (const line of skipped) world.err.write(`warning: ${visible(line)}\n`);
    const told = { ...found, gaps: [...found.gaps, ...gaps, ...((await history?.gaps()) ?? [])] };
    return await printVerification({ images, found: told, scope: sources.scope }, options, world);
  } finally {
    for (const close of closing) close();
  }
}

async function theRegistries(options: VerifyOptions, world: World): Promise<Registries> {
  const { openRegistries } = await import('./verify-climb.ts');
  return openRegistries(options, world);
}

/** What objects are asked of. */
interface Sources {
  readonly files: OpenedSource | null;
  /** The files are asked as a cluster would be, and no cluster is. */
  readonly saved: boolean;
  readonly cluster: OpenedSource | null;
  readonly all: readonly OpenedSource[];
  /** Absent: all namespaces. */
  readonly scope: Scope;
  readonly home: string;
  /** Where to look for what workloads had before; `null`: images of the command line have no before. */
  readonly history: ObjectSource | null;
}

async function openSources(options: VerifyOptions, world: World): Promise<Sources> {
  const files = options.filenames.length > 0 ? await openFiles(options.filenames, world) : null;
  const saved = files !== null && (await areSaved(files.source, options));
  const cluster =
    !saved && wantsCluster(options) ? await clusterOf(options, files !== null, world) : null;
  const home = options.namespaces[0] ?? cluster?.namespace ?? 'default';
  const named = options.namespaces.length > 0 ? options.namespaces : undefined;
  const scope = options.allNamespaces
    ? undefined
    : (named ?? (files === null ? [home] : undefined));
  const all = [files, cluster].filter((one) => one !== null);
  const history = options.images.length > 0 ? null : ((files ?? cluster)?.source ?? null);
  return { files, saved, cluster, all, scope, home, history };
}

/** Images of the command line need none, unless their secrets are there. */
function wantsCluster({ images, secrets }: VerifyOptions): boolean {
  return images.length === 0 || secrets.length > 0;
}

/** Objects of a cluster that are chosen by name or label are as they were saved. */
async function areSaved(files: ObjectSource, options: VerifyOptions): Promise<boolean> {
  if (options.targets.length === 0 && options.selector === undefined) return false;
  const { holdsPods } = await import('../collect/verify-subjects.ts');
  return holdsPods(files);
}

/** Manifests can be verified without a cluster, where no flag names one. */
async function clusterOf(
  options: VerifyOptions,
  optional: boolean,
  world: World,
): Promise<OpenedSource | null> {
  try {
    const opened = await openCluster(options.connection, world);
    return { ...opened, source: noticing(opened.source) };
  } catch (error) {
    const { kubeconfig, context, cluster, server } = options.connection;
    const named = [kubeconfig, context, cluster, server].some((flag) => flag !== undefined);
    if (!optional || named || !(error instanceof KubeconfigError)) throw error;
    return null;
  }
}

async function subjects(
  options: VerifyOptions,
  { files, saved, cluster, scope, home }: Sources,
  targets: ReturnType<typeof parseTargets>,
): Promise<VerifySubjects> {
  const { images, secrets, selector } = options;
  const live = cluster?.source ?? null;
  if (images.length > 0) return imageSubjects(live, home, images, secrets);
  const collect = await import('../collect/verify-subjects.ts');
  if (files !== null && !saved) {
    return collect.manifestSubjects({
      files: files.source,
      cluster: live,
      scope,
      home,
      customKinds: files.customKinds ?? [],
      targets,
      labelSelector: selector,
    });
  }
  const source = files?.source ?? live;
  if (source === null) throw new Error('neither files nor a cluster were opened');
  return collect.subjectsOf(source, scope, targets, selector);
}
