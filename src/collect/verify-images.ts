/** What `verify` asks registries about; images of the command line, which need little. */
import { NotFoundError } from '../words/errors.ts';
import { isAbsent, mapAnswer, type Unavailable } from '../words/known.ts';
import { nearest } from '../words/nearest.ts';
import type { ObjectSource } from '../words/objects.ts';
import type { Subject, WantedSecret } from '../words/verification.ts';
import { secretNames, secretOf } from './enrich.ts';
import { SECRET } from './kinds.ts';

export interface VerifySubjects {
  readonly subjects: readonly Subject[];
  /** Names that are not there: each one line on stderr, exit code 1. */
  readonly problems: readonly Error[];
  readonly gaps: readonly Unavailable[];
  /** Pods or workloads could not be looked at: there may be more images than these. */
  readonly unlooked?: boolean;
}

/** Images of the command line, with secrets of one namespace; one that is not there is a problem. */
export async function imageSubjects(
  source: ObjectSource | null,
  namespace: string,
  images: readonly string[],
  names: readonly string[],
): Promise<VerifySubjects> {
  const secrets: WantedSecret[] = [];
  const problems: Error[] = [];
  const asked = source === null ? [] : [...new Set(names)].map((name) => ({ source, name }));
  const answers = await Promise.all(
    asked.map(async ({ source: from, name }) => {
      const query = { resource: SECRET, namespace, name };
      const answer = mapAnswer(await from.get<unknown>(query), secretOf);
      return { name, answer, hints: !answer.known ? await nearTo(from, query, answer.why) : [] };
    }),
  );
  for (const { name, answer, hints } of answers) {
    if (answer.known || !isAbsent(answer.why)) secrets.push({ namespace, name, answer });
    else problems.push(new NotFoundError('secrets', name, namespace, hints));
  }
  const subject: Subject = {
    users: [],
    count: 0,
    serviceAccount: null,
    images: images.map((image) => ({ container: null, image, never: false })),
    secrets,
    listUnknown: null,
    platforms: [],
  };
  return { subjects: [subject], problems, gaps: [] };
}

/** Names only: what secrets hold is not asked for. */
async function nearTo(
  source: ObjectSource,
  { namespace, name }: { readonly namespace: string; readonly name: string },
  why: Unavailable,
): Promise<string[]> {
  if (!isAbsent(why)) return [];
  const names = await secretNames(source, namespace);
  const near = names.known ? nearest(name, names.value) : null;
  return near === null ? [] : [`did you mean "${near}"?`];
}
