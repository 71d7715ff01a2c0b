/** Asks registries what the plan says: each question once, several images at a time. */
import { inParallel } from '../collect/parallel.ts';
import { type CaseAnswers, goesWithout, verifiedImage } from '../judge/verify.ts';
import type { Attempt, VerifyCase } from '../judge/verify-plan.ts';
import { PLATFORMS_ASKED } from '../judge/verify-platforms.ts';
import type { LadderResult, NearestTags, StepName } from '../words/ladder.ts';
import type {
  EarlierAnswer,
  EarlierImage,
  ImageUser,
  VerifiedImage,
} from '../words/verification.ts';
import type { AskedLogin, Question, Registries } from './verify-registries.ts';

/** Images asked about at the same time: of one host here, of all in the pool of the registries. */
export const IMAGES_AT_ONCE = 8;

/** What workloads had before. */
export type EarlierOf = (image: string, users: readonly ImageUser[]) => Promise<EarlierImage[]>;

/**
 * Asks and judges; `onDone` is called after each image. In the order of the cases. `earlierOf` is asked where a tag is
 * not there, and what it tells is asked for too.
 */
export async function verifyCases(
  cases: readonly VerifyCase[],
  registries: Registries,
  onDone: () => void,
  earlierOf?: EarlierOf | undefined,
): Promise<VerifiedImage[]> {
  const ask = once(registries);
  const verified = async (one: VerifyCase): Promise<VerifiedImage> => {
    const answers = await answersTo(one, ask);
    const [nearestTags, earlier] = await Promise.all([
      tagsNear(one, answers, registries.nearestTags),
      earlierOf !== undefined && isMissing(answers) ? earlierAnswers(one, ask, earlierOf) : [],
    ]);
    onDone();
    return verifiedImage(one, { ...answers, nearestTags, earlier });
  };
  // A host that does not answer keeps nobody else waiting.
  const done = new Map<VerifyCase, VerifiedImage>();
  const hosts = Map.groupBy(cases, ({ reference }) => (reference.valid ? reference.host : ''));
  const hostByHost = [...hosts.values()].map((same) =>
    inParallel(same, IMAGES_AT_ONCE, async (one) => done.set(one, await verified(one))),
  );
  await Promise.all(hostByHost);
  return cases.flatMap((one) => done.get(one) ?? []);
}

function isMissing({ pod, yours, anonymous }: CaseAnswers): boolean {
  return [...pod, ...yours, anonymous].some((answer) => answer?.code === 'manifest-not-found');
}

async function earlierAnswers(
  one: VerifyCase,
  ask: Ask,
  earlierOf: EarlierOf,
): Promise<EarlierAnswer[]> {
  const parts = await Promise.all(
    one.parts.map(async ({ users, withImage }) => {
      const earlier = await earlierOf(one.image, users);
      return earlier.map((before) => ({ before, withImage }));
    }),
  );
  // Pods of one workload may be of two kinds, and it goes back once.
  const byWorkload = new Map(
    parts.flat().map((part) => {
      const { workload, image } = part.before;
      return [`${workload.kind} ${workload.namespace}/${workload.name} ${image}`, part];
    }),
  );
  return inParallel([...byWorkload.values()], 1, async ({ before, withImage }) => {
    const then = withImage(before.image);
    const { result, rows } = verifiedImage(then, await answersTo(then, ask));
    const why = rows.find((row) => row.result === result && row.order !== null) ?? rows[0];
    return { ...before, result, detail: result === 'pullable' ? '' : (why?.detail ?? '') };
  });
}

type Ask = (question: Question) => Promise<LadderResult>;

/** Two cases share the questions that do not differ. The keys hold passwords, and live as long as this run. */
function once({ ask }: Registries): Ask {
  const asked = new Map<string, Promise<LadderResult>>();
  return async (question) => {
    const { image, login, platform, others } = question;
    const key = JSON.stringify([
      image.resolved,
      platform,
      others,
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

async function answersTo(one: VerifyCase, ask: Ask): Promise<CaseAnswers> {
  const image = one.reference;
  const { attempts, yours: own } = one;
  if (!image.valid || one.onNode) {
    // What listens on this machine's localhost is not what the credentials are for.
    const none = { anonymous: null, nearestTags: null };
    return { ...none, pod: attempts.map(() => null), yours: own.map(() => null) };
  }
  const [platform = null, ...more] = one.platforms;
  const around = {
    image,
    platform,
    ...(more.length > 0 && { others: more.slice(0, PLATFORMS_ASKED - 1) }),
  };
  let lost = false;
  const inTurn = async (attempts: readonly Attempt[]): Promise<(LadderResult | null)[]> => {
    const answers: (LadderResult | null)[] = [];
    for (const attempt of attempts) {
      const answer = lost ? null : await ask({ ...around, login: loginOf(attempt) });
      lost ||= answer !== null && endsAsking(answer);
      answers.push(answer);
    }
    return answers;
  };
  // A pod whose pull secret is broken is not helped by any answer, but its image may be public.
  const pod = await inTurn(attempts);
  const first = goesWithout(one) ? await ask({ ...around, login: null }) : null;
  lost ||= first !== null && endsAsking(first);
  const yours = await inTurn(own);
  const refused = [...pod, ...yours].some((answer) => answer?.result !== 'pullable');
  const wanted = refused || one.broken !== null || one.unread.length > 0;
  const anonymous =
    first === null && wanted && !lost ? await ask({ ...around, login: null }) : first;
  return { pod, yours, anonymous, nearestTags: null };
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
  one: VerifyCase,
  { pod, yours, anonymous }: CaseAnswers,
  ask: Registries['nearestTags'],
): Promise<NearestTags | null> {
  const image = one.reference;
  if (!image.valid || image.tag === null || image.digest !== null) return null;
  const at = [...pod, ...yours, anonymous].findIndex(
    (answer) => answer?.code === 'manifest-not-found',
  );
  if (at < 0) return null;
  const attempt = [...one.attempts, ...one.yours][at];
  return ask(image, attempt === undefined ? null : loginOf(attempt));
}
