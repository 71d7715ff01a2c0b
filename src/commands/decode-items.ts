/** Reports of secrets → what is printed of them. The one place of `decode` that takes a value out of its wrapping. */
import { type FoundSecrets, isMissing, type ListedSecret } from '../collect/decode-found.ts';
import { DOCKER_SECRETS, type SecretContent } from '../credentials/docker-config.ts';
import { type EntryReport, type ReportSettings, reportSecret } from '../judge/secret-report.ts';
import type { DecodedView, EntryItem, SecretItem, SecretText } from '../print/decode-view.ts';
import { type Hidden, MASK } from '../words/hidden.ts';
import type { Unavailable } from '../words/known.ts';

export interface ItemSettings extends ReportSettings {
  /** Values are taken out of their wrapping. */
  readonly showSecrets: boolean;
}

export interface Decoded {
  readonly view: DecodedView;
  /** Why secrets could not be looked into, once each. */
  readonly gaps: readonly Unavailable[];
}

/** Reads every secret that was found. A secret that counts for several pods is there once. */
export function decodedView(found: FoundSecrets, settings: ItemSettings): Decoded {
  const secrets = found.groups.flatMap((group) => group.secrets);
  const once = new Map(secrets.map((s) => [`${s.file ?? ''} ${s.namespace}/${s.name}`, s]));
  const users = found.groups.flatMap(({ user, secrets: own }) =>
    user === null
      ? []
      : [{ ...user, unseen: user.unseen !== null, pullSecrets: own.map((s) => s.name) }],
  );
  const unread = [...once.values()].flatMap((s) =>
    s.answer.known || isMissing(s) ? [] : [s.answer.why],
  );
  return {
    view: { secrets: [...once.values()].map((s) => itemOf(s, settings)), users },
    gaps: [...found.gaps, ...unread],
  };
}

const BARE = {
  why: null,
  type: null,
  dataKey: null,
  createdAt: null,
  changedAt: null,
  kubelet: null,
  fingerprint: null,
  content: null,
  faults: [],
  entries: [],
};

function itemOf(listed: ListedSecret, settings: ItemSettings): SecretItem {
  const { answer, near, notes = [] } = listed;
  const file = listed.file ?? null;
  const name =
    file === null
      ? { namespace: listed.namespace, name: listed.name }
      : { namespace: null, name: null };
  const base = { ...BARE, ...name, file, near, notes };
  if (!answer.known) {
    const status = isMissing(listed)
      ? 'missing'
      : answer.why.reason === 'forbidden'
        ? 'not allowed'
        : 'not known';
    return { ...base, status, why: answer.why.text };
  }
  const secret = answer.value;
  const { content, entries, faults, status, why, fingerprint } = reportSecret(secret, settings);
  const known = Object.hasOwn(DOCKER_SECRETS, secret.type)
    ? DOCKER_SECRETS[secret.type]
    : undefined;
  return {
    ...base,
    status,
    why,
    type: secret.type,
    dataKey: known !== undefined && secret.dataKeys.includes(known.dataKey) ? known.dataKey : null,
    createdAt: secret.createdAt,
    changedAt: secret.changedAt,
    kubelet: content?.kind === 'broken' ? { error: content.error, entry: content.entry } : null,
    fingerprint,
    content: settings.showSecrets ? contentOf(content) : null,
    faults,
    entries: entries.map((entry) => entryItem(entry, settings.showSecrets)),
  };
}

function contentOf(content: SecretContent | null): string | null {
  if (content === null || content.kind === 'ignored') return null;
  return content.text?.reveal() ?? null;
}

function entryItem(report: EntryReport, show: boolean): EntryItem {
  const { entry, keyRead, kind, expires, fingerprint, faults } = report;
  const { username, password, written, from } = entry;
  return {
    registry: show ? entry.writtenKey.reveal() : report.key,
    readAs: keyRead,
    user: show || report.user !== null ? username : MASK,
    password: secretText(password, show),
    from,
    broken: entry.fault !== null,
    repeated: entry.repeated,
    auth: shownValue(written.auth, show),
    identityToken: shownValue(written.identitytoken, show),
    registryToken: shownValue(written.registrytoken, show),
    email: show || mayShowEmail(written.email, entry) ? written.email : MASK,
    kind: { id: kind.id, label: kind.label, life: kind.life, advice: kind.advice },
    expires,
    fingerprint: from === 'nothing' ? null : fingerprint,
    faults,
  };
}

function secretText(hidden: Hidden, show: boolean): SecretText {
  return { text: show ? hidden.reveal() : MASK, masked: !show, length: hidden.length };
}

function shownValue(hidden: Hidden | null, show: boolean): string | null {
  if (hidden === null) return null;
  // There is nothing to hide, and a mask would tell of something.
  if (hidden.length === 0) return '';
  return show ? hidden.reveal() : MASK;
}

/** An address, and not the password that somebody put on the wrong line. */
function mayShowEmail(email: string | null, { password }: EntryReport['entry']): boolean {
  if (email === null || email === '') return true;
  const secret = password.reveal().trim();
  return /^[^\s@]{1,64}@[^\s@]{1,190}$/.test(email) && (secret === '' || !email.includes(secret));
}
