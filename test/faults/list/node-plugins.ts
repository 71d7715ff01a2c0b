/** Credential plugins of the kubelet that give no credentials. */
import { restartKubelet } from '../../cluster/up/kubernetes.ts';
import { HOSTS, PASSWORD, USER } from '../../cluster/up/settings.ts';
import type { Breakage, Fault } from '../fault.ts';
import { type Plugin, usePlugins } from '../node/credential-plugin.ts';
import { pushOwnImage } from '../node/images.ts';

const RIGHT = JSON.stringify({
  apiVersion: 'credentialprovider.kubelet.k8s.io/v1',
  kind: 'CredentialProviderResponse',
  cacheKeyType: 'Image',
  auth: { [HOSTS.private.name]: { username: USER, password: PASSWORD } },
});

/** Credential plugins, each for one image: what they do, and as a shell script. */
const PLUGINS = {
  'node-plugin-fails': ['fails', 'echo "no metadata service" >&2; exit 1'],
  'node-plugin-rubbish': ['prints something else than credentials', 'echo "log in first"'],
  'node-plugin-version': [
    'prints credentials of an older version',
    `echo '${RIGHT.replace('k8s.io/v1', 'k8s.io/v1alpha1')}'`,
  ],
} as const;

function plugins(scriptOf: (broken: string) => string): Readonly<Record<string, Plugin>> {
  return Object.fromEntries(
    Object.entries(PLUGINS).map(([name, [, broken]]) => [
      name,
      { script: scriptOf(broken), matchImages: [`${HOSTS.private.name}/team/${name}`] },
    ]),
  );
}

const BROKEN_PLUGINS: Breakage = {
  breakIt: async () => {
    for (const name of Object.keys(PLUGINS))
      await pushOwnImage(`${HOSTS.private.name}/team/${name}:1.0`);
    await usePlugins(plugins((broken) => broken));
  },
  heal: () => restartKubelet(),
};

export const CREDENTIALS: readonly Fault[] = Object.entries(PLUGINS).map(([name, [what]]) => ({
  name,
  cause: 'CredentialProviderFailed',
  what: `credential plugin of the kubelet that ${what}`,
  image: `${HOSTS.private.name}/team/${name}:1.0`,
  wide: BROKEN_PLUGINS,
  hidden:
    'the kubelet writes what became of its plugins to its log, and asks the registry without credentials',
  mend: { byHand: () => usePlugins(plugins(() => `echo '${RIGHT}'`)) },
}));
