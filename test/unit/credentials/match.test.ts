import assert from 'node:assert/strict';
import { globMatch } from '../../../src/credentials/go-glob.ts';
import { readKey } from '../../../src/credentials/key.ts';
import {
  keyMatches,
  type Mismatch,
  mismatches,
  repositoryOf,
} from '../../../src/credentials/match.ts';
import { nearMiss } from '../../../src/credentials/near-miss.ts';

/** Expected values printed by Go 1.26's filepath.Match; `null` is `syntax error in pattern`. */
const GLOBS: readonly (readonly [string, string, boolean | null])[] = [
  ['*', 'a', true],
  ['*', '', true],
  ['', '', true],
  ['a*', 'abc', true],
  ['*c', 'abc', true],
  ['a*c*e', 'abcde', true],
  ['a*c*e', 'abcd', false],
  ['?', '\xc3\xa9', true],
  ['[a-c]x', 'bx', true],
  ['[^a-c]x', 'bx', false],
  ['[', 'a', null],
  ['[a', 'a', null],
  ['a\\*', 'a*', true],
  ['\\', 'a', null],
  ['*a/b', 'xa/b', true],
  ['*', 'a/b', false],
  ['a[', 'b', null],
  ['**', 'ab', true],
  ['*a*', 'bab', true],
  ['[]a]', ']', null],
  ['[-]', '-', null],
  ['[a-]', 'a', null],
];

describe('globMatch', () => {
  for (const [pattern, name, expected] of GLOBS) {
    it(`${pattern} and ${name}`, () =>
      assert.equal(globMatch(pattern, name), expected ?? 'bad pattern'));
  }

  it('takes no time for a hostile pattern', () => {
    const pattern = `${'*a'.repeat(200_000)}b`;
    assert.equal(globMatch(pattern, 'a'.repeat(255)), false);
  });
});

describe('mismatches', () => {
  const cases: readonly (readonly [string, string, readonly Mismatch[]])[] = [
    ['us.icr.io/ns', 'us.icr.io/ns/app', []],
    ['de.icr.io', 'us.icr.io/ns/app', [{ kind: 'label', at: 0, key: 'de', image: 'us' }]],
    ['us.icr.io:443', 'us.icr.io/ns/app', [{ kind: 'port', key: '443', image: '' }]],
    [
      '*.icr.io',
      'private.us.icr.io/ns/app',
      [{ kind: 'label count', key: 3, image: 4, wildcard: true }],
    ],
    ['icr.io', 'us.icr.io/ns/app', [{ kind: 'label count', key: 2, image: 3, wildcard: false }]],
    ['US.icr.io', 'us.icr.io/ns/app', [{ kind: 'case', key: 'US.icr.io', image: 'us.icr.io' }]],
    ['https://us.icr.io/v2', 'us.icr.io/ns/app', [{ kind: 'version path', path: '/v2' }]],
    ['us.icr.io/ns/app:1', 'us.icr.io/ns/app', [{ kind: 'tag', path: '/ns/app:1' }]],
    ['us.icr.io/other', 'us.icr.io/ns/app', [{ kind: 'path', key: '/other', image: '/ns/app' }]],
    [
      'us.icr.io\n',
      'us.icr.io/ns/app',
      [
        { kind: 'blank', where: 'end' },
        { kind: 'unreadable', fault: 'control character', text: '\n' },
      ],
    ],
    [
      ' us.icr.io',
      'us.icr.io/ns/app',
      [
        { kind: 'blank', where: 'start' },
        { kind: 'unreadable', fault: 'character', text: ' ' },
      ],
    ],
    ['us.icr.io:port', 'us.icr.io/a', [{ kind: 'unreadable', fault: 'port', text: 'port' }]],
    ['us.icr.io/a? ', 'us.icr.io/b', [{ kind: 'path', key: '/a', image: '/b' }]],
    [
      'oci://us.icr.io',
      'us.icr.io/a',
      [
        { kind: 'scheme', scheme: 'oci' },
        { kind: 'label count', key: 1, image: 3, wildcard: false },
        { kind: 'path', key: '//us.icr.io', image: '/a' },
      ],
    ],
    [
      'https://registry-1.docker.io/v2/',
      'docker.io/library/nginx',
      [
        { kind: 'docker hub host', host: 'registry-1.docker.io' },
        { kind: 'label count', key: 3, image: 2, wildcard: false },
      ],
    ],
    [
      'https://index.docker.io/v1',
      'docker.io/library/nginx',
      [
        { kind: 'docker hub key', key: 'index.docker.io/v1' },
        { kind: 'label count', key: 3, image: 2, wildcard: false },
        { kind: 'version path', path: '/v1' },
      ],
    ],
    ['us.icr.io', '[1:2]:5000/a', [{ kind: 'image' }]],
  ];
  for (const [key, repository, expected] of cases) {
    it(`${JSON.stringify(key)} and ${repository}`, () =>
      assert.deepEqual(mismatches(key, repositoryOf(repository)), expected));
  }

  it('are empty for what matches, also where a blank is dropped with the query', () => {
    const key = readKey('us.icr.io?a ');
    const repository = repositoryOf('us.icr.io/ns/app');
    assert.ok(key.kind === 'read' && keyMatches(key, repository));
    assert.deepEqual(mismatches('us.icr.io?a ', repository), []);
  });
});

