/**
 * The kubelet's keyring: the vectors (test/fixtures/keyring-vectors.json), a thousand random questions with the answers
 * of the kubelet's own code (keyring-cases.jsonl.gz, written by test/keyring/differential.ts), and what we add to it.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { inspect } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { readKey } from '../../../src/credentials/key.ts';
import {
  buildKeyring,
  lookup,
  type PullSecret,
  repositoryName,
} from '../../../src/credentials/keyring.ts';
import { keyMatches, repositoryOf } from '../../../src/credentials/match.ts';
import { parseImage } from '../../../src/image/reference.ts';
import { type Case, difference, type OracleAnswer } from '../../keyring/compare.ts';
import type { CaseSecret } from '../../keyring/secrets.ts';

const FIXTURES = path.resolve(import.meta.dirname, '../../fixtures');

interface Secrets {
  readonly id: string;
  readonly imagePullSecrets_in_order: readonly {
    name: string;
    type: string;
    data?: Record<string, string>;
  }[];
}

interface Vectors {
  glob_match: { id: string; glob: string; target: string; match: boolean }[];
  key_vs_image: { id: string; key: string; image: string; match: boolean; via: string | null }[];
  key_vs_repo: { id: string; key: string; repo: string; match: boolean }[];
  lookup: (Secrets & {
    image: string;
    expect: {
      usernames_tried_in_order?: string[];
      via?: string | null;
      error?: string;
      anonymous_pull?: boolean;
    };
  })[];
  entry_decode: {
    id: string;
    entry: unknown;
    expect: { username?: string; password?: string; error?: string };
  }[];
  keyring_build: (Secrets & { expect: { index?: string[]; error?: string } })[];
  default_registry: { id: string; repo: string; is_default_registry: boolean }[];
  image_name: {
    id: string;
    image: string;
    expect: { name?: string; tag?: string; digest?: string; error?: string };
  }[];
}

const vectors = JSON.parse(
  readFileSync(path.join(FIXTURES, 'keyring-vectors.json'), 'utf8'),
) as Vectors;

/** What the vectors call `via`. */
const VIA = { key: 'url', 'docker hub fallback': 'hub-fallback' } as const;

function config(auths: unknown, name = 's'): CaseSecret {
  return {
    name,
    type: 'kubernetes.io/dockerconfigjson',
    data: { '.dockerconfigjson': Buffer.from(JSON.stringify({ auths })).toString('base64') },
  };
}

function encoded({ imagePullSecrets_in_order: secrets }: Secrets): PullSecret[] {
  return secrets.map(({ name, type, data = {} }) => ({
    name,
    type,
    data: Object.fromEntries(
      Object.entries(data).map(([key, text]) => [key, Buffer.from(text).toString('base64')]),
    ),
  }));
}

function ringOf(secrets: readonly PullSecret[]) {
  const ring = buildKeyring(secrets);
  assert.ok(ring.kind === 'keyring', ring.kind === 'broken' ? ring.error : '');
  return ring;
}

function nameOf(image: string): string {
  const parsed = parseImage(image);
  assert.ok(parsed.valid);
  return repositoryName(parsed);
}

function tried(secrets: readonly PullSecret[], image: string) {
  return lookup(ringOf(secrets), nameOf(image));
}

const LOGIN = { username: 'ada', password: 'fake-pass' };

