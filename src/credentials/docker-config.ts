/**
 * What is in a pull secret, as the kubelet reads it (pkg/credentialprovider/secrets/secrets.go and config.go of
 * Kubernetes 1.37). Beside what the kubelet uses, everything that is written is kept, so that faults can be named.
 */
import { Hidden } from '../words/hidden.ts';
import { type ConfigEntry, type ConfigFault, entryOf } from './config-entry.ts';
import { type Bytes, toText } from './encoding.ts';
import { decodeBase64 } from './go-base64.ts';
import { fieldName, type JsonValue, jsonMembers, jsonString, readJson } from './go-json.ts';
import { typeError } from './go-json-type.ts';
import { shownKey } from './key.ts';

/** The part of a Secret that the kubelet looks at; `data` is base64 as in the API. */
export interface SecretData {
  readonly type?: string | undefined;
  readonly data?: Readonly<Record<string, string>> | undefined;
}

/** `dockerconfigjson` has its entries under `auths`, `dockercfg` is the entries themselves. */
export type ConfigForm = 'dockerconfigjson' | 'dockercfg';

/** Secret types that hold pull credentials, and the data key of each. */
export const DOCKER_SECRETS: Readonly<Record<string, { form: ConfigForm; dataKey: string }>> = {
  'kubernetes.io/dockerconfigjson': { form: 'dockerconfigjson', dataKey: '.dockerconfigjson' },
  'kubernetes.io/dockercfg': { form: 'dockercfg', dataKey: '.dockercfg' },
};

/** The content as it is written, which may be nothing; `null` where the kubelet does not look at it. */
export function textOf(content: SecretContent): Hidden | null {
  if (content.kind !== 'ignored') return content.text;
  return content.why === 'empty' ? new Hidden('') : null;
}

export type SecretContent = IgnoredSecret | BrokenConfig | ReadConfig;

/** The kubelet passes over it without a word. */
export interface IgnoredSecret {
  readonly kind: 'ignored';
  /** Another type than the two; no data under the key of the type; nothing in it. */
  readonly why: 'type' | 'no data key' | 'empty';
}

/** It stops every pull of a pod that names it. */
export interface BrokenConfig extends ConfigContent {
  readonly kind: 'broken';
  /**
   * The kubelet's own sentence, which stands in `waiting.reason` from Kubernetes 1.33 on. It quotes a character or a
   * Go type at most.
   */
  readonly error: string;
  /** The entry that is at fault, as `ConfigEntry.key`, or null where it is the whole. */
  readonly entry: string | null;
  /** `data`: the base64 of the API object itself, which no API server hands out. */
  readonly fault: 'data' | ConfigFault;
}

/** The kubelet takes its entries into the keyring. */
export interface ReadConfig extends ConfigContent {
  readonly kind: 'read';
}

export interface ConfigContent {
  readonly form: ConfigForm;
  /** What stands in the secret, decoded once; null where the base64 is broken. */
  readonly text: Hidden | null;
  /** In the order of the text; of repeated keys the last. Of a broken secret what can still be read. */
  readonly entries: readonly ConfigEntry[];
  /** Names at the top of the JSON, as written; empty where it is no object. */
  readonly topLevel: readonly string[];
  /** Of a docker config.json, never used by the kubelet: the credential store's name, or null. */
  readonly credsStore: string | null;
  /** The same: the hosts that have a credential helper. */
  readonly credHelpers: readonly string[];
  /** Names of `HttpHeaders`, which the kubelet reads and does not use. */
  readonly httpHeaders: readonly string[];
}

/** Reads a Secret of the API. */
export function readSecret(secret: SecretData): SecretContent {
  const known = Object.hasOwn(DOCKER_SECRETS, secret.type ?? '')
    ? DOCKER_SECRETS[secret.type ?? '']
    : undefined;
  if (known === undefined) return { kind: 'ignored', why: 'type' };
  const { form, dataKey } = known;
  const data = secret.data;
  const encoded = data !== undefined && Object.hasOwn(data, dataKey) ? data[dataKey] : undefined;
  if (typeof encoded !== 'string') return { kind: 'ignored', why: 'no data key' };
  const decoded = decodeBase64(encoded, 'padded');
  if (!decoded.ok) {
    return { ...nothing(form), kind: 'broken', error: decoded.error, entry: null, fault: 'data' };
  }
  return decoded.bytes === '' ? { kind: 'ignored', why: 'empty' } : readConfig(decoded.bytes, form);
}

