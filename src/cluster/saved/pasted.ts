/**
 * A docker config where saved objects might stand: a config.json, the value of a Secret's data key, and the ways in
 * which people paste these.
 */
import { InputError } from '../../words/errors.ts';
import { type Fields, isFields } from '../../words/fields.ts';
import { Hidden } from '../../words/hidden.ts';
import { decodeText } from './decode.ts';

export interface PastedConfig {
  /** As the user knows the file. */
  readonly shown: string;
  /** `dockercfg` has its entries at the top. */
  readonly form: 'dockerconfigjson' | 'dockercfg';
  /** The text of the config, decoded as often as it took. */
  readonly text: Hidden;
  /** What was done to read it, and what the kubelet would not do; sentences without full stop. */
  readonly notes: readonly string[];
}

/** A Secret holds 1 MiB at most; twice encoded and with line breaks it is below this. */
const MAX_BYTES = 4_194_304;
/** Nobody encodes more often. */
const MAX_LAYERS = 4;

const CONFIG_FIELDS = ['auths', 'credsstore', 'credhelpers', 'httpheaders'];
const ENTRY_FIELDS = ['auth', 'username', 'password'];

/** `.dockerconfigjson: eyJ…`, a line out of a Secret's YAML or JSON. */
const DATA_LINE = /^["']?\.(dockerconfigjson|dockercfg)["']?\s*:\s*(?:[|>][+-]?\s)?(.*?),?$/s;

/**
 * The docker config in a file, or null where the file holds something else. Throws InputError for base64 of
 * something that is no docker config. No text of the file is in an error or a remark.
 */
export function pastedConfig(bytes: Buffer, shown: string): PastedConfig | null {
  if (bytes.length > MAX_BYTES) return null;
  const first = textOf(bytes, shown);
  if (first === null) return null;
  const notes: string[] = [...encodingNotes(bytes)];
  const { form, ...value } = dataValue(first.trim());
  let text = value.text;
  for (let layers = 0; layers <= MAX_LAYERS; layers++) {
    const found = formOf(text, layers > 0);
    if (found !== null) {
      if (layers > 1) notes.push(DOUBLE);
      return { shown, form: form ?? found, text: new Hidden(text), notes };
    }
    const inner = decoded(text);
    if (inner === null) return refused(layers, text, shown);
    notes.push(...inner.notes, ...encodingNotes(inner.bytes));
    const next = textOf(inner.bytes, shown);
    if (next === null) return null;
    text = next.trim();
  }
  return null;
}

/** Base64 of the shortest logins; below it, words are base64 of some text by chance. */
const SHORTEST_BASE64 = 12;

/**
 * What a word of the command line is that was pasted whole: a docker config, or base64 of another text, which may be a
 * login. Null for any other word.
 */
export function pastedWord(word: string): 'config' | 'base64' | null {
  try {
    return pastedConfig(Buffer.from(word), '') === null ? null : 'config';
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return word.length < SHORTEST_BASE64 ? null : 'base64';
  }
}

const DOUBLE =
  'it is base64 of base64: the API server decodes once, and the kubelet would find no JSON in it; encode it once only';

function textOf(bytes: Buffer, shown: string): string | null {
  try {
    return decodeText(bytes, shown);
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

function* encodingNotes(bytes: Buffer): Iterable<string> {
  const [a, b, c, d] = bytes;
  const utf16 = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff) || b === 0 || a === 0;
  const problem = 'the kubelet would not read a Secret made of it';
  if (bytes.length > 3 && utf16 && (c === 0 || d === 0)) yield `it is UTF-16: ${problem}`;
  if (a === 0xef && b === 0xbb && c === 0xbf) yield `it begins with a byte order mark: ${problem}`;
}

function formOf(text: string, wasBase64: boolean): PastedConfig['form'] | null {
  if (!text.startsWith('{')) return null;
  const json = parsed(text);
  if (json === null) {
    // Cut short or mistyped; what it should have been shows at its start, or in how it came.
    const begins = /^\{\s*"(?:auths|credsStore|credHelpers|HttpHeaders)"/i.test(text.slice(0, 200));
    return wasBase64 || begins ? 'dockerconfigjson' : null;
  }
  const names = Object.keys(json).map((name) => name.toLowerCase());
  if (names.some((name) => CONFIG_FIELDS.includes(name))) return 'dockerconfigjson';
  if (!wasBase64 && names.includes('kind')) return null;
  const values = Object.values(json);
  if (values.length > 0 && values.every(isEntry)) return 'dockercfg';
  return wasBase64 || names.length === 0 ? 'dockerconfigjson' : null;
}

function parsed(text: string): Fields | null {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function isEntry(value: unknown): boolean {
  return (
    isFields(value) && Object.keys(value).some((name) => ENTRY_FIELDS.includes(name.toLowerCase()))
  );
}

/** The value of a data key, where the text is the line or the `data` object of a Secret; else the text itself. */
function dataValue(text: string): { text: string; form: PastedConfig['form'] | null } {
  const json = text.startsWith('{') ? parsed(text) : null;
  for (const form of ['dockerconfigjson', 'dockercfg'] as const) {
    const value = json?.[`.${form}`];
    if (typeof value === 'string') return { text: value.trim(), form };
  }
  const line = DATA_LINE.exec(text);
  if (line === null) return { text, form: null };
  const form = line[1] === 'dockercfg' ? 'dockercfg' : 'dockerconfigjson';
  return { text: (line[2] ?? '').trim(), form };
}

interface Layer {
  readonly bytes: Buffer;
  readonly notes: readonly string[];
}

/** One layer of base64, quotes and blanks around it or inside it taken off; null where it is none. */
function decoded(text: string): Layer | null {
  const bare = text.replace(/^["']|["']$/g, '');
  const packed = bare.replace(/\s+/g, '');
  if (packed.length < 4 || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(packed)) return null;
  const notes: string[] = [];
  if (/[^\S\r\n]/.test(bare.replace(/(?:^|[\r\n])[^\S\r\n]+/g, ''))) {
    notes.push(
      'there are blanks inside the base64; they are left out here, the API server takes none',
    );
  }
  if (/[_-]/.test(packed)) {
    notes.push('it is URL-safe base64 (- and _), which the API server does not take');
  }
  return { bytes: Buffer.from(packed, 'base64url'), notes };
}

function refused(layers: number, text: string, shown: string): null {
  if (layers === 0) return null;
  // A word of letters alone is base64 by chance; what it decodes to is no text then.
  if (/[\p{Cc}\ufffd]/u.test(text.replace(/\s/g, ''))) return null;
  const auth = text.includes(':');
  throw new InputError(
    `${shown}: it is base64, but not of a docker config${
      auth ? '; is it the auth field of an entry (user:password)?' : ''
    }`,
  );
}
