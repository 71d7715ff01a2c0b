/**
 * `waiting.reason` values of a container that mean a failed pull whatever the message says: the kubelet's
 * (pkg/kubelet/images/types.go, k8s.io/cri-api/pkg/errors).
 */
export const PULL_REASONS: ReadonlySet<string> = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'ErrImageNeverPull',
  'InvalidImageName',
  'ImageInspectError',
  'RegistryUnavailable',
  'SignatureValidationFailed',
]);
