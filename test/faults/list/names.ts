/** What is wrong with the name of the image, its repository, tag or digest. */
import { HOSTS, PRIVATE_APP } from '../../cluster/up/settings.ts';
import type { Fault } from '../fault.ts';

const OPEN = HOSTS.open.name;
const SECOND = HOSTS.second.name;
const TOKEN = HOSTS.token.name;
const PRIVATE = HOSTS.private.name;
const CACHE = HOSTS.cache.name;

const digest = (digit: string) => `sha256:${digit.repeat(64)}`;

const INVALID: readonly Fault[] = [
  {
    name: 'name-upper-case',
    cause: 'InvalidImageName',
    what: 'repository in upper case',
    image: `${OPEN}/Public/App:1.0`,
  },
  {
    name: 'name-scheme',
    cause: 'InvalidImageName',
    what: 'name begins with https://',
    image: `https://${OPEN}/public/app:1.0`,
  },
  {
    name: 'name-two-colons',
    cause: 'InvalidImageName',
    what: 'two colons before the tag',
    image: `${OPEN}/public/app::1.0`,
  },
  {
    name: 'name-no-tag',
    cause: 'InvalidImageName',
    what: 'colon and no tag',
    image: `${OPEN}/public/app:`,
    as: 'Deployment',
  },
  {
    name: 'name-variable',
    cause: 'InvalidImageName',
    what: 'variable of a template left in the tag',
    image: `${OPEN}/public/app:\${TAG}`,
    as: 'Job',
  },
  {
    name: 'name-short-digest',
    cause: 'InvalidImageName',
    what: 'digest of 12 digits',
    image: `${OPEN}/public/app@sha256:0123456789ab`,
    as: 'init container',
  },
  {
    name: 'name-long-tag',
    cause: 'InvalidImageName',
    what: 'tag of 129 letters',
    image: `${OPEN}/public/app:${'a'.repeat(129)}`,
  },
  {
    name: 'name-empty-part',
    cause: 'InvalidImageName',
    what: 'two slashes in the repository',
    image: `${OPEN}/public//app:1.0`,
  },
];

const TAGS: readonly Fault[] = [
  {
    name: 'tag',
    cause: 'TagNotFound',
    what: 'no such tag, docker-registry',
    image: `${OPEN}/public/app:nope`,
  },
  {
    name: 'tag-second',
    cause: 'TagNotFound',
    what: 'no such tag, registry of go-containerregistry',
    image: `${SECOND}/public/app:nope`,
    as: 'Deployment',
  },
  {
    name: 'tag-token',
    cause: 'TagNotFound',
    what: 'no such tag, pull secret for a registry with tokens',
    image: `${TOKEN}/team/app:nope`,
    secrets: ['token-right'],
    as: 'StatefulSet',
  },
  {
    name: 'tag-basic',
    cause: 'TagNotFound',
    what: 'no such tag, pull secret for a registry with basic auth',
    image: PRIVATE_APP.replace(/[^:]*$/, 'nope'),
    secrets: ['right'],
    as: 'Job',
  },
  {
    name: 'tag-cache',
    cause: 'TagNotFound',
    what: 'no such tag, pull-through cache',
    image: `${CACHE}/public/app:nope`,
    as: 'several containers',
  },
  {
    name: 'tag-latest',
    cause: 'TagNotFound',
    what: 'no tag written, and no latest in the repository',
    image: `${OPEN}/public/app`,
    as: 'CronJob',
  },
  {
    name: 'tag-debug',
    cause: 'TagNotFound',
    what: 'no such tag, container added with kubectl debug',
    image: `${OPEN}/public/app:debug`,
    as: 'ephemeral container',
  },
];

const DIGESTS: readonly Fault[] = [
  {
    name: 'digest',
    cause: 'DigestNotFound',
    what: 'no such digest, docker-registry',
    image: `${OPEN}/public/app@${digest('0')}`,
  },
  {
    name: 'digest-second',
    cause: 'DigestNotFound',
    what: 'no such digest, registry of go-containerregistry',
    image: `${SECOND}/public/app@${digest('1')}`,
  },
  {
    name: 'digest-tag',
    cause: 'DigestNotFound',
    what: 'tag that is there with a digest that is not',
    image: `${OPEN}/public/app:1.0@${digest('2')}`,
    as: 'DaemonSet',
  },
  {
    name: 'digest-token',
    cause: 'DigestNotFound',
    what: 'no such digest, pull secret for a registry with tokens',
    image: `${TOKEN}/team/app@${digest('3')}`,
    secrets: ['token-right'],
  },
];

const REPOSITORIES: readonly Fault[] = [
  {
    name: 'repository',
    cause: 'RepositoryNotFound',
    what: 'no such repository, docker-registry',
    image: `${OPEN}/public/nowhere:1.0`,
  },
  {
    name: 'repository-second',
    cause: 'RepositoryNotFound',
    what: 'no such repository, registry of go-containerregistry',
    image: `${SECOND}/public/nowhere:1.0`,
    as: 'Deployment',
  },
  {
    name: 'repository-token',
    cause: 'RepositoryNotFound',
    what: 'no such repository, login that may see all of them',
    image: `${TOKEN}/team/nowhere:1.0`,
    secrets: ['token-right'],
  },
  {
    name: 'repository-basic',
    cause: 'RepositoryNotFound',
    what: 'no such repository, basic auth',
    image: `${PRIVATE}/team/nowhere:1.0`,
    secrets: ['right'],
    as: 'init container',
  },
  {
    name: 'repository-cache',
    cause: 'RepositoryNotFound',
    what: 'no such repository, pull-through cache',
    image: `${CACHE}/public/nowhere:1.0`,
  },
];

export const NAMES: readonly Fault[] = [...INVALID, ...TAGS, ...DIGESTS, ...REPOSITORIES];
