/** The table of credential kinds, in the order in which they are tried: the first that fits is the kind. Pure. */
import { USER_KINDS } from './by-user.ts';
import { CLOUD_KINDS } from './clouds.ts';
import { IBM_KINDS } from './ibm.ts';
import { type CredentialKind, type KindRow, row } from './kind.ts';
import { PREFIXED_KINDS } from './prefixed.ts';
import { type Credential, shapeOf } from './shape.ts';

export type { CredentialKind, ExpiryForm, KindId } from './kind.ts';
export type { Credential } from './shape.ts';

const EMPTY_KINDS: readonly KindRow[] = [
  row(
    {
      id: 'none',
      label: 'none',
      pulls: 'no',
      advice:
        'The entry holds neither user name nor password, and still counts as a credential: no anonymous pull is tried beside it.',
    },
    (s) => !s.hasPassword && s.user === '',
  ),
  row(
    {
      id: 'no-password',
      label: 'no password',
      pulls: 'no',
      advice: 'The entry holds a user name and no password.',
    },
    (s) => !s.hasPassword,
  ),
];

const UNKNOWN: KindRow = row(
  {
    id: 'unknown',
    label: 'unknown',
    pulls: 'unknown',
    advice: 'Nothing about it says what it is or how long it lives; only the registry knows.',
  },
  () => true,
);

const LAST_KINDS: readonly KindRow[] = [
  row(
    {
      id: 'jwt',
      label: 'JWT',
      life: 'as long as its own date says',
      expiry: 'jwt',
      pulls: 'unknown',
      advice: 'A token with a date inside: something must renew it before.',
    },
    (s) => s.jwt(),
  ),
  UNKNOWN,
];

const ROWS: readonly KindRow[] = [
  ...EMPTY_KINDS,
  ...IBM_KINDS,
  ...PREFIXED_KINDS,
  ...CLOUD_KINDS,
  ...USER_KINDS,
  ...LAST_KINDS,
];

/** Every kind, in the order of the table. */
export const KINDS: readonly CredentialKind[] = ROWS.map(({ kind }) => kind);

/** The kind of a credential; `unknown` where nothing tells. Never throws, whatever the texts are. */
export function kindOf(credential: Credential): CredentialKind {
  const shape = shapeOf(credential);
  return (ROWS.find(({ fits }) => fits(shape)) ?? UNKNOWN).kind;
}
