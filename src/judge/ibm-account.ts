/** Whose the registry namespace is, what the account may still pull, and what lies in the repository. Pure. */
import type { IbmIdentity, IbmStep } from '../words/ibm.ts';
import type { IbmImageName, IbmLearnedAll } from '../words/ibm-learned.ts';
import { distance } from '../words/nearest.ts';
import { failed, note, ok, skipped, type Told, unanswered, unknown } from './ibm-step.ts';

/** The account that owns the namespace, if any of the credentials may see that; all of them are looked at. */
export function ownerOf(all: readonly IbmLearnedAll[], { namespace }: IbmImageName): string | null {
  for (const { namespaces, token, images } of all) {
    const own = token?.known ? token.value.account : null;
    const found = namespaces?.known
      ? namespaces.value.find(({ name }) => name === namespace)
      : undefined;
    const account = found === undefined ? null : (found.account ?? own);
    if (account !== null) return account;
    // Images are listed of the account that was asked for, and of no other.
    if (own !== null && images?.known && images.value.tags.length > 0) return own;
  }
  return null;
}

/** Resource group of the namespace; `null` where this credential may not see it. */
export function groupOf({ namespaces }: IbmLearnedAll, { namespace }: IbmImageName): string | null {
  if (!namespaces?.known) return null;
  return namespaces.value.find(({ name }) => name === namespace)?.resourceGroup ?? null;
}

export interface AccountView {
  readonly identity: IbmIdentity;
  readonly image: IbmImageName;
  readonly owner: string | null;
  /** A policy lets it see every namespace of the account in the region. */
  readonly wholeRegion: boolean;
  /** A policy lets it list the images of this namespace. */
  readonly lists: boolean;
  /** The registry gave it the image. */
  readonly pulls: boolean;
  /** The registry itself said that a quota is used up. */
  readonly quotaSaid: boolean;
}

/** A list of namespaces may leave out those that the credential may not see: only then is a gap in it a no. */
export function accountStep(all: IbmLearnedAll, view: AccountView): IbmStep {
  const step = 'ibm-account';
  const { namespaces, token } = all;
  const { identity, image, owner, wholeRegion, pulls } = view;
  const { account } = identity;
  if (!token?.known) return skipped(step, 'ibm-not-reached');
  const where = `${image.namespace}${image.region === null ? '' : ` in ${image.region}`}`;
  const facts = {
    ...(account !== null && { account }),
    ...(owner !== null && { owner }),
    namespace: image.namespace,
  };
  const told = { facts, ms: namespaces?.ms ?? 0 };
  if (owner !== null && owner === account) {
    return ok(step, { ...told, detail: `namespace ${where} belongs to its account ${account}` });
  }
  if (owner !== null && account !== null) {
    const detail = `namespace ${where} belongs to account ${owner}, and the credential to account ${account}`;
    if (!pulls) return failed(step, 'ibm-other-account', { ...told, detail });
    return unknown(step, 'ibm-owner-unknown', {
      ...told,
      detail: `${detail}; it pulls all the same`,
    });
  }
  if (namespaces === null) {
    const detail = 'the token does not say of which account it is';
    return unknown(step, 'ibm-answer-unreadable', { ...told, detail });
  }
  if (!namespaces.known) return unanswered(step, namespaces);
  const seen = `namespace ${where} is not among the ${namespaces.value.length} of account ${account ?? '?'} that it may list`;
  if (wholeRegion && !pulls) {
    const detail = `${seen}, and it may list all: the namespace belongs to another account or region, or is not there`;
    return failed(step, 'ibm-namespace-not-in-account', { ...told, detail });
  }
  const detail = `${seen}; the list may leave out what it has no access to`;
  return unknown(step, 'ibm-list-may-be-partial', { ...told, detail });
}

/** Share of the limit from which on it is worth a word. */
const HIGH = 0.9;

export function trafficStep(all: IbmLearnedAll, view: AccountView): IbmStep {
  const step = 'ibm-traffic';
  const open = quotaOf(step, all, view);
  if ('outcome' in open) return open;
  const { limit, used, ms } = open;
  const told = amounts('pull traffic', limit.traffic, used.traffic, ms);
  if (view.image.isPrivate) {
    return skipped(step, 'ibm-not-needed', 'pulls over the private network are not counted');
  }
  if (limit.traffic < 0) return ok(step, told);
  if (used.traffic >= limit.traffic) return reached(told, view);
  if (used.traffic >= HIGH * limit.traffic) return note(step, 'ibm-traffic-high', told);
  return ok(step, told);
}

function reached(told: Told, { identity, owner, pulls, quotaSaid }: AccountView): IbmStep {
  const step = 'ibm-traffic';
  const detail = `${told.detail}: no more pulls over the public network this month`;
  // A service ID pulls from its own account only.
  const isOwn = identity.kind === 'service ID' && (pulls || quotaSaid);
  if (owner !== null || isOwn) return failed(step, 'ibm-traffic-reached', { ...told, detail });
  const unclear = `${told.detail}; whether the image's namespace belongs to account ${identity.account} is not shown`;
  return unknown(step, 'ibm-owner-unknown', { ...told, detail: unclear });
}

