/** What the tests of an entry share, worked out once. */
import { hostOf, type RegistryMatch, registryOf } from '../../registries/index.ts';
import { type CredentialKind, kindOf } from '../kinds/index.ts';
import { type AuthReading, readAuth } from './auth-field.ts';
import type { EntryFacts } from './fault.ts';

/** Longer passwords than a JSON key of Google are not searched to their end. */
const MAX_SEARCHED = 65_536;

/** `user` and `secret` are in the open here and go no further than the tests. */
export interface EntryContext extends EntryFacts {
  readonly match: RegistryMatch;
  readonly kind: CredentialKind;
  readonly user: string;
  readonly secret: string;
  /** Length of the password before it was cut. */
  readonly secretLength: number;
  /** `null` where `auth` is absent or empty: the kubelet then takes the fields. */
  readonly reading: AuthReading | null;
}

export function contextOf(facts: EntryFacts): EntryContext {
  const match = registryOf(facts.key);
  const { username, password } = facts;
  const whole = password.reveal();
  return {
    ...facts,
    match,
    kind: kindOf({ registry: match.registry.id, host: hostOf(facts.key), username, password }),
    user: username.slice(0, 4096),
    secret: whole.length > MAX_SEARCHED ? whole.slice(0, MAX_SEARCHED) : whole,
    secretLength: whole.length,
    reading: facts.auth === null || facts.auth.length === 0 ? null : readAuth(facts.auth.reveal()),
  };
}
