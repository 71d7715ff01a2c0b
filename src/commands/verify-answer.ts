/** The second half of `verify`: what was verified → text and exit code. */
import { connectionWords } from '../cluster/connection-words.ts';
import type { VerifySubjects } from '../collect/verify-images.ts';
import { stepInPlace } from '../judge/same-place.ts';
import { verifyExitCode, worstFirst } from '../judge/verify.ts';
import { palette } from '../print/color.ts';
import { visible } from '../print/escape.ts';
import { verificationList } from '../print/verify-document.ts';
import { verifyJunit } from '../print/verify-junit.ts';
import { verifySummary, verifyText } from '../print/verify-table.ts';
import { gapText } from '../print/where.ts';
import { noneFound } from '../print/where-looked.ts';
import { foldWidth } from '../print/width.ts';
import { words } from '../words/errors.ts';
import type { ExitCode } from '../words/options.ts';
import type { World } from '../words/streams.ts';
import { isAvailable } from '../words/verbs.ts';
import type { VerifiedImage } from '../words/verification.ts';
import type { VerifyOptions } from '../words/verify-options.ts';
import { documentText } from './secrets-run.ts';

export interface VerifyAnswer {
  readonly images: readonly VerifiedImage[];
  readonly found: VerifySubjects;
  /** Absent: all namespaces. */
  readonly scope: readonly string[] | undefined;
}

/** Prints and gives the exit code: 1 where something named is not there, else 3 or 4 or 0. */
export async function printVerification(
  { images: judged, found, scope }: VerifyAnswer,
  options: VerifyOptions,
  world: World,
): Promise<ExitCode> {
  const images = worstFirst(judged).map((image) => inCluster(image, options));
  const { gaps, problems } = found;
  world.out.write(await textOf(images, found, options, world));
  for (const gap of new Set(gaps.map(gapText))) world.err.write(`Not seen: ${gap}\n`);
  for (const problem of problems) world.err.write(`${visible(words(problem))}\n`);
  if (images.length > 0) world.err.write(verifySummary(images));
  else if (problems.length === 0) world.err.write(noneFound('images', scope, gaps.length > 0));
  if (problems.length > 0) return 1;
  // What nobody was allowed to look at is not verified.
  const open = found.unlooked === true || (images.length === 0 && gaps.length > 0);
  const code = verifyExitCode(images);
  return code === 0 && open ? 4 : code;
}

/** Advice must act on the same cluster. */
function inCluster(image: VerifiedImage, { connection }: VerifyOptions): VerifiedImage {
  const flags = connectionWords(connection);
  if (flags.length === 0) return image;
  const place = { connection: flags, files: [] };
  return {
    ...image,
    nextSteps: image.nextSteps.map((step) =>
      step.command === undefined || !isAvailable(step.command) ? step : stepInPlace(step, place),
    ),
  };
}

async function textOf(
  images: readonly VerifiedImage[],
  { gaps }: VerifySubjects,
  options: VerifyOptions,
  world: World,
): Promise<string> {
  switch (options.output) {
    case 'json':
    case 'yaml':
      return documentText(verificationList({ images, gaps }), options.output);
    case 'junit':
      return verifyJunit(images);
    case 'name': {
      const open = images.filter(({ result, never }) => result !== 'pullable' && never !== true);
      return [...new Set(open.map(({ image }) => `${visible(image)}\n`))].join('');
    }
    default:
      return verifyText(images, {
        noHeaders: options.noHeaders,
        wide: options.output === 'wide',
        bold: palette(options.color, world).bold,
        width: foldWidth(world.out),
      });
  }
}
