/** Images of the command line: secrets that are not there, and those that may not be read. */
import assert from 'node:assert/strict';
import { imageSubjects } from '../../../src/collect/verify-images.ts';
import { words } from '../../../src/words/errors.ts';
import type { Answer, Unavailable } from '../../../src/words/known.ts';
import type { GetQuery, ListQuery, ObjectSource } from '../../../src/words/objects.ts';

function source(reason: Unavailable['reason'], asked: string[] = []): ObjectSource {
  return {
    live: true,
    async get<T>({ namespace, name }: GetQuery): Promise<Answer<T>> {
      const what = `secret ${namespace}/${name}`;
      return { known: false, why: { reason, what, text: `${what}: ${reason}` } };
    },
    async list<T>({ resource, metadataOnly }: ListQuery<T>): Promise<Answer<readonly T[]>> {
      asked.push(`${resource.plural} ${metadataOnly ? 'names' : 'whole'}`);
      return { known: true, value: [{ metadata: { name: 'regcred' } }] as T[] };
    },
    findKind: async () => null,
    findOwnerKind: async () => null,
  };
}

describe('imageSubjects', () => {
  it('a secret that is not there is a problem, in kubectl’s words', async () => {
    const asked: string[] = [];
    const found = await imageSubjects(
      source('not found', asked),
      'a',
      ['app:1'],
      ['regcrd', 'regcrd'],
    );
    assert.deepEqual(found.problems.map(words), [
      'Error from server (NotFound): secrets "regcrd" not found in namespace a (did you mean "regcred"?)',
    ]);
    assert.deepEqual(found.subjects[0]?.secrets, []);
    assert.ok(asked.every((one) => one === 'secrets names'));
  });

  it('one that may not be read is not known, and no problem', async () => {
    const found = await imageSubjects(source('forbidden'), 'a', ['app:1'], ['typo']);
    assert.deepEqual(found.problems, []);
    assert.deepEqual(
      found.subjects[0]?.secrets.map(({ name, answer }) => [name, answer.known]),
      [['typo', false]],
    );
  });
});
