/** One entry of a pull secret (`DockerConfigEntry.UnmarshalJSON` of the kubelet's config.go). */
import { Hidden } from '../words/hidden.ts';
import { type Bytes, isUtf8, toText } from './encoding.ts';
import { decodeBase64 } from './go-base64.ts';
import { fieldName, type JsonValue, jsonMembers, jsonString } from './go-json.ts';
import { typeError } from './go-json-type.ts';
import { shownKey } from './key.ts';

/**
 * `syntax`: no JSON; `shape`: JSON with a value of the wrong type; `base64` and `colon`: the `auth` of an entry is no
 * base64, or holds no colon.
 */
export type ConfigFault = 'syntax' | 'shape' | 'base64' | 'colon';

export interface ConfigEntry {
  /** As written, save that what stands before an `@` in the host is masked: it may be a password. */
  readonly key: string;
  /** Really as written. */
  readonly writtenKey: Hidden;
  /** What the kubelet uses; empty where the entry says nothing, or cannot be read. */
  readonly username: string;
  readonly password: Hidden;
  /** Which of the two the kubelet took them from; `nothing`: both are empty, and yet it counts as a credential. */
  readonly from: 'auth' | 'username and password' | 'nothing';
  /** The decoded `auth` holds bytes that are no UTF-8; they are U+FFFD in `username` and `password`. */
  readonly notUtf8: boolean;
  /** The same key stood in this secret before; only this last one counts. */
  readonly repeated: boolean;
  readonly written: WrittenEntry;
  /** Why the kubelet refuses it, and with it the pod's every pull; null if it does not. */
  readonly fault: { readonly error: string; readonly fault: ConfigFault } | null;
}

/** The entry as it stands in the JSON. A field that is absent, `null` or no string is null. */
export interface WrittenEntry {
  readonly username: string | null;
  readonly password: Hidden | null;
  readonly auth: Hidden | null;
  readonly email: string | null;
  /** Of a login that docker keeps as a token; the kubelet ignores both. */
  readonly identitytoken: Hidden | null;
  readonly registrytoken: Hidden | null;
  /** Names of fields that are none of these. */
  readonly others: readonly string[];
}

const ENTRY_STRUCT = 'dockerConfigEntryWithAuth';
const USED: ReadonlySet<string> = new Set(['username', 'password', 'email', 'auth']);
const UNUSED: ReadonlySet<string> = new Set(['identitytoken', 'registrytoken']);
const NO_COLON = 'unable to parse auth field, must be formatted as base64(username:password)';

/**
 * Reads one entry.
 *
 * @param place as for `typeError`: where the entries stand
 */
export function entryOf(
  text: Bytes,
  key: Bytes,
  value: JsonValue,
  place: readonly string[],
  repeated: boolean,
): ConfigEntry {
  const { fields, others, error } = fieldsOf(text, value, place);
  const auth = fields.get('auth') ?? '';
  const decoded = auth === '' ? null : decodeAuth(auth);
  const fault = error === null ? (decoded?.fault ?? null) : ({ error, fault: 'shape' } as const);
  const login = decoded ?? {
    username: fields.get('username') ?? '',
    password: fields.get('password') ?? '',
  };
  const used = fault === null ? login : { username: '', password: '' };
  const shown = toText(key);
  return {
    key: shownKey(shown),
    writtenKey: new Hidden(shown),
    username: toText(used.username),
    password: new Hidden(toText(used.password)),
    from: origin(used, decoded !== null),
    notUtf8: !isUtf8(used.username + used.password),
    repeated,
    written: {
      username: textOf(fields, 'username'),
      password: hiddenOf(fields, 'password'),
      auth: hiddenOf(fields, 'auth'),
      email: textOf(fields, 'email'),
      identitytoken: hiddenOf(fields, 'identitytoken'),
      registrytoken: hiddenOf(fields, 'registrytoken'),
      others,
    },
    fault,
  };
}

interface Login {
  readonly username: Bytes;
  readonly password: Bytes;
}

interface Fields {
  readonly fields: ReadonlyMap<string, Bytes>;
  readonly others: readonly string[];
  /** The first field of a wrong type, in Go's words. */
  readonly error: string | null;
}

function fieldsOf(text: Bytes, value: JsonValue, place: readonly string[]): Fields {
  const fields = new Map<string, Bytes>();
  const others: string[] = [];
  let error: string | null = null;
  if (value.kind === 'null') return { fields, others, error };
  if (value.kind !== 'object') {
    error = typeError(value, `credentialprovider.${ENTRY_STRUCT}`, place);
    return { fields, others, error };
  }
  const inner = place.length === 0 ? [ENTRY_STRUCT] : place;
  for (const { name, value: written } of jsonMembers(text, value)) {
    const field = fieldName(name);
    const used = USED.has(field);
    if (!used && !UNUSED.has(field)) others.push(shownKey(toText(name)));
    else if (written.kind === 'string') fields.set(field, jsonString(text, written));
    else if (written.kind !== 'null' && used) {
      error ??= typeError(written, 'string', [...inner, field]);
    }
  }
  return { fields, others, error };
}

/** `auth` is base64 of `username:password`, padded if it ends in `=`; the first colon divides. */
function decodeAuth(auth: Bytes): Login & { readonly fault: ConfigEntry['fault'] } {
  const none = { username: '', password: '' };
  const decoded = decodeBase64(auth, endsWithPadding(auth) ? 'padded' : 'raw');
  if (!decoded.ok) return { ...none, fault: { error: decoded.error, fault: 'base64' } };
  const colon = decoded.bytes.indexOf(':');
  if (colon === -1) return { ...none, fault: { error: NO_COLON, fault: 'colon' } };
  return {
    username: decoded.bytes.slice(0, colon),
    password: decoded.bytes.slice(colon + 1),
    fault: null,
  };
}

/** Go's `TrimSpace` takes these away; JavaScript's `trim` takes others. */
const SPACE = /[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

function endsWithPadding(auth: Bytes): boolean {
  const text = toText(auth);
  let end = text.length;
  while (end > 0 && SPACE.test(text.charAt(end - 1))) end--;
  return text.charAt(end - 1) === '=';
}

function origin(used: Login, byAuth: boolean): ConfigEntry['from'] {
  if (used.username === '' && used.password === '') return 'nothing';
  return byAuth ? 'auth' : 'username and password';
}

function textOf(fields: ReadonlyMap<string, Bytes>, field: string): string | null {
  const value = fields.get(field);
  return value === undefined ? null : toText(value);
}

function hiddenOf(fields: ReadonlyMap<string, Bytes>, field: string): Hidden | null {
  const text = textOf(fields, field);
  return text === null ? null : new Hidden(text);
}
