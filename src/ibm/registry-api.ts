/**
 * The registry's own API of one region. Source: IBM/container-registry-go-sdk containerregistryv1
 * (ListNamespaceDetails, GetQuota, ListImages).
 */

import { fields, list, number } from '../words/fields.ts';
import type {
  IbmImageName,
  IbmImages,
  IbmLearned,
  IbmNamespace,
  IbmQuota,
} from '../words/ibm-learned.ts';
import { askIbm, type IbmContext, learned } from './api.ts';
import { at, identifier } from './fields.ts';
import { type Asked, bearer } from './identity.ts';

export interface RegistryAsked extends Asked {
  readonly account: string;
}

function headersOf({ token, account }: RegistryAsked): Readonly<Record<string, string>> {
  return { ...bearer(token), Account: account };
}

/** Those that the credential may see in the account; the account may have more. */
export async function namespaces(
  asked: RegistryAsked,
  context: IbmContext,
): Promise<IbmLearned<readonly IbmNamespace[]>> {
  const request = {
    bases: asked.bases,
    path: '/api/v1/namespaces/details',
    headers: headersOf(asked),
  };
  return learned(await askIbm(request, context), (json) => {
    if (!Array.isArray(json)) return null;
    return json.flatMap((one: unknown) => {
      const name = identifier(at(one, 'name'));
      if (name === null) return [];
      const account = identifier(at(one, 'account'));
      return [{ name, account, resourceGroup: identifier(at(one, 'resource_group')) }];
    });
  });
}

export async function quota(
  asked: RegistryAsked,
  context: IbmContext,
): Promise<IbmLearned<IbmQuota>> {
  const request = { bases: asked.bases, path: '/api/v1/quotas', headers: headersOf(asked) };
  return learned(await askIbm(request, context), (json) => {
    const limit = amounts(at(json, 'limit'));
    const usage = amounts(at(json, 'usage'));
    return limit === null || usage === null ? null : { limit, usage };
  });
}

function amounts(json: unknown): IbmQuota['limit'] | null {
  const storage = number(at(json, 'storage_bytes'));
  const traffic = number(at(json, 'traffic_bytes'));
  return storage === null || traffic === null ? null : { storage, traffic };
}

/** The tags and digests of the image's repository, as `ibmcloud cr images` lists them. */
export async function images(
  { namespace, repository }: IbmImageName,
  asked: RegistryAsked,
  context: IbmContext,
): Promise<IbmLearned<IbmImages>> {
  const query = {
    namespace,
    includeIBM: 'false',
    includePrivate: 'true',
    includeManifestLists: 'true',
    vulnerabilities: 'false',
  };
  const request = { bases: asked.bases, path: '/api/v1/images', query, headers: headersOf(asked) };
  return learned(await askIbm(request, context), (json) => {
    if (!Array.isArray(json)) return null;
    return imagesIn(json, repository);
  });
}

/**
 * `HOST/NAMESPACE/NAME:TAG` or `…@DIGEST` each; tags also stand below a digest. The size of the answer bounds the list: to
 * cut it further would make a no of what was left out.
 */
function imagesIn(found: readonly unknown[], repository: string): IbmImages {
  const tags = new Set<string>();
  const digests = new Set<string>();
  const repositories = new Set<string>();
  for (const one of found) {
    const byDigest = Object.entries(fields(at(one, 'DigestTags')));
    const names = [
      ...list(at(one, 'RepoTags')),
      ...list(at(one, 'RepoDigests')),
      ...byDigest.flatMap(([digest, of]) => [digest, ...list(of)]),
    ];
    for (const name of names) {
      const parts = partsOf(name);
      if (parts === null) continue;
      repositories.add(parts.repository);
      if (parts.repository !== repository) continue;
      if (parts.tag !== null) tags.add(parts.tag);
      if (parts.digest !== null) digests.add(parts.digest);
    }
  }
  return { tags: [...tags], digests: [...digests], repositories: repositories.size };
}

const NAME =
  /^[a-z0-9.-]{1,253}(?::\d{1,5})?\/([^:@\s]{1,255})(?::([\w.-]{1,128}))?(?:@(sha256:[0-9a-f]{64}))?$/;

function partsOf(name: unknown) {
  const found = typeof name === 'string' && name.length < 1024 ? NAME.exec(name) : null;
  if (found === null) return null;
  return { repository: found[1] ?? '', tag: found[2] ?? null, digest: found[3] ?? null };
}