/** Reads the decoded text of a pull secret, or of a docker config.json. */
export function readConfig(text: Bytes, form: ConfigForm): BrokenConfig | ReadConfig {
  const empty = { ...nothing(form), text: new Hidden(toText(text)) };
  const json = readJson(text);
  if (!json.ok) {
    return { ...empty, kind: 'broken', error: json.error, entry: null, fault: 'syntax' };
  }
  const reader = new ConfigReader(text, form);
  reader.read(json.root);
  const { entries, broken } = reader;
  const content = { ...empty, ...extras(text, json.root), entries: [...entries.values()] };
  return broken === null ? { ...content, kind: 'read' } : { ...content, kind: 'broken', ...broken };
}

interface Broken {
  readonly error: string;
  readonly entry: string | null;
  readonly fault: ConfigFault;
}

const CONFIG_TYPE = 'credentialprovider.DockerConfigJSON';
const ENTRIES_TYPE = 'credentialprovider.DockerConfig';

/**
 * Goes through the JSON as `json.Unmarshal` does: an entry that cannot be read ends the reading at once; a value of
 * another wrong type is remembered, the first of them, and reported when the reading comes to its end.
 */
class ConfigReader {
  /** By key as decoded. */
  readonly entries = new Map<Bytes, ConfigEntry>();
  readonly #text: Bytes;
  readonly #form: ConfigForm;
  #ended: Broken | null = null;
  #remembered: Broken | null = null;

  constructor(text: Bytes, form: ConfigForm) {
    this.#text = text;
    this.#form = form;
  }

  get broken(): Broken | null {
    return this.#ended ?? this.#remembered;
  }

  read(root: JsonValue): void {
    if (this.#form === 'dockercfg') {
      this.#readEntries(root, []);
      return;
    }
    if (root.kind === 'null') return;
    if (root.kind !== 'object') {
      this.#remember(typeError(root, CONFIG_TYPE, []));
      return;
    }
    for (const { name, value } of jsonMembers(this.#text, root)) {
      if (fieldName(name) === 'auths') this.#readEntries(value, ['DockerConfigJSON', 'auths']);
      else if (fieldName(name) === 'httpheaders') this.#checkHeaders(value);
    }
  }

  /** A second `auths` adds to the first, `null` empties it. */
  #readEntries(value: JsonValue, place: readonly string[]): void {
    if (value.kind === 'null') {
      this.entries.clear();
      return;
    }
    if (value.kind !== 'object') {
      this.#remember(typeError(value, ENTRIES_TYPE, place));
      return;
    }
    for (const { name, value: written } of jsonMembers(this.#text, value)) {
      const repeated = this.entries.delete(name);
      const entry = entryOf(this.#text, name, written, place, repeated);
      this.entries.set(name, entry);
      if (entry.fault === null) continue;
      this.#ended ??= { ...entry.fault, entry: shownKey(toText(name)) };
    }
  }

  #checkHeaders(value: JsonValue): void {
    const place = ['DockerConfigJSON', 'HttpHeaders'];
    if (value.kind === 'null') return;
    if (value.kind !== 'object') {
      this.#remember(typeError(value, 'map[string]string', place));
      return;
    }
    for (const { value: header } of jsonMembers(this.#text, value)) {
      if (header.kind !== 'string' && header.kind !== 'null') {
        this.#remember(typeError(header, 'string', place));
      }
    }
  }

  #remember(error: string): void {
    this.#remembered ??= { error, entry: null, fault: 'shape' };
  }
}

function nothing(form: ConfigForm): ConfigContent {
  return {
    form,
    text: null,
    entries: [],
    topLevel: [],
    credsStore: null,
    credHelpers: [],
    httpHeaders: [],
  };
}

/** What only docker itself would use, and the names at the top. */
function extras(text: Bytes, root: JsonValue): Partial<ConfigContent> {
  if (root.kind !== 'object') return {};
  const topLevel: string[] = [];
  let credsStore: string | null = null;
  let credHelpers: readonly string[] = [];
  let httpHeaders: readonly string[] = [];
  for (const { name, value } of jsonMembers(text, root)) {
    topLevel.push(shownKey(toText(name)));
    if (fieldName(name) === 'credsstore' && value.kind === 'string') {
      credsStore = toText(jsonString(text, value));
    }
    if (value.kind !== 'object') continue;
    const names = () => [...jsonMembers(text, value)].map((member) => toText(member.name));
    if (fieldName(name) === 'credhelpers') credHelpers = names();
    if (fieldName(name) === 'httpheaders') httpHeaders = names();
  }
  return { topLevel, credsStore, credHelpers, httpHeaders };
}
