/** What `verify` asks registries about; images of the command line, which need little. */
import { mapAnswer, type Unavailable } from '../words/known.ts';
import type { ObjectSource } from '../words/objects.ts';
import type { Subject } from '../words/verification.ts';
import { secretOf } from './enrich.ts';
import { SECRET } from './kinds.ts';

export interface VerifySubjects {
  readonly subjects: readonly Subject[];
  /** Names that are not there: each one line on stderr, exit code 1. */
  readonly problems: readonly Error[];
  readonly gaps: readonly Unavailable[];
}

/** Images of the command line, with secrets of one namespace. */
export async function imageSubjects(
  source: ObjectSource | null,
  namespace: string,
  images: readonly string[],
  secrets: readonly string[],
): Promise<VerifySubjects> {
  const read = await Promise.all(
    secrets.map(async (name) => {
      const query = { resource: SECRET, namespace, name };
      const answer = source && mapAnswer(await source.get<unknown>(query), secretOf);
      return answer === null ? [] : [{ namespace, name, answer }];
    }),
  );
  const subject: Subject = {
    users: [],
    count: 0,
    serviceAccount: null,
    images: images.map((image) => ({ container: null, image, never: false })),
    secrets: read.flat(),
    listUnknown: null,
    platforms: [],
  };
  return { subjects: [subject], problems: [], gaps: [] };
}
