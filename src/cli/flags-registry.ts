/**
 * Flags that say how a registry is reached, and with whose login. The user name is `--registry-username`, since
 * `--username` is kubectl's own for the API server: one name for both could send the one's to the other.
 */
import type { Flag, Verb } from './flag.ts';

/** For the verbs that ask registries. */
export function registryFlags(verbs: readonly Verb[]): Flag[] {
  const flag = (
    name: string,
    value: string,
    description: string,
    more: Partial<Flag> = {},
  ): Flag => ({
    name,
    type: 'string',
    value,
    description,
    group: 'Registry',
    verbs,
    ...more,
  });
  const onOff = (name: string, description: string): Flag => ({
    name,
    type: 'boolean',
    description,
    group: 'Registry',
    verbs,
  });
  return [
    flag('docker-config', 'FILENAME', 'Also try the logins of this docker config.json: yours'),
    flag('registry-username', 'NAME', 'Also try this user name, with --password-stdin: yours'),
    onOff('password-stdin', 'Read the password for --registry-username from standard input'),
    flag('no-credentials-to', 'HOST', 'Never show this host a credential; may be repeated', {
      repeatable: true,
    }),
    flag('ca-file', 'FILENAME', "CA certificates for registries, besides the system's"),
    onOff('plain-http', 'Ask registries over HTTP without TLS'),
    onOff('insecure-skip-registry-tls', "Do not check registries' certificates"),
    flag('proxy', 'URL', "Proxy to registries; 'none': not even that of the environment"),
    flag('registry-mirror', '[HOST=]URL', 'Mirror to ask first, as a node does; may be repeated', {
      repeatable: true,
    }),
    flag('registry-address', 'HOST=IP:PORT', 'Where to find a host; may be repeated', {
      repeatable: true,
    }),
    onOff('ibm', 'Ask IBM Cloud of the keys for icr.io; default: where a pull fails'),
    flag('ibm-iam-endpoint', 'URL', "In place of IBM Cloud's IAM; else IBMCLOUD_IAM_API_ENDPOINT"),
    flag(
      'ibm-registry-endpoint',
      'URL',
      "In place of the API of IBM's registry; else IBMCLOUD_CR_API_ENDPOINT",
    ),
  ];
}
