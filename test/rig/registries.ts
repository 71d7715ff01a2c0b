/** Registries that answer from a table, for tests of what is made of their answers. */
import type { Question, Registries } from '../../src/commands/verify-registries.ts';
import { causeOf } from '../../src/registry/verdicts.ts';
import {
  type FailedCode,
  type LadderResult,
  type NearestTags,
  type Pullability,
  STEPS,
  type StepName,
  type StepResult,
} from '../../src/words/ladder.ts';

/** `ok`, or where and how it failed. */
export type Said =
  | 'ok'
  | {
      readonly step: StepName;
      readonly code: FailedCode;
      readonly result?: Pullability;
      readonly detail?: string;
      readonly retryAfter?: number;
    };

export interface FakeRegistries extends Registries {
  /** `IMAGE USER[:PASSWORD]`, in the order asked; `-` for nobody. */
  readonly asked: string[];
  readonly tagsAsked: string[];
  readonly most: () => number;
  readonly closed: () => boolean;
}

export interface FakeOptions {
  readonly platforms?: readonly string[];
  readonly tags?: NearestTags;
  /** What every reference names, and the manifests in it. */
  readonly digest?: string;
  readonly manifests?: readonly string[];
}

/** `say` gets the image as resolved and the user name, `null` for nobody. */
export function fakeRegistries(
  say: (image: string, user: string | null, question: Question) => Said,
  options: FakeOptions = {},
): FakeRegistries {
  const asked: string[] = [];
  const tagsAsked: string[] = [];
  let running = 0;
  let most = 0;
  let closed = false;
  return {
    asked,
    tagsAsked,
    most: () => most,
    closed: () => closed,
    async ask(question) {
      const { image, login } = question;
      asked.push(`${image.resolved} ${login?.username ?? '-'}`);
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 1));
      running--;
      return ladder(question, say(image.resolved, login?.username ?? null, question), options);
    },
    async nearestTags(image, login) {
      tagsAsked.push(`${image.resolved} ${login?.username ?? '-'}`);
      return options.tags ?? null;
    },
    close: () => {
      closed = true;
    },
  };
}

function ladder({ image, login }: Question, said: Said, options: FakeOptions): LadderResult {
  const failed = said === 'ok' ? null : said;
  const at = failed === null ? STEPS.length : STEPS.indexOf(failed.step);
  return {
    image: image.resolved,
    repository: image.repository,
    host: image.apiHost,
    credential: login?.label ?? 'anonymous',
    result: failed === null ? 'pullable' : (failed.result ?? 'not pullable'),
    code: failed?.code ?? 'ok',
    step: failed?.step ?? null,
    cause: failed === null ? null : causeOf(failed.code, image),
    steps: STEPS.map((step, i) => {
      const one = stepOf(step, i - at, failed);
      const { manifests } = options;
      return step === 'platform' && manifests ? { ...one, facts: { manifests } } : one;
    }),
    digest: failed === null ? (options.digest ?? null) : null,
    platforms: options.platforms ?? null,
    realmHost: login === null ? null : 'auth.example',
    retryAfter: failed?.retryAfter ?? null,
    credentialShown: login !== null,
    ms: 30,
  };
}

/** `place`: below 0 before the step that failed, 0 that step itself. */
function stepOf(step: StepName, place: number, failed: Exclude<Said, 'ok'> | null): StepResult {
  const common = { step, facts: {}, ms: place > 0 ? 0 : 3 };
  if (place === 0 && failed !== null) {
    const { code, detail = `it is ${failed.code}` } = failed;
    return { ...common, outcome: 'failed', code, detail };
  }
  if (place > 0) return { ...common, outcome: 'skipped', code: 'not-reached', detail: '' };
  return { ...common, outcome: 'ok', code: 'ok', detail: '' };
}