export function storageStep(all: IbmLearnedAll, view: AccountView): IbmStep {
  const step = 'ibm-storage';
  const open = quotaOf(step, all, view);
  if ('outcome' in open) return open;
  const { limit, used, ms } = open;
  const told = amounts('storage', limit.storage, used.storage, ms);
  if (limit.storage < 0 || used.storage < limit.storage) return ok(step, told);
  const detail = `${told.detail}: full, which blocks pushes and no pulls`;
  return note(step, 'ibm-storage-full', { ...told, detail });
}

function quotaOf(step: 'ibm-traffic' | 'ibm-storage', all: IbmLearnedAll, view: AccountView) {
  const { quota, token } = all;
  const { owner, identity } = view;
  if (!token?.known) return skipped(step, 'ibm-not-reached');
  if (owner !== null && owner !== identity.account) {
    const detail = `the quota of account ${identity.account} is not that of the image`;
    return skipped(step, 'ibm-not-needed', detail);
  }
  if (quota === null) {
    const detail = 'the token does not say of which account it is';
    return unknown(step, 'ibm-answer-unreadable', { detail });
  }
  if (!quota.known) return unanswered(step, quota);
  return { limit: quota.value.limit, used: quota.value.usage, ms: quota.ms };
}

function amounts(what: string, limit: number, used: number, ms: number): Told {
  const detail =
    limit < 0
      ? `${what}: ${size(used)} used, no limit`
      : `${what}: ${size(used)} of ${size(limit)} used`;
  return { detail, ms, facts: { limitBytes: limit, usedBytes: used } };
}

/** As `ibmcloud cr quota` writes sizes: powers of ten. */
function size(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit > 0 && value < 10 ? 1 : 0;
  return `${value.toFixed(digits)} ${units[unit]}`;
}

/** Tags in a sentence, and in the facts of `-o json`. */
const TAGS_TOLD = 5;
const TAGS_KEPT = 50;

export function imageStep(all: IbmLearnedAll, view: AccountView): IbmStep {
  const step = 'ibm-image';
  const { images, token } = all;
  const { image, owner, identity, lists, pulls } = view;
  if (!token?.known) return skipped(step, 'ibm-not-reached');
  if (images === null) {
    const detail = 'the token does not say of which account it is';
    return unknown(step, 'ibm-answer-unreadable', { detail });
  }
  if (!images.known) return unanswered(step, images);
  const { tags, digests, repositories } = images.value;
  const near = nearestFirst(tags, image.tag);
  const facts = { tags: near.slice(0, TAGS_KEPT), tagCount: tags.length };
  const told = { facts, ms: images.ms };
  const is = image.digest ?? `tag ${image.tag}`;
  if (image.digest === null ? tags.includes(image.tag ?? '') : digests.includes(image.digest)) {
    return ok(step, { ...told, detail: `${is} is there, ${count(tags.length, 'tag')} in all` });
  }
  const sees = owner !== null && owner === identity.account && lists && !pulls;
  if (tags.length === 0 && digests.length === 0) {
    const detail = `no image of ${image.repository} among ${count(repositories, 'repository')} of namespace ${image.namespace}`;
    return sees
      ? failed(step, 'ibm-repository-missing', { ...told, detail })
      : unknown(step, 'ibm-list-may-be-partial', { ...told, detail: `it sees ${detail}` });
  }
  if (image.digest !== null || pulls) {
    // The list leaves out untagged images, and the images of an index.
    const detail = `${is} is not in the list of tagged images`;
    return unknown(step, 'ibm-list-may-be-partial', { ...told, detail });
  }
  const others = near.slice(0, TAGS_TOLD).join(', ');
  const detail = `there is no ${is}; of ${count(tags.length, 'tag')} the nearest ${tags.length === 1 ? 'is' : 'are'} ${others}`;
  return failed(step, 'ibm-tag-missing', { ...told, detail });
}

function count(number: number, what: string): string {
  const many = what.endsWith('y') ? `${what.slice(0, -1)}ies` : `${what}s`;
  return `${number} ${number === 1 ? what : many}`;
}

/** Longest tags and most of them that are compared. */
const COMPARED = 2000;

function nearestFirst(tags: readonly string[], tag: string | null): string[] {
  if (tag === null) return [...tags].sort();
  const max = 8;
  return tags
    .slice(0, COMPARED)
    .map((one) => ({ one, far: distance(one.slice(0, 128), tag, max) }))
    .sort((a, b) => a.far - b.far || (a.one < b.one ? 1 : -1))
    .map(({ one }) => one);
}
