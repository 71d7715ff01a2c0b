/** Types of the Secrets that the kubelet reads pull credentials from (pkg/credentialprovider/secrets). */
export const DOCKER_TYPES: readonly string[] = [
  'kubernetes.io/dockerconfigjson',
  'kubernetes.io/dockercfg',
];
