/** Pulls that fail, each for its own reason: what the node is told of it, and what `verify` finds out. */
import type { CauseName } from '../../../src/words/cause.ts';
import type { FailedCode, Pullability, StepName } from '../../../src/words/ladder.ts';
import {
  ARM_ONLY,
  faultsImage,
  GONE,
  HOSTS,
  OTHER_APP,
  PLAIN_PORT,
  PRIVATE_APP,
  RESET_PORT,
} from '../up/settings.ts';

export interface Agreement {
  /** Of the pod. */
  readonly name: string;
  readonly image: string;
  /** Pull secrets: `right` and `wrong` for `private`; `token-right`, `token-wrong` and `token-guest` for `token`. */
  readonly secrets: readonly string[];
  /** Cause that `describe` reads in what containerd said. */
  readonly node: CauseName;
  /** The first credential the kubelet tries, or anonymous, as `verify` says it. */
  readonly asked: readonly [
    result: Exclude<Pullability, 'pullable'>,
    step: StepName,
    code: FailedCode,
    cause: CauseName | null,
  ];
  /** Why the two name different causes; only where they do. */
  readonly why?: string;
}

const NO = 'not pullable';
const UNSURE = 'unverifiable';

const OPEN = HOSTS.open.name;
const TOKEN = `${HOSTS.token.name}/team/app:1.0`;

type Asked = Agreement['asked'];

function row(
  name: string,
  image: string,
  node: CauseName,
  asked: Asked,
  more: { secrets?: readonly string[]; why?: string } = {},
): Agreement {
  return { name, image, node, asked, secrets: [], ...more };
}

/** A pull of a host that spoils something, named after it. */
function spoiled(name: string, node: CauseName, asked: Asked): Agreement {
  const image = `${name}.${HOSTS.faults.name}/public/app:1.0`;
  return row(name, image, node, asked);
}

/** The same with an image of its own. */
function spoiledBlob(name: string, node: CauseName, asked: Asked): Agreement {
  const image = faultsImage(name).replace(OPEN, `${name}.${HOSTS.faults.name}`);
  return row(name, image, node, asked);
}

const NAMES: readonly Agreement[] = [
  row('invalid', `${OPEN}/Public/App:1.0`, 'InvalidImageName', [
    NO,
    'reference',
    'reference-invalid',
    'InvalidImageName',
  ]),
  row('tag', `${OPEN}/public/app:nope`, 'TagNotFound', [
    NO,
    'manifest',
    'manifest-not-found',
    'TagNotFound',
  ]),
  row('repository', `${OPEN}/public/nowhere:1.0`, 'TagNotFound', [
    NO,
    'manifest',
    'manifest-not-found',
    'TagNotFound',
  ]),
  row('digest', `${OPEN}/public/app@sha256:${'0'.repeat(64)}`, 'DigestNotFound', [
    NO,
    'manifest',
    'manifest-not-found',
    'DigestNotFound',
  ]),
  row('second-tag', `${HOSTS.second.name}/public/app:nope`, 'TagNotFound', [
    NO,
    'manifest',
    'manifest-not-found',
    'TagNotFound',
  ]),
  row('second-repository', `${HOSTS.second.name}/public/nowhere:1.0`, 'TagNotFound', [
    NO,
    'manifest',
    'repository-not-found',
    'RepositoryNotFound',
  ]),
  row('cache-tag', `${HOSTS.cache.name}/public/app:nope`, 'TagNotFound', [
    NO,
    'manifest',
    'manifest-not-found',
    'TagNotFound',
  ]),
  // docker-registry's cache answers 404 where it cannot ask: neither side can know better.
  row('cache-orphan', `${HOSTS.orphan.name}/public/app:1.0`, 'TagNotFound', [
    NO,
    'manifest',
    'manifest-not-found',
    'TagNotFound',
  ]),
  row('platform', ARM_ONLY, 'PlatformMismatch', [
    NO,
    'platform',
    'platform-missing',
    'PlatformMismatch',
  ]),
  row('layer-gone', GONE, 'LayerCorrupt', [NO, 'layers', 'blob-missing', 'LayerCorrupt']),
];

