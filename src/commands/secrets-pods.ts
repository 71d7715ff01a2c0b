/** `secrets` of pods and workloads: what the kubelet would use, in its order, and why. */
import { enricher } from '../collect/enrich.ts';
import { IBM_SECRET_NAMESPACE } from '../collect/pull-secrets.ts';
import { type AlikePods, alikePods, withEventsOfFailing } from '../collect/pull-secrets-alike.ts';
import { collectPodsOf, everyPullSecret } from '../collect/pull-secrets-pods.ts';
import type { TargetName } from '../collect/targets.ts';
import { type OtherSecrets, podCredentials, wantsOthers } from '../judge/pod-credentials.ts';
import { stepInPlace } from '../judge/same-place.ts';
import { rowMaker } from '../judge/secret-list.ts';
import { palette } from '../print/color.ts';
import { visible } from '../print/escape.ts';
import { podCredentialsList } from '../print/secrets-document.ts';
import { NODES, podBlock } from '../print/secrets-pods.ts';
import { gapText } from '../print/where.ts';
import { noneFound } from '../print/where-looked.ts';
import { foldWidth } from '../print/width.ts';
import { words } from '../words/errors.ts';
import type { PodEvidence } from '../words/evidence.ts';
import type { Unavailable } from '../words/known.ts';
import type { ExitCode, SecretsOptions } from '../words/options.ts';
import type { PodCredentials } from '../words/pod-credentials.ts';
import type { SecretRow } from '../words/secret-row.ts';
import type { World } from '../words/streams.ts';
import { documentText, type SecretsRun } from './secrets-run.ts';

/** Prints one block a pod. */
export async function podSecrets(
  targets: readonly TargetName[],
  run: SecretsRun,
  options: SecretsOptions,
  world: World,
): Promise<ExitCode> {
  const { source } = run.opened;
  const subjects = await collectPodsOf(source, run.scope, targets, options.selector);
  const groups = await withEventsOfFailing(source, alikePods(subjects.pods));
  const pods = await judged(groups, run);
  run.clear();
  await print(pods, subjects.gaps, run, options, world);
  for (const problem of subjects.problems) world.err.write(`${visible(words(problem))}\n`);
  if (subjects.problems.length > 0) return 1;
  if (pods.length === 0) world.err.write(noneFound('pods', undefined, subjects.gaps.length > 0));
  return exitCode(pods, subjects.gaps, options);
}

async function judged(groups: readonly AlikePods[], run: SecretsRun): Promise<PodCredentials[]> {
  const { source } = run.opened;
  const enrich = enricher(source, false);
  const looked = await Promise.all(
    groups.map(async ({ example, others }) => ({
      evidence: await enrich(example, WANTS),
      others,
    })),
  );
  const needy = looked.filter(({ evidence }) => wantsOthers(evidence, run.report));
  const all = needy.length > 0 ? await otherSecrets(needy, run) : null;
  return looked.map((one) => {
    const asked = needy.includes(one) ? all : null;
    const told = podCredentials(one.evidence, one.others, asked, run.report);
    return {
      ...told,
      nextSteps: told.nextSteps.map((step) => stepInPlace(step, run.place)),
    };
  });
}

/** Events and nodes say nothing about credentials that the pod does not. */
const WANTS = {
  events: false,
  node: false,
  serviceAccount: true,
  secrets: true,
  secretNames: false,
  neighbours: false,
} as const;

async function otherSecrets(
  needy: readonly { readonly evidence: PodEvidence }[],
  { opened, report }: SecretsRun,
): Promise<OtherSecrets> {
  const rows: SecretRow[] = [];
  const rowOf = rowMaker(report);
  const namespaces = new Set([
    ...needy.map(({ evidence }) => evidence.pod.namespace),
    IBM_SECRET_NAMESPACE,
  ]);
  const gaps = await everyPullSecret(opened.source, [...namespaces], (secret) => {
    rows.push(rowOf(secret));
  });
  return { rows, gaps };
}

async function print(
  pods: readonly PodCredentials[],
  gaps: readonly Unavailable[],
  run: SecretsRun,
  options: SecretsOptions,
  world: World,
): Promise<void> {
  if (options.output === 'json' || options.output === 'yaml') {
    world.out.write(await documentText(podCredentialsList(pods, gaps), options.output));
    return;
  }
  if (options.output === 'name') {
    world.out.write(
      usedNames(pods)
        .map((name) => `secret/${visible(name)}\n`)
        .join(''),
    );
  } else {
    const settings = {
      now: run.report.now,
      noHeaders: options.noHeaders,
      wide: options.output === 'wide',
      withNamespace: run.scope?.length !== 1,
      bold: palette(options.color, world).bold,
      width: foldWidth(world.out),
    };
    const blocks = pods.map((pod) => podBlock(pod, settings));
    const nodes = pods.length > 0 && !options.noHeaders ? [`${NODES}\n`] : [];
    world.out.write([...blocks, ...nodes].join('\n'));
  }
  for (const gap of new Set(gaps.map(gapText))) world.err.write(`Not seen: ${gap}\n`);
}

/** Secrets with a credential that is tried. */
function usedNames(pods: readonly PodCredentials[]): string[] {
  const tried = pods.flatMap(({ images }) =>
    images.flatMap(({ credentials }) => credentials.filter(({ order }) => order !== null)),
  );
  return [...new Set(tried.map(({ secret }) => secret))];
}

function exitCode(
  pods: readonly PodCredentials[],
  gaps: readonly Unavailable[],
  options: SecretsOptions,
): ExitCode {
  if (!options.exitCode) return 0;
  if (pods.some((pod) => pod.findings.length > 0)) return 3;
  return gaps.length > 0 || pods.some((pod) => pod.unavailable.length > 0) ? 4 : 0;
}
