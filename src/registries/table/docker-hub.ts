/**
 * Docker Hub and its many spellings. Images are looked up as docker.io, then under the key index.docker.io
 * (kubelet pkg/credentialprovider/keyring.go); no other spelling is ever reached.
 */
import { ANY_USER, type HostRule, type Registry } from '../registry.ts';

const KEY = 'https://index.docker.io/v1/';

function noKey(host: string, standing: 'api' | 'other', what: string): HostRule {
  return {
    host,
    standing,
    instead: KEY,
    note: `${what}; as a key it matches no image written nginx or docker.io/NAME`,
  };
}

export const dockerHub: Registry = {
  id: 'docker-hub',
  name: 'Docker Hub',
  hosts: [
    { host: 'docker.io' },
    { host: 'index.docker.io' },
    {
      host: 'dhi.io',
      note: 'Docker Hardened Images: the accounts of Docker Hub, but a key of its own in a pull secret',
    },
    noKey('registry-1.docker.io', 'api', 'the host that clients talk to'),
    noKey('registry.hub.docker.com', 'api', 'an older host that clients talk to'),
    noKey('auth.docker.io', 'other', 'the token server of Docker Hub'),
    noKey('hub.docker.com', 'other', 'the web site of Docker Hub'),
    noKey('docker.com', 'other', 'a web site of Docker'),
    noKey('www.docker.com', 'other', 'a web site of Docker'),
    noKey('**.docker.io', 'other', 'not a name that images have'),
  ],
  habits: [],
  users: ANY_USER,
  nodeCredentials: null,
  key: KEY,
  renew:
    'A personal access token (dckr_pat_…) with the account name, or an organisation token (dckr_oat_…) with the organisation name.',
  docs: 'https://docs.docker.com/docker-hub/usage/pulls/',
};
