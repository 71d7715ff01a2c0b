import assert from 'node:assert/strict';
import { chooseChallenge, parseChallenges } from '../../../src/registry/challenge.ts';

function read(...headers: string[]): unknown {
  return parseChallenges(headers).map(({ scheme, parameters }) => [
    scheme,
    Object.fromEntries(parameters),
  ]);
}

describe('parseChallenges', () => {
  const realm = 'https://auth.example/token';
  const cases: readonly (readonly [string, readonly string[], unknown])[] = [
    [
      'quoted, as Docker Hub writes it',
      [`Bearer realm="${realm}",service="registry.docker.io",scope="repository:a/b:pull,push"`],
      [['bearer', { realm, service: 'registry.docker.io', scope: 'repository:a/b:pull,push' }]],
    ],
    [
      'unquoted with blanks, as recorded at cp.icr.io',
      [`Bearer realm=${realm}, service=registry, scope=repository:cp/app:pull`],
      [['bearer', { realm, service: 'registry', scope: 'repository:cp/app:pull' }]],
    ],
    [
      'the scope in the realm, as nvcr.io',
      [`Bearer realm="${realm}?scope=x:pull"`],
      [['bearer', { realm: `${realm}?scope=x:pull` }]],
    ],
    [
      'two in one header',
      [`Basic realm="a, b", bearer realm="${realm}"`],
      [
        ['basic', { realm: 'a, b' }],
        ['bearer', { realm }],
      ],
    ],
    [
      'two headers',
      ['Negotiate', 'Basic realm=x'],
      [
        ['negotiate', {}],
        ['basic', { realm: 'x' }],
      ],
    ],
    ['escaped quotes', ['Basic realm="a\\"b"'], [['basic', { realm: 'a"b' }]]],
    ['the first of two counts', ['Basic realm=a, realm=b'], [['basic', { realm: 'a' }]]],
    ['no end quote', ['Basic realm="abc'], [['basic', { realm: 'abc' }]]],
    ['nothing', ['', ' ,,, ', '==="'], []],
  ];
  for (const [what, headers, expected] of cases) {
    it(what, () => assert.deepEqual(read(...headers), expected));
  }

  it('takes no longer for hostile headers', () => {
    const started = performance.now();
    for (const part of ['=', '"', 'a ', 'a=', ',', '\\', 'a="', ' ']) {
      parseChallenges(Array.from({ length: 50 }, () => part.repeat(1_000_000)));
    }
    assert(performance.now() - started < 1000);
  });
});

describe('chooseChallenge', () => {
  it('takes Bearer before Basic, whatever their order', () => {
    const of = (...headers: string[]) => chooseChallenge(parseChallenges(headers))?.scheme ?? null;
    assert.equal(of('Basic realm=x', 'Bearer realm=y'), 'bearer');
    assert.equal(of('Digest realm=x', 'Basic realm=y'), 'basic');
    assert.equal(of('Negotiate'), null);
  });
});
