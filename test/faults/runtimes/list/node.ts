/** What is wrong on the machine that pulls. */
import { APP, HOSTS } from '../../../cluster/up/settings.ts';
import type { RuntimeFault } from '../help/fault.ts';
import { spoiled } from '../up/settings.ts';

const CONTAINERS = ['podman', 'skopeo'] as const;

/** A policy that has another rule for the open registry than for the others. */
function policy(rule: object): Readonly<Record<string, string>> {
  const docker = { [HOSTS.open.name]: [rule] };
  const text = { default: [{ type: 'insecureAcceptAnything' }], transports: { docker } };
  return { 'containers/policy.json': JSON.stringify(text) };
}

const registries = (text: string) => ({ 'containers/registries.conf': text });

export const NODE: readonly RuntimeFault[] = [
  {
    name: 'disk-images',
    what: 'no space where images are kept',
    cause: 'NodeDiskFull',
    image: spoiled('large'),
    setting: { smallDisk: 'images' },
  },
  {
    name: 'disk-downloads',
    what: 'no space where layers are downloaded to',
    cause: 'NodeDiskFull',
    image: spoiled('large'),
    tools: ['podman'],
    setting: { smallDisk: 'downloads' },
  },
  {
    name: 'policy-reject',
    what: 'policy.json rejects the registry',
    cause: 'SignatureRejected',
    image: APP,
    tools: CONTAINERS,
    setting: { etc: policy({ type: 'reject' }) },
  },
  {
    name: 'policy-signed',
    what: 'policy.json wants a signature, and there is none',
    cause: 'SignatureRejected',
    image: APP,
    tools: CONTAINERS,
    setting: {
      etc: {
        ...policy({ type: 'signedBy', keyType: 'GPGKeys', keyPath: '/etc/containers/key.gpg' }),
        'containers/key.gpg': '',
      },
    },
  },
  {
    name: 'blocked',
    what: 'registries.conf blocks the registry',
    cause: 'MirrorMisconfigured',
    image: APP,
    tools: CONTAINERS,
    setting: {
      etc: registries(`[[registry]]\nlocation = "${HOSTS.open.name}"\nblocked = true\n`),
    },
  },
  {
    name: 'registries-conf',
    what: 'registries.conf that cannot be read',
    cause: 'MirrorMisconfigured',
    image: APP,
    tools: CONTAINERS,
    setting: { etc: registries('[[registry]\n') },
  },
  {
    name: 'mirror-closed',
    what: 'a mirror where nothing listens, and no registry behind it',
    cause: 'DnsFailure',
    image: 'nowhere.corp.test/public/app:1.0',
    tools: CONTAINERS,
    setting: {
      etc: registries(
        `[[registry]]\nlocation = "nowhere.corp.test"\n[[registry.mirror]]\nlocation = "${HOSTS.closed.name}"\n`,
      ),
    },
  },
  {
    name: 'short-name',
    what: 'a short name, and no registry to search',
    cause: 'MirrorMisconfigured',
    image: 'app:1.0',
    tools: ['podman'],
  },
  {
    name: 'short-name-tag',
    what: 'a short name, in none of two registries',
    cause: 'TagNotFound',
    image: 'public/app:nope',
    tools: ['podman'],
    setting: {
      etc: registries(
        `unqualified-search-registries = ["${HOSTS.open.name}", "${HOSTS.cache.name}"]\n`,
      ),
    },
  },
  {
    name: 'docker-hub',
    what: 'Docker Hub, from a machine without a way to it',
    cause: 'DnsFailure',
    image: 'docker.io/library/app:1.0',
  },
  {
    name: 'mirror-hub',
    what: 'a mirror of Docker Hub where nothing listens, and no way to Docker Hub',
    cause: 'DnsFailure',
    image: 'docker.io/library/app:1.0',
    tools: ['dockerd'],
    setting: { daemon: { 'registry-mirrors': [`https://${HOSTS.closed.name}`] } },
  },
  {
    name: 'half-certificate',
    what: 'certs.d holds a certificate without its key',
    cause: 'MirrorMisconfigured',
    image: spoiled('half'),
  },
  {
    name: 'no-daemon',
    what: 'dockerd does not run',
    cause: 'RuntimeUnavailable',
    image: APP,
    tools: ['dockerd'],
    socket: 'unix:///run/nowhere.sock',
  },
];
