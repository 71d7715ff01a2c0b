/** What the tests of a secret share, worked out once. */
import { isFields, parseJson } from '../../words/fields.ts';
import { decodeGo } from './auth-field.ts';
import type { SecretFacts } from './fault.ts';

/** Secrets hold 1 MiB at most; a file may be larger, and then is no pull secret. */
const MAX_CONTENT = 4_194_304;

export const REMAKE = 'make the secret anew with kubectl create secret docker-registry';

export type Json = Readonly<Record<string, unknown>>;

/** `open` is the content as a text, and goes no further than the tests. */
export interface SecretContext extends SecretFacts {
  readonly open: string | null;
  /** `other`: JSON, but not an object. `config in base64`: encoded once more than needed. */
  readonly form:
    | 'not read'
    | 'empty'
    | 'utf-16'
    | 'bom'
    | 'config in base64'
    | 'object'
    | 'other'
    | 'not json';
  readonly json: Json | null;
  /** The older type, whose entries stand at the top. */
  readonly bare: boolean;
}

export function secretContext(facts: SecretFacts): SecretContext {
  const whole = facts.content?.reveal() ?? null;
  const open = whole !== null && whole.length > MAX_CONTENT ? null : whole;
  const parsed = open === null ? undefined : parseJson(open);
  const json = isFields(parsed) ? parsed : null;
  const bare = facts.type === 'kubernetes.io/dockercfg';
  return { ...facts, open, json, bare, form: formOf(open, parsed, json) };
}

function formOf(open: string | null, parsed: unknown, json: Json | null): SecretContext['form'] {
  if (open === null) return 'not read';
  if (json !== null) return 'object';
  if (parsed !== undefined) return 'other';
  if (open.trim() === '') return 'empty';
  if (isUtf16(open)) return 'utf-16';
  if (open.startsWith('\ufeff')) return 'bom';
  return decodeGo(open.trim())?.trimStart().startsWith('{') === true
    ? 'config in base64'
    : 'not json';
}

function isUtf16(text: string): boolean {
  // Half of the bytes of ASCII in UTF-16 are NUL.
  const head = text.slice(0, 64);
  return head.length >= 4 && head.split('\0').length - 1 >= Math.floor(head.length / 3);
}

/** A field by its name (in lower case), found in any case, as Go finds it; `undefined` where it is absent. */
export function field(json: Json, name: string): unknown {
  if (Object.hasOwn(json, name)) return json[name];
  const key = Object.keys(json).find((other) => other.toLowerCase() === name);
  return key === undefined ? undefined : json[key];
}
