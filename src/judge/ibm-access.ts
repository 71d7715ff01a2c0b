/**
 * Whether a policy lets an identity pull. Source of the rules: ibm-cloud-docs/Registry iam.md (image.pull needs the
 * service role Reader, Writer or Manager; service container-registry, region or none, resource type namespace or none,
 * or the resource group of the namespace; platform roles do not count). Pure.
 */
import { fitsGlob } from '../registries/hosts.ts';
import type { IbmStep } from '../words/ibm.ts';
import type {
  IbmAttribute,
  IbmImageName,
  IbmLearnedAll,
  IbmPolicies,
  IbmPolicy,
} from '../words/ibm-learned.ts';
import { lookUp } from '../words/lookup.ts';
import { failed, ok, refusalCode, refusalFacts, skipped, unanswered, unknown } from './ibm-step.ts';

/** How a policy stands to the image; the nearest miss first. */
const FITS = ['grants', 'unclear', 'role', 'namespace', 'region', 'group', 'other'] as const;
type Fit = (typeof FITS)[number];

export interface Access {
  readonly step: IbmStep;
  /** A policy grants it for every namespace of the region. */
  readonly wholeRegion: boolean;
  /** A policy lets it list the images of the namespace (Reader, Manager). */
  readonly lists: boolean;
}

/** Older names of regions, which policies still hold (facts of registry_overview.md). */
const OLD_REGIONS: Readonly<Record<string, string>> = {
  'uk-south': 'eu-gb',
  'eu-central': 'eu-de',
  'ap-south': 'au-syd',
  'ap-north': 'jp-tok',
};

/** `group`: the resource group of the namespace, where it is known. `pulls`: the registry gave it the image. */
export function accessOf(
  { token, policies }: IbmLearnedAll,
  image: IbmImageName,
  group: string | null,
  pulls: boolean,
): Access {
  const name = 'ibm-access';
  const none = { wholeRegion: false, lists: false };
  if (!token?.known) return { ...none, step: skipped(name, 'ibm-not-reached') };
  if (policies === null) {
    const detail = 'the token does not say whose it is';
    return { ...none, step: unknown(name, 'ibm-answer-unreadable', { detail }) };
  }
  if (!policies.known) return { ...none, step: unanswered(name, policies) };
  const fitted = policies.value.policies.map((policy) => ({
    policy,
    fit: fitOf(policy, image, group),
  }));
  const grants = fitted.flatMap(({ policy, fit }) => (fit === 'grants' ? [policy] : []));
  // Writer may pull, and list neither namespaces nor images.
  const readers = grants.filter(({ roles }) =>
    roles.some((role) => /^serviceRole:(?:Reader|Manager)$/.test(role)),
  );
  return {
    wholeRegion: readers.some(({ resources }) =>
      resources.some((one) => isWhole(one) && resourceFit(one, image, group) === 'grants'),
    ),
    lists: readers.length > 0,
    step: stepOf(fitted, policies.value, image, policies.ms, pulls),
  };
}

/** Names of groups, and roles of a policy, that are told. */
const MAX_GROUPS = 50;
const MAX_ROLES = 10;

interface Fitted {
  readonly policy: IbmPolicy;
  readonly fit: Fit;
}

function stepOf(
  fitted: readonly Fitted[],
  { missing, groups }: IbmPolicies,
  image: IbmImageName,
  ms: number,
  pulls: boolean,
): IbmStep {
  const name = 'ibm-access';
  const nearest = [...fitted].sort((a, b) => FITS.indexOf(a.fit) - FITS.indexOf(b.fit))[0];
  const near = nearest === undefined || nearest.fit === 'other' ? null : nearest;
  const facts = {
    policies: fitted.length,
    groups: groups.slice(0, MAX_GROUPS),
    ...(near !== null && { policy: near.policy.id, roles: near.policy.roles.slice(0, MAX_ROLES) }),
    ...(near?.policy.group && { byGroup: near.policy.group }),
  };
  const told = { ms, facts };
  const policy = near === null ? '' : described(near.policy);
  if (near?.fit === 'grants') return ok(name, { ...told, detail: policy });
  const need = `no policy gives it Reader, Writer or Manager on ${target(image)}`;
  if (near?.fit === 'unclear') {
    const detail = `${policy} may let it pull or not: it has conditions, tags, a resource group or a role of the account's own`;
    return unknown(name, 'ibm-policy-unclear', { ...told, detail });
  }
  const [gap] = missing;
  if (gap !== undefined) {
    const seen = near === null ? '' : `; the nearest that was seen is ${policy}`;
    const detail = `not all policies could be read (${gap.detail})${seen}`;
    return unknown(name, refusalCode(gap), {
      ms,
      detail,
      facts: { ...facts, ...refusalFacts(gap) },
    });
  }
  if (pulls) {
    const detail = `${need}, and the registry lets it pull all the same`;
    return unknown(name, 'ibm-policy-unclear', { ...told, detail });
  }
  const detail = near === null ? need : `${need}; the nearest is ${policy}`;
  return failed(name, CODES[near?.fit ?? 'other'], { ...told, detail });
}

