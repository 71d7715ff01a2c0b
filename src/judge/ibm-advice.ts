/**
 * What to do, in the commands of IBM's runbook with the names at hand. Sources: ibm-cloud-docs/containers registry.md
 * (pull-secret apply, copies, ServiceAccount, other accounts), ibm-cloud-docs/Registry iam.md and registry_quota.md.
 * Pure.
 */
import { ibmSecretName } from '../registries/ibm-secrets.ts';
import type {
  IbmAnswer,
  IbmCredentialAnswer,
  IbmFacts,
  IbmFailedCode,
  IbmIdentity,
} from '../words/ibm.ts';
import type { IbmImageName } from '../words/ibm-learned.ts';
import type { NextStep } from '../words/next-step.ts';
import { shellQuote } from '../words/shell.ts';
import { clusterSecret, type Puller, recreated, type SecretRef } from './ibm-cluster-secret.ts';
import { attachSteps } from './pod-credentials-copy.ts';

/** The credential of the pod that the advice is about. */
export interface AdvisedCredential {
  readonly answer: IbmCredentialAnswer;
  readonly secret: SecretRef | null;
}

const DEAD: ReadonlySet<string> = new Set<IbmFailedCode>([
  'ibm-registry-token-dead',
  'ibm-user-unknown',
  'ibm-key-is-token',
  'ibm-token-expired',
  'ibm-key-not-found',
  'ibm-key-disabled',
  'ibm-key-locked',
  'ibm-key-expired',
  'ibm-key-empty',
  'ibm-token-refused',
  'ibm-refresh-token-expired',
  'ibm-session-ended',
  'ibm-account-refused',
  'ibm-profile-refused',
]);

/** For the first step that failed. Nothing for what could not be told. */
export function ibmAdvice(
  credential: AdvisedCredential,
  { owner }: IbmAnswer,
  image: IbmImageName,
  puller: Puller,
): NextStep[] {
  const { answer, secret } = credential;
  const first = answer.steps.find(({ outcome }) => outcome === 'failed');
  const code = first?.code;
  const { identity } = answer;
  if (first === undefined || code === undefined) return [];
  if (DEAD.has(code)) return renewed(identity, secret, puller);
  switch (code) {
    case 'ibm-other-account':
    case 'ibm-namespace-not-in-account':
      return otherAccount(owner, image, puller);
    case 'ibm-access-none':
    case 'ibm-access-wrong-role':
    case 'ibm-access-wrong-namespace':
    case 'ibm-access-wrong-region':
    case 'ibm-access-wrong-group':
      return granted(identity, owner, image);
    case 'ibm-traffic-reached':
      return moreTraffic(identity.account, image, first.facts);
    case 'ibm-tag-missing':
    case 'ibm-repository-missing':
      return listed(identity.account, image);
    default:
      return [];
  }
}

/** A pod without any credential for the image. */
export function withoutCredential(puller: Puller): NextStep[] {
  return clusterSecret(null, null, puller);
}

function renewed(identity: IbmIdentity, secret: SecretRef | null, puller: Puller): NextStep[] {
  const isOurs = secret === null || ibmSecretName(secret.name) !== null;
  const own: NextStep[] = isOurs
    ? []
    : [
        {
          text: `Or make a new API key for the service ID that secret ${secret.name} was made for, and write it there with user name iamapikey`,
        },
      ];
  return [...clusterSecret(identity.cluster, secret, puller), ...own];
}

/** `ibmcloud` acts in the account that is targeted. */
function targeted(account: string | null): NextStep[] {
  if (account === null) return [];
  const command = `ibmcloud target -c ${shellQuote(account)}`;
  return [{ text: `Work in account ${account}`, command }];
}

function scope({ namespace, region }: IbmImageName): string {
  const where = region === null ? '' : ` --region ${shellQuote(region)}`;
  return `--service-name container-registry${where} --resource-type namespace --resource ${shellQuote(namespace)}`;
}

function granted(identity: IbmIdentity, owner: string | null, image: IbmImageName): NextStep[] {
  const { kind, iamId, name, account } = identity;
  const who = whoIs(identity);
  if (iamId === null || who === null) {
    return [{ text: `Give the credential the role Reader on namespace ${image.namespace}` }];
  }
  return [
    ...targeted(account),
    ...(owner === null ? [...atRegion(image), isItsOwn(account, image)] : []),
    {
      text: `Give ${kind} ${name ?? iamId} the role Reader on namespace ${image.namespace}`,
      command: `ibmcloud iam ${who.verb} ${shellQuote(who.name)} --roles Reader ${scope(image)}`,
    },
  ];
}

