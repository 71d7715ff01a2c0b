import type { CauseName } from '../../words/cause.ts';
import type { Cause } from '../cause.ts';
import { RANK } from '../cause.ts';
import type { ErrorPart } from '../part.ts';
import { NEW_POD } from '../steps.ts';
import { all, answered, has, imageHost } from '../when.ts';

/**
 * What a 403 may be where the runtime keeps the body to itself, as containers/image does. No registry refuses at its
 * first page; a layer is refused after its manifest was handed out.
 */
function behind403(part: ErrorPart): readonly CauseName[] {
  if (isBare(part)) return ['AccessBlocked'];
  if (part.status !== 403 || !/status code from registry 403/.test(part.masked)) return [];
  if (part.frames.has('ping')) return ['AccessBlocked'];
  return part.frames.has('blob') ? ['PolicyBlocked', 'QuotaExceeded'] : [];
}

const onGhcr = (part: ErrorPart): boolean => imageHost(part) === 'ghcr.io';

/** containerd repeats what a registry says with its 403: where nothing follows, something else may have answered. */
const isBare = (part: ErrorPart): boolean =>
  /unexpected status from HEAD request to \S{1,600}: 403 Forbidden$/.test(part.raw);

export const Forbidden: Cause = {
  name: 'Forbidden',
  title: 'the registry denies access to the image',
  meaning:
    'The registry was reached and answered 403 or denied: whoever asked may not pull this image. The account lacks a ' +
    'role or permission on the repository, a policy forbids it, or (on IBM Cloud and some others) nothing was sent to ' +
    'prove who asks. A missing repository can look the same.',
  patterns: [
    {
      runtime: 'registry',
      match:
        /not authorized to perform|not authorized to access|Permission ["']?[^"']{0,200}["']? denied|does(?:n't| not) have .{0,80}(?:permission|access)|(?<!server message: )insufficient[ _]scope|Anonymous users are only allowed|access forbidden|not in the (?:allow|white)-?list|does not have .{0,60}role/i,
      on: 'part',
      rank: RANK.words,
      certainty: 'certain',
      alternatives: (part) => (part.status === 401 ? ['Unauthorized'] : []),
    },
    {
      runtime: 'registry',
      match: /\bAccess Denied\b|\bAccessDenied\b/,
      on: 'part',
      rank: RANK.words,
      certainty: 'certain',
    },
    {
      runtime: 'registry',
      match: /does not match bearer token/i,
      on: 'part',
      rank: RANK.decisive,
      certainty: 'likely',
      stage: 'auth',
    },
    {
      runtime: 'registry',
      match: /\(or it may not exist\)/i,
      on: 'part',
      rank: RANK.words - 1,
      certainty: 'likely',
      alternatives: ['RepositoryMissingOrPrivate'],
    },
    {
      runtime: 'containerd',
      match: /403/,
      only: all(has('anonymous-token', 'oauth-token'), answered(403)),
      rank: RANK.status,
      certainty: 'likely',
      // Of a login containerd tells no more than the status.
      alternatives: (part) => [
        'Unauthorized',
        ...(part.frames.has('oauth-token') ? (['CredentialsExpired'] as const) : []),
      ],
      stage: 'auth',
    },
    {
      runtime: 'registry',
      match: /^denied\b|\bDENIED: /,
      only: onGhcr,
      rank: RANK.denial + 5,
      certainty: 'likely',
      alternatives: ['RepositoryMissingOrPrivate'],
    },
    {
      runtime: 'registry',
      match: /^(?:403 Forbidden\s{1,4})?denied$/,
      // Alone it may be the end of a longer denial.
      only: has('rpc', 'docker', 'containerd', 'crio'),
      rank: RANK.denial + 6,
      certainty: 'certain',
    },
    {
      runtime: 'registry',
      match: /^(?:access )?denied$/i,
      rank: RANK.denial + 6,
      certainty: 'likely',
      alternatives: ['RepositoryMissingOrPrivate'],
    },
    {
      runtime: 'registry',
      match: /^denied\b|\bDENIED: |\bdenied: |[345]\d\d Forbidden\s{1,4}denied/,
      rank: RANK.denial + 7,
      certainty: 'likely',
    },
    {
      runtime: 'any',
      match: /403|451/,
      only: answered(403, 451),
      rank: RANK.status,
      certainty: 'likely',
      alternatives: behind403,
    },
    {
      runtime: 'any',
      match: /HTTP (?:403|451) response body|Unavailable For Legal Reasons/i,
      rank: RANK.words + 2,
      certainty: 'likely',
    },
    {
      runtime: 'docker',
      match: /^(?:unknown: )?Forbidden$/i,
      only: has('docker', 'status'),
      rank: RANK.status,
      certainty: 'likely',
    },
  ],
  examples: [
    {
      id: 'R428',
      text: 'Failed to pull image "man403.lab.test/public/app:1.0": rpc error: code = Unknown desc = initializing source docker://man403.lab.test/public/app:1.0: reading manifest 1.0 in man403.lab.test/public/app: denied: User: arn:aws:sts::1:assumed-role/node is not authorized to perform: ecr:BatchGetImage on resource',
    },
    {
      id: 'K0045',
      text: 'Failed to pull image "registry.cobaltgrove.example/media/agent-v2:build-1064": failed to pull and unpack image "registry.cobaltgrove.example/media/agent-v2:build-1064": failed to resolve image: unexpected status from HEAD request to https://registry.cobaltgrove.example/v2/media/agent-v2/manifests/build-1064: 403 Forbidden\ndenied: User: arn:aws:sts::1:assumed-role/node is not authorized to perform: ecr:BatchGetImage on resource',
    },
  ],
  tellApart: [
    {
      from: 'Unauthorized',
      how: 'See whether a credential was sent at all.',
      command: 'kubectl imagepull secrets {pod} -n {namespace}',
    },
    {
      from: 'RepositoryMissingOrPrivate',
      how: 'Ask with an account that may list the repository.',
      command: 'kubectl imagepull verify {pod} -n {namespace}',
    },
    {
      from: 'CredentialsExpired',
      how: 'Read the expiry that the secret itself holds.',
      command: 'kubectl imagepull decode {secret} -n {namespace}',
    },
    {
      from: 'AccessBlocked',
      how: "When the same credentials work from another network, the caller's address is what is refused.",
    },
    {
      from: 'ProxyFailure',
      how: 'A proxy that refuses CONNECT leaves a bare Forbidden behind the URL, without a number.',
    },
    {
      from: 'PolicyBlocked',
      how: 'When other tags of the repository pull, the image itself is held back.',
      command: 'kubectl imagepull verify {pod} -n {namespace}',
    },
    {
      from: 'QuotaExceeded',
      how: 'When no image of the account pulls, not even with its own credentials, the account is blocked.',
    },
  ],
  retryable: false,
  waiting: 'will not help',
  group: 'namespace',
  nextSteps: [
    {
      text: 'See which account the pod pulls with',
      command: 'kubectl imagepull secrets {pod} -n {namespace}',
    },
    {
      text: "Ask the registry with it and read the registry's own words",
      command: 'kubectl imagepull verify {pod} -n {namespace}',
    },
    { text: 'Give that account the right to pull {repository} at {host}' },
    NEW_POD,
  ],
};
