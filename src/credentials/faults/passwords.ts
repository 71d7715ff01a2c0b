/** Faults of the password. */
import { base64Object, isJwt, parseObject } from '../jwt.ts';
import { decodeGo } from './auth-field.ts';
import type { EntryContext } from './entry-context.ts';
import type { FaultRow } from './fault.ts';
import {
  blankAround,
  endsInNewline,
  invisibleInside,
  isQuoted,
  placeholder,
} from './text-signs.ts';

const SCHEME = /^\s{0,20}(?:Bearer|Basic)\s{1,20}/i;

/** The output of a command pasted whole, by how it begins. */
const OUTPUTS: readonly (readonly [RegExp, string])[] = [
  [/^\s{0,20}IAM token:/i, 'the output of ibmcloud iam oauth-tokens'],
  [/^\s{0,20}docker login\s/i, 'a docker login command'],
  [/^\s{0,20}(?:Login Succeeded|WARNING!)/i, 'the output of docker login'],
  [/^\s{0,20}\{\s{0,20}"auths"/, 'a docker config'],
  [
    /^\s{0,20}\{\s{0,20}"(?:access_?token|token|authorizationData|refresh_token)"/i,
    "a token server's or command's whole answer",
  ],
];

/** A password whose form does not go with its user name and registry, or null. */
function wrongForm({ user, secret, match }: EntryContext): string | null {
  const text = secret.trim().replace(SCHEME, '');
  const { id } = match.registry;
  if (text === '' || placeholder(text) !== null || isQuoted(text)) return null;
  switch (user.trim()) {
    case 'iamapikey':
      return isJwt(text)
        ? 'the password is an access token, but the user name iamapikey goes with an API key'
        : null;
    case 'iambearer':
      return isJwt(text)
        ? null
        : 'the user name iambearer goes with an access token, which the password is not';
    case '_json_key':
      if (text.startsWith('{') && parseObject(text) !== null) return null;
      return base64Object(text) === null
        ? 'the user name _json_key goes with the JSON of a key, which the password is not'
        : 'the password is a key in base64, but the user name _json_key goes with its JSON';
    case '_json_key_base64':
      if (base64Object(text) !== null) return null;
      return text.startsWith('{')
        ? 'the password is JSON, but the user name _json_key_base64 goes with base64 of it'
        : 'the user name _json_key_base64 goes with base64 of a JSON key, which the password is not';
    case 'AWS':
      return id === 'ecr' || id === 'ecr-public' ? wrongEcr(text) : null;
    case '00000000-0000-0000-0000-000000000000':
      return isJwt(text)
        ? null
        : "Azure's user name of zeros goes with a token, which the password is not";
    default:
      return null;
  }
}

function wrongEcr(text: string): string | null {
  if (/^A(?:KIA|SIA)[A-Z0-9]{16}/.test(text)) {
    return 'the password is the id of an AWS access key, not a token of ECR';
  }
  if (decodeGo(text)?.startsWith('AWS:') === true) {
    return 'the password is the authorizationToken as the API gives it, which holds the user name too: it belongs into auth';
  }
  return base64Object(text) === null ? 'the password has not the form of a token of ECR' : null;
}

export const PASSWORD_FAULTS: readonly FaultRow<EntryContext>[] = [
  {
    id: 'password-missing',
    place: 'password',
    effect: 'refused',
    certainty: 'certain',
    test: ({ user, secretLength }) =>
      user !== '' && secretLength === 0 ? 'there is a user name and no password' : null,
    fix: 'write the password or token, in single quotes where it holds $',
  },
  {
    id: 'password-newline',
    place: 'password',
    effect: 'refused',
    certainty: 'certain',
    test: ({ password }) => {
      const text = password.reveal();
      return endsInNewline(text)
        ? `the password has ${blankAround(text)}, which is sent too`
        : null;
    },
    fix: "make the secret anew from a value without a line break at its end (printf '%s', not echo, before base64)",
  },
  {
    id: 'password-blank',
    place: 'password',
    effect: 'refused',
    certainty: 'likely',
    test: ({ password }) => {
      const text = password.reveal();
      const around = endsInNewline(text) ? null : blankAround(text);
      return around === null ? null : `the password has ${around}, which is sent too`;
    },
    fix: 'write the password without it',
  },
  {
    id: 'password-invisible',
    place: 'password',
    effect: 'refused',
    certainty: 'likely',
    test: ({ secret, user }) => {
      // A JSON key has line breaks between its fields.
      if (user.startsWith('_json_key')) return null;
      const inside = invisibleInside(secret.trim());
      return inside === null ? null : `the password has ${inside} inside`;
    },
    fix: 'type or fetch the password anew; a copy from a document or a wrapped terminal line brings such characters',
  },
  {
    id: 'password-quoted',
    place: 'password',
    effect: 'refused',
    certainty: 'likely',
    test: ({ secret }) =>
      isQuoted(secret.trim()) ? 'the password stands in quotes, which are sent too' : null,
    fix: 'write the password without quotes',
  },
  {
    id: 'password-bearer',
    place: 'password',
    effect: 'refused',
    certainty: 'certain',
    test: ({ secret }) => {
      const scheme = SCHEME.exec(secret.slice(0, 64));
      return scheme === null
        ? null
        : 'the password begins with the word of an Authorization header (Bearer or Basic), which is no part of it';
    },
    fix: 'write the token alone, without the word and the blank before it',
  },
  {
    id: 'password-command-output',
    place: 'password',
    effect: 'refused',
    certainty: 'certain',
    test: ({ secret }) => {
      const what = OUTPUTS.find(([form]) => form.test(secret.slice(0, 256)))?.[1];
      return what === undefined ? null : `the password is ${what}, not the value alone`;
    },
    fix: 'write the value alone; on IBM Cloud an API key, with user name iamapikey, rather than a token',
  },
  {
    id: 'password-placeholder',
    place: 'password',
    effect: 'refused',
    certainty: 'likely',
    test: ({ secret }) => {
      const what = placeholder(secret);
      return what === null ? null : `the password is ${what}`;
    },
    fix: 'write the real password',
  },
  {
    id: 'password-wrong-form',
    place: 'password',
    effect: 'refused',
    certainty: 'likely',
    test: wrongForm,
    fix: 'write the user name that goes with this kind of password, or the password that goes with the user name',
  },
  {
    id: 'credential-cannot-pull',
    place: 'password',
    effect: 'refused',
    certainty: 'certain',
    test: ({ kind, match, secretLength }) => {
      if (kind.pulls !== 'no' || secretLength === 0) return null;
      const here = kind.homes.length === 0 || kind.homes.includes(match.registry.id);
      return here ? `credentials of this kind cannot pull: ${kind.label}` : null;
    },
    fix: 'write a credential of a kind that may pull',
  },
  {
    id: 'credential-of-another-registry',
    place: 'password',
    effect: 'refused',
    certainty: 'likely',
    test: ({ kind, match }) => {
      // A word in the host is no proof, and self-hosted registries may take anything.
      if (kind.homes.length === 0 || match.rule === null) return null;
      return kind.homes.includes(match.registry.id)
        ? null
        : `the password has the form of a ${kind.label}, the key is a host of ${match.registry.name}`;
    },
    fix: 'write the credential that belongs to the registry of the key',
  },
];
