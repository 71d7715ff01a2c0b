/**
 * Faults of what stands in a secret. Rules: Go's encoding/json (names of fields in any case, no byte order mark);
 * API validation asks for a JSON object and does not look at its shape.
 */
import { isFields } from '../../words/fields.ts';
import type { FaultRow } from './fault.ts';
import { field, type Json, REMAKE, type SecretContext } from './secret-context.ts';
import { placeholder } from './text-signs.ts';

function auths({ json, bare }: SecretContext): unknown {
  return json === null || bare ? undefined : field(json, 'auths');
}

/** The entries: under `auths`, or at the top in the older type. */
function entries(context: SecretContext): Json | null {
  if (context.bare) return context.json;
  const all = auths(context);
  return isFields(all) ? all : null;
}

function hasCredentials(value: unknown): boolean {
  if (!isFields(value)) return false;
  return ['auth', 'username', 'password'].some((name) => {
    const text = field(value, name);
    return typeof text === 'string' && text !== '';
  });
}

function hasStore({ json }: SecretContext): boolean {
  return ['credsstore', 'credhelpers'].some((name) => field(json ?? {}, name) !== undefined);
}

/** The first value that Go would refuse to read into an entry, or null. */
function wrongEntry(context: SecretContext): string | null {
  for (const [i, [key, value]] of Object.entries(entries(context) ?? {}).entries()) {
    if (value === null) continue;
    if (!isFields(value)) return `${entryName(key, i)} is not an object`;
    for (const name of ['username', 'password', 'email', 'auth']) {
      const text = field(value, name);
      if (text === undefined || text === null || typeof text === 'string') continue;
      return `${name} of ${entryName(key, i)} is not a text`;
    }
  }
  return null;
}

/** A host, with port and path as registries have them: nobody's password. */
const HOST_KEY =
  /^(?:https?:\/\/)?(?:(?:[a-z0-9*-]{1,63}\.){1,20}[a-z0-9-]{1,63}|localhost)(?::\d{1,5})?(?:\/[a-z0-9._/-]{0,100})?$/;

/** The key of an entry, where it is a host; else its number, for it may be part of a password. */
function entryName(key: string, index: number): string {
  return HOST_KEY.test(key) ? `the entry ${key}` : `entry ${index + 1}`;
}

function isFilled({ form, open }: SecretContext): boolean {
  return form === 'not json' && open !== null && placeholder(open) === null;
}

export const CONTENT_FAULTS: readonly FaultRow<SecretContext>[] = [
  {
    id: 'content-empty',
    place: 'content',
    effect: 'never-used',
    certainty: 'certain',
    test: ({ form }) => (form === 'empty' ? 'the content is empty' : null),
    fix: REMAKE,
  },
  {
    id: 'content-bom',
    place: 'content',
    effect: 'stops-pod',
    certainty: 'certain',
    test: ({ form }) =>
      form === 'bom' ? 'the content begins with a byte order mark, which is no JSON' : null,
    fix: 'save the file as UTF-8 without a byte order mark',
  },
  {
    id: 'content-utf16',
    place: 'content',
    effect: 'stops-pod',
    certainty: 'certain',
    test: ({ form }) =>
      form === 'utf-16' ? 'the content is UTF-16, as > in older PowerShell writes it' : null,
    fix: 'save the file as UTF-8 without a byte order mark (Set-Content -Encoding ascii)',
  },
  {
    id: 'content-double-base64',
    place: 'content',
    effect: 'stops-pod',
    certainty: 'certain',
    test: ({ form }) =>
      form === 'config in base64'
        ? 'the content is base64 once more: decoded once it is base64 of a docker config'
        : null,
    fix: 'encode the file once for data, or put it as it is into stringData',
  },
  {
    id: 'content-placeholder',
    place: 'content',
    effect: 'stops-pod',
    certainty: 'certain',
    test: ({ form, open }) => {
      const what = form === 'not json' && open !== null ? placeholder(open) : null;
      return what === null ? null : `the content is ${what}`;
    },
    fix: REMAKE,
  },
  {
    id: 'content-not-json',
    place: 'content',
    effect: 'stops-pod',
    certainty: 'certain',
    test: (context) => {
      if (!isFilled(context)) return null;
      const text = (context.open ?? '').trim();
      const cut = text.startsWith('{') && !text.endsWith('}');
      return `the content is not JSON (${text.length} characters)${cut ? ': it breaks off before its last }' : ''}`;
    },
    fix: REMAKE,
  },
  {
    id: 'content-not-object',
    place: 'content',
    effect: 'stops-pod',
    certainty: 'certain',
    test: ({ form }) => (form === 'other' ? 'the content is JSON, but not an object' : null),
    fix: REMAKE,
  },
  {
    id: 'creds-store',
    place: 'content',
    effect: 'never-used',
    certainty: 'certain',
    test: (context) => {
      if (!hasStore(context)) return null;
      if (Object.values(entries(context) ?? {}).some(hasCredentials)) return null;
      return 'the content names a credential store or helper (credsStore, credHelpers) and holds no credentials: they stayed on the machine it was copied from';
    },
    fix: `${REMAKE} and the user name and password themselves`,
  },
  {
    id: 'auths-missing',
    place: 'content',
    effect: 'never-used',
    certainty: 'certain',
    test: (context) => {
      const { json, bare } = context;
      if (json === null || bare || auths(context) !== undefined || hasStore(context)) return null;
      return Object.values(json).some(hasCredentials)
        ? 'the entries stand at the top of the content, not under auths: that is the shape of kubernetes.io/dockercfg'
        : 'the content has no field auths';
    },
    fix: 'put the entries under auths: {"auths":{"HOST":{…}}}',
  },
  {
    id: 'auths-wrong-shape',
    place: 'content',
    effect: 'stops-pod',
    certainty: 'certain',
    test: (context) => {
      const all = auths(context);
      return all === undefined || all === null || isFields(all) ? null : 'auths is not an object';
    },
    fix: 'write auths as an object with a field for each host: {"auths":{"HOST":{…}}}',
  },
  {
    id: 'auths-empty',
    place: 'content',
    effect: 'never-used',
    certainty: 'certain',
    test: (context) => {
      if (context.json === null || hasStore(context)) return null;
      const all = context.bare ? context.json : auths(context);
      const none = all === null || (isFields(all) && Object.keys(all).length === 0);
      return none ? 'there is no entry in the content' : null;
    },
    fix: REMAKE,
  },
  {
    id: 'dockercfg-has-auths',
    place: 'content',
    effect: 'never-used',
    certainty: 'certain',
    test: ({ bare, json }) =>
      bare && json !== null && field(json, 'auths') !== undefined
        ? 'the entries stand under auths, which the older type kubernetes.io/dockercfg has not: the kubelet takes auths for a host'
        : null,
    fix: `${REMAKE}, which makes the type kubernetes.io/dockerconfigjson`,
  },
  {
    id: 'entry-wrong-shape',
    place: 'content',
    effect: 'stops-pod',
    certainty: 'certain',
    test: wrongEntry,
    fix: 'each entry is an object, and its fields are texts',
  },
];
