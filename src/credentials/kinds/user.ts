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
  'npm_',
  'hf_',
  'xox',
  'Bearer ',
  'Basic ',
];

/** User names that registries fix or give: beside one of them as the password, what stands as the user is the password. */
const FIXED_NAME =
  /^(?:iamapikey|iambearer|iamrefresh|AWS|oauth2accesstoken|_json_key(?:_base64)?|_token|_dcgcr_.*|\$oauthtoken|\$token|\$app|token|0{8}-0{4}-0{4}-0{4}-0{12}|robot\$.*|[a-z0-9_.-]+\+[a-z0-9_.-]+)$/i;

/** A login within a URL. */
const LOGIN_IN_URL = /:\/\/[^/]*:[^/]*@/;

/** Longer than any account, robot or federated name that registries give. */
const MAX_NAME = 128;

/**
 * Whether the user name of an entry may be printed. Not where it is the password too (DigitalOcean), holds it
 * (`user:password` pasted whole, base64 of it), has the form of a token, or was written in the place of the password.
 */
export function mayShowUser(username: string, password: Hidden, kind: CredentialKind): boolean {
  const user = username.trim();
  if (user === '') return true;
  if (kind.secretUser || user.length > MAX_NAME) return false;
  const secret = password.reveal().trim();
  if (user === secret || (secret.length >= 4 && user.includes(secret))) return false;
  if (TOKEN_PREFIXES.some((prefix) => user.startsWith(prefix))) return false;
  if (LOGIN_IN_URL.test(user)) return false;
  if (FIXED_NAME.test(secret) && !FIXED_NAME.test(user)) return false;
  if (isRandom(user)) return false;
  return !isJwt(user) && !isAuthAgain(user);
}

/** The length from which small and capital letters and digits without order are no name: keys of IBM Cloud have 44. */
const RANDOM_LENGTH = 32;

/** Letters of both cases and digits, without a sign that divides words: a key, not a name. */
function isRandom(user: string): boolean {
  if (user.length < RANDOM_LENGTH || !/^[\w+/=~-]+$/.test(user)) return false;
  return /[a-z]/.test(user) && /[A-Z]/.test(user) && /\d/.test(user);
}
