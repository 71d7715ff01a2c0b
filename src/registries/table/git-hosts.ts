/**
 * The registries of GitHub and GitLab.
 * Token prefixes and realms: gitleaks config/gitleaks.toml; docs.gitlab.com on token prefixes.
 */
import { ANY_USER, type Registry } from '../registry.ts';

export const ghcr: Registry = {
  id: 'ghcr',
  name: 'GitHub Container Registry',
  hosts: [
    { host: 'ghcr.io' },
    {
      host: 'docker.pkg.github.com',
      standing: 'old',
      instead: 'ghcr.io',
      note: "GitHub's registry before ghcr.io; a pull secret for one does not match the other",
    },
  ],
  habits: [],
  users: ANY_USER,
  nodeCredentials: null,
  key: '{host}',
  renew:
    'A classic personal access token with read:packages; fine-grained tokens (github_pat_…) are not supported.',
  docs: null,
};

export const gitlab: Registry = {
  id: 'gitlab',
  name: 'GitLab Container Registry',
  hosts: [
    { host: 'registry.gitlab.com' },
    {
      host: 'gitlab.com',
      standing: 'other',
      instead: 'registry.gitlab.com',
      note: 'the web site of GitLab; its registry is registry.gitlab.com',
    },
  ],
  habits: ['gitlab'],
  users: ANY_USER,
  nodeCredentials: null,
  key: '{host}',
  renew:
    'A deploy token with read_registry, with the user name that GitLab shows beside it, lasts as long as it was made for.',
  docs: null,
};
