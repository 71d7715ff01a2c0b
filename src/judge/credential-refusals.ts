/** What is wrong with credentials that are for the image and did not get it. Pure. */

import type { NextStep } from '../words/next-step.ts';
import type { Reading } from '../words/reading.ts';
import { stamp } from '../words/stamp.ts';
import type { Contributing } from '../words/verdict.ts';
import type { PodSecret } from './credential-secrets.ts';
import { wholeFaults } from './credential-told.ts';
import type { EntryReport, Expires } from './secret-report.ts';

/** An entry that was tried, and what is to say of it. */
export interface Tried {
  readonly from: PodSecret;
  readonly report: EntryReport;
}

export interface Refused {
  readonly reading: Reading;
  /** The text that decides. */
  readonly decisive: string;
  /** `host/repository` of the image. */
  readonly repository: string;
  /** When the credentials were sent: of the last attempt, where that is known. Milliseconds. */
  readonly at: number;
}

interface Finding {
  readonly contributing: Contributing;
  readonly step: NextStep | null;
}

/** containerd and dockerd say so when no credential was sent. */
export const NOTHING_SENT = /no basic auth credentials|failed to fetch anonymous token/;

/** At most so many credentials are told of one by one. */
const MAX_TOLD = 3;

/** A finding or more for each credential that was tried. */
export function refusalFindings(tried: readonly Tried[], refused: Refused) {
  const found = tried.slice(0, MAX_TOLD).flatMap((t) => findingsOf(t, refused));
  return {
    contributing: found.map((f) => f.contributing),
    steps: found.flatMap((f) => (f.step === null ? [] : [f.step])).slice(0, MAX_TOLD),
  };
}

function findingsOf(tried: Tried, refused: Refused): Finding[] {
  const { from, report } = tried;
  const object = `secret/${from.name}`;
  const entry = entryName(tried);
  const expires = endOf(tried);
  if (expires !== null && expires.at <= refused.at) {
    const latest = expires.atLatest ? ' at the latest' : '';
    const text = `${entry} had ended by the last attempt: its time was over on ${stamp(expires.at)}${latest}`;
    const { renew } = report.registry.registry;
    return [
      {
        contributing: { code: 'expired', object, text },
        step: {
          text: `Credentials that last, or how they are renewed: ${renew.replace(/\.$/, '')}`,
        },
      },
    ];
  }
  // A config that was copied without its credential store says more than its empty entry.
  const store = wholeFaults(from).find(({ id }) => id === 'creds-store');
  if (store) {
    const text = `secret ${from.name}: ${store.text}`;
    const step = { text: `Secret ${from.name}: ${store.fix}` };
    return [{ contributing: { code: store.id, object, text }, step }];
  }
  const faults = report.faults.filter(
    ({ effect, id }) => effect === 'refused' || id === 'auth-disagrees',
  );
  if (faults.length > 0) {
    return faults.map(({ id, text, fix }) => ({
      contributing: { code: id, object, text: `${entry}: ${text}` },
      step: { text: `Secret ${from.name} entry ${report.key}: ${fix}` },
    }));
  }
  return general(tried, refused).map((contributing) => ({ contributing, step: null }));
}

/** Hosts that the pod's credentials are not for. */
const OTHER_HOSTS: ReadonlySet<string | null> = new Set([
  'mirror',
  'proxy',
  'blob host',
  'dns server',
]);

/** Nothing shows in the credential itself: what the answer says of it. */
function general(tried: Tried, { reading, decisive, repository }: Refused): Contributing[] {
  const object = `secret/${tried.from.name}`;
  const entry = entryName(tried);
  const { cause, facts, alternatives } = reading;
  if (OTHER_HOSTS.has(facts.hostRole)) return [];
  if (NOTHING_SENT.test(decisive)) {
    const text = `${entry} is for this image, and yet the runtime says that nothing was sent: the secret was not like this then, or another host was asked`;
    return [{ code: 'secret-not-sent', object, text }];
  }
  if (cause === 'Unauthorized' || cause === 'CredentialsExpired') {
    // Some registries (Quay) answer 401 to a good login without the right, too.
    const either = alternatives.some(
      (c) => c === 'RepositoryMissingOrPrivate' || c === 'Forbidden',
    );
    const text = either
      ? `${entry} was sent and refused: its user name or password is wrong or was revoked, or that account may not pull ${repository}`
      : `${entry} was sent and refused: most likely its user name or password is wrong or was revoked`;
    return [{ code: 'wrong-password', object, text }];
  }
  if (alternatives.includes('UnexpectedContent') || facts.stage === 'layer' || facts.status === 451)
    return [];
  if (cause === 'Forbidden') {
    const text = `${entry} was sent: most likely that account may not pull ${repository}`;
    return [{ code: 'no-permission', object, text }];
  }
  if (cause === 'RepositoryMissingOrPrivate') {
    const text = `${entry} was sent: that account may not pull ${repository}, or there is no such repository`;
    return [{ code: 'no-permission', object, text }];
  }
  return [];
}

/**
 * When the credential ends. An end that is reckoned from when the secret was written counts only where that is known:
 * without managedFields (which `kubectl get -o yaml` leaves out) a secret may be much younger than its creation.
 */
export function endOf({ from, report }: Tried): Expires | null {
  const { expires } = report;
  return expires?.atLatest && from.secret.changedAt === null ? null : expires;
}

/** `secret regcred entry quay.io as alice`. */
function entryName({ from, report }: Tried): string {
  const user = report.user ? ` as ${report.user}` : '';
  return `secret ${from.name} entry ${report.key}${user}`;
}