describe('the vectors', () => {
  it('are all here', () => {
    const lists = Object.values(vectors).filter(Array.isArray);
    assert.equal(
      lists.reduce((count, list) => count + list.length, 0),
      178,
    );
  });

  for (const { id, glob, target, match } of vectors.glob_match) {
    it(`${id}: ${glob} and ${target}`, () => {
      const key = readKey(glob);
      assert.ok(key.kind === 'read');
      assert.equal(keyMatches(key, repositoryOf(target)), match);
    });
  }

  for (const { id, key, image, match, via } of vectors.key_vs_image) {
    it(`${id}: ${JSON.stringify(key)} for ${image}`, () => {
      const { credentials, others } = tried([config({ [key]: LOGIN })], image);
      const [first] = credentials;
      assert.equal(first === undefined ? null : VIA[first.matched], via);
      assert.equal(credentials.length === 1, match);
      assert.ok(match || (others[0]?.why.length ?? 0) > 0);
    });
  }

  for (const { id, key, repo, match } of vectors.key_vs_repo) {
    it(`${id}: ${key} for ${repo}`, () => {
      const { credentials } = lookup(ringOf([config({ [key]: LOGIN })]), repo);
      assert.equal(credentials.length === 1, match);
    });
  }

  for (const vector of vectors.lookup) {
    it(vector.id, () => {
      const ring = buildKeyring(encoded(vector));
      const { usernames_tried_in_order, via, error } = vector.expect;
      if (error !== undefined) {
        assert.ok(ring.kind === 'broken' && ring.error.includes(error));
        return;
      }
      assert.ok(ring.kind === 'keyring');
      const { credentials } = lookup(ring, nameOf(vector.image));
      assert.deepEqual(
        credentials.map(({ username }) => username),
        usernames_tried_in_order,
      );
      const [first] = credentials;
      assert.equal(first === undefined ? null : VIA[first.matched], via);
    });
  }

  for (const { id, entry, expect } of vectors.entry_decode) {
    it(`${id}: ${JSON.stringify(entry)}`, () => {
      const ring = buildKeyring([config({ 'r.example.com': entry })]);
      if (expect.error !== undefined) {
        assert.ok(ring.kind === 'broken' && ring.error.includes(expect.error));
        assert.deepEqual([ring.secret, ring.entry], ['s', 'r.example.com']);
        return;
      }
      assert.ok(ring.kind === 'keyring');
      const [first] = lookup(ring, 'r.example.com/a/b').credentials;
      assert.deepEqual(
        [first?.username, first?.password.reveal()],
        [expect.username, expect.password],
      );
    });
  }

  for (const vector of vectors.keyring_build) {
    it(vector.id, () => {
      const ring = buildKeyring(encoded(vector));
      const { index, error } = vector.expect;
      if (error !== undefined) {
        assert.ok(ring.kind === 'broken');
        assert.match(
          ring.error,
          error === 'invalid JSON' ? /JSON input/ : new RegExp(escaped(error)),
        );
        return;
      }
      assert.ok(ring.kind === 'keyring');
      const keys = ring.entries.flatMap(({ key }) => (key.kind === 'read' ? [key.read] : []));
      assert.deepEqual([...new Set(keys)], index);
    });
  }

  for (const { id, repo, is_default_registry: expected } of vectors.default_registry) {
    it(`${id}: ${JSON.stringify(repo)}`, () =>
      assert.equal(repositoryOf(repo).dockerHub, expected));
  }

  for (const { id, image, expect } of vectors.image_name) {
    it(`${id}: ${image}`, () => {
      const parsed = parseImage(image);
      assert.equal(parsed.valid, expect.error === undefined);
      if (!parsed.valid) return;
      assert.equal(repositoryName(parsed), expect.name);
      assert.equal(parsed.digest ?? '', expect.digest);
      assert.equal(parsed.tag ?? '', expect.tag || (expect.digest === '' ? 'latest' : ''));
    });
  }
});

describe("the kubelet's own answers", () => {
  const lines = gunzipSync(readFileSync(path.join(FIXTURES, 'keyring-cases.jsonl.gz')))
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { asked: Case; answer: OracleAnswer });

  it('are a thousand, of every kind', () => {
    assert.equal(lines.length, 1000);
    const kinds = lines.map(
      ({ answer }) =>
        answer.stage ?? (answer.credentials === undefined ? 'nothing' : 'credentials'),
    );
    for (const kind of ['image', 'keyring', 'nothing', 'credentials']) {
      assert.ok(kinds.filter((one) => one === kind).length >= 50, kind);
    }
  });

  it('are ours', () => {
    const differing = lines
      .map(({ asked, answer }) => ({ why: difference(asked, answer), asked }))
      .filter(({ why }) => why !== null);
    assert.deepEqual(differing.slice(0, 5), []);
  });

  it('would show another order, another password, another sentence', () => {
    const asked = {
      secrets: [config({ a: LOGIN, 'a/b': { ...LOGIN, username: 'b' } })],
      repo: 'a/b',
    };
    const right = [
      { username: 'b', password: 'fake-pass', secret: 's' },
      { username: 'ada', password: 'fake-pass', secret: 's' },
    ];
    assert.equal(difference({ ...asked, secrets: [] }, { repo: 'a/b' }), null);
    assert.equal(difference(asked, { repo: 'a/b', credentials: right }), null);
    assert.ok(difference(asked, { repo: 'a/b', credentials: right.toReversed() }));
    assert.ok(difference(asked, { repo: 'a/b', credentials: right.slice(1) }));
    assert.ok(difference(asked, { repo: 'a/b', stage: 'keyring', error: 'x' }));
    assert.ok(difference(asked, { repo: 'a/c', credentials: right }));
  });
});

