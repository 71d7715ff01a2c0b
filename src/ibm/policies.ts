/**
 * The policies of an identity, its own and those of its access groups. Sources: IBM/platform-services-go-sdk
 * iampolicymanagementv1 (ListPolicies, ListV2Policies) and iamaccessgroupsv2 (ListAccessGroups: limit, offset).
 */

import { list, number } from '../words/fields.ts';
import type {
  IbmAttribute,
  IbmLearned,
  IbmPolicies,
  IbmPolicy,
  IbmRefusal,
} from '../words/ibm-learned.ts';
import { askIbm, type IbmContext, learned } from './api.ts';
import { at, identifier, text } from './fields.ts';
import { type Asked, bearer } from './identity.ts';

/** Groups in a page, and groups whose policies are read. */
const PAGE = 100;
const MAX_GROUPS = 40;
/** Groups whose policies are asked for at the same time. */
const GROUPS_AT_ONCE = 4;
const MAX_POLICIES = 2000;
/** Pages of one list: it ends, whatever the answers say. */
const MAX_PAGES = 10;

interface Group {
  readonly id: string;
  readonly name: string;
}

interface Found<T> {
  readonly items: readonly T[];
  readonly missing: readonly IbmRefusal[];
}

/** `known: false` where nothing at all could be read. */
export async function policiesOf(
  account: string,
  iamId: string,
  asked: Asked,
  context: IbmContext,
): Promise<IbmLearned<IbmPolicies>> {
  const started = performance.now();
  const [own, groups] = await Promise.all([
    policies({ account_id: account, iam_id: iamId }, null, asked, context),
    groupsOf(account, iamId, asked, context),
  ]);
  const read = groups.items.slice(0, MAX_GROUPS);
  const byGroup = await policiesOfGroups(read, account, asked, context);
  const left = groups.items.length - byGroup.length;
  const missing = [
    ...own.missing,
    ...groups.missing,
    ...byGroup.flatMap((one) => one.missing),
    ...(left > 0 ? [tooMany(`the policies of ${left} more access groups were not read`)] : []),
  ];
  const all = [...own.items, ...byGroup.flatMap((one) => one.items)];
  const ms = Math.round(performance.now() - started);
  const [first] = missing;
  if (first !== undefined && all.length === 0 && groups.items.length === 0) {
    return { known: false, why: first, ms };
  }
  const value = { policies: all, missing, groups: groups.items.map(({ name }) => name) };
  return { known: true, value, ms };
}

/** Fewer than groups where the server no longer answers: it is not waited for again and again. */
async function policiesOfGroups(
  groups: readonly Group[],
  account: string,
  asked: Asked,
  context: IbmContext,
): Promise<Found<IbmPolicy>[]> {
  const found = new Map<number, Found<IbmPolicy>>();
  let next = 0;
  let isSilent = false;
  const worker = async () => {
    while (!isSilent) {
      const at = next++;
      const group = groups[at];
      if (group === undefined) return;
      const query = { account_id: account, access_group_id: group.id };
      const one = await policies(query, group.name, asked, context);
      isSilent ||= one.missing.some(({ problem }) => problem === 'unreachable');
      found.set(at, one);
    }
  };
  await Promise.all(Array.from({ length: GROUPS_AT_ONCE }, worker));
  return [...found].sort(([a], [b]) => a - b).map(([, one]) => one);
}

function tooMany(detail: string): IbmRefusal {
  return gap('too large', detail);
}

function gap(problem: IbmRefusal['problem'], detail: string): IbmRefusal {
  return { problem, host: '', status: null, errorCode: '', errorMessage: '', detail };
}

/**
 * Both forms of the API are asked and what they give is put together: the older one does not show policies that were
 * made with conditions. One that the server does not have takes nothing away.
 */
async function policies(
  query: Readonly<Record<string, string>>,
  group: string | null,
  asked: Asked,
  context: IbmContext,
): Promise<Found<IbmPolicy>> {
  const [v1, v2] = await Promise.all([
    pages('/v1/policies', query, asked, context),
    pages('/v2/policies', query, asked, context),
  ]);
  const found = new Map<string, IbmPolicy>();
  let isUnreadable = false;
  for (const json of [...v1.items, ...v2.items]) {
    const policy = policyOf(json, group);
    if (policy !== null) found.set(policy.id, policy);
    else if (identifier(at(json, 'id')) === null) isUnreadable = true;
  }
  const gone = (one: Found<unknown>) =>
    one.missing.length > 0 && one.missing.every(({ status }) => status === 404 || status === 400);
  const oneIsEnough = gone(v1) !== gone(v2);
  const missing = [...v1.missing, ...v2.missing];
  const counted = missing.filter(
    ({ status }) => !oneIsEnough || (status !== 404 && status !== 400),
  );
  const more = isUnreadable ? [gap('unreadable', 'there are policies of another form')] : [];
  return { items: [...found.values()], missing: [...counted, ...more].slice(0, 1) };
}