const CODES = {
  grants: 'ibm-access-none',
  unclear: 'ibm-access-none',
  role: 'ibm-access-wrong-role',
  namespace: 'ibm-access-wrong-namespace',
  region: 'ibm-access-wrong-region',
  group: 'ibm-access-wrong-group',
  other: 'ibm-access-none',
} as const;

function target({ namespace, region }: IbmImageName): string {
  return `namespace ${namespace}${region === null ? '' : ` in ${region}`}`;
}

function fitOf(policy: IbmPolicy, image: IbmImageName, group: string | null): Fit {
  const fits = policy.resources.map((resource) => resourceFit(resource, image, group));
  const best = FITS.find((fit) => fits.includes(fit)) ?? 'other';
  if (best !== 'grants' && best !== 'unclear') return best;
  if (policy.roles.some((role) => /^serviceRole:(?:Reader|Writer|Manager)$/.test(role))) {
    return policy.conditional ? 'unclear' : best;
  }
  return policy.roles.some((role) => role.startsWith('customRole:')) ? 'unclear' : 'role';
}

/** Attributes that say where a policy holds, and are looked at. */
const KNOWN: ReadonlySet<string> = new Set([
  'accountId',
  'serviceName',
  'serviceType',
  'region',
  'geography',
  'resourceType',
  'resource',
  'resourceGroupId',
  'serviceInstance',
]);

function resourceFit(
  attributes: readonly IbmAttribute[],
  image: IbmImageName,
  group: string | null,
): Fit {
  const of = (name: string) => attributes.filter((one) => one.name === name);
  const [service] = of('serviceName');
  if (service !== undefined && matches(service, 'container-registry') === false) return 'other';
  // Without a service a policy is for all services with IAM, or for those of a resource group.
  const [type] = of('serviceType');
  if (service === undefined && type !== undefined && type.value !== 'service') return 'other';
  const isOtherKind = attributes.some(({ name }) => name === 'service_group_id');
  if (isOtherKind && service === undefined) return 'other';
  const [resourceType] = of('resourceType');
  if (resourceType !== undefined && matches(resourceType, 'namespace') === false) return 'other';
  if (of('region').some((one) => regionMatches(one, image.region) === false)) return 'region';
  if (of('resource').some((one) => matches(one, image.namespace) === false)) return 'namespace';
  const groups = of('resourceGroupId');
  if (group !== null && groups.some((one) => matches(one, group) === false)) return 'group';
  const open =
    attributes.some((one) => !KNOWN.has(one.name) || matches(one, one.value) === null) ||
    (groups.length > 0 && group === null) ||
    of('geography').some(({ value }) => value !== 'global' || image.region !== 'global') ||
    of('serviceInstance').some(({ value }) => value !== '') ||
    (of('region').length > 0 && image.region === null);
  return open ? 'unclear' : 'grants';
}

/** `null`: an operator that is not worked out here. */
function matches({ operator, value }: IbmAttribute, wanted: string): boolean | null {
  switch (operator) {
    case 'stringEquals':
      return value === wanted;
    case 'stringExists':
      return value === 'true';
    case 'stringMatch':
      return fitsGlob(value, wanted);
    default:
      return null;
  }
}

function regionMatches(attribute: IbmAttribute, region: string | null): boolean | null {
  if (region === null) return null;
  const current = lookUp(OLD_REGIONS, attribute.value) ?? attribute.value;
  return matches({ ...attribute, value: current }, region);
}

function isWhole(attributes: readonly IbmAttribute[]): boolean {
  return !attributes.some(({ name }) =>
    ['resource', 'resourceGroupId', 'resourceType'].includes(name),
  );
}

/** `policy ID (Reader on namespace shop in us-south, by access group deployers)`. */
function described({ id, roles, resources, group }: IbmPolicy): string {
  const names = roles.slice(0, MAX_ROLES).map((role) => {
    const [kind = '', name = ''] = role.split(':', 2);
    return kind === 'role' ? `platform role ${name}` : name;
  });
  const [first = []] = resources;
  const value = (name: string) => first.find((one) => one.name === name)?.value;
  const where = [
    value('serviceName') === undefined ? 'all services' : '',
    value('resource') === undefined ? 'all namespaces' : `namespace ${value('resource')}`,
    value('resourceGroupId') === undefined ? '' : `of resource group ${value('resourceGroupId')}`,
    value('region') === undefined ? 'in all regions' : `in ${value('region')}`,
  ].filter((part) => part !== '');
  const by = group === null ? '' : `, by access group ${group}`;
  return `policy ${id} (${names.join(', ') || 'no role'} on ${where.join(' ')}${by})`;
}
