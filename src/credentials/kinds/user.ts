/** User names that must not be shown, since they are a password, or somebody took one for the other. Pure. */
import type { Hidden } from '../../words/hidden.ts';
import { isAuthAgain } from '../faults/auth-field.ts';
import { isJwt } from '../jwt.ts';
import type { CredentialKind } from './kind.ts';

/** First letters of tokens that are told by them; nobody is called so. */
const TOKEN_PREFIXES = [
  'ghp_',
  'gho_',
  'ghu_',
  'ghs_',
  'ghr_',
  'github_pat_',
  'glpat-',
  'gldt-',
  'glcbt-',
  'glptt-',
  'gloas-',
  'glrt-',
  'glagent-',
  'dckr_pat_',
  'dckr_oat_',
  'nvapi-',
  'AKCp',
  'AKIA',
  'cmVmdGtu',
  'ya29.',
  'sha256~',
  'dop_v1_',
  'doo_v1_',
  'Bearer ',
  'Basic ',
];

/** Longer than any account, robot or federated name that registries give. */
const MAX_NAME = 128;

/**
 * Whether the user name of an entry may be printed. Not where it is the password too (DigitalOcean), holds it
 * (`user:password` pasted whole, base64 of it), or has the form of a token.
 */
export function mayShowUser(username: string, password: Hidden, kind: CredentialKind): boolean {
  const user = username.trim();
  if (user === '') return true;
  if (kind.secretUser || user.length > MAX_NAME) return false;
  const secret = password.reveal().trim();
  if (user === secret || (secret.length >= 4 && user.includes(secret))) return false;
  if (TOKEN_PREFIXES.some((prefix) => user.startsWith(prefix))) return false;
  return !isJwt(user) && !isAuthAgain(user);
}
