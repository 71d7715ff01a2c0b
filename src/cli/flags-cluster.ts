/** Flags that say how the cluster is reached: kubectl's own. */
import type { Flag, Verb } from './flag.ts';

/** For the verbs that ask a cluster. */
export function clusterFlags(verbs: readonly Verb[]): Flag[] {
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
    group: 'Cluster',
    verbs,
    ...more,
  });
  return [
    flag('kubeconfig', 'FILENAME', 'Path to the kubeconfig file'),
    flag('context', 'NAME', 'Context of the kubeconfig to use'),
    flag('cluster', 'NAME', 'Cluster of the kubeconfig to use'),
    flag('user', 'NAME', 'User of the kubeconfig to use'),
    flag('server', 'URL', 'Address and port of the API server', { short: 's' }),
    flag('token', 'TOKEN', 'Bearer token for the API server'),
    flag('username', 'NAME', 'User name for basic authentication'),
    flag('password', 'PASSWORD', 'Password for basic authentication'),
    flag('as', 'USER', 'User to impersonate'),
    flag('as-uid', 'UID', 'UID to impersonate'),
    flag('as-group', 'GROUP', 'Group to impersonate; may be repeated', { repeatable: true }),
    flag('as-user-extra', 'KEY=VALUE', 'Extra of the user to impersonate; may be repeated', {
      repeatable: true,
    }),
    flag(
      'request-timeout',
      'DURATION',
      'Longest wait for one answer, e.g. 5s or 2m; 0 for no limit',
    ),
    {
      name: 'insecure-skip-tls-verify',
      type: 'boolean',
      description: "Do not check the API server's certificate",
      group: 'Cluster',
      verbs,
    },
    flag('certificate-authority', 'FILENAME', "CA certificate for the API server's certificate"),
    flag('client-certificate', 'FILENAME', 'Client certificate for the API server'),
    flag('client-key', 'FILENAME', 'Key of the client certificate'),
    flag('tls-server-name', 'NAME', "Name to expect in the API server's certificate"),
    flag('proxy-url', 'URL', 'Proxy to the API server: http, https, socks5 or socks5h'),
    flag('chunk-size', 'NUMBER', 'Objects asked for at a time; 0 for all at once'),
    {
      name: 'disable-compression',
      type: 'boolean',
      description: 'Do not ask for compressed answers',
      group: 'Cluster',
      verbs,
    },
    flag('cache-dir', 'FOLDER', 'Taken for the sake of scripts; nothing is cached'),
    flag('v', 'LEVEL', 'Log the requests on standard error, from 6 on', { short: 'v' }),
  ];
}
