/** The pure readers of answers: registries, token servers, proxies, API servers. No request is made. */
import fc from 'fast-check';
import { errorLine } from '../../../src/cli/errors.ts';
import { apiError } from '../../../src/cluster/http/status.ts';
import { continueToken } from '../../../src/cluster/lists/pages.ts';
import { parseSieved } from '../../../src/cluster/lists/sieve.ts';
import { jwtClaims } from '../../../src/credentials/jwt.ts';
import { ProxyUrlError } from '../../../src/network/proxy-errors.ts';
import { environmentProxy, givenProxy } from '../../../src/network/proxy-url.ts';
import { visible } from '../../../src/print/escape.ts';
import { REGISTRIES } from '../../../src/registries/index.ts';
import { readError, refusal, retryAfter } from '../../../src/registry/answer.ts';
import { chooseChallenge, parseChallenges } from '../../../src/registry/challenge.ts';
import { parseDocument, parsePlatform } from '../../../src/registry/documents.ts';
import type { HttpAnswer } from '../../../src/registry/exchange.ts';
import { plainUrl, realmObjection, redirectObjection } from '../../../src/registry/hosts.ts';
import { readRateLimit } from '../../../src/registry/rate-limit.ts';
import { rankTags } from '../../../src/registry/tags.ts';
import { IMAGE, INDEX } from '../../rig/registry-hostile.ts';
import { jwt } from '../../unit/credentials/tokens.ts';
import { NOW } from '../command.ts';
import { repeated } from '../growth.ts';
import { mutated } from '../mutate.ts';
import { nothingOpen, type Opened, type Target } from '../target.ts';
import { listsOfDumps } from './saved.ts';

interface Answer {
  /** Bytes, as latin1. */
  readonly body: string;
  readonly header: string;
  readonly status: number;
}

const HEADERS = [
  'Bearer realm="https://auth.example/token",service="registry",scope="repository:a/b:pull"',
  'Basic realm="Registry Realm", Bearer realm=https://a.example/t,error="invalid_token"',
  ...[
    '100;w=21600',
    '76;w=21600',
    '120',
    'Wed, 21 Oct 2026 07:28:00 GMT',
    'http://alice:x@[::1]:3128',
  ],
  ...[
    'socks5h://proxy.example',
    'https://storage.example/blob?X-Amz-Signature=abc',
    '</v2/?n=5>; rel="next"',
  ],
  ...['application/vnd.oci.image.index.v1+json; charset=utf-8', jwt({ exp: 1, iss: 'a' })],
];
const PIECES = [
  'a',
  ' ',
  ',',
  '"',
  '\\"',
  'a=',
  'a="',
  'Bearer ',
  '{"errors":[',
  '[',
  '<',
  '1',
  ';w=',
  '://',
  '@',
  '%',
  '?',
  '.',
];

export const readers: Target = {
  name: 'readers',
  what: 'bodies and headers of registries, token servers and API servers, through the readers alone',
  share: 12,
  async open() {
    const answers = REGISTRIES.flatMap(({ answers: rows }) =>
      rows.map((row) => JSON.stringify(row)),
    );
    const bodies = [
      ...[IMAGE, INDEX].map(({ manifest }) => manifest.bytes.toString('latin1')),
      ...listsOfDumps().slice(0, 20),
      ...answers,
      '{"errors":[{"code":"DENIED","message":"no","detail":{"a":1}}]}',
      '{"kind":"Status","status":"Failure","reason":"Forbidden","message":"no","details":{"retryAfterSeconds":1}}',
      '<!doctype html><html><body>Login</body></html>',
    ];
    const opened: Opened<Answer> = {
      inputs: fc.record({
        body: mutated(bodies, { bytes: true, words: ['"errors":', '"items":[', '"platform":'] }),
        header: mutated(HEADERS, { words: ['realm=', 'Bearer ', 'sha256:'] }),
        status: fc.constantFrom(400, 401, 402, 403, 404, 412, 429, 451, 500, 503),
      }),
      run: readAll,
      growths: PIECES.flatMap((piece) => [
        {
          name: `body ${JSON.stringify(piece)}`,
          make: (bytes) => ({ body: repeated(piece, bytes), header: '', status: 404 }),
        },
        {
          name: `header ${JSON.stringify(piece)}`,
          // A line separator ends what a dot stands for: a pattern for the rest of a text then fails at each place.
          make: (bytes) => ({
            body: '',
            header: repeated(piece, bytes, '//', '\u2028'),
            status: 404,
          }),
        },
      ]),
      close: nothingOpen,
    };
    return opened;
  },
};

const CONNECTION = { kept: true, dnsMs: 0, connectMs: 0, tlsMs: 0, address: '', tlsVersion: null };
const FROM = new URL('https://r.example/v2/');

function readAll({ body: text, header, status }: Answer) {
  const body = Buffer.from(text, 'latin1');
  const headers = { 'content-type': header, 'retry-after': header, 'ratelimit-limit': header };
  const answer: HttpAnswer = {
    ...{ status, url: FROM, headers, challenges: [header], body, connection: CONNECTION },
  };
  const error = readError(answer);
  const refused = refusal('GET', answer, error);
  const challenge = chooseChallenge(parseChallenges([header, header]));
  retryAfter(answer, NOW);
  readRateLimit(answer);
  for (const kind of ['image', 'index'] as const) parseDocument(body, kind);
  parsePlatform({ os: header, architecture: header, variant: text });
  rankTags([header.slice(0, 128), text.slice(0, 128), 'a'], '1.0');
  jwtClaims(header);
  continueToken(text);
  const url = URL.parse(header, FROM.href);
  const said = [refused.detail, challenge?.parameters.get('realm') ?? ''];
  if (url !== null) {
    said.push(plainUrl(url), realmObjection(url, FROM) ?? '', redirectObjection(url, FROM) ?? '');
  }
  for (const read of [givenProxy, environmentProxy]) said.push(proxyWords(read, header));
  try {
    parseSieved(body, (item) => item.length % 2 === 0);
  } catch (problem) {
    if (!(problem instanceof SyntaxError)) throw problem;
  }
  const failed = apiError({ status, retryAfter: undefined, body }, FROM.href);
  return { texts: [...said.map(visible), errorLine(failed)] };
}

function proxyWords(read: (text: string) => { address: string } | undefined, text: string): string {
  try {
    return read(text)?.address ?? '';
  } catch (error) {
    if (error instanceof ProxyUrlError) return error.message;
    throw error;
  }
}
