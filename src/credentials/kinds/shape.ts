/** The form of a credential: all that the table of kinds may look at. Pure. */
import type { RegistryId } from '../../registries/index.ts';
import type { Hidden } from '../../words/hidden.ts';
import { base64Object, isJwt } from '../jwt.ts';

/** A service account key is some 2 KiB; what is larger than this is not looked into. */
const MAX_LOOKED_AT = 65_536;

/** What is needed to tell a kind. */
export interface Credential {
  readonly registry: RegistryId;
  /** Bare host of the entry, where it is known: Azure's admin user is named after it. */
  readonly host?: string | undefined;
  readonly username: string;
  readonly password: Hidden;
}

export interface Shape {
  readonly registry: RegistryId;
  readonly host: string;
  /** Without blanks around it: a stray line break is a fault, not another kind. */
  readonly user: string;
  readonly length: number;
  readonly hasPassword: boolean;
  readonly starts: (...prefixes: readonly string[]) => boolean;
  /** The three parts of a JSON Web Token, with a payload that is a JSON object. */
  readonly jwt: () => boolean;
  /** base64 of a JSON object that holds `expiration`: the form of Amazon's tokens. */
  readonly ecr: () => boolean;
}

/** Looks at a credential. The functions close over the password and give only yes or no. */
export function shapeOf({ registry, host = '', username, password }: Credential): Shape {
  const whole = password.reveal();
  const text = whole.length > MAX_LOOKED_AT ? whole.slice(0, 64) : whole.trim();
  const user = username.slice(0, 4096).trim();
  return {
    registry,
    host,
    user,
    length: text.length,
    hasPassword: text !== '',
    starts: (...prefixes) => prefixes.some((prefix) => text.startsWith(prefix)),
    jwt: () => isJwt(text),
    ecr: () => typeof base64Object(text)?.['expiration'] === 'number',
  };
}
