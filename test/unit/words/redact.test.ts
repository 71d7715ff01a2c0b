import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { redact, redactAll } from '../../../src/words/redact.ts';

const CORPUS = join(import.meta.dirname, '../../corpus/messages-k8s13x.jsonl');

describe('redact', () => {
  const cases: [string, string][] = [
    [
      'Get "https://user:hunter2@reg.example/v2/": EOF',
      'Get "https://REDACTED@reg.example/v2/": EOF',
    ],
    [
      'Get "https://s3.example/x?X-Amz-Credential=AKIA%2F1&X-Amz-Signature=abcdef&n=1": EOF',
      'Get "https://s3.example/x?X-Amz-Credential=REDACTED&X-Amz-Signature=REDACTED&n=1": EOF',
    ],
    ['a?access_token=eyJhbGciOi.x.y end', 'a?access_token=REDACTED end'],
    ['Authorization: Bearer eyJhbGciOiJSUzI1NiJ9.e30.sig', 'Authorization: Bearer REDACTED'],
    ['Basic dXNlcjpwYXNzd29yZA==', 'Basic REDACTED'],
    ['Www-Authenticate: Basic realm="x"', 'Www-Authenticate: Basic realm="x"'],
    [
      'https://auth.example/token?scope=repository%3Aa%3Apull',
      'https://auth.example/token?scope=repository%3Aa%3Apull',
    ],
    ['"bob:hunter2@reg.example/a:1"', '"REDACTED@reg.example/a:1"'],
    ['a/b:1@sha256:0123', 'a/b:1@sha256:0123'],
    [
      'Head "https://o:A900@gcr.io/v2/": lookup'.replace('A900', 'A'.repeat(900)),
      'Head "https://REDACTED@gcr.io/v2/": lookup',
    ],
    [`AWS:${'b'.repeat(900)}@1.dkr.ecr.example/app:1`, 'REDACTED@1.dkr.ecr.example/app:1'],
    ['https://user:p@ssSecret1@gcr.io/v2/', 'https://REDACTED@gcr.io/v2/'],
    ['https://user:p/ssSecret1@gcr.io/v2/', 'https://REDACTED@gcr.io/v2/'],
    ['http://u:p@h/v2/a@sha256:01/x', 'http://REDACTED@h/v2/a@sha256:01/x'],
    ['user:p@ssSecret1@host/img', 'REDACTED@host/img'],
    ['user:pa/ssSecret1@host/img', 'REDACTED@host/img'],
    ["--proxy=bob:it's-1@proxy:3128", '--proxy=REDACTED@proxy:3128'],
    ['get https://bob:hunter', 'get https://REDACTED'],
    ['get https://reg.example:50', 'get https://reg.example:50'],
    ['get http://[::1]:5000', 'get http://[::1]:5000'],
    ['https://npm.example/@scope/a', 'https://npm.example/@scope/a'],
    ['http://localhost:5000/@scope/a@1', 'http://localhost:5000/@scope/a@1'],
    ['images=nginx:1.27@sha256:01,ghcr.io/o/app:1', 'images=nginx:1.27@sha256:01,ghcr.io/o/app:1'],
    ['app:1@sha256:0123/linux', 'app:1@sha256:0123/linux'],
    ['mailto:admin@example.com/x', 'mailto:admin@example.com/x'],
    ['{"password":"it\'s-Secret123"}', '{"password":"REDACTED"}'],
    ['{"password":"ab\\"cd-Secret123"}', '{"password":"REDACTED"}'],
    ['{"password":"ab\\\\","n":1}', '{"password":"REDACTED","n":1}'],
    ['{\\"auth\\":\\"a\\\\\\"b\\"}', '{\\"auth\\":\\"REDACTED\\"}'],
    ['{"accessToken":"abc","secret":"regcred"}', '{"accessToken":"REDACTED","secret":"regcred"}'],
    ['{"token":""}', '{"token":""}'],
    ['--docker-password=hunter2 -x', '--docker-password=REDACTED -x'],
    ['(password="a b")', '(password="REDACTED")'],
    ['x\\u0026sig=abc\\u0026n=1', 'x\\u0026sig=REDACTED\\u0026n=1'],
    ['authorization: basic dTpwYXNz', 'authorization: basic REDACTED'],
    ['bearer  eyJhbGciOiJSUzI1NiJ9', 'bearer  REDACTED'],
    ['no basic auth credentials', 'no basic auth credentials'],
    ['bearer authentication-required', 'bearer authentication-required'],
    ['402: {{"token":"abc\\/def+x","n":1}', '402: {{"token":"REDACTED","n":1}'],
    ['said {\\"access_token\\": \\"abc\\"}', 'said {\\"access_token\\": \\"REDACTED\\"}'],
    ["{'password': 'a b", "{'password': 'REDACTED"],
    ['"auth":"YTpi"', '"auth":"REDACTED"'],
    ['secret "regcred": not found', 'secret "regcred": not found'],
    ['image: a/b@sha256:0123', 'image: a/b@sha256:0123'],
    // Without a path behind the host.
    [
      'Get "https://user:pa/ss@registry.example.com": dial tcp: i/o timeout',
      'Get "https://REDACTED@registry.example.com": dial tcp: i/o timeout',
    ],
    ['https://user:pa/ss@reg.example:5000: refused', 'https://REDACTED@reg.example:5000: refused'],
    ['socks5://u:hun/ter2@1.2.3.4:1080: refused', 'socks5://REDACTED@1.2.3.4:1080: refused'],
    ['https://user:pa/ss@registry', 'https://REDACTED@registry'],
    ['http://user:pa?ss@host.example?x=1', 'http://REDACTED@host.example?x=1'],
    ['http://user:pa#ss@host.example', 'http://REDACTED@host.example'],
    ['https://user:p@ss/word@registry.example', 'https://REDACTED@registry.example'],
    ['https://user:123/abc@host/v2/', 'https://REDACTED@host/v2/'],
    ['user:hunter2@registry.example', 'REDACTED@registry.example'],
    ['dial u:hunter2@proxy:3128: refused', 'dial REDACTED@proxy:3128: refused'],
    ['https:\\/\\/user:hunter2@host\\/path', 'https:\\/\\/REDACTED@host\\/path'],
    ['https://[fd00::1]:5000/a@1.2/x', 'https://[fd00::1]:5000/a@1.2/x'],
    ['https://reg.example:5000/a@1.2/x', 'https://reg.example:5000/a@1.2/x'],
    ['docker://reg.example/a:1@sha256:01', 'docker://reg.example/a:1@sha256:01'],
    ['docker://busybox:latest@sha256:01', 'docker://busybox:latest@sha256:01'],
    ['Get "https://reg.example:5000": EOF', 'Get "https://reg.example:5000": EOF'],
    ['git@github.com:owner/name', 'git@github.com:owner/name'],
    // At the start of a text, behind any mark, with a name before it.
    ['password=hunter2secret x', 'password=REDACTED x'],
    ['[password=hunter2 x', '[password=REDACTED x'],
    ['|token=hunter2', '|token=REDACTED'],
    ['REGISTRY_PASSWORD=hunter2 x', 'REGISTRY_PASSWORD=REDACTED x'],
    ["password=ab'cd;ef&g x", 'password=REDACTED x'],
    ['password=\\"ab cd\\" x', 'password=\\"REDACTED\\" x'],
    ['Authorization: token ghp_abcdef', 'Authorization: token REDACTED'],
    ['X-Registry-Auth: eyJ1IjoiYiJ9', 'X-Registry-Auth: REDACTED'],
    ['authorization failed: no basic auth', 'authorization failed: no basic auth'],
    [`Bearer ${'a1'.repeat(9000)} x`, 'Bearer REDACTED x'],
    ['mytoken=1 broken_token = 2 tokens=3', 'mytoken=1 broken_token = 2 tokens=3'],
    // The quote behind it is that of the URL.
    [
      'Get "https://auth.io/token?token=": dial tcp 10.0.0.1:443: connect: connection refused',
      'Get "https://auth.io/token?token=": dial tcp 10.0.0.1:443: connect: connection refused',
    ],
    ['Get "https://a.io/x?sig=\\": x509: bad', 'Get "https://a.io/x?sig=\\": x509: bad'],
  ];
  for (const [text, want] of cases) it(text, () => assert.equal(redact(text), want));

  it('leaves the captured messages as they are', () => {
    for (const line of readFileSync(CORPUS, 'utf8').trim().split('\n')) {
      const { message } = JSON.parse(line) as { message: string };
      assert.equal(redact(message), message);
    }
  });

  it('is quick with hostile texts', () => {
    for (const text of [
      '?token='.repeat(500_000),
      '"token":"'.repeat(400_000),
      '"token":"\\a'.repeat(300_000),
      'token"'.repeat(500_000),
      '" '.repeat(1_000_000),
      'a://'.repeat(500_000),
      'Bearer '.repeat(500_000),
      ' a:'.repeat(500_000),
      ' a:b@c'.repeat(300_000),
      `${`${','.repeat(200)}:`.repeat(5000)}@`,
      'a:b@'.repeat(300_000),
      'http://a:b@'.repeat(100_000),
      '://a@'.repeat(200_000),
      '@'.repeat(1_000_000),
      '"auth":\\\\"'.repeat(200_000),
      'a="'.repeat(300_000),
      ' token="'.repeat(200_000),
      `http://${':'.repeat(1_000_000)}@`,
      `http://a${':a'.repeat(500_000)}@b/`,
      `http://a:b/${'c@'.repeat(500_000)}`,
      'token='.repeat(300_000),
      'x-registry-auth:'.repeat(100_000),
      `https:${'\\'.repeat(1_000_000)}//a:b@c`,
    ]) {
      redact(text);
    }
  }).timeout(20_000);
});

describe('redactAll', () => {
  const SECRET = 'a b+"c/d~';
  for (const [form, text] of [
    ['as it is', SECRET],
    ['in JSON', JSON.stringify(SECRET)],
    ['in a URL', encodeURIComponent(SECRET)],
    ['in a form', new URLSearchParams({ x: SECRET }).toString()],
  ] as const) {
    it(`finds a secret ${form}`, () => {
      const shown = redactAll(`it was ${text}.`, [SECRET]);
      assert.match(shown, /^it was (?:"|x=)?REDACTED"?\.$/);
    });
  }

  it('leaves words alone that hold a very short secret', () => {
    assert.equal(redactAll('abcabc', ['a', '']), 'abcabc');
  });
});
