/**
 * Two hosts of one registry: the secret is for the one, the image lies on the other. The kubelet compares names only,
 * so the one never serves the other. Pure.
 */
import { hostOf, type RegistryMatch, registryOf } from './index.ts';

/** How two different hosts of one registry stand to each other. */
export interface NearHost {
  /** `same-content`: two names of one place. `other-region`, `other-account`: two places. `same-registry`: the rest. */
  readonly how: 'same-content' | 'other-region' | 'other-account' | 'same-registry';
  /** One sentence without a full stop. */
  readonly text: string;
}

/** How the key of a secret misses the host of an image, or `null` where they are equal or no kin. */
export function nearHost(key: string, image: string): NearHost | null {
  const [a, b] = [hostOf(key), hostOf(image)];
  if (a === b || a === '' || b === '') return null;
  const [ofKey, ofImage] = [registryOf(a), registryOf(b)];
  if (ofKey.rule === null || ofImage.rule === null) return null;
  if (ofKey.registry !== ofImage.registry) return null;
  switch (ofKey.registry.id) {
    case 'ibm':
    case 'ocir':
    case 'alibaba':
    case 'google':
      return byRegion(a, b, ofKey, ofImage);
    case 'ecr':
      return firstLabel(a) === firstLabel(b)
        ? byRegion(a, b, ofKey, ofImage)
        : {
            how: 'other-account',
            text: `the key is for the AWS account ${firstLabel(a)}, the image lies in ${firstLabel(b)}`,
          };
    case 'docker-hub':
      return b === 'dhi.io' || a === 'dhi.io' ? plain(a, b) : sameContent(a, b);
    case 'openshift':
    case 'kubernetes':
      return sameContent(a, b);
    case 'ghcr':
      return plain(a, b);
    default:
      // Other hosts of these are other registries, with nothing in common.
      return null;
  }
}

function byRegion(a: string, b: string, key: RegistryMatch, image: RegistryMatch): NearHost {
  if (key.rule?.standing === 'other') return { how: 'same-registry', text: `${a} is ${key.note}` };
  if (key.region === null || image.region === null) return plain(a, b);
  if (key.region === image.region) {
    return key.registry.id === 'ibm' ? sameContent(a, b) : plain(a, b);
  }
  return {
    how: 'other-region',
    text: `the key ${a} is for the region ${key.region}, the image on ${b} lies in ${image.region}; an entry serves the host it names and no other`,
  };
}

function sameContent(a: string, b: string): NearHost {
  return {
    how: 'same-content',
    text: `${a} and ${b} are names of one registry, but the kubelet compares the names: a key for one does not match the other`,
  };
}

function plain(a: string, b: string): NearHost {
  return {
    how: 'same-registry',
    text: `the key ${a} and the image's host ${b} belong to the same provider, but an entry serves the host it names and no other`,
  };
}

function firstLabel(host: string): string {
  return host.split('.', 1)[0] ?? '';
}
