/** Faults of `auth`, and of an entry as a whole. */
import { isAuthAgain } from './auth-field.ts';
import type { EntryContext } from './entry-context.ts';
import type { FaultRow } from './fault.ts';

function firstBad(auth: string): string {
  const bare = auth.replace(/[\r\n]/g, '');
  const at = bare.search(/[^A-Za-z0-9+/=]/);
  if (at < 0) return 'its padding (=) or its length is wrong';
  const char = bare[at] ?? '';
  const where = `character ${at + 1} of ${bare.length}`;
  if (bare.includes(':')) return 'it holds user:password as plain text';
  if (char === '-' || char === '_')
    return `it is URL-safe base64 (${where}); the kubelet takes the standard form only`;
  if (/\s/.test(char)) return `it has a blank (${where})`;
  return `it has a character that base64 has not (${where})`;
}

function disagrees({ reading, writtenUsername, writtenPassword }: EntryContext): string | null {
  if (!reading?.ok) return null;
  const user = writtenUsername?.reveal() ?? '';
  const password = writtenPassword?.reveal() ?? '';
  const parts = [
    ...(user !== '' && user !== reading.username ? ['user name'] : []),
    ...(password !== '' && password !== reading.password ? ['password'] : []),
  ];
  return parts.length === 0
    ? null
    : `auth holds another ${parts.join(' and ')} than the fields beside it; the kubelet uses auth`;
}

function isEmpty({ username, password, reading }: EntryContext): boolean {
  return username === '' && password.length === 0 && (reading?.ok ?? true);
}

export const ENTRY_FAULTS: readonly FaultRow<EntryContext>[] = [
  {
    id: 'auth-not-base64',
    place: 'auth',
    effect: 'stops-pod',
    certainty: 'certain',
    test: ({ auth, reading }) => {
      if (reading === null || reading.ok || reading.why !== 'not base64') return null;
      const text = auth?.reveal() ?? '';
      return `auth is not base64: ${firstBad(text.slice(0, 1_048_576))}; no image of the pod is pulled`;
    },
    fix: 'make the secret anew (kubectl create secret docker-registry); auth is base64 of user:password',
  },
  {
    id: 'auth-double-base64',
    place: 'auth',
    effect: 'stops-pod',
    certainty: 'certain',
    test: ({ reading }) =>
      reading?.ok === false && reading.why === 'no colon' && isAuthAgain(reading.decoded)
        ? 'auth is base64 of base64 of user:password, so it has no colon after decoding once; no image of the pod is pulled'
        : null,
    fix: 'encode user:password once only; under stringData and in kubectl create secret nothing is encoded by hand',
  },
  {
    id: 'auth-no-colon',
    place: 'auth',
    effect: 'stops-pod',
    certainty: 'certain',
    test: ({ reading }) =>
      reading?.ok === false && reading.why === 'no colon' && !isAuthAgain(reading.decoded)
        ? `auth has no colon between user name and password (it decodes to ${reading.decoded.length} characters); no image of the pod is pulled`
        : null,
    fix: 'auth is base64 of user:password, with the colon',
  },
  {
    id: 'auth-disagrees',
    place: 'auth',
    effect: 'note',
    certainty: 'certain',
    test: disagrees,
    fix: 'make the secret anew, so that auth and the fields are of one credential',
  },
  {
    id: 'identity-token-only',
    place: 'auth',
    effect: 'refused',
    certainty: 'certain',
    test: (facts) =>
      facts.identityToken && isEmpty(facts)
        ? 'the entry holds only an identity token, which the kubelet looks over; it counts as a credential with nothing in it'
        : null,
    fix: 'write user name and password, or a token of the kind that goes with a user name',
  },
  {
    id: 'empty-credentials',
    place: 'auth',
    effect: 'refused',
    certainty: 'certain',
    test: (facts) =>
      !facts.identityToken && isEmpty(facts)
        ? 'the entry holds neither user name nor password, and still counts as a credential'
        : null,
    fix: 'write user name and password into the entry, or take the entry out',
  },
];