/** A policy grants what is in its own account, and nothing else. */
function isItsOwn(account: string | null, { namespace }: IbmImageName): NextStep {
  const text = `See whether namespace ${namespace} is one of account ${account ?? '?'}: a policy there is of no use for another account's`;
  return { text, command: 'ibmcloud cr namespace-list -v' };
}

function whoIs({ kind, iamId, name }: IbmIdentity): { verb: string; name: string } | null {
  if (iamId === null) return null;
  const id = iamId.replace(/^iam-/, '');
  switch (kind) {
    case 'service ID':
      return { verb: 'service-policy-create', name: id };
    case 'trusted profile':
      return { verb: 'trusted-profile-policy-create', name: id };
    case 'user':
      return { verb: 'user-policy-create', name: name ?? iamId };
    case 'unknown':
      return null;
  }
}

/** A service ID of the image's account, its key, and a secret made of it. */
function otherAccount(owner: string | null, image: IbmImageName, puller: Puller): NextStep[] {
  const [user] = puller.users;
  const id = `pull-${image.namespace}`;
  const secret = `${image.namespace.replace(/[^a-z0-9.-]/g, '-')}-icr-io`;
  const first: NextStep[] =
    owner === null
      ? [
          {
            text: `Find the account that owns namespace ${image.namespace} (ask whoever pushes there) and log in to it: ibmcloud login, ibmcloud target -c ACCOUNT`,
          },
        ]
      : targeted(owner);
  // The key goes from one program to the other by pipes, never through a command line that others can see.
  const made = `ibmcloud iam service-api-key-create ${shellQuote(`${id}-key`)} ${shellQuote(id)} --output json`;
  const config = `jq '{auths: {"${image.host}": {username: "iamapikey", password: .apikey}}}'`;
  const steps: NextStep[] = [
    ...first,
    {
      text: 'Make a service ID there',
      command: `ibmcloud iam service-id-create ${shellQuote(id)} -d ${shellQuote(`Pulls from ${image.namespace}`)}`,
    },
    {
      text: 'Let it pull',
      command: `ibmcloud iam service-policy-create ${shellQuote(id)} --roles Reader ${scope(image)}`,
    },
  ];
  if (user === undefined) return steps;
  const { namespace } = user;
  const attached =
    puller.serviceAccount === null
      ? []
      : attachSteps(secret, { namespace, serviceAccount: puller.serviceAccount, lists: null });
  return [
    ...steps,
    {
      text: `Make an API key for it, and of that the pull secret ${secret} (bash; prints nothing of it)`,
      command: `kubectl create secret generic ${shellQuote(secret)} -n ${shellQuote(namespace)} --type=kubernetes.io/dockerconfigjson --from-file=.dockerconfigjson=<(${made} | ${config})`,
    },
    ...attached,
    ...recreated(puller),
  ];
}

function atRegion({ region }: IbmImageName): NextStep[] {
  if (region === null) return [];
  return [
    { text: `Work in region ${region}`, command: `ibmcloud cr region-set ${shellQuote(region)}` },
  ];
}

/** Twice the limit, in megabytes; where that is too little or the limit is not known, for the reader to fill in. */
function raised({ limitBytes, usedBytes }: IbmFacts): string {
  if (typeof limitBytes !== 'number' || typeof usedBytes !== 'number') return 'MEGABYTES';
  const twice = 2 * limitBytes;
  return twice > usedBytes && twice < 1e18 ? String(Math.ceil(twice / 1e6)) : 'MEGABYTES';
}

function moreTraffic(account: string | null, image: IbmImageName, facts: IbmFacts): NextStep[] {
  return [
    ...targeted(account),
    ...atRegion(image),
    { text: 'See the quotas', command: 'ibmcloud cr quota' },
    {
      text: 'Raise the limit of pull traffic, in megabytes (needs Manager; the free plan ends at 5120)',
      command: `ibmcloud cr quota-set --traffic ${raised(facts)}`,
    },
    {
      text: `Or pull over IBM's private network, which is not counted: private.${image.apiHost}`,
    },
  ];
}

function listed(account: string | null, image: IbmImageName): NextStep[] {
  return [
    ...targeted(account),
    ...atRegion(image),
    {
      text: 'See the images that are there',
      command: `ibmcloud cr image-list --restrict ${shellQuote(image.repository)}`,
    },
  ];
}
