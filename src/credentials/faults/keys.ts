/**
 * Faults of the key of an entry that show without any image: forms that no image ever matches, by the rules of
 * kubelet pkg/credentialprovider/keyring.go (URL parsing; host compared label by label, in its case; the path as the
 * beginning of the image's).
 */
import type { EntryContext } from './entry-context.ts';
import type { FaultRow } from './fault.ts';
import { blankAround, placeholderInKey } from './text-signs.ts';

const HUB_KEY = 'https://index.docker.io/v1/';
const MAX_KEY = 4096;

/** What stands behind the scheme, whatever it is: a wrong one is a fault of its own. */
function rest(key: string): string {
  return key.slice(0, MAX_KEY).replace(/^\s{0,20}[a-z][a-z0-9+.-]{0,30}:\/\//i, '');
}

function authority(key: string): string {
  return rest(key).split(/[/?#]/, 1)[0] ?? '';
}

/** Without user; with port. */
function hostPort(key: string): string {
  const whole = authority(key);
  return whole.slice(whole.lastIndexOf('@') + 1);
}

function path(key: string): string {
  return (rest(key).split(/[?#]/, 1)[0] ?? '').slice(authority(key).length);
}

/** True where the key holds a user, and perhaps a password, before `@`: then it must not be shown as it is. */
export function holdsUser(key: string): boolean {
  return authority(key).includes('@');
}

export const KEY_FAULTS: readonly FaultRow<EntryContext>[] = [
  {
    id: 'key-empty',
    place: 'key',
    effect: 'never-used',
    certainty: 'certain',
    test: ({ key }) => (hostPort(key).trim() === '' ? 'the key names no host' : null),
    fix: 'write the host of the image as the key',
  },
  {
    id: 'key-blank',
    place: 'key',
    effect: 'never-used',
    certainty: 'certain',
    test: ({ key }) => {
      const around = blankAround(key);
      if (around !== null && key.trim() !== '') return `the key has ${around}`;
      const at = hostPort(key)
        .trim()
        .search(/[\s\p{Cc}]/u);
      return at < 0 ? null : 'the key has a blank or control character in it';
    },
    fix: 'write the key without blanks and line breaks',
  },
  {
    id: 'key-scheme',
    place: 'key',
    effect: 'never-used',
    certainty: 'certain',
    test: ({ key }) =>
      /^\s{0,20}[a-z][a-z0-9+.-]{0,30}:\/\//i.test(key) &&
      !/^\s*https?:\/\//.test(key.slice(0, 100))
        ? 'the key begins with a scheme that the kubelet does not take off: only http:// and https:// in lower case are'
        : null,
    fix: 'write the host alone, without a scheme',
  },
  {
    id: 'key-placeholder',
    place: 'key',
    effect: 'never-used',
    certainty: 'certain',
    test: ({ key }) => {
      const what = placeholderInKey(key);
      return what === null ? null : `the key holds ${what}`;
    },
    fix: 'write the host of the image as the key',
  },
  {
    id: 'key-holds-user',
    place: 'key',
    effect: 'note',
    certainty: 'certain',
    test: ({ key }) =>
      holdsUser(key)
        ? 'the key holds a user name or password before @, which the kubelet looks over'
        : null,
    fix: 'write the host alone as the key, and the user name and password in their own fields',
  },
  {
    id: 'secret-key-case',
    place: 'key',
    effect: 'never-used',
    certainty: 'certain',
    test: ({ key }) =>
      // A bracket in a pattern may well hold capitals, and a placeholder is named as one.
      /[A-Z]/.test(hostPort(key)) && !key.includes('[') && placeholderInKey(key) === null
        ? 'the key has capitals in its host; keys are compared in their case, and hosts of images are in lower case'
        : null,
    fix: 'write the host in lower case',
  },
  {
    id: 'key-trailing-dot',
    place: 'key',
    effect: 'never-used',
    certainty: 'certain',
    test: ({ key }) =>
      /[^.]\.(?::\d{0,5})?$/.test(hostPort(key).trim().slice(-300))
        ? 'the host of the key ends in a dot; no host of an image does'
        : null,
    fix: 'write the host without the dot at its end',
  },
  {
    id: 'key-tag',
    place: 'key',
    effect: 'never-used',
    certainty: 'certain',
    test: ({ key }) =>
      /[:@]/.test(path(key))
        ? 'the key ends in a tag or digest; images are compared without theirs'
        : null,
    fix: 'write host, or host and repository, without a tag',
  },
  {
    id: 'key-version-path',
    place: 'key',
    effect: 'never-used',
    certainty: 'certain',
    test: ({ key }) => {
      const version = /^\/(v[12])$/.exec(path(key).trim())?.[1];
      return version === undefined
        ? null
        : `the key ends in /${version} without a slash behind it, so ${version} is taken for the first part of the repository`;
    },
    fix: `write the host alone as the key (for Docker Hub: ${HUB_KEY})`,
  },
  {
    id: 'key-default-port',
    place: 'key',
    effect: 'never-used',
    certainty: 'likely',
    test: ({ key }) => {
      const port = /:(443|80)$/.exec(hostPort(key))?.[1];
      return port === undefined
        ? null
        : `the key has the port ${port}: it matches only images that are written with :${port} too`;
    },
    fix: 'write the key as the image has its host, here without the port',
  },
  {
    id: 'key-hub-name',
    place: 'key',
    effect: 'never-used',
    certainty: 'likely',
    test: ({ match: { registry, rule, note } }) => {
      if (registry.id !== 'docker-hub') return null;
      return rule?.standing === 'api' || rule?.standing === 'other'
        ? `the key's host is ${note}`
        : null;
    },
    fix: `write ${HUB_KEY} as the key`,
  },
  {
    id: 'key-old-host',
    place: 'key',
    effect: 'note',
    certainty: 'certain',
    test: ({ match: { rule, note } }) => {
      return rule?.standing === 'old' && note !== null ? `the key's host is ${note}` : null;
    },
    fix: 'write the host exactly as the image has it',
  },
  {
    id: 'key-no-registry',
    place: 'key',
    effect: 'never-used',
    certainty: 'likely',
    test: ({ match: { registry, rule, note } }) => {
      const elsewhere = rule?.standing === 'other' || rule?.standing === 'api';
      return elsewhere && registry.id !== 'docker-hub' ? `the key's host is ${note}` : null;
    },
    fix: 'write the host exactly as the image has it',
  },
];