const CREDENTIALS: readonly Agreement[] = [
  row('basic-none', PRIVATE_APP, 'Unauthorized', [
    NO,
    'challenge',
    'credentials-missing',
    'Unauthorized',
  ]),
  row(
    'basic-wrong',
    PRIVATE_APP,
    'Unauthorized',
    [NO, 'manifest', 'unauthorized', 'Unauthorized'],
    { secrets: ['wrong'] },
  ),
  row(
    'basic-tag',
    PRIVATE_APP.replace(/[^:]*$/, 'nope'),
    'TagNotFound',
    [NO, 'manifest', 'manifest-not-found', 'TagNotFound'],
    { secrets: ['right'] },
  ),
  row('token-none', TOKEN, 'RepositoryMissingOrPrivate', [
    NO,
    'manifest',
    'missing-or-private',
    'RepositoryMissingOrPrivate',
  ]),
  row(
    'token-guest',
    TOKEN,
    'RepositoryMissingOrPrivate',
    [NO, 'manifest', 'missing-or-private', 'RepositoryMissingOrPrivate'],
    { secrets: ['token-guest'] },
  ),
  row('token-wrong', TOKEN, 'Unauthorized', [NO, 'token', 'token-refused', 'Unauthorized'], {
    secrets: ['token-wrong'],
  }),
  // Credentials that are wrong break an image that anybody may pull without any.
  row(
    'token-public',
    OTHER_APP.replace(OPEN, HOSTS.token.name),
    'Unauthorized',
    [NO, 'token', 'token-refused', 'Unauthorized'],
    { secrets: ['token-wrong'] },
  ),
  row(
    'token-tag',
    `${HOSTS.token.name}/team/app:nope`,
    'TagNotFound',
    [NO, 'manifest', 'manifest-not-found', 'TagNotFound'],
    { secrets: ['token-right'] },
  ),
  spoiled('mute', 'Unauthorized', [NO, 'challenge', 'challenge-missing', 'Unauthorized']),
  spoiled('realm-401', 'Unauthorized', [NO, 'token', 'token-anonymous-refused', 'Unauthorized']),
  spoiled('realm-403', 'Forbidden', [NO, 'token', 'token-anonymous-refused', 'Forbidden']),
  spoiled('realm-500', 'RegistryUnavailable', [
    NO,
    'token',
    'token-server-error',
    'RegistryUnavailable',
  ]),
  spoiled('realm-page', 'UnexpectedContent', [NO, 'token', 'token-malformed', 'UnexpectedContent']),
  spoiled('realm-lost', 'DnsFailure', [UNSURE, 'token', 'token-unreachable', 'DnsFailure']),
];

const THE_WAY: readonly Agreement[] = [
  row('dns', 'nowhere.corp.test/team/app:1.0', 'DnsFailure', [
    UNSURE,
    'dns',
    'dns-not-found',
    'DnsFailure',
  ]),
  row('closed', `${HOSTS.closed.name}/team/app:1.0`, 'ConnectionRefused', [
    UNSURE,
    'connect',
    'connect-refused',
    'ConnectionRefused',
  ]),
  // No route leads out of the enclosure.
  row('route', '203.0.113.9/team/app:1.0', 'NetworkUnreachable', [
    UNSURE,
    'connect',
    'connect-unreachable',
    'NetworkUnreachable',
  ]),
  row('reset', `reset.${HOSTS.faults.name}:${RESET_PORT}/public/app:1.0`, 'RegistryUnavailable', [
    UNSURE,
    'tls',
    'connection-lost',
    'RegistryUnavailable',
  ]),
  row('plain', `plain.${HOSTS.faults.name}:${PLAIN_PORT}/public/app:1.0`, 'HttpHttpsMismatch', [
    UNSURE,
    'tls',
    'http-on-https',
    'HttpHttpsMismatch',
  ]),
  row('untrusted', `${HOSTS.untrusted.name}/public/app:1.0`, 'TlsUntrusted', [
    UNSURE,
    'tls',
    'tls-untrusted',
    'TlsUntrusted',
  ]),
  spoiled('expired', 'TlsInvalid', [UNSURE, 'tls', 'tls-expired', 'TlsInvalid']),
  spoiled('misnamed', 'TlsInvalid', [UNSURE, 'tls', 'tls-name', 'TlsInvalid']),
  spoiled('cut', 'RegistryUnavailable', [
    UNSURE,
    'manifest',
    'connection-lost',
    'RegistryUnavailable',
  ]),
];

const ANSWERS: readonly Agreement[] = [
  spoiled('limited', 'RateLimited', [UNSURE, 'manifest', 'rate-limited', 'RateLimited']),
  spoiled('broken', 'RegistryUnavailable', [NO, 'manifest', 'server-error', 'RegistryUnavailable']),
  spoiled('maintenance', 'RegistryUnavailable', [
    NO,
    'manifest',
    'server-error',
    'RegistryUnavailable',
  ]),
  spoiled('denied', 'Forbidden', [NO, 'manifest', 'forbidden', 'Forbidden']),
  spoiled('address-denied', 'AccessBlocked', [NO, 'manifest', 'forbidden', 'AccessBlocked']),
  // The node tells the status and not the page, which shows that no registry refused.
  spoiled('wall', 'Forbidden', [NO, 'manifest', 'not-a-registry', 'AccessBlocked']),
  spoiled('portal', 'UnexpectedContent', [NO, 'manifest', 'not-a-registry', 'UnexpectedContent']),
  spoiled('truncated', 'UnexpectedContent', [
    NO,
    'manifest',
    'manifest-malformed',
    'UnexpectedContent',
  ]),
  spoiledBlob('limited-layer', 'RateLimited', [UNSURE, 'config', 'rate-limited', 'RateLimited']),
  spoiledBlob('blob-quota', 'QuotaExceeded', [NO, 'config', 'quota-exceeded', 'QuotaExceeded']),
  spoiledBlob('blob-denied', 'PolicyBlocked', [NO, 'config', 'policy-blocked', 'PolicyBlocked']),
  spoiledBlob('blob-broken', 'RegistryUnavailable', [
    NO,
    'config',
    'server-error',
    'RegistryUnavailable',
  ]),
  spoiledBlob('blob-nowhere', 'DnsFailure', [UNSURE, 'config', 'blob-unreachable', 'DnsFailure']),
  spoiledBlob('blob-closed', 'ConnectionRefused', [
    UNSURE,
    'config',
    'blob-unreachable',
    'ConnectionRefused',
  ]),
];

export const AGREEMENTS: readonly Agreement[] = [...NAMES, ...CREDENTIALS, ...THE_WAY, ...ANSWERS];
