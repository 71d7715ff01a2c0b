/**
 * Decoded secrets as the document `-o json` and `-o yaml` print. Field names are a contract (docs/schema): added to,
 * never changed. Pure.
 */
import type { Unavailable } from '../words/known.ts';
import { stampOrNull } from '../words/stamp.ts';
import { API_VERSION } from './api-version.ts';
import type { DecodedView, EntryItem, FaultItem, SecretItem } from './decode-view.ts';
import { unavailable } from './unavailable.ts';

function fault({ id, place, effect, certainty, text, fix }: FaultItem) {
  return { id, place, effect, certainty, text, fix };
}

function entry(e: EntryItem) {
  return {
    registry: e.registry,
    readAs: e.readAs,
    username: e.user,
    password: e.password.text,
    passwordLength: e.password.length,
    credentialsFrom: e.from,
    readable: !e.broken,
    repeated: e.repeated,
    auth: e.auth,
    identitytoken: e.identityToken,
    registrytoken: e.registryToken,
    email: e.email,
    credential: { id: e.kind.id, label: e.kind.label, life: e.kind.life },
    expires:
      e.expires === null ? null : { time: stampOrNull(e.expires.at), atLatest: e.expires.atLatest },
    fingerprint: e.fingerprint,
    faults: e.faults.map(fault),
  };
}

function secret(s: SecretItem) {
  return {
    namespace: s.namespace,
    name: s.name,
    file: s.file,
    type: s.type,
    dataKey: s.dataKey,
    created: stampOrNull(s.createdAt),
    changed: stampOrNull(s.changedAt),
    status: s.status,
    why: s.why,
    nearestName: s.near,
    kubeletError: s.kubelet?.error ?? null,
    kubeletErrorEntry: s.kubelet?.entry ?? null,
    fingerprint: s.fingerprint,
    ...(s.content === null ? {} : { content: s.content }),
    notes: [...s.notes],
    faults: s.faults.map(fault),
    entries: s.entries.map(entry),
  };
}

/** The whole document. Secret values in it are what the view holds: the mask, unless they may be shown. */
export function decodedSecretList({ secrets, users }: DecodedView, gaps: readonly Unavailable[]) {
  return {
    apiVersion: API_VERSION,
    kind: 'DecodedSecretList',
    items: secrets.map(secret),
    usedBy: users.map((u) => ({
      kind: u.kind,
      namespace: u.namespace,
      name: u.name,
      serviceAccount: u.serviceAccount,
      pullSecretsFrom: u.from,
      pullSecrets: [...u.pullSecrets],
      onlyInServiceAccount: [...u.tooLate],
    })),
    unavailable: gaps.map(unavailable),
  };
}
