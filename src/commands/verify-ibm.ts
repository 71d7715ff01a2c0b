/** IBM Cloud's own answer for images of its registry: who is asked of what, and what is made of it. */
import { inParallel } from '../collect/parallel.ts';
import { ibmImage } from '../ibm/endpoints.ts';
import { type RowLearned, withIbm } from '../judge/ibm.ts';
import type { Attempt, VerifyCase } from '../judge/verify-plan.ts';
import type { VerifiedImage } from '../words/verification.ts';
import type { Registries } from './verify-registries.ts';

const AT_ONCE = 4;

/** `ask`: always or never; absent: for images that one of the kubelet's credentials does not pull. */
export async function withIbmAnswers(
  cases: readonly VerifyCase[],
  images: readonly VerifiedImage[],
  registries: Registries,
  ask: boolean | undefined,
  now: () => number,
): Promise<VerifiedImage[]> {
  const pairs = images.map((verified, i) => ({ verified, one: cases[i] }));
  return inParallel(pairs, AT_ONCE, async ({ verified, one }) => {
    if (one === undefined || !(ask ?? fails(verified))) return verified;
    return answered(verified, one, registries, now);
  });
}

function fails({ rows, result }: VerifiedImage): boolean {
  if (result !== 'pullable') return true;
  return rows.some((row) => row.order !== null && row.result !== 'pullable');
}

async function answered(
  verified: VerifiedImage,
  one: VerifyCase,
  { ibm }: Registries,
  now: () => number,
): Promise<VerifiedImage> {
  const image = one.reference.valid ? ibmImage(one.reference) : null;
  if (image === null || ibm === undefined) return verified;
  const rows: RowLearned[] = [];
  for (const attempt of [...one.attempts, ...one.yours]) {
    const row = rowOf(verified, attempt);
    if (row === undefined || attempt.login === null) continue;
    const learned = await ibm(image, { label: attempt.label, ...attempt.login });
    rows.push({ row, learned });
  }
  return withIbm(verified, image, rows, one.serviceAccount, now());
}

function rowOf({ rows }: VerifiedImage, { label, whose }: Attempt) {
  return rows.find((row) => row.credential === label && row.whose === whose);
}