/** Of pages only the word with which the next one begins is taken, never an address. */
async function pages(
  path: string,
  query: Readonly<Record<string, string>>,
  { bases, token }: Asked,
  context: IbmContext,
): Promise<Found<unknown>> {
  const items: unknown[] = [];
  let start: string | null = null;
  for (let page = 0; page < MAX_PAGES; page++) {
    const answer = await askIbm(
      { bases, path, query: { ...query, ...(start && { start }) }, headers: bearer(token) },
      context,
    );
    const read = learned(answer, (json) => {
      const found = at(json, 'policies');
      return Array.isArray(found) ? { found, next: at(json, 'next') } : null;
    });
    if (!read.known) return { items, missing: [read.why] };
    const { found, next } = read.value;
    const room = MAX_POLICIES - items.length;
    items.push(...found.slice(0, room));
    if (found.length > room) break;
    if (next === undefined || next === null) return { items, missing: [] };
    start = nextStart(next);
    if (start === null) break;
  }
  return { items, missing: [tooMany('there are more policies than are read')] };
}

function nextStart(next: unknown): string | null {
  const said = at(next, 'start');
  if (typeof said === 'string') return said.slice(0, 1024) || null;
  const href = at(next, 'href');
  if (typeof href !== 'string' || href.length > 4096) return null;
  return URL.parse(href, 'https://iam.cloud.ibm.com')?.searchParams.get('start') ?? null;
}

function policyOf(json: unknown, group: string | null): IbmPolicy | null {
  const id = identifier(at(json, 'id'));
  const state = at(json, 'state');
  const type = at(json, 'type');
  if (id === null || (state !== undefined && state !== 'active')) return null;
  if (type !== undefined && type !== 'access') return null;
  const roles = [
    ...list(at(json, 'roles')),
    ...list(at(at(at(json, 'control'), 'grant'), 'roles')),
  ];
  const resources = [...list(at(json, 'resources')), at(json, 'resource')].filter(
    (one) => one !== undefined,
  );
  return {
    id,
    group,
    roles: roles.flatMap((role) => roleOf(at(role, 'role_id'))),
    resources: resources.map((one) => list(at(one, 'attributes')).map(attributeOf)),
    conditional:
      at(json, 'rule') !== undefined || resources.some((one) => list(at(one, 'tags')).length > 0),
  };
}

/** `crn:v1:bluemix:public:container-registry::::serviceRole:Reader` → `serviceRole:Reader`. */
function roleOf(id: unknown): string[] {
  const crn = identifier(id);
  if (crn === null) return [];
  return [crn.split(':').slice(-2).join(':')];
}

/** The older form says `name`, the newer one `key`; a value may be a truth value there. */
function attributeOf(json: unknown): IbmAttribute {
  // Without a name it still narrows the policy, nobody knows how.
  const name = text(at(json, 'name')) ?? text(at(json, 'key')) ?? '';
  const value = at(json, 'value');
  const operator = text(at(json, 'operator')) ?? 'stringEquals';
  const shown = typeof value === 'boolean' ? String(value) : text(value);
  return { name, operator, value: shown ?? '' };
}

async function groupsOf(
  account: string,
  iamId: string,
  { bases, token }: Asked,
  context: IbmContext,
): Promise<Found<Group>> {
  const items = new Map<string, Group>();
  let seen = 0;
  for (let page = 0; page < MAX_PAGES; page++) {
    const query = {
      account_id: account,
      iam_id: iamId,
      limit: String(PAGE),
      offset: String(seen),
    };
    const answer = await askIbm(
      { bases, path: '/v2/groups', query, headers: bearer(token) },
      context,
    );
    const read = learned(answer, (json) => {
      const groups = at(json, 'groups');
      return Array.isArray(groups) ? { groups, total: number(at(json, 'total_count')) } : null;
    });
    if (!read.known) return { items: [...items.values()], missing: [read.why] };
    const { groups, total } = read.value;
    for (const json of groups) {
      const id = identifier(at(json, 'id'));
      if (id !== null) items.set(id, { id, name: text(at(json, 'name')) ?? id });
    }
    // A page may hold fewer than were asked for.
    seen += groups.length;
    const more = total === null ? groups.length >= PAGE : seen < total;
    if (!more) return { items: [...items.values()], missing: [] };
    if (groups.length === 0) break;
  }
  const missing = [tooMany('there are more access groups than are read')];
  return { items: [...items.values()], missing };
}
