/** Which kinds a server has beyond the built-in ones (custom resources), asked for only when one is named. */
import { InputError } from '../../words/errors.ts';
import { type Fields, isFields, text, texts } from '../../words/fields.ts';
import type { ResourceKind } from '../../words/objects.ts';
import { ApiError, ConnectionError, notWhatWasAsked } from '../errors.ts';
import type { JsonRequests } from '../http/requests.ts';
import { answeredItems } from './answered-items.ts';
import { builtinKind, builtinOwnerKind } from './builtin-kinds.ts';

/** All groups in one answer (Kubernetes 1.27 and later); older servers answer with the list of groups. */
const AGGREGATED =
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,' +
  'application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json';

/** Of an owner reference, which anybody may write: nothing that could lead a path elsewhere. */
const API_VERSION = /^(?:([a-z0-9][a-z0-9.-]{0,252})\/)?([a-z0-9]{1,63})$/;

const STALE = 'the server behind it does not answer the API server';

/** So many versions that could not be read are named. */
const NAMED = 3;

interface Found {
  readonly resource: ResourceKind;
  readonly words: readonly string[];
}

/** The version of a group that could not be read, and why not. */
interface Unread {
  readonly group: string;
  readonly version: string;
  readonly why: string;
}

interface Discovered {
  readonly found: readonly Found[];
  readonly unread: readonly Unread[];
}

export class Discovery {
  readonly #requests: JsonRequests;
  #all: Promise<Discovered> | null = null;
  readonly #groups = new Map<string, Promise<Discovered>>();

  constructor(requests: JsonRequests) {
    this.#requests = requests;
  }

  /**
   * `rollout`, `rollouts.argoproj.io`, `rollouts.v1alpha1.argoproj.io`; null where the server has no such kind.
   * Throws InputError where it has none that could be read, and some that could not.
   */
  async findKind(type: string): Promise<ResourceKind | null> {
    const builtin = builtinKind(type);
    if (builtin !== undefined) return builtin;
    this.#all ??= this.#discover();
    const [word = '', ...rest] = type.toLowerCase().split('.');
    const suffix = rest.join('.');
    const { found, unread } = await this.#all;
    const kind = found.find(
      ({ resource, words }) => words.includes(word) && inGroup(resource, suffix),
    );
    const missed = unread.filter((one) => inGroup(one, suffix));
    if (kind === undefined && missed.length > 0) throw perhapsUnread(type, missed);
    return kind?.resource ?? null;
  }

  /** One request for the group's version; null where the server does not serve it, or does not say so. */
  async findOwnerKind(apiVersion: string, kind: string): Promise<ResourceKind | null> {
    const builtin = builtinOwnerKind(apiVersion, kind);
    if (builtin !== undefined) return builtin;
    const known = this.#groups.get(apiVersion) ?? this.#resourcesOf(apiVersion);
    this.#groups.set(apiVersion, known);
    return (await known).found.find(({ resource }) => resource.kind === kind)?.resource ?? null;
  }

  async #discover(): Promise<Discovered> {
    const [groups, core] = await Promise.all([
      this.#requests.json('/apis', { accept: AGGREGATED }),
      this.#resourcesOf('v1'),
    ]);
    const newer = isFields(groups) && groups['kind'] === 'APIGroupDiscoveryList';
    const listed = newer
      ? itemsOf(groups, 'items', 'APIGroupDiscoveryList')
      : itemsOf(groups, 'groups', 'APIGroupList');
    if (listed === undefined) throw notWhatWasAsked('API groups', 'a list of API groups');
    if (newer) return together([core, ...listed.map(aggregated)]);
    const versions = listed.map((g) => {
      const preferred = g['preferredVersion'];
      return isFields(preferred) ? text(preferred['groupVersion']) : '';
    });
    const lists = await Promise.all(versions.filter(Boolean).map((v) => this.#resourcesOf(v)));
    return together([core, ...lists]);
  }

  /** What fails for one version alone, as where its own server is down, is told: the others still count. */
  async #resourcesOf(apiVersion: string): Promise<Discovered> {
    const [, group = '', version = ''] = API_VERSION.exec(apiVersion) ?? [];
    if (version === '') return { found: [], unread: [] };
    const path = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
    try {
      const list = itemsOf(await this.#requests.json(path), 'resources', 'APIResourceList');
      if (list === undefined) throw notWhatWasAsked(apiVersion, 'a list of resource types');
      return { found: list.flatMap((r) => oldResource(r, group, version)), unread: [] };
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return { found: [], unread: [] };
      if (!isOfOne(error)) throw error;
      return { found: [], unread: [{ group, version, why: error.message }] };
    }
  }
}

/** Other requests may do better: the server was reached, and let us in. */
function isOfOne(error: unknown): error is ApiError | ConnectionError {
  if (error instanceof ConnectionError) return error.reached;
  return error instanceof ApiError && error.status !== 401;
}

function perhapsUnread(type: string, missed: readonly Unread[]): InputError {
  const named = missed.slice(0, NAMED).map(({ group, version }) => {
    return group === '' ? version : `${group}/${version}`;
  });
  const rest = missed.length - named.length;
  const places = [...named, ...(rest > 0 ? [`${rest} more`] : [])].join(' or ');
  return new InputError(
    `the server doesn't have a resource type "${type}", or it is of ${places}, which could not be read: ${missed[0]?.why}`,
  );
}

function together(parts: readonly Discovered[]): Discovered {
  return {
    found: parts.flatMap(({ found }) => found),
    unread: parts.flatMap(({ unread }) => unread),
  };
}

function inGroup({ group, version }: Omit<Unread, 'why'>, suffix: string): boolean {
  return suffix === '' || suffix === group || suffix === `${version}.${group}`;
}

/** Undefined for what is no list of this kind. */
function itemsOf(value: unknown, key: string, kind: string): Fields[] | undefined {
  return answeredItems(value, key, (own) => own === kind)?.filter(isFields);
}

function items(value: unknown, key: string): Fields[] {
  const list = isFields(value) ? value[key] : undefined;
  return Array.isArray(list) ? list.filter(isFields) : [];
}

/**
 * The versions of a group, in the server's order of preference. One that is stale is of a server that could not be
 * asked (client-go discovery/aggregated_discovery.go).
 */
function aggregated(whole: Fields): Discovered {
  const metadata = whole['metadata'];
  const group = isFields(metadata) ? text(metadata['name']) : '';
  return together(
    items(whole, 'versions').map((own) => {
      const version = text(own['version']);
      return {
        found: items(own, 'resources').map((r) => aggregatedResource(r, group, version)),
        unread: own['freshness'] === 'Stale' ? [{ group, version, why: STALE }] : [],
      };
    }),
  );
}

function aggregatedResource(r: Fields, group: string, version: string): Found {
  const responseKind = r['responseKind'];
  const kind = isFields(responseKind) ? text(responseKind['kind']) : '';
  const namespaced = r['scope'] === 'Namespaced';
  const rest = { kind, group, version, namespaced };
  return found(r, text(r['resource']), text(r['singularResource']), rest);
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
