/** What the table of registries adds to advice: what an answer leaves open, and how a pull secret comes to be. Pure. */
import { ATTACH_FIRST_SECRET, ATTACH_SECRET } from '../causes/steps.ts';
import { type Registry, registryOf } from '../registries/index.ts';
import { answererIn, answerIn, registryBehind } from '../registries/read.ts';
import { secretCommand } from '../registries/secret.ts';
import type { CauseName } from '../words/cause.ts';
import type { LadderResult } from '../words/ladder.ts';
import type { NextStep } from '../words/next-step.ts';
import type { VerifiedRow } from '../words/verification.ts';
import type { VerifyCase } from './verify-plan.ts';

/** Causes that a new or renewed login cures. */
const LOGIN_CAUSES: ReadonlySet<CauseName> = new Set([
  'Unauthorized',
  'CredentialsExpired',
  'SecretMissing',
]);

/** `steps` with those of `extra` before the ones that attach a secret, else at the end. */
export function beforeAttaching(
  steps: readonly NextStep[],
  extra: readonly NextStep[],
): NextStep[] {
  const at = steps.findIndex((step) => step === ATTACH_SECRET || step === ATTACH_FIRST_SECRET);
  return at < 0 ? [...steps, ...extra] : [...steps.slice(0, at), ...extra, ...steps.slice(at)];
}

/** How to write a pull secret for the registry of the image, where it is known and a login is what is wrong. */
export function secretSteps(
  cause: CauseName | null,
  host: string | null,
  namespace: string | null,
): NextStep[] {
  if (host === null || cause === null || !LOGIN_CAUSES.has(cause)) return [];
  const { registry, region, guessed } = registryOf(host);
  return guessed ? [] : secretStep(registry, { host, region, namespace });
}

/** Limits that are told. */
const MAX_LIMITS = 3;

interface SecretFor {
  readonly host: string;
  readonly region: string | null;
  readonly namespace: string | null;
}

/** A secret of its own: another one may hold entries of other registries, which writing it anew would lose. */
function secretStep(registry: Registry, place: SecretFor): NextStep[] {
  if (registry.id === 'generic' || registry.secret === null) return [];
  const command = secretCommand(registry, { ...place, secret: `${registry.id}-pull` });
  const how = registry.secret.command === undefined ? ', and to renew it (bash, zsh)' : '';
  const text = `To write a pull secret for ${registry.name}${how}: ${registry.secret.get} (${registry.docs})`;
  return [{ text, ...(command !== null && { command }) }];
}

/** For `verify`: what the answers leave open, each once, and the secret to write. Findings are without full stop. */
export function registryAdvice(
  { reference, users }: Pick<VerifyCase, 'reference' | 'users'>,
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
  const place = { host, region: registryOf(host).region, namespace };
  return { findings: [...new Set(open)], nextSteps: guessed ? [] : secretStep(registry, place) };
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
