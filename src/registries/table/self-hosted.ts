/**
 * Registries that mostly run at hosts of their owners' choice: known by name only where the maker hosts them, else
 * guessed by a word in the host.
 */
import { ANY_USER, type Registry } from '../registry.ts';

export const quay: Registry = {
  id: 'quay',
  name: 'Quay',
  hosts: [{ host: 'quay.io' }],
  habits: ['quay'],
  users: { known: ['*+*', '$token', '$oauthtoken', '$app'], closed: false, usual: null },
  nodeCredentials: null,
  key: '{host}',
  renew: 'A robot account (ORGANISATION+ROBOT) lasts until its token is made anew.',
  docs: null,
};

export const harbor: Registry = {
  id: 'harbor',
  name: 'Harbor',
  hosts: [],
  habits: ['harbor'],
  users: { known: ['robot$*'], closed: false, usual: null },
  nodeCredentials: null,
  key: '{host}',
  renew: 'A robot account of the project lasts as many days as it was made for.',
  docs: null,
};

export const artifactory: Registry = {
  id: 'artifactory',
  name: 'JFrog Artifactory',
  hosts: [{ host: '*.jfrog.io' }],
  habits: ['artifactory', 'jfrog'],
  users: ANY_USER,
  nodeCredentials: null,
  key: '{host}',
  renew: 'An access or reference token with read permission on the Docker repository.',
  docs: null,
};

export const nexus: Registry = {
  id: 'nexus',
  name: 'Sonatype Nexus',
  hosts: [],
  habits: ['nexus'],
  users: ANY_USER,
  nodeCredentials: null,
  key: '{host}',
  renew: 'A user with read privilege on the Docker repository; the port is part of the key.',
  docs: null,
};

/** The last resort: nothing is known but the protocol. */
export const generic: Registry = {
  id: 'generic',
  name: 'the registry',
  hosts: [],
  habits: [],
  users: ANY_USER,
  nodeCredentials: null,
  key: '{host}',
  renew:
    'An account that may only pull, with a password or token that does not expire, or a job that renews it.',
  docs: null,
};
