import type { Cause } from '../cause.ts';
import { RANK } from '../cause.ts';
import type { ErrorPart } from '../part.ts';
import { NEW_POD, NODE_PULLS, setImageStep, VERIFY } from '../steps.ts';
import { aboutPull, all, answered, has, quotesPage, toProxy, without } from '../when.ts';

const notAProxy = (part: ErrorPart): boolean => !toProxy(part);

export const UnexpectedContent: Cause = {
  name: 'UnexpectedContent',
  title: 'what answers is not a registry, or does not answer like one',
  meaning: `The answer is a web page, a login form, an empty or broken document, an endless redirect, or no HTTP at all. Often the host name leads to a portal or web server instead of the registry API, or a proxy puts its own page in place of the answer. ${NODE_PULLS}`,
  patterns: [
    {
      runtime: 'any',
      match:
        /text\/html|\(text\/plain\)|unexpected media type (?:text|application\/(?:json|xml|octet-stream))\b/i,
      on: 'part',
      only: aboutPull,
      rank: RANK.words - 5,
      certainty: 'certain',
      stage: 'manifest',
    },
    {
      runtime: 'any',
      match:
        /unable to decode token response|error unmarshal?ling content|failed to decode (?:the )?(?:response|body)/i,
      only: aboutPull,
      rank: RANK.words,
      certainty: 'certain',
    },
    {
      runtime: 'any',
      match:
        /reports content size of zero|stopped after \d+ redirects|missing Docker-Content-Digest|children: invalid desc|expected .{0,40}content-type|response did not include|redirect(?:ed)? .{0,40}(?:login|loop)|failed to find supported auth scheme|no (?:realm|scope) specified for token auth challenge|missing location header|missing or empty Content-(?:Length|Type)/i,
      only: aboutPull,
      rank: RANK.words,
      certainty: 'certain',
    },
    {
      // A redirect to nowhere, or a mirror entered without https://.
      runtime: 'any',
      match: /unsupported protocol scheme/i,
      only: aboutPull,
      rank: RANK.words,
      certainty: 'likely',
      alternatives: ['MirrorMisconfigured'],
    },
    {
      // By hand it is said of ports of any kind, plain HTTP behind a proxy among them.
      runtime: 'any',
      match: /first record does not look like a TLS handshake/i,
      only: all(aboutPull, notAProxy, without('pull')),
      rank: RANK.transport - 1,
      certainty: 'likely',
      alternatives: ['HttpHttpsMismatch'],
      stage: 'resolve',
    },
    {
      runtime: 'any',
      match:
        /first record does not look like a TLS handshake|malformed HTTP (?:response|status|version|header)|malformed MIME header/i,
      only: all(aboutPull, notAProxy),
      rank: RANK.transport,
      certainty: 'certain',
      stage: 'resolve',
    },
    {
      runtime: 'any',
      match:
        /invalid character '.{1,4}' (?:looking for|after|in)|unexpected end of JSON input|cannot unmarshal (?:string|number|object|array|bool)/i,
      only: all(
        aboutPull,
        has('rpc', 'docker', 'crio', 'containerd', 'request'),
        (part) => part.status === null,
      ),
      rank: RANK.words + 5,
      certainty: 'certain',
    },
    {
      runtime: 'docker',
      match: /HTTP 404 response body/i,
      only: all(aboutPull, answered(404), quotesPage),
      rank: RANK.status - 1,
      certainty: 'ambiguous',
      alternatives: ['TagNotFound', 'RepositoryNotFound'],
    },
    {
      runtime: 'docker',
      match: /error parsing HTTP \d{3} response body: (?:invalid character|unexpected end)/i,
      on: 'part',
      only: aboutPull,
      rank: RANK.status + 5,
      certainty: 'likely',
    },
    {
      runtime: 'any',
      match: /400/,
      only: all(aboutPull, answered(400), without('authorize', 'token', 'blob')),
      rank: RANK.status,
      certainty: 'ambiguous',
      alternatives: ['HttpHttpsMismatch', 'InvalidImageName'],
      stage: 'manifest',
    },
    {
      runtime: 'any',
      match: /4\d\d|3\d\d/,
      only: all(
        aboutPull,
        answered(
          301,
          302,
          303,
          307,
          308,
          400,
          404,
          405,
          406,
          408,
          409,
          410,
          411,
          413,
          414,
          415,
          416,
          417,
          418,
          421,
          422,
          426,
          431,
        ),
      ),
      rank: RANK.status + 8,
      certainty: 'likely',
      // Go's server and nginx answer plain HTTP on their TLS port so.
      alternatives: (part) => (part.status === 400 ? ['HttpHttpsMismatch'] : []),
    },
  ],
  examples: [
    {
      id: 'R087',
      text: 'Failed to pull image "redirlogin.lab.test/public/app:1.0": rpc error: code = NotFound desc = failed to pull and unpack image "redirlogin.lab.test/public/app:1.0": failed to unpack image on snapshotter overlayfs: unexpected media type text/html for sha256:2b0f72b4cc3bfc9dfce983704ca7d9e686d2ef20e7a78d04208ae3c4f059ea19: not found',
    },
    {
      id: 'K0081',
      text: 'Failed to pull image "dist.ravenhill.example/claims/indexer-us:c1016277": rpc error: code = NotFound desc = get image config descriptor: unexpected media type text/html for sha256:2b0f72b4cc3bfc9dfce983704ca7d9e686d2ef20e7a78d04208ae3c4f059ea19: not found',
    },
  ],
  tellApart: [
    {
      from: 'TagNotFound',
      how: 'A registry answers a missing tag in JSON, and https://{host}/v2/ with 200 or 401.',
      command: 'kubectl imagepull verify {pod} -n {namespace}',
    },
    {
      from: 'RepositoryNotFound',
      how: 'A registry answers a missing repository in JSON, and https://{host}/v2/ with 200 or 401.',
      command: 'kubectl imagepull verify {pod} -n {namespace}',
    },
    {
      from: 'HttpHttpsMismatch',
      how: 'Plain HTTP on a TLS port reads "server gave HTTP response to HTTPS client".',
    },
    {
      from: 'InvalidImageName',
      how: 'A registry answers 400 to names it does not accept; other tags of the host then work.',
    },
    {
      from: 'ProxyFailure',
      how: 'See what answers.',
      command: 'curl -s https://{host}/v2/ | head',
    },
  ],
  retryable: false,
  waiting: 'will not help, unless a proxy or gateway is being repaired',
  group: 'registry',
  nextSteps: [
    { text: 'See what answers there', command: 'curl -sSi --max-time 10 https://{host}/v2/' },
    VERIFY,
    setImageStep(
      'Use the address of the registry API, not of its web interface; ask the owner of a proxy between',
    ),
    NEW_POD,
  ],
};