describe('nearMiss', () => {
  for (const [written, repository, expected] of [
    ['us.icr.io\n', 'us.icr.io/ns/app', ['blank', 'us.icr.io']],
    ['oci://us.icr.io', 'us.icr.io/ns/app', ['scheme', 'us.icr.io']],
    ['HTTPS://us.icr.io/v1/', 'us.icr.io/ns/app', ['scheme', 'us.icr.io/v1/']],
    ['https://US.icr.io', 'us.icr.io/ns/app', ['case', 'us.icr.io']],
    ['us.icr.io:443', 'us.icr.io/ns/app', ['port', 'us.icr.io']],
    ['localhost', 'localhost:5000/app', ['port', 'localhost:5000']],
    ['us.icr.io/ns/app:1', 'us.icr.io/ns/app', ['tag', 'us.icr.io/ns/app']],
    ['us.icr.io/ns/app@sha256:12', 'us.icr.io/ns/app', ['tag', 'us.icr.io/ns/app']],
    ['https://us.icr.io/v2', 'us.icr.io/ns/app', ['slash', 'us.icr.io/v2/']],
    ['us.icr.io/ns/app/', 'us.icr.io/ns/app', ['slash', 'us.icr.io/ns/app']],
    ['https://index.docker.io/v1', 'docker.io/library/nginx', ['slash', 'index.docker.io/v1/']],
    ['registry-1.docker.io', 'docker.io/library/nginx', ['docker hub host', 'index.docker.io']],
    ['hub.docker.com', 'docker.io/library/nginx', ['docker hub host', 'index.docker.io']],
    ['index.docker.io:443', 'docker.io/library/nginx', ['port', 'index.docker.io']],
    [' US.icr.io:443/ns', 'us.icr.io/ns/app', ['blank case port', 'us.icr.io/ns']],
    ['x:fake@US.icr.io', 'us.icr.io/ns/app', ['case', '********@us.icr.io']],
    ['us.icr.io', 'us.icr.io/ns/app', null],
    ['de.icr.io', 'us.icr.io/ns/app', null],
    ['us.icr.io/other', 'us.icr.io/ns/app', null],
    ['', 'us.icr.io/ns/app', null],
  ] as const) {
    it(`${JSON.stringify(written)} for ${repository}`, () => {
      const found = nearMiss(written, repositoryOf(repository));
      assert.deepEqual(found && [found.repairs.join(' '), found.key], expected);
    });
  }
});
