/**
 * What the kubelet does with the pod's pull secrets for one image, and what is wrong with that: the entry that is sent,
 * the nearest that is not, the secret that stops every pull. Pure; no text holds anything of a password.
 */
import { keyringOf, lookup, repositoryName } from '../credentials/keyring.ts';
import type { ImageReference } from '../image/reference.ts';
import type { PodEvidence } from '../words/evidence.ts';
import type { NextStep } from '../words/next-step.ts';
import type { Reading } from '../words/reading.ts';
import type { Contributing, CredentialUse } from '../words/verdict.ts';
import { endOf, refusalFindings, type Tried } from './credential-refusals.ts';
import { type PodSecret, podSecretsOf } from './credential-secrets.ts';
import { brokenFindings, hiddenHub, missFindings } from './credential-told.ts';
import { reportEntry } from './secret-report.ts';

export interface CredentialFindings {
  readonly use: CredentialUse | null;
  readonly contributing: readonly Contributing[];
  /** Templates as in the catalogue. */
  readonly steps: readonly NextStep[];
  /** The secret that stops every pull of the pod, unless it was written after the last attempt. */
  readonly broken: string | null;
  /** Every credential that was tried had ended by the last attempt. */
  readonly expired: boolean;
  /** No credential that was tried says that it has ended, and each says when it will. */
  readonly lasting: boolean;
  /** The secret a step is about. */
  readonly secret: string | null;
}

export const NO_FINDINGS: CredentialFindings = {
  use: null,
  contributing: [],
  steps: [],
  broken: null,
  expired: false,
  lasting: false,
  secret: null,
};

export interface Asked {
  readonly evidence: PodEvidence;
  readonly reading: Reading;
  readonly reference: ImageReference;
  /** The text that decides. */
  readonly decisive: string;
  /** As `lastTryOf` gives it. */
  readonly lastTry: number | null;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** At most so many secrets are told of one by one. */
const MAX_TOLD = 5;

/** Judges the pull secrets that were read against the image that is refused. */
export function judgeCredentials(asked: Asked): CredentialFindings {
  const { evidence, lastTry } = asked;
  const { read, complete } = podSecretsOf(evidence, lastTry);
  if (read.length === 0) {
    return complete ? { ...NO_FINDINGS, use: { tried: [], complete } } : NO_FINDINGS;
  }
  const newer = read.filter((s) => s.newerSince !== null).map(newerFinding);
  const stops = read.filter((s) => s.content.kind === 'broken');
  const [first] = stops;
  if (first) {
    const told = stops.slice(0, MAX_TOLD).map(brokenFindings);
    return {
      ...NO_FINDINGS,
      contributing: [...newer, ...told.flatMap((t) => t.contributing)],
      steps: told.flatMap((t) => t.steps),
      broken: first.newerSince === null ? first.name : null,
      secret: first.name,
    };
  }
  return ofKeyring(asked, read, complete, newer);
}

function ofKeyring(
  asked: Asked,
  read: readonly PodSecret[],
  complete: boolean,
  newer: readonly Contributing[],
): CredentialFindings {
  const { reference, now } = asked;
  const keyring = keyringOf(read.map(({ name, content }) => ({ name, content })));
  if (keyring.kind === 'broken') return NO_FINDINGS;
  const repository = repositoryName(reference);
  const found = lookup(keyring, repository);
  const bySecret = new Map(read.map((s) => [s.name, s]));
  const tried = found.credentials.flatMap(({ secret, entry }): Tried[] => {
    const from = bySecret.get(secret);
    return from ? [{ from, report: reportEntry(entry, from.secret, { now, hash: noHash }) }] : [];
  });
  const use: CredentialUse = { tried: tried.map(shown), complete };
  // What was written since says nothing of the attempt that failed.
  const settled = tried.length > 0 && tried.every(({ from }) => from.newerSince === null);
  const ends = asked.lastTry ?? now;
  const { reading, decisive } = asked;
  const refused = { reading, decisive, repository, at: ends };
  const refusal = settled ? refusalFindings(tried, refused) : { contributing: [], steps: [] };
  const misses =
    tried.length === 0
      ? missFindings(found, read, reference, complete)
      : hiddenHub(found, reference);
  return {
    ...NO_FINDINGS,
    use,
    contributing: [...newer, ...refusal.contributing, ...misses.contributing],
    steps: [...refusal.steps, ...misses.steps],
    expired: settled && tried.every((t) => (endOf(t)?.at ?? Number.POSITIVE_INFINITY) <= ends),
    lasting:
      settled &&
      tried.every(
        ({ report: { expires } }) => expires !== null && !expires.atLatest && expires.at > ends,
      ),
    secret: tried[0]?.from.name ?? misses.secret,
  };
}

/** A fingerprint is of no use here. */
function noHash(): string {
  return '00000000';
}

function shown({ from, report }: Tried) {
  const { expires } = report;
  return {
    secret: from.name,
    key: report.key,
    user: report.user,
    expiresAt: expires === null || expires.atLatest ? null : expires.at,
  };
}

function newerFinding({ name }: PodSecret): Contributing {
  return {
    code: 'secret-newer',
    object: `secret/${name}`,
    text: `secret ${name} was written after the last attempt: the next try uses what is in it now`,
  };
}
