/** Answers of the rig: objects, pages of lists, discovery, `Status`. */

import { builtinKind } from '../../src/cluster/lists/builtin-kinds.ts';
import { CUSTOM_KINDS } from '../../src/cluster/lists/custom-kinds.ts';
import { fieldSelector, labelSelector } from '../../src/cluster/lists/selectors.ts';
import { UsageError } from '../../src/words/errors.ts';
import { type Fields, fields, text } from '../../src/words/fields.ts';
import type { ResourceKind } from '../../src/words/objects.ts';
import { type SavedObjects, SERVED } from './api-objects.ts';
import type { ApiCall } from './api-paths.ts';

export interface Answered {
  readonly status: number;
  readonly body: unknown;
}

export function statusAnswer(
  code: number,
  reason: string,
  message: string,
  details?: Fields,
): Answered {
  const status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure' };
  return { status: code, body: { ...status, message, reason, ...(details && { details }), code } };
}

/** One object or one page; 404 where there is none. */
export async function objectsAnswer(
  call: ApiCall,
  objects: SavedObjects,
  pageSize: number,
): Promise<Answered> {
  const kind = await kindOf(call, objects);
  if (kind === null) {
    return statusAnswer(404, 'NotFound', 'the server could not find the requested resource');
  }
  const all = await objectsOf(kind, call, objects);
  if (call.name === undefined) return page(kind, all, call, pageSize, objects.changes.version);
  const found = all.find((o) => text(fields(o['metadata'])['name']) === call.name);
  if (found !== undefined) return { status: 200, body: found };
  const type = kind.group === '' ? kind.plural : `${kind.plural}.${kind.group}`;
  return statusAnswer(404, 'NotFound', `${type} "${call.name}" not found`, {
    name: call.name,
    kind: kind.plural,
  });
}

/** A custom kind is served where saved objects of it were loaded. */
async function kindOf(call: ApiCall, objects: SavedObjects): Promise<ResourceKind | null> {
  const custom = objects.custom.map((c) => c.kind);
  const isMeant = (k: ResourceKind | undefined) =>
    k?.plural === call.plural && k.group === call.group && k.version === call.version;
  const known = [...custom, builtinKind(call.plural)].find((k) => isMeant(k ?? undefined));
  if (known) return known;
  const read = CUSTOM_KINDS.find(isMeant);
  if (read === undefined) return null;
  const answer = await objects.source.list<Fields>({ resource: read });
  return answer.known ? read : null;
}

async function objectsOf(
  kind: ResourceKind,
  call: ApiCall,
  objects: SavedObjects,
): Promise<readonly Fields[]> {
  const own = objects.custom.find((c) => c.kind === kind);
  if (own !== undefined) return own.objects;
  const { namespace } = call;
  const answer = await objects.source.list<Fields>({ resource: kind, namespace });
  return objects.changes.applied(kind.plural, namespace, answer.known ? answer.value : []);
}

/** `continue` is the place in the list; an unreadable one is 410, as for an expired one. */
function page(
  kind: ResourceKind,
  all: readonly Fields[],
  call: ApiCall,
  pageSize: number,
  version: number,
): Answered {
  const token = call.query.get('continue') ?? '0';
  if (!/^\d+$/.test(token)) {
    return statusAnswer(410, 'Expired', 'The provided continue parameter is too old');
  }
  const start = Number(token);
  let selected: readonly Fields[];
  try {
    selected = selectedBy(call, all);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return statusAnswer(400, 'BadRequest', error.message);
  }
  const limit = Number(call.query.get('limit') ?? 0) || Number.POSITIVE_INFINITY;
  const end = start + Math.min(limit, pageSize);
  const more = end < selected.length;
  const apiVersion = kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;
  return {
    status: 200,
    body: {
      kind: `${kind.kind}List`,
      apiVersion,
      metadata: { resourceVersion: String(version), ...(more && { continue: String(end) }) },
      items: selected.slice(start, end),
    },
  };
}

function selectedBy(call: ApiCall, all: readonly Fields[]): readonly Fields[] {
  const labels = labelSelector(call.query.get('labelSelector') ?? '');
  const selectedFields = fieldSelector(call.query.get('fieldSelector') ?? '');
  return all.filter((o) => labels(o) && selectedFields(o));
}

/** Answers below `/api`, `/apis`, `/version`; null for a request that names a resource. */
export function discoveryAnswer(
  call: ApiCall,
  objects: SavedObjects,
  aggregated: boolean,
): Answered | null {
  const served = [...SERVED, ...objects.custom];
  if (call.path === '/version') return ok({ major: '1', minor: '37', gitVersion: 'v1.37.1' });
  if (call.path === '/api') return ok({ kind: 'APIVersions', versions: ['v1'] });
  if (call.path === '/apis') return ok(aggregated ? aggregatedGroups(served) : groupList(served));
  if (call.plural !== '') return null;
  const own = served.filter((s) => s.kind.group === call.group && s.kind.version === call.version);
  if (own.length === 0) {
    return statusAnswer(404, 'NotFound', 'the server could not find the requested resource');
  }
  return ok({
    kind: 'APIResourceList',
    groupVersion: call.group === '' ? call.version : `${call.group}/${call.version}`,
    resources: own.flatMap(({ kind, shortNames }) => [
      {
        name: kind.plural,
        singularName: kind.kind.toLowerCase(),
        kind: kind.kind,
        namespaced: kind.namespaced,
        shortNames,
        verbs: ['get', 'list', 'watch'],
      },
      {
        name: `${kind.plural}/status`,
        kind: kind.kind,
        namespaced: kind.namespaced,
        verbs: ['get'],
      },
    ]),
  });
}

type Served = (typeof SERVED)[number];

function ok(body: unknown): Answered {
  return { status: 200, body };
}

function groupsOf(served: readonly Served[]): Map<string, Served[]> {
  const groups = new Map<string, Served[]>();
  for (const one of served.filter((s) => s.kind.group !== '')) {
    groups.set(one.kind.group, [...(groups.get(one.kind.group) ?? []), one]);
  }
  return groups;
}

function groupList(served: readonly Served[]): Fields {
  const groups = [...groupsOf(served)].map(([name, [first]]) => {
    const version = {
      groupVersion: `${name}/${first?.kind.version}`,
      version: first?.kind.version,
    };
    return { name, versions: [version], preferredVersion: version };
  });
  return { kind: 'APIGroupList', apiVersion: 'v1', groups };
}

function aggregatedGroups(served: readonly Served[]): Fields {
  const items = [...groupsOf(served)].map(([name, kinds]) => ({
    metadata: { name },
    versions: [
      {
        version: kinds[0]?.kind.version,
        resources: kinds.map(({ kind, shortNames }) => ({
          resource: kind.plural,
          responseKind: { group: name, version: kind.version, kind: kind.kind },
          scope: kind.namespaced ? 'Namespaced' : 'Cluster',
          singularResource: kind.kind.toLowerCase(),
          shortNames,
          verbs: ['get', 'list'],
        })),
      },
    ],
  }));
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: 'apidiscovery.k8s.io/v2',
    metadata: {},
    items,
  };
}
