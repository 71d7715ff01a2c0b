/**
 * Faults worth naming in a pull secret: one table, in the order in which they are told. Pure. No text ever holds
 * anything of a user name, a password or a content: only lengths and places, and keys
 * that are hosts.
 */

import { CONTENT_FAULTS } from './contents.ts';
import { ENTRY_FAULTS } from './entries.ts';
import { contextOf, type EntryContext } from './entry-context.ts';
import {
  type EntryFacts,
  type Fault,
  type FaultId,
  type FaultRow,
  faultsOf,
  type SecretFacts,
} from './fault.ts';
import { KEY_FAULTS } from './keys.ts';
import { PASSWORD_FAULTS } from './passwords.ts';
import { type SecretContext, secretContext } from './secret-context.ts';
import { SECRET_FAULTS } from './secrets.ts';
import { USER_FAULTS, userFix } from './users.ts';

export type { EntryFacts, Fault, FaultEffect, FaultId, FaultPlace, SecretFacts } from './fault.ts';
export { holdsUser } from './keys.ts';
export { impossibleName, possibleName } from './names.ts';
export { PULL_SECRET_TYPES } from './secrets.ts';

const OF_ENTRIES: readonly FaultRow<EntryContext>[] = [
  ...KEY_FAULTS,
  ...ENTRY_FAULTS,
  ...USER_FAULTS,
  ...PASSWORD_FAULTS,
];

const OF_SECRETS: readonly FaultRow<SecretContext>[] = [...SECRET_FAULTS, ...CONTENT_FAULTS];

/** Ids of every fault that can be found. */
export const FAULT_IDS: readonly FaultId[] = [...OF_SECRETS, ...OF_ENTRIES].map(({ id }) => id);

/** Faults of one entry. Never throws, whatever the texts are. */
export function entryFaults(facts: EntryFacts): Fault[] {
  const context = contextOf(facts);
  return faultsOf(OF_ENTRIES, context).map((fault) =>
    fault.id === 'username-unknown' || fault.id === 'username-shell'
      ? { ...fault, fix: userFix(context) }
      : fault,
  );
}

/** Faults of one secret as a whole; its entries are `entryFaults`' matter. Never throws. */
export function secretFaults(facts: SecretFacts): Fault[] {
  return faultsOf(OF_SECRETS, secretContext(facts));
}