describe('lookup', () => {
  it('says where each credential comes from', () => {
    const { credentials } = tried(
      [
        config({ 'https://us.icr.io/v2/ns/': { auth: 'YWRhOmZha2U=' } }, 'one'),
        config({ '*.icr.io': LOGIN }, 'two'),
      ],
      'us.icr.io/ns/app:1',
    );
    assert.deepEqual(
      credentials.map(({ secret, key, keyRead, username, matched, randomOrder }) => [
        secret,
        key,
        keyRead,
        username,
        matched,
        randomOrder,
      ]),
      [
        ['one', 'https://us.icr.io/v2/ns/', 'us.icr.io/ns/', 'ada', 'key', false],
        ['two', '*.icr.io', '*.icr.io', 'ada', 'key', false],
      ],
    );
  });

  it('flags two spellings of one key in one secret, not in two', () => {
    const both = { 'quay.io': LOGIN, 'https://quay.io/v2/': LOGIN };
    const { credentials } = tried(
      [config(both), config({ 'quay.io/': LOGIN }, 't')],
      'quay.io/a/b',
    );
    assert.deepEqual(
      credentials.map(({ secret, randomOrder }) => [secret, randomOrder]),
      [
        ['s', true],
        ['s', true],
        ['t', false],
      ],
    );
  });

  it('says that a docker.io key hides index.docker.io', () => {
    const auths = { 'https://index.docker.io/v1/': LOGIN, 'docker.io/library': LOGIN };
    const hidden = tried([config(auths)], 'nginx');
    assert.deepEqual(
      hidden.others.map(({ key, why }) => [key, why]),
      [['https://index.docker.io/v1/', [{ kind: 'hidden', by: 'docker.io/library' }]]],
    );
    const used = tried([config(auths)], 'acme/app');
    assert.deepEqual(
      used.credentials.map(({ key, matched }) => [key, matched]),
      [['https://index.docker.io/v1/', 'docker hub fallback']],
    );
  });

  it('gives the reason for what is not tried, an unreadable key included', () => {
    const { credentials, others } = tried(
      [config({ 'us.icr.io ': LOGIN, 'de.icr.io': LOGIN })],
      'us.icr.io/a',
    );
    assert.deepEqual(credentials, []);
    assert.deepEqual(
      others.map(({ key, keyRead, why }) => [key, keyRead, why[0]?.kind]),
      [
        ['de.icr.io', 'de.icr.io', 'label'],
        ['us.icr.io ', null, 'blank'],
      ],
    );
  });

  it('takes an entry of nothing for a credential', () => {
    const { credentials } = tried(
      [config({ 'us.icr.io': { identitytoken: 'fake' } })],
      'us.icr.io/a',
    );
    assert.deepEqual(
      credentials.map(({ entry }) => entry.from),
      ['nothing'],
    );
  });

  it('goes through ten thousand entries that all match', () => {
    const auths = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, at) => [`us.icr.io?${at}`, LOGIN]),
    );
    const { credentials } = tried([config(auths)], 'us.icr.io/a');
    assert.equal(credentials.length, 10_000);
    assert.ok(credentials.every(({ randomOrder }) => randomOrder));
  });
});

describe('buildKeyring', () => {
  it('stops at the first broken secret and names it and the entry', () => {
    const ring = buildKeyring([
      config({ 'us.icr.io': LOGIN }, 'good'),
      { name: 'opaque', type: 'Opaque', data: {} },
      config({ 'quay.io': LOGIN, 'ghcr.io': { auth: 'fake' } }, 'bad'),
      config([], 'worse'),
    ]);
    assert.ok(ring.kind === 'broken');
    assert.deepEqual(
      [ring.secret, ring.entry, ring.error, ring.secrets.map(({ content }) => content.kind)],
      [
        'bad',
        'ghcr.io',
        'unable to parse auth field, must be formatted as base64(username:password)',
        ['read', 'ignored', 'broken', 'broken'],
      ],
    );
  });

  it('shows no password', () => {
    const keys = [
      'us.icr.io',
      'x:fake-pass@quay.io',
      'oci://x:fake-pass@quay.io',
      ' https://x:fake-pass@quay.io',
      'https:/x:fake-pass@quay.io',
      'https://x:y/fake-pass@quay.io',
      'https://x@fake-pass@quay.io/%',
      'x:[fake-pass@quay.io',
    ];
    const ring = ringOf([config(Object.fromEntries(keys.map((key) => [key, LOGIN])))]);
    const found = lookup(ring, 'us.icr.io/a');
    const shown = [ring, found].map((one) => JSON.stringify(one) + inspect(one, { depth: 12 }));
    assert.ok(!shown.join().includes('fake-pass'));
    assert.equal(found.credentials[0]?.password.reveal(), 'fake-pass');
  });
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
