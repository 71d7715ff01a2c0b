/** What the table of registries adds to advice: what an answer leaves open, and how a pull secret comes to be. Pure. */
import { ATTACH_FIRST_SECRET, ATTACH_SECRET } from '../causes/steps.ts';
import { type Registry, registryById, registryOf } from '../registries/index.ts';
import { answererIn, answerIn, registryBehind } from '../registries/read.ts';
import { isSecretName, secretCommand, secretNameFor, writesSecret } from '../registries/secret.ts';
import type { CauseName } from '../words/cause.ts';
import type { LadderResult } from '../words/ladder.ts';
import type { NextStep } from '../words/next-step.ts';
import type { VerifiedRow } from '../words/verification.ts';
import { attachSteps } from './pod-credentials-copy.ts';
import type { VerifyCase } from './verify-plan.ts';

/** Causes that a new or renewed login cures. */
const LOGIN_CAUSES: ReadonlySet<CauseName> = new Set([
  'Unauthorized',
  'CredentialsExpired',
  'SecretMissing',
  'SecretMalformed',
  // What a registry hides from others a login may show.
  'RepositoryMissingOrPrivate',
]);

/** Whose pull secrets they are. */
export interface SecretUser {
  readonly namespace: string | null;
  readonly serviceAccount: string | null;
  /** A pull secret that it lists and that is not there. */
  readonly missing: string | null;
  /** Where its list stands, `none`: there is none yet; `null`: not known. */
  readonly list: 'pod' | 'serviceaccount' | 'none' | null;
  /** How the pod is made to use a secret, where more is known of it than the list. */
  readonly use?: ((secret: string) => readonly NextStep[] | null) | undefined;
}

/** How to write a pull secret for the registry of the image and have it used, where a login is what is wrong. */
export function secretSteps(
  cause: CauseName | null,
  host: string | null,
  user: SecretUser,
): NextStep[] {
  if (host === null || cause === null || !LOGIN_CAUSES.has(cause)) return [];
  // It is there by now, and the next try uses it.
  if (cause === 'SecretMissing' && user.missing === null) return [];
  const { registry, region, guessed } = registryOf(host);
  const known = !guessed && registry.id !== 'generic';
  return recipe(known ? registry : GENERIC, { host, region }, user);
}

/** For a registry of which nothing is known, or which only a word in its host suggests. */
const GENERIC = registryById('generic');

/**
 * `steps` with those of `extra` in place of the ones that attach some secret; unchanged where there are none. `told`:
 * what was asked of the registry brought steps of its own, which stand for `extra`.
 */
export function inPlaceOfAttaching(
  steps: readonly NextStep[],
  extra: readonly NextStep[],
  told: boolean,
): NextStep[] {
  if (extra.length === 0) return [...steps];
  const others = steps.filter((step) => step !== ATTACH_SECRET && step !== ATTACH_FIRST_SECRET);
  return told ? others : [...others, ...extra];
}

/** Of steps with the same command the first. */
export function eachOnce(steps: readonly NextStep[]): NextStep[] {
  const commands = steps.map(({ command }) => command);
  return steps.filter(({ command }, i) => command === undefined || commands.indexOf(command) === i);
}

/** Limits that are told. */
const MAX_LIMITS = 3;

interface SecretFor {
  readonly host: string;
  readonly region: string | null;
}

/**
 * Under the name that the pod lists, where that secret is not there; else a secret of its own for the host, since
 * another may hold entries of other registries, which writing it anew would lose.
 */
function recipe(registry: Registry, place: SecretFor, user: SecretUser): NextStep[] {
  const { secret } = registry;
  if (secret === null) return [];
  const { namespace, serviceAccount } = user;
  const listed = user.missing !== null && isSecretName(user.missing) ? user.missing : null;
  const name = listed ?? secretNameFor(place.host);
  const command = secretCommand(registry, { ...place, namespace, serviceAccount, secret: name });
  const how = secret.command === undefined ? ', and to renew it (bash, zsh)' : '';
  const intro =
    registry === GENERIC
      ? `To write a pull secret for ${place.host}${how}: put a user that may pull in the place of USER; its password is asked for`
      : `To write a pull secret for ${registry.name}${how}: ${secret.get} (${registry.docs})`;
  if (!writesSecret(registry)) return [{ text: intro, ...(command !== null && { command }) }];
  const shown = name ?? 'SECRET';
  const what =
    listed === null
      ? `It writes secret ${shown}, for this registry alone, and replaces what that holds; where others wrote it, kubectl refuses with a conflict`
      : `It writes secret ${shown}, which the pod lists and which is not there`;
  const step = { text: `${intro}. ${what}`, ...(command !== null && { command }) };
  if (listed !== null) return [step];
  return [step, ...(user.use?.(shown) ?? attaching(shown, user))];
}

/** A secret that no pod lists is of no use. */
function attaching(secret: string, { namespace, serviceAccount, list }: SecretUser): NextStep[] {
  if (namespace !== null && serviceAccount && (list === 'serviceaccount' || list === 'none')) {
    return attachSteps(secret, { namespace, serviceAccount, lists: list === 'serviceaccount' });
  }
  const account = serviceAccount ? `ServiceAccount ${serviceAccount}` : 'its ServiceAccount';
  const orAccount = list === 'pod' ? '' : `, or of ${account} where the template has no list`;
  return [
    {
      text: `Add ${secret} to imagePullSecrets of the pod template${orAccount}; then recreate the pod`,
      brought: 'new pod',
    },
  ];
}

/** For `verify`: what the answers leave open, each once, and the secret to write. Findings are without full stop. */
export function registryAdvice(
  {
    reference,
    users,
    serviceAccount,
    missing,
  }: Pick<VerifyCase, 'reference' | 'users' | 'serviceAccount' | 'missing'>,
  rows: readonly VerifiedRow[],
): { readonly findings: readonly string[]; readonly nextSteps: readonly NextStep[] } {
  if (!reference.valid) return { findings: [], nextSteps: [] };
  const { host } = reference;
  const asked = rows.flatMap((row) => row.asked ?? []);
  const answers = asked.flatMap(
    ({ steps, credentialShown }) => answerIn(host, steps, credentialShown) ?? [],
  );
  const open = [...answers.flatMap((answer) => answer.open ?? []), ...limitsOf(host, asked)];
  const works = rows.some(({ result, order }) => result === 'pullable' && order !== null);
  const bad = asked.find(({ cause }) => cause !== null && LOGIN_CAUSES.has(cause));
  if (bad === undefined || works) return { findings: [...new Set(open)], nextSteps: [] };
  const { registry, guessed } = registryBehind(answererIn(host, bad.steps));
  const namespace = users[0]?.namespace ?? null;
  const user: SecretUser = { namespace, serviceAccount, missing: missing[0] ?? null, list: null };
  const place = { host, region: registryOf(host).region };
  const behind = guessed ? GENERIC : registry;
  return { findings: [...new Set(open)], nextSteps: recipe(behind, place, user) };
}

/** What may have been reached. */
function limitsOf(host: string, asked: readonly LadderResult[]): string[] {
  const reached = asked.find(({ cause }) => cause === 'RateLimited' || cause === 'QuotaExceeded');
  if (reached === undefined) return [];
  const { registry, guessed } = registryBehind(answererIn(host, reached.steps));
  if (guessed || registry.limits.length === 0) return [];
  const texts = registry.limits.slice(0, MAX_LIMITS).map(({ text }) => text);
  return [`the limits of ${registry.name}: ${texts.join('; ')}`];
}
