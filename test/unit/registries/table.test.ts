import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RegistryAnswer } from '../../../src/registries/answers.ts';
import { REGISTRIES } from '../../../src/registries/index.ts';
import { answerTo } from '../../../src/registries/read.ts';
import { CAUSE_NAMES } from '../../../src/words/cause.ts';
import { FAILED_CODES } from '../../../src/words/ladder.ts';

const CORPUS = new Map(
  ['messages.jsonl', 'messages-k8s13x.jsonl']
    .flatMap((name) =>
      readFileSync(join(import.meta.dirname, '../../corpus', name), 'utf8')
        .trim()
        .split('\n'),
    )
    .map((line) => JSON.parse(line) as { id: string; message: string; causes: string[] })
    .map((row) => [row.id, row]),
);

const ALL = REGISTRIES.flatMap(({ id, answers }) =>
  answers.map((answer, i): [string, RegistryAnswer] => [`${id} ${i + 1}: ${answer.means}`, answer]),
);

describe('the table of registries', () => {
  for (const registry of REGISTRIES) {
    it(`${registry.id} has its page, its words and a file of its own`, () => {
      assert.match(registry.docs, /^https:\/\/[\w.-]+\//);
      assert.ok(registry.secret !== null || registry.users.known.length === 0);
      assert.match(registry.renew, /^[A-Z].*\.$/);
      assert.match(registry.existence.text, /[^.]$/);
      assert.equal(registry.existence.who === null, registry.existence.hidden === 'no');
      for (const text of registry.credentials) assert.match(text, /[^.]$/);
      for (const { text, source } of registry.limits) {
        assert.match(text, /[^.]$/);
        assert.match(source, /^https:\/\//);
      }
      const file = join(import.meta.dirname, '../../../src/registries/table', `${registry.id}.ts`);
      assert.match(readFileSync(file, 'utf8'), new RegExp(`id: '${registry.id}'`));
    });
  }

  it('has an id, a name and each host once', () => {
    for (const of of [
      REGISTRIES.map(({ id }) => id),
      REGISTRIES.map(({ name }) => name),
      REGISTRIES.flatMap(({ hosts }) => hosts.map(({ host }) => host)),
    ]) {
      assert.equal(new Set(of).size, of.length);
    }
  });
});

describe('answers of registries', () => {
  for (const [title, answer] of ALL) {
    it(`${title} (${answer.source.kind === 'recorded' ? 'recorded' : 'documented only'})`, () => {
      const { says, source, example, causes, ladder, means, open, status, code } = answer;
      for (const cause of causes) assert.ok(CAUSE_NAMES.includes(cause));
      assert.ok(ladder === undefined || FAILED_CODES.includes(ladder));
      assert.match(means, /[^.]$/);
      assert.match(open ?? 'x', /[^.]$/);
      assert.ok(status.length > 0 || says !== undefined || code !== undefined);
      const id = /^test\/corpus (\S+)$/.exec(source.where)?.[1];
      if (id === undefined) {
        assert.match(source.where, /^https:\/\//);
        return;
      }
      const row = CORPUS.get(id);
      assert.ok(row, `${id} is in the corpus`);
      if (says !== undefined) {
        // Of the message in the recorded text the prefix of code and runtime is another one.
        const loose = new RegExp(says.source.replaceAll('^', ''), 'i');
        assert.match(row.message, loose);
      }
      assert.ok(
        causes.some((cause) => row.causes.includes(cause)),
        `${row.causes} has none of ${causes}`,
      );
      assert.ok(example === '' || says === undefined || says.test(readMessage(example)), example);
    });
  }

  it('say nothing of a login where none was sent', () => {
    const ofALogin =
      /\b(?:the|this|whose|wrong|an) (?:[A-Z]\w+ |access |auth |personal access |pull |client )*(?:login|credential|key|token|password|secret|user(?: name)?|robot account|account)\b(?!'s)|robot account|\bexpired: it\b/i;
    const told = ALL.filter(([, { sent }]) => sent === undefined).filter(
      ([, { means, open, causes }]) =>
        ofALogin.test(means) ||
        /\b(?:login|key|token|credential) is good\b/.test(open ?? '') ||
        causes[0] === 'Forbidden' ||
        causes.includes('CredentialsExpired'),
    );
    // That one is of the owner of the images, whoever asks.
    assert.deepEqual(
      told.map(([title]) => title),
      ['quay 6: the organisation or user is disabled in Quay'],
    );
    const unsent = ALL.filter(([, { sent }]) => sent === false);
    assert.ok(unsent.length > 10);
    for (const [title, { ladder, causes, means }] of unsent) {
      assert.ok(ladder !== 'forbidden' && causes[0] !== 'Forbidden', title);
      assert.doesNotMatch(means, /is good|expired|wrong/, title);
    }
  });

  for (const [host, status, message, cause, code] of [
    [
      'us.icr.io',
      401,
      'You are not authorized to access the specified resource.',
      'RepositoryMissingOrPrivate',
      'missing-or-private',
    ],
    [
      'cp.icr.io',
      403,
      'You are not authorized to access this resource',
      'RepositoryMissingOrPrivate',
      'missing-or-private',
    ],
    ['a.azurecr.io', 401, '', 'RepositoryMissingOrPrivate', 'missing-or-private'],
    [
      'docker.io',
      401,
      'authentication required',
      'RepositoryMissingOrPrivate',
      'missing-or-private',
    ],
    ['acme.jfrog.io', 403, '', 'RepositoryMissingOrPrivate', 'missing-or-private'],
    ['nvcr.io', 403, 'Access Denied', 'RepositoryMissingOrPrivate', 'missing-or-private'],
    [
      'cgr.dev',
      403,
      'caller does not have the required capabilities at "acme"',
      'RepositoryMissingOrPrivate',
      'missing-or-private',
    ],
    [
      'image-registry.openshift-image-registry.svc',
      401,
      'requested access to the resource is denied',
      'Unauthorized',
      'unauthorized',
    ],
  ] as const) {
    it(`${host}: ${status} to nobody speaks of no login`, () => {
      const facts = { status, errorMessage: message };
      const failed = { step: 'manifest', code: 'forbidden', facts } as const;
      const answer = answerTo(failed, { host }, false);
      assert.deepEqual([answer?.causes[0], answer?.ladder], [cause, code]);
      assert.notEqual(answerTo(failed, { host }, true)?.means, answer?.means);
    });
  }

  it('are found in linear time, whatever the text', () => {
    for (const [title, { says }] of ALL) {
      if (says === undefined) continue;
      const words = says.source.split(/[^A-Za-z ]+/).filter((word) => word !== '');
      for (const unit of ['a', ' ', 'Permission ', 'client with IP ', ...words]) {
        const text = unit.repeat(Math.ceil(200_000 / unit.length));
        const start = performance.now();
        says.test(text);
        assert.ok(performance.now() - start < 200, `${title}: ${unit}`);
      }
    }
  });
});

function readMessage(example: string): string {
  if (!example.startsWith('{')) return example;
  const { errors = [] } = JSON.parse(example) as { errors?: { message: string }[] };
  return errors[0]?.message ?? example;
}
