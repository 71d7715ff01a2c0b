/** Which kinds a server has beyond the built-in ones (custom resources), asked for only when one is named. */
import { type Fields, isFields, text, texts } from '../../words/fields.ts';
import type { ResourceKind } from '../../words/objects.ts';
import { ApiError } from '../errors.ts';
import type { JsonRequests } from '../http/requests.ts';
import { builtinKind, builtinOwnerKind } from './builtin-kinds.ts';

/** All groups in one answer (Kubernetes 1.27 and later); older servers answer with the list of groups. */
const AGGREGATED =
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,' +
  'application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json';

/** Of an owner reference, which anybody may write: nothing that could lead a path elsewhere. */
const API_VERSION = /^(?:([a-z0-9][a-z0-9.-]{0,252})\/)?([a-z0-9]{1,63})$/;

interface Found {
  readonly resource: ResourceKind;
  readonly words: readonly string[];
}

export class Discovery {
  readonly #requests: JsonRequests;
  #all: Promise<readonly Found[]> | null = null;
  readonly #groups = new Map<string, Promise<readonly Found[]>>();

  constructor(requests: JsonRequests) {
    this.#requests = requests;
  }

  /** `rollout`, `rollouts.argoproj.io`, `rollouts.v1alpha1.argoproj.io`; null where the server has no such kind. */
  async findKind(type: string): Promise<ResourceKind | null> {
    const builtin = builtinKind(type);
    if (builtin !== undefined) return builtin;
    this.#all ??= this.#discover();
    const [word = '', ...rest] = type.toLowerCase().split('.');
    const suffix = rest.join('.');
    const found = (await this.#all).find(
      ({ resource, words }) => words.includes(word) && inGroup(resource, suffix),
    );
    return found?.resource ?? null;
  }

  /** One request for the group's version; null where the server does not serve it. */
  async findOwnerKind(apiVersion: string, kind: string): Promise<ResourceKind | null> {
    const builtin = builtinOwnerKind(apiVersion, kind);
    if (builtin !== undefined) return builtin;
    const known = this.#groups.get(apiVersion) ?? this.#resourcesOf(apiVersion);
    this.#groups.set(apiVersion, known);
    return (await known).find(({ resource }) => resource.kind === kind)?.resource ?? null;
  }

  async #discover(): Promise<readonly Found[]> {
    const [groups, core] = await Promise.all([
      this.#requests.json('/apis', { accept: AGGREGATED }),
      this.#resourcesOf('v1'),
    ]);
    if (isFields(groups) && groups['kind'] === 'APIGroupDiscoveryList') {
      return [...core, ...aggregated(groups)];
    }
    const versions = items(groups, 'groups').map((g) => {
      const preferred = g['preferredVersion'];
      return isFields(preferred) ? text(preferred['groupVersion']) : '';
    });
    const lists = await Promise.all(versions.filter(Boolean).map((v) => this.#resourcesOf(v)));
    return [...core, ...lists.flat()];
  }

  /** Nothing for a group whose server is down or that we may not ask: the others still count. */
  async #resourcesOf(apiVersion: string): Promise<readonly Found[]> {
    const [, group = '', version = ''] = API_VERSION.exec(apiVersion) ?? [];
    if (version === '') return [];
    const path = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
    try {
      const list = await this.#requests.json(path);
      return items(list, 'resources').flatMap((r) => oldResource(r, group, version));
    } catch (error) {
      if (error instanceof ApiError && error.status !== 401) return [];
      throw error;
    }
  }
}

function inGroup(resource: ResourceKind, suffix: string): boolean {
  return (
    suffix === '' || suffix === resource.group || suffix === `${resource.version}.${resource.group}`
  );
}

function items(value: unknown, key: string): Fields[] {
  const list = isFields(value) ? value[key] : undefined;
  return Array.isArray(list) ? list.filter(isFields) : [];
}

/** Of each group the versions in the server's order of preference. */
function aggregated(groups: Fields): Found[] {
  return items(groups, 'items').flatMap((group) => {
    const metadata = group['metadata'];
    const name = isFields(metadata) ? text(metadata['name']) : '';
    return items(group, 'versions').flatMap((version) =>
      items(version, 'resources').map((r) => {
        const responseKind = r['responseKind'];
        const kind = isFields(responseKind) ? text(responseKind['kind']) : '';
        return found(r, text(r['resource']), text(r['singularResource']), {
          kind,
          group: name,
          version: text(version['version']),
          namespaced: r['scope'] === 'Namespaced',
        });
      }),
    );
  });
}

/** One entry of an APIResourceList; subresources (`pods/log`) are left out. */
function oldResource(r: Fields, group: string, version: string): Found[] {
  const plural = text(r['name']);
  if (plural === '' || plural.includes('/')) return [];
  const namespaced = r['namespaced'] === true;
  return [
    found(r, plural, text(r['singularName']), {
      kind: text(r['kind']),
      group,
      version,
      namespaced,
    }),
  ];
}

function found(
  r: Fields,
  plural: string,
  singular: string,
  rest: Omit<ResourceKind, 'plural'>,
): Found {
  const words = [plural, singular || rest.kind.toLowerCase(), ...texts(r['shortNames'])];
  return { resource: { ...rest, plural }, words };
}
