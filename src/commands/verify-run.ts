/** Asks registries what the plan says: each question once, several images at a time. */
import { inParallel } from '../collect/parallel.ts';
import { type CaseAnswers, goesWithout, verifiedImage } from '../judge/verify.ts';
import type { Attempt, VerifyCase } from '../judge/verify-plan.ts';
import type { LadderResult, NearestTags, StepName } from '../words/ladder.ts';
import type { VerifiedImage } from '../words/verification.ts';
import type { AskedLogin, ImageName, Question, Registries } from './verify-registries.ts';

/** Images asked about at the same time. */
export const IMAGES_AT_ONCE = 8;

/** Asks and judges; `onDone` is called after each image. In the order of the cases. */
export async function verifyCases(
  cases: readonly VerifyCase[],
  registries: Registries,
  onDone: () => void,
): Promise<VerifiedImage[]> {
  const ask = once(registries);
  return inParallel(cases, IMAGES_AT_ONCE, async (one) => {
    const answers = await answersTo(one, ask, registries);
    onDone();
    return verifiedImage(one, answers);
  });
}

type Ask = (question: Question) => Promise<LadderResult>;

/** Two cases share the questions that do not differ. The keys hold passwords, and live as long as this run. */
function once({ ask }: Registries): Ask {
  const asked = new Map<string, Promise<LadderResult>>();
  return async (question) => {
    const { image, login, platform } = question;
    const key = JSON.stringify([
      image.resolved,
      platform,
      login && [login.username, login.password.reveal()],
    ]);
    const known = asked.get(key);
    if (known !== undefined) {
      return { ...(await known), credential: login?.label ?? 'anonymous' };
    }
    const answer = ask(question);
    asked.set(key, answer);
    return answer;
  };
}

async function answersTo(
  one: VerifyCase,
  ask: Ask,
  { nearestTags }: Registries,
): Promise<CaseAnswers> {
  const image = one.reference;
  if (!image.valid) return { pod: [], yours: [], anonymous: null, nearestTags: null };
  const platform = one.platforms[0] ?? null;
  let lost = false;
  const inTurn = async (attempts: readonly Attempt[]): Promise<(LadderResult | null)[]> => {
    const answers: (LadderResult | null)[] = [];
    for (const attempt of attempts) {
      const answer = lost ? null : await ask({ image, login: loginOf(attempt), platform });
      lost ||= answer !== null && endsAsking(answer);
      answers.push(answer);
    }
    return answers;
  };
  // A pod whose pull secret is broken is not helped by any answer, but its image may be public.
  const pod = await inTurn(one.attempts);
  const first = goesWithout(one) ? await ask({ image, login: null, platform }) : null;
  lost ||= first !== null && endsAsking(first);
  const yours = await inTurn(one.yours);
  const refused = [...pod, ...yours].some((answer) => answer?.result !== 'pullable');
  const wanted = refused || one.broken !== null || one.unread.length > 0;
  const anonymous =
    first === null && wanted && !lost ? await ask({ image, login: null, platform }) : first;
  const answers = [...pod, ...yours, anonymous];
  return {
    pod,
    yours,
    anonymous,
    nearestTags: await tagsNear(image, one, answers, nearestTags),
  };
}

function loginOf({ label, login }: Attempt): AskedLogin | null {
  return login === null ? null : { label, ...login };
}

const ON_THE_WAY: ReadonlySet<StepName | null> = new Set(['dns', 'connect', 'tls']);

/** Another credential changes nothing where the registry cannot be reached. Limits are each identity's own. */
function endsAsking({ step, code, result }: LadderResult): boolean {
  return result === 'unverifiable' && (ON_THE_WAY.has(step) || code === 'timeout');
}

/** The listing is asked with the credential that got as far as to the missing manifest. */
async function tagsNear(
  image: ImageName,
  one: VerifyCase,
  answers: readonly (LadderResult | null)[],
  ask: Registries['nearestTags'],
): Promise<NearestTags | null> {
  if (image.tag === null || image.digest !== null) return null;
  const at = answers.findIndex((answer) => answer?.code === 'manifest-not-found');
  if (at < 0) return null;
  const attempt = [...one.attempts, ...one.yours][at];
  return ask(image, attempt === undefined ? null : loginOf(attempt));
}
