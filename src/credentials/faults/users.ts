/** Faults of the user name. */
import { fitsGlob } from '../../registries/hosts.ts';
import type { EntryContext } from './entry-context.ts';
import type { FaultRow } from './fault.ts';
import { blankAround, isQuoted, placeholder } from './text-signs.ts';

/** What the shell made of a user name that begins or goes on with `$`, or null. */
function shellTrace({ user, match }: EntryContext): string | null {
  const { id } = match.registry;
  if (/\\[$|]/.test(user)) return 'the user name has a backslash that was meant for the shell';
  if (id === 'nvidia' && user === 'oauthtoken') return 'the user name lacks the $ it begins with';
  if (id === 'quay' && ['oauthtoken', 'token', 'app'].includes(user)) {
    return 'the user name lacks the $ it begins with';
  }
  // On hosts known by name nobody is a robot of Harbor; an organisation of Quay may well be called robot.
  if (
    match.rule === null &&
    id !== 'quay' &&
    (user === 'robot' || user === 'robot$' || user.startsWith('robot+'))
  ) {
    return 'the user name looks like a Harbor robot without what stands behind its $: the shell takes $NAME for a variable';
  }
  if (id === 'redhat' && /^\d{5,20}\|?$/.test(user)) {
    return 'the user name looks like a service account without what stands behind its |';
  }
  return null;
}

function isKnown({ user, match }: EntryContext): boolean {
  return match.registry.users.known.some((glob) => fitsGlob(glob, user));
}

function unknownUser(context: EntryContext): string | null {
  const { user, match } = context;
  const { users, name } = match.registry;
  if (!users.closed || match.guessed || user.trim() === '' || isKnown(context)) return null;
  if (shellTrace(context) !== null || placeholder(user) !== null) return null;
  if (isQuoted(user) || blankAround(user) !== null) return null;
  const what = /^[^@\s]{1,200}@[^@\s]{1,200}$/.test(user)
    ? 'it is an e-mail address'
    : 'it is another name';
  return `${name} does not know the user name, ${what}`;
}

/** The user names to write, for the registries that know only some. */
export function userFix({ match }: Pick<EntryContext, 'match'>): string {
  const { id, users } = match.registry;
  switch (id) {
    case 'ibm':
      return 'write iamapikey as the user name, with an API key as the password';
    case 'ibm-entitled':
      return 'write cp as the user name, with the entitlement key as the password';
    case 'google':
      return 'write _json_key as the user name, with the JSON of a service account key as the password';
    case 'quay':
      return "write the user name as ORGANISATION+ROBOT, or $oauthtoken in single quotes: '$oauthtoken'";
    case 'harbor':
      return "write the robot's whole name in single quotes: 'robot$NAME'";
    case 'redhat':
      return "write the service account's whole name in single quotes: 'NUMBER|NAME'";
    default:
      return users.usual === null
        ? "write the user name in single quotes, $ and all: 'robot$NAME'"
        : `write ${users.usual.startsWith('$') ? `'${users.usual}' (single quotes for the shell)` : users.usual} as the user name`;
  }
}

export const USER_FAULTS: readonly FaultRow<EntryContext>[] = [
  {
    id: 'username-missing',
    place: 'username',
    effect: 'refused',
    certainty: 'certain',
    test: ({ user, secretLength, match }) => {
      if (user !== '' || secretLength === 0) return null;
      const ate = match.registry.users.known.some((known) => known.startsWith('$'));
      return ate
        ? 'there is a password and no user name: the shell may have taken a name that begins with $ for a variable'
        : 'there is a password and no user name';
    },
    fix: 'write the user name that belongs to the password, in single quotes where it holds $ or |',
  },
  {
    id: 'username-blank',
    place: 'username',
    effect: 'refused',
    certainty: 'certain',
    test: ({ user }) => {
      const around = blankAround(user);
      return around === null ? null : `the user name has ${around}`;
    },
    fix: 'write the user name without it',
  },
  {
    id: 'username-quoted',
    place: 'username',
    effect: 'refused',
    certainty: 'likely',
    test: ({ user }) =>
      isQuoted(user) ? 'the user name stands in quotes, which are sent too' : null,
    fix: 'write the user name without quotes',
  },
  {
    id: 'username-placeholder',
    place: 'username',
    effect: 'refused',
    certainty: 'certain',
    test: ({ user }) => {
      const what = placeholder(user);
      return what === null ? null : `the user name is ${what}`;
    },
    fix: 'write the real user name',
  },
  {
    id: 'username-shell',
    place: 'username',
    effect: 'refused',
    certainty: 'likely',
    test: shellTrace,
    fix: "write the whole user name in single quotes for the shell: '$oauthtoken', 'robot$NAME', 'NUMBER|NAME'",
  },
  {
    id: 'username-unknown',
    place: 'username',
    effect: 'refused',
    certainty: 'likely',
    test: unknownUser,
    fix: 'write a user name that the registry knows',
  },
];
