/** The kubelet with credential plugins (KEP-2133): a program for some images, which is to print credentials. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { restartKubelet } from '../../cluster/up/kubernetes.ts';
import { WORK } from '../../cluster/up/settings.ts';

const FOLDER = path.join(WORK, 'etc/credential-plugins');
const CONFIG = path.join(WORK, 'etc/credential-plugins.json');

/** A plugin: what it runs as a shell script, for which images. */
export interface Plugin {
  readonly script: string;
  readonly matchImages: readonly string[];
}

/** Starts the kubelet with these plugins. */
export async function usePlugins(plugins: Readonly<Record<string, Plugin>>): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  for (const [name, { script }] of Object.entries(plugins))
    writeFileSync(path.join(FOLDER, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const providers = Object.entries(plugins).map(([name, { matchImages }]) => ({
    name,
    matchImages,
    defaultCacheDuration: '0s',
    apiVersion: 'credentialprovider.kubelet.k8s.io/v1',
  }));
  const config = {
    apiVersion: 'kubelet.config.k8s.io/v1',
    kind: 'CredentialProviderConfig',
    providers,
  };
  writeFileSync(CONFIG, JSON.stringify(config, null, 2));
  await restartKubelet({
    flags: [
      `--image-credential-provider-config=${CONFIG}`,
      `--image-credential-provider-bin-dir=${FOLDER}`,
    ],
  });
}
