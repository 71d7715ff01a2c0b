/**
 * Which nodes a pod may go to: `nodeSelector`, required node affinity and taints, as the scheduler reads them
 * (component-helpers scheduling/corev1/nodeaffinity, api/core/v1 toleration.go).
 */
import { type Json, list, obj, str } from './json.ts';

/** What placing needs of a node. */
export interface PlaceableNode {
  readonly name: string;
  readonly labels: Json;
  readonly taints: readonly Json[];
}

export interface Placement {
  readonly selector: Json;
  /** ORed; `null`: no node affinity is required. An empty list fits no node. */
  readonly terms: readonly Json[] | null;
  readonly tolerations: readonly Json[];
  /** Something else decides as well: other pods, or a spec that is not at hand. */
  readonly open: boolean;
}

/** Of the spec of a pod; absent: it is not at hand. */
export function placementOf(spec: Json | undefined): Placement {
  const affinity = obj(spec?.['affinity']);
  const required = 'requiredDuringSchedulingIgnoredDuringExecution';
  const ofNodes = obj(affinity['nodeAffinity'])[required];
  return {
    selector: obj(spec?.['nodeSelector']),
    terms: ofNodes === undefined ? null : list(obj(ofNodes)['nodeSelectorTerms']),
    tolerations: list(spec?.['tolerations']),
    open: spec === undefined || list(obj(affinity['podAffinity'])[required]).length > 0,
  };
}

export function mayGoTo(node: PlaceableNode, placement: Placement): boolean {
  const { selector, terms, tolerations } = placement;
  return (
    Object.entries(selector).every(([key, value]) => node.labels[key] === value) &&
    (terms === null || terms.some((term) => matches(node, term))) &&
    node.taints.every((taint) => passes(taint, tolerations))
  );
}

/** A term without expressions matches nothing. */
function matches(node: PlaceableNode, term: Json): boolean {
  const labels = list(term['matchExpressions']);
  const fields = list(term['matchFields']);
  if (labels.length + fields.length === 0) return false;
  return (
    labels.every((one) => holds(one, node.labels[str(one['key'])])) &&
    fields.every((one) => str(one['key']) === 'metadata.name' && holds(one, node.name))
  );
}

function holds(expression: Json, value: unknown): boolean {
  const given = expression['values'];
  const values = Array.isArray(given) ? given.map(str) : [];
  const there = typeof value === 'string';
  switch (str(expression['operator'])) {
    case 'In':
      return there && values.includes(value);
    case 'NotIn':
      return !there || !values.includes(value);
    case 'Exists':
      return there;
    case 'DoesNotExist':
      return !there;
    case 'Gt':
      return there && whole(value) > whole(values[0]);
    case 'Lt':
      return there && whole(value) < whole(values[0]);
    default:
      return false;
  }
}

function whole(text: string | undefined): number {
  return text !== undefined && /^-?\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
}

/** Taints of the cluster itself (not ready, pressure, cordoned) come and go. */
function passes(taint: Json, tolerations: readonly Json[]): boolean {
  const key = str(taint['key']);
  const effect = str(taint['effect']);
  if (effect === 'PreferNoSchedule') return true;
  if (/^node(?:\.cloudprovider)?\.kubernetes\.io\//.test(key)) return true;
  return tolerations.some((one) => {
    const ofEffect = str(one['effect']);
    if (ofEffect !== '' && ofEffect !== effect) return false;
    const exists = str(one['operator']) === 'Exists';
    if (str(one['key']) === '') return exists;
    return str(one['key']) === key && (exists || str(one['value']) === str(taint['value']));
  });
}
