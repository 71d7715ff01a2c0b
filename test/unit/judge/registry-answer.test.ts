/** Texts as captured, and what registries answer beside them. */
import assert from 'node:assert/strict';
import { classify } from '../../../src/causes/classify.ts';
import { CAUSES } from '../../../src/causes/index.ts';
import { verifyCases } from '../../../src/commands/verify-run.ts';
import { withRegistry } from '../../../src/judge/registry-answer.ts';
import { casesOf } from '../../../src/judge/verify-plan.ts';
import type { CauseName } from '../../../src/words/cause.ts';
import { Hidden } from '../../../src/words/hidden.ts';
import type { NearestTags } from '../../../src/words/ladder.ts';
import type { Reading } from '../../../src/words/reading.ts';
import type { Subject, VerifiedImage, WantedSecret } from '../../../src/words/verification.ts';
import { fakeRegistries, type Said } from '../../rig/registries.ts';

const IMAGE = 'registry.maplehill.example/labs/indexer:2026.9.11';

/** An example of the catalogue. */
function example(cause: CauseName, id: string): string {
  const found = CAUSES[cause].examples.find((one) => one.id === id);
  assert(found, id);
  return found.text;
}

function secretOf(name: string, user: string): WantedSecret {
  const auth = Buffer.from(`${user}:pw-${user}`).toString('base64');
  const config = JSON.stringify({ auths: { 'registry.maplehill.example': { auth } } });
  const data = Buffer.from(config).toString('base64');
  const value = {
    namespace: 'shop',
    name,
    uid: name,
    type: 'kubernetes.io/dockerconfigjson',
    createdAt: null,
    changedAt: null,
    dataKeys: ['.dockerconfigjson'],
    data: new Map([['.dockerconfigjson', new Hidden(data)]]),
    elided: false,
  };
  return { namespace: 'shop', name, answer: { known: true, value } };
}

async function verified(
  users: readonly string[],
  say: (user: string | null) => Said,
  tags?: NearestTags | undefined,
): Promise<VerifiedImage> {
  const subject: Subject = {
    users: [{ kind: 'Pod', namespace: 'shop', name: 'web' }],
    count: 1,
    serviceAccount: 'default',
    images: [{ container: 'web', image: IMAGE, never: false }],
    secrets: users.map((user) => secretOf(`of-${user}`, user)),
    listUnknown: null,
    platforms: [],
  };
  const cases = casesOf([subject], { config: null, login: null });
  const registries = fakeRegistries((_, user) => say(user), tags === undefined ? {} : { tags });
  const [image] = await verifyCases(cases, registries, () => undefined);
  assert(image);
  return image;
}

const HIDDEN: Said = { step: 'manifest', code: 'missing-or-private' };
const NO_REPOSITORY: Said = { step: 'manifest', code: 'repository-not-found' };
const NO_TAG: Said = { step: 'manifest', code: 'manifest-not-found' };
const WRONG_PASSWORD: Said = { step: 'token', code: 'token-refused' };
const CLOSED: Said = { step: 'connect', code: 'connect-refused', result: 'unverifiable' };

const SCOPE = example('RepositoryMissingOrPrivate', 'K0023');
const NOT_FOUND =
  'failed to resolve image: registry.maplehill.example/labs/indexer:2026.9.11: not found';
const REFUSED =
  'failed to resolve image: failed to do request: Head "https://registry.maplehill.example/v2/labs/indexer/manifests/2026.9.11": dial tcp 10.0.0.1:443: connect: connection refused';

interface Row {
  readonly says: string;
  readonly text: string;
  readonly users: readonly string[];
  readonly answer: (user: string | null) => Said;
  readonly cause: CauseName;
  readonly certainty: string;
  readonly alternatives: readonly CauseName[];
  readonly note?: RegExp;
  readonly tags?: NearestTags;
  /** What else is known of the pod made of the text. */
  readonly before?: Partial<Reading>;
}

