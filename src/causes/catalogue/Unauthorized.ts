import type { CauseName } from '../../words/cause.ts';
import type { Cause } from '../cause.ts';
import { RANK } from '../cause.ts';
import type { ErrorPart } from '../part.ts';
import { ATTACH_FIRST_SECRET, ATTACH_SECRET, NEW_POD_WITH_LIST, SECRET_HOSTS } from '../steps.ts';
import { all, answered, cloudRegistry, has } from '../when.ts';

function providerOrPrivate(part: ErrorPart): readonly CauseName[] {
  return cloudRegistry(part) ? ['CredentialProviderFailed'] : ['RepositoryMissingOrPrivate'];
}

export const Unauthorized: Cause = {
  name: 'Unauthorized',
  title: 'the registry refused the credentials it was given, or was given none',
  meaning:
    'The registry or its token server answered 401. Either no pull secret matched the host of the image and the pull ' +
    'was anonymous, or the user name and password that were sent are wrong, revoked or expired. The kubelet tries ' +
    'every matching credential and never falls back to an anonymous pull, so a bad secret also blocks public images ' +
    'of that host.',
  patterns: [
    {
      runtime: 'registry',
      match:
        /incorrect username or password|invalid username or password|bad username or password|wrong username or password|HTTP Basic: Access denied|Could not find robot with username|Invalid access token|must log in with a Personal Access Token|Please login to the Red Hat Registry|provided API key could not be found|API key is disabled|BXNIM0(?:400|407|415|439|462)E|CRG0014E|Application not registered with AAD|AADSTS7000215|information to complete authentication was not provided or was incorrect/i,
      on: 'part',
      rank: RANK.words,
      certainty: 'certain',
      stage: 'auth',
    },
    {
      runtime: 'any',
      match: /no basic auth credentials/i,
      only: has('containerd'),
      rank: RANK.words,
      certainty: 'likely',
      alternatives: providerOrPrivate,
      stage: 'auth',
    },
    {
      runtime: 'any',
      match: /no basic auth credentials/i,
      on: 'part',
      rank: RANK.words,
      certainty: 'certain',
      alternatives: (part) => (cloudRegistry(part) ? ['CredentialProviderFailed'] : []),
      stage: 'auth',
    },
    {
      runtime: 'containerd',
      match: /401|400/,
      only: all(has('oauth-token'), answered(401, 400)),
      rank: RANK.status,
      certainty: 'likely',
      alternatives: ['CredentialsExpired'],
      stage: 'auth',
    },
    {
      runtime: 'containerd',
      match: /401/,
      only: all(has('anonymous-token'), answered(401)),
      rank: RANK.status,
      certainty: 'likely',
      alternatives: (part) => (cloudRegistry(part) ? ['CredentialProviderFailed'] : []),
      stage: 'auth',
    },
    {
      runtime: 'crio',
      match: /^invalid username\/password: /i,
      rank: RANK.denial,
      certainty: 'likely',
      stage: 'auth',
    },
    {
      runtime: 'crio',
      match: /400/,
      only: all(has('token'), answered(400)),
      rank: RANK.status,
      certainty: 'likely',
      // A token server named with http:// that speaks TLS answers so too.
      alternatives: ['HttpHttpsMismatch'],
      stage: 'auth',
    },
    {
      runtime: 'registry',
      match:
        /access to the requested resource is not authorized|unauthorized to access repository/i,
      on: 'part',
      rank: RANK.denial - 5,
      certainty: 'likely',
      alternatives: ['RepositoryMissingOrPrivate'],
      stage: 'auth',
    },
    {
      runtime: 'registry',
      match:
        /You were not authorized to complete this operation|Authorization required\. See|authentication ?required|access token has insufficient scopes|failed authentication|authentication failed|invalid credentials(?!\. To)|bad credentials|credentials (?:are|were) (?:not )?(?:correct|invalid)/i,
      on: 'part',
      rank: RANK.denial - 4,
      certainty: 'likely',
      stage: 'auth',
    },
    {
      // Artifact Registry, asked without credentials
      runtime: 'registry',
      match: /\bUnauthenticated requests? do(?:es)? not have permission/i,
      on: 'part',
      rank: RANK.words - 2,
      certainty: 'likely',
      alternatives: ['Forbidden'],
      stage: 'auth',
    },
    {
      runtime: 'registry',
      match: /needed permissions .{0,80}may have invalid credentials/i,
      on: 'part',
      rank: RANK.words,
      certainty: 'likely',
      alternatives: ['Forbidden'],
      stage: 'auth',
    },
    {
      runtime: 'any',
      match: /\bunauthorized\b/i,
      rank: RANK.status + 1,
      certainty: 'likely',
      stage: 'auth',
    },
    {
      runtime: 'any',
      match: /401/,
      only: answered(401),
      rank: RANK.status,
      certainty: 'likely',
      alternatives: (part) => (cloudRegistry(part) ? [] : ['RepositoryMissingOrPrivate']),
      stage: 'auth',
    },
  ],
  examples: [
    {
      id: 'R160',
      text: 'Failed to pull image "someuser/private:1.0": rpc error: code = Unknown desc = failed to pull and unpack image "docker.io/someuser/private:1.0": failed to resolve reference "docker.io/someuser/private:1.0": failed to authorize: failed to fetch oauth token: unexpected status: 401 Unauthorized',
    },
    {
      id: 'R733',
      text: 'Failed to pull image "basic.lab.test/public/app:1.0": rpc error: code = Unknown desc = Error response from daemon: Head "https://basic.lab.test/v2/public/app/manifests/1.0": no basic auth credentials',
    },
    {
      id: 'K0157',
      text: 'Failed to pull image "crm/worker:build-2117": failed to pull and unpack image "docker.io/crm/worker:build-2117": failed to resolve image: failed to authorize: failed to fetch oauth token: unexpected status from GET request to https://auth.docker.io/token?scope=repository%3Acrm%2Fworker%3Apull&service=registry.docker.io: 401 Unauthorized',
    },
  ],
  tellApart: [
    {
      from: 'HttpHttpsMismatch',
      how: 'A registry whose token server is named with http:// does so for every image; its realm is in the answer to curl -sI https://{host}/v2/.',
    },
    {
      from: 'Forbidden',
      how: 'If the same credentials can pull another repository of {host}, they are good and lack a right.',
      command: 'kubectl imagepull verify {pod} -n {namespace}',
    },
    {
      from: 'RepositoryMissingOrPrivate',
      how: 'Ask with each credential of the pod in turn.',
      command: 'kubectl imagepull verify {pod} -n {namespace}',
    },
    {
      from: 'CredentialsExpired',
      how: 'Read the age and the expiry of the secret.',
      command: 'kubectl imagepull decode {secret} -n {namespace}',
    },
    {
      from: 'SecretMissing',
      how: 'See whether the named pull secrets exist.',
      command: 'kubectl imagepull secrets {pod} -n {namespace}',
    },
    {
      from: 'CredentialProviderFailed',
      how: "On cloud registries the node's credential plugin signs in; its failure stands only in the kubelet's log on node {node}.",
    },
  ],
  retryable: false,
  waiting: 'will not help',
  group: 'namespace',
  nextSteps: [
    {
      text: 'See which credentials the pod has and which of them are for {repository}',
      command: 'kubectl imagepull secrets {pod} -n {namespace}',
    },
    {
      text: 'Try them against the registry',
      command: 'kubectl imagepull verify {pod} -n {namespace}',
    },
    SECRET_HOSTS,
    ATTACH_SECRET,
    ATTACH_FIRST_SECRET,
    NEW_POD_WITH_LIST,
  ],
};
