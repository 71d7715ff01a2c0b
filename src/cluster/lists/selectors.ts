/**
 * Label and field selectors, evaluated here for saved objects (a live server does it itself).
 * Rule: apimachinery pkg/labels/selector.go, pkg/fields/selector.go; the fields are those the API server
 * indexes for pods, events, nodes, secrets and every kind.
 */
import { UsageError } from '../../words/errors.ts';
import { type Fields, fields, text } from '../../words/fields.ts';

export type Selector = (object: unknown) => boolean;

/** A selector longer than this is no selector a person or a server could use. */
const LENGTH_LIMIT = 16_384;

/** `-l`: `a=b,c!=d,e in (f,g),h notin (i),j,!k`. Throws UsageError where it cannot be read. */
export function labelSelector(selector: string): Selector {
  const tests = parts(bounded(selector)).map(labelTest);
  return (object) => {
    const labels = fields(fields(fields(object)['metadata'])['labels']);
    return tests.every((test) => test(labels));
  };
}

/** `--field-selector`: `metadata.name=x,status.phase!=Running`. Throws UsageError for an unsupported field. */
export function fieldSelector(selector: string): Selector {
  const tests = bounded(selector)
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(fieldTest);
  return (object) => tests.every((test) => test(fields(object)));
}

function bounded(selector: string): string {
  if (selector.length > LENGTH_LIMIT) throw new UsageError('the selector is too long');
  return selector;
}

/** Splits at commas outside parentheses. */
function parts(selector: string): string[] {
  const found: string[] = [];
  let start = 0;
  let depth = 0;
  for (let i = 0; i <= selector.length; i++) {
    const c = selector[i];
    if (c === '(') depth++;
    else if (c === ')') depth--;
    if (i === selector.length || (c === ',' && depth === 0)) {
      found.push(selector.slice(start, i).trim());
      start = i + 1;
    }
  }
  return found.length === 1 && found[0] === '' ? [] : found;
}

const KEY = String.raw`(?:[A-Za-z0-9.-]{1,253}\/)?[A-Za-z0-9](?:[\w.-]{0,62})`;
const EXISTS = new RegExp(`^(!?)\\s*(${KEY})$`);
const EQUALITY = new RegExp(`^(${KEY})\\s*(==|=|!=)\\s*([\\w.-]{0,63})$`);
const SET = new RegExp(`^(${KEY})\\s+(in|notin)\\s*\\(([^()]*)\\)$`);
const ORDER = new RegExp(`^(${KEY})\\s*([<>])\\s*(-?\\d{1,18})$`);

function labelTest(part: string): (labels: Fields) => boolean {
  const exists = EXISTS.exec(part);
  if (exists) {
    const [, not, key = ''] = exists;
    return (labels) => Object.hasOwn(labels, key) !== (not === '!');
  }
  const equality = EQUALITY.exec(part);
  if (equality) {
    const [, key = '', operator, value] = equality;
    return operator === '!='
      ? (labels) => !Object.hasOwn(labels, key) || labels[key] !== value
      : (labels) => Object.hasOwn(labels, key) && labels[key] === value;
  }
  const set = SET.exec(part);
  if (set) {
    const [, key = '', operator, list = ''] = set;
    const values = new Set<unknown>(list.split(',').map((value) => value.trim()));
    return operator === 'in'
      ? (labels) => Object.hasOwn(labels, key) && values.has(labels[key])
      : (labels) => !Object.hasOwn(labels, key) || !values.has(labels[key]);
  }
  const order = ORDER.exec(part);
  if (order) {
    const [, key = '', operator, bound] = order;
    return (labels) => {
      const value = Object.hasOwn(labels, key) ? Number(labels[key]) : Number.NaN;
      return operator === '<' ? value < Number(bound) : value > Number(bound);
    };
  }
  throw new UsageError(`unable to parse requirement "${part.slice(0, 200)}" of the selector`);
}

const PATHS: ReadonlySet<string> = new Set([
  'metadata.name',
  'metadata.namespace',
  'involvedObject.kind',
  'involvedObject.namespace',
  'involvedObject.name',
  'involvedObject.uid',
  'involvedObject.apiVersion',
  'involvedObject.resourceVersion',
  'involvedObject.fieldPath',
  'spec.nodeName',
  'spec.restartPolicy',
  'spec.schedulerName',
  'spec.serviceAccountName',
  'spec.hostNetwork',
  'spec.unschedulable',
  'status.phase',
  'status.podIP',
  'status.nominatedNodeName',
  'status.successful',
  'reason',
  'reportingComponent',
  'source',
  'type',
]);

function fieldTest(part: string): (object: Fields) => boolean {
  const parsed = /^\s*([\w.]{1,100})(==|=|!=)(.*)$/s.exec(part);
  if (!parsed) {
    throw new UsageError(`invalid field selector: "${part.slice(0, 200)}"; can't understand it`);
  }
  const [, path = '', operator, value = ''] = parsed;
  if (!PATHS.has(path)) throw new UsageError(`field label not supported: ${path}`);
  const wanted = value.trim().replace(/\\([\\,=])/g, '$1');
  return (object) => (fieldValue(object, path) === wanted) === (operator !== '!=');
}

function fieldValue(object: Fields, path: string): string {
  if (path === 'source') return text(fields(object['source'])['component']);
  let value: unknown = object;
  for (const key of path.split('.')) value = fields(value)[key];
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  // The API server indexes an absent boolean as false.
  if (value === undefined && /^(?:spec\.hostNetwork|spec\.unschedulable)$/.test(path))
    return 'false';
  return text(value);
}
