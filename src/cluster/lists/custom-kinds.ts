/** Custom kinds whose objects we read ourselves, at the versions their operators serve today. */
import type { ResourceKind } from '../../words/objects.ts';

const row = (
  kind: string,
  plural: string,
  group: string,
  version: string,
  namespaced: boolean,
): ResourceKind => ({ kind, plural, group, version, namespaced });

const OPENSHIFT = 'config.openshift.io';

export const IMAGE_DIGEST_MIRROR_SET = row(
  'ImageDigestMirrorSet',
  'imagedigestmirrorsets',
  OPENSHIFT,
  'v1',
  false,
);
export const IMAGE_TAG_MIRROR_SET = row(
  'ImageTagMirrorSet',
  'imagetagmirrorsets',
  OPENSHIFT,
  'v1',
  false,
);
export const IMAGE_CONTENT_SOURCE_POLICY = row(
  'ImageContentSourcePolicy',
  'imagecontentsourcepolicies',
  'operator.openshift.io',
  'v1alpha1',
  false,
);
/** Its one object is called `cluster`. */
export const IMAGE_CONFIG = row('Image', 'images', OPENSHIFT, 'v1', false);
/** `v1` since external-secrets 0.16; older ones serve `v1beta1` only. */
export const EXTERNAL_SECRET = row(
  'ExternalSecret',
  'externalsecrets',
  'external-secrets.io',
  'v1',
  true,
);
export const SEALED_SECRET = row('SealedSecret', 'sealedsecrets', 'bitnami.com', 'v1alpha1', true);

export const CUSTOM_KINDS: readonly ResourceKind[] = [
  IMAGE_DIGEST_MIRROR_SET,
  IMAGE_TAG_MIRROR_SET,
  IMAGE_CONTENT_SOURCE_POLICY,
  IMAGE_CONFIG,
  EXTERNAL_SECRET,
  SEALED_SECRET,
];

/** True for a kind whose objects are read, not only followed from owner to owner. */
export function isReadKind(group: string, kind: string): boolean {
  return CUSTOM_KINDS.some((known) => known.group === group && known.kind === kind);
}
