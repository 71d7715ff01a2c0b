/**
 * The hosts that may be shown an IBM credential: IBM's own, over https, or those that a flag or the environment names.
 * Sources: IBM/go-sdk-core core/iam_authenticator.go; ibm-cloud-docs/Registry registry_private.md; the environment names
 * are those of IBM's Terraform provider and SDKs.
 */
import type { ImageReference } from '../image/reference.ts';
import { registryOf } from '../registries/index.ts';
import { isLocalhost } from '../registry/hosts.ts';
import { InputError } from '../words/errors.ts';
import type { IbmImageName } from '../words/ibm-learned.ts';

const IAM_VARIABLE = 'IBMCLOUD_IAM_API_ENDPOINT';
const REGISTRY_VARIABLE = 'IBMCLOUD_CR_API_ENDPOINT';

/** As given; absent: IBM's own. */
export interface IbmEndpoints {
  readonly iam?: string | undefined;
  readonly registry?: string | undefined;
}

/** Where to ask, the first that can be reached. Without path at the end. */
export interface IbmBases {
  readonly iam: readonly URL[];
  readonly registry: readonly URL[];
}

/** A flag goes before the environment. Throws InputError for what cannot be an endpoint. */
export function endpointsOf(
  flags: IbmEndpoints,
  env: Readonly<Record<string, string | undefined>>,
): { readonly iam: URL | null; readonly registry: URL | null } {
  return {
    iam: endpoint('--ibm-iam-endpoint', flags.iam, IAM_VARIABLE, env),
    registry: endpoint('--ibm-registry-endpoint', flags.registry, REGISTRY_VARIABLE, env),
  };
}

function endpoint(
  flag: string,
  given: string | undefined,
  variable: string,
  env: Readonly<Record<string, string | undefined>>,
): URL | null {
  const written = given ?? env[variable];
  if (written === undefined || written === '') return null;
  const from = given === undefined ? variable : flag;
  // IBM's own tools take a bare host in the variables.
  const url = URL.parse(written.includes('://') ? written : `https://${written}`);
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  if (url === null || !isWeb || url.username !== '' || url.password !== '' || url.search !== '') {
    throw new InputError(`${from}: must be a URL without login and query`);
  }
  if (url.protocol === 'http:' && !isLocalhost(url.hostname)) {
    throw new InputError(`${from}: API keys are sent over https only, save to this machine itself`);
  }
  return url;
}

/** Hosts of IBM for an image, those of its private network first where the image names it. */
export function basesFor(
  image: IbmImageName,
  set: { readonly iam: URL | null; readonly registry: URL | null },
): IbmBases {
  const iam = ['https://iam.cloud.ibm.com'];
  const registry = [`https://${image.apiHost}`];
  if (image.isPrivate) {
    iam.unshift('https://private.iam.cloud.ibm.com');
    registry.push(`https://${image.apiHost.replace(/^private\./, '')}`);
  }
  return {
    iam: set.iam === null ? iam.map((base) => new URL(base)) : [set.iam],
    registry: set.registry === null ? registry.map((base) => new URL(base)) : [set.registry],
  };
}

/** The image in IBM's words, or `null` where its host is no registry of IBM Cloud that has accounts and policies. */
export function ibmImage(image: ImageReference): IbmImageName | null {
  const { registry, rule, region, guessed } = registryOf(image.host);
  // A port names another server than IBM's.
  if (registry.id !== 'ibm' || guessed || rule === null || /:\d+$/.test(image.host)) return null;
  const standing = rule.standing ?? 'current';
  if (standing !== 'current' && standing !== 'old') return null;
  const apiHost = standing === 'old' ? (rule.instead ?? '') : image.host;
  if (!/^(?:[a-z0-9-]+\.){0,2}icr\.io$/.test(apiHost)) return null;
  return {
    host: image.host,
    apiHost,
    region,
    isPrivate: apiHost.startsWith('private.'),
    namespace: image.repository.split('/', 1)[0] ?? '',
    repository: image.repository,
    tag: image.tag,
    digest: image.digest,
  };
}