const ROWS: readonly Row[] = [
  {
    says: 'a registry that hides existence leaves both',
    text: SCOPE,
    users: ['ann'],
    answer: () => HIDDEN,
    cause: 'RepositoryMissingOrPrivate',
    certainty: 'likely',
    alternatives: ['Unauthorized'],
  },
  {
    says: 'a registry that tells them apart: missing',
    text: SCOPE,
    users: ['ann'],
    answer: () => NO_REPOSITORY,
    cause: 'RepositoryNotFound',
    certainty: 'certain',
    alternatives: [],
  },
  {
    says: 'everybody but the pod may pull: its credential was accepted and may not',
    text: SCOPE,
    users: ['ann'],
    answer: (user) => (user === null ? 'ok' : HIDDEN),
    cause: 'Forbidden',
    certainty: 'certain',
    alternatives: [],
  },
  {
    says: 'the token server refuses the password',
    text: SCOPE,
    users: ['ann'],
    answer: (user) => (user === null ? HIDDEN : WRONG_PASSWORD),
    cause: 'Unauthorized',
    certainty: 'certain',
    alternatives: [],
  },
  {
    says: 'the second credential may pull by now',
    text: SCOPE,
    users: ['ann', 'bob'],
    answer: (user) => (user === 'bob' ? 'ok' : HIDDEN),
    cause: 'Forbidden',
    certainty: 'likely',
    alternatives: ['RepositoryNotFound'],
    note: /can be pulled now \(secret of-bob\): it was pushed since, or the right/,
  },
  {
    says: 'one credential sees that the tag is missing',
    text: SCOPE,
    users: ['ann', 'bob'],
    answer: (user) => (user === 'bob' ? NO_TAG : HIDDEN),
    cause: 'RepositoryMissingOrPrivate',
    certainty: 'likely',
    alternatives: ['Unauthorized', 'TagNotFound'],
    note: /answers otherwise \(TagNotFound\)/,
  },
  {
    says: 'a tag that a login misses in a repository that is not there proves no repository',
    text: SCOPE,
    users: ['ann', 'bob'],
    answer: (user) => (user === 'bob' ? NO_TAG : HIDDEN),
    tags: { tags: [], read: 0, complete: true, code: 'repository-not-found' },
    cause: 'RepositoryNotFound',
    certainty: 'certain',
    alternatives: [],
  },
  {
    says: 'one token is refused, another credential is accepted: nothing is settled',
    text: SCOPE,
    users: ['ann', 'bob'],
    answer: (user) => (user === 'ann' ? WRONG_PASSWORD : HIDDEN),
    cause: 'RepositoryMissingOrPrivate',
    certainty: 'likely',
    alternatives: ['Unauthorized'],
  },
  {
    says: 'a secret that is not there stays the cause, whoever else may pull',
    text: SCOPE,
    before: { cause: 'SecretMissing', certainty: 'likely' },
    users: ['ann'],
    answer: (user) => (user === null ? 'ok' : HIDDEN),
    cause: 'SecretMissing',
    certainty: 'likely',
    alternatives: ['Unauthorized'],
  },
  {
    says: 'a full disk is no less full because the tag is missing, too',
    text: SCOPE,
    before: { cause: 'NodeDiskFull', certainty: 'certain', alternatives: [] },
    users: [],
    answer: () => NO_TAG,
    cause: 'NodeDiskFull',
    certainty: 'certain',
    alternatives: [],
    note: /besides, asked from this machine, the registry answers TagNotFound/,
  },
  {
    says: 'public now, and perhaps missing then',
    text: SCOPE,
    users: [],
    answer: () => 'ok',
    cause: 'Unauthorized',
    certainty: 'likely',
    alternatives: ['RepositoryNotFound'],
    note: /can be pulled now \(anonymous\): it was pushed since/,
  },
  {
    says: 'the tag of three',
    text: NOT_FOUND,
    users: [],
    answer: () => NO_TAG,
    cause: 'TagNotFound',
    certainty: 'certain',
    alternatives: [],
  },
  {
    says: 'the node found nothing, and this machine is refused: both are said',
    text: NOT_FOUND,
    users: ['ann'],
    answer: () => WRONG_PASSWORD,
    cause: 'TagNotFound',
    certainty: 'ambiguous',
    alternatives: ['RepositoryNotFound', 'Unauthorized'],
    note: /answers otherwise \(Unauthorized\)/,
  },
  {
    says: 'the node is refused a connection, and this machine is not',
    text: REFUSED,
    users: [],
    answer: () => 'ok',
    cause: 'ConnectionRefused',
    certainty: 'certain',
    alternatives: [],
    note: /the trouble is over, or it lies on the way of the node/,
  },
  {
    says: 'out of reach from here: nothing changes',
    text: NOT_FOUND,
    users: [],
    answer: () => CLOSED,
    cause: 'TagNotFound',
    certainty: 'ambiguous',
    alternatives: ['RepositoryNotFound'],
  },
  {
    says: 'a text without a cause gets that of the registry, and no certainty',
    text: 'Back-off pulling image "registry.maplehill.example/labs/indexer:2026.9.11"',
    users: [],
    answer: () => NO_TAG,
    cause: 'TagNotFound',
    certainty: 'likely',
    alternatives: [],
  },
];

describe('withRegistry', () => {
  for (const {
    says,
    text,
    users,
    answer,
    cause,
    certainty,
    alternatives,
    note,
    tags,
    before,
  } of ROWS) {
    it(says, async () => {
      const reading = { ...classify(text, { reason: 'Failed', image: IMAGE }), ...before };
      const settled = withRegistry(reading, await verified(users, answer, tags));
      const { reading: after, notes } = settled;
      assert.deepEqual(
        { cause: after.cause, certainty: after.certainty, alternatives: after.alternatives },
        { cause, certainty, alternatives },
      );
      if (note) assert.match(notes.join(), note);
      else assert.deepEqual(notes, []);
    });
  }
});
