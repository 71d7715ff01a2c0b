/**
 * Faults of a secret as an object: name, type, keys of its data. Rules: kubelet pkg/credentialprovider/secrets (types
 * and data keys).
 */
import type { FaultRow } from './fault.ts';
import { impossibleName, possibleName } from './names.ts';
import { REMAKE, type SecretContext } from './secret-context.ts';

/** The data key that counts for each type the kubelet takes. */
export const PULL_SECRET_TYPES: ReadonlyMap<string, string> = new Map([
  ['kubernetes.io/dockerconfigjson', '.dockerconfigjson'],
  ['kubernetes.io/dockercfg', '.dockercfg'],
]);

/** Names under which people put a docker config. */
const LIKE_CONFIG =
  /^\.?(?:dockerconfigjson|dockercfg|dockerconfig|config\.json|docker-config(?:\.json)?)$/i;

export const SECRET_FAULTS: readonly FaultRow<SecretContext>[] = [
  {
    id: 'secret-name-impossible',
    place: 'name',
    effect: 'never-used',
    certainty: 'certain',
    test: ({ name }) => {
      const why = name === null ? null : impossibleName(name);
      if (why === null) return null;
      const near = possibleName(name ?? '');
      return `no secret can have this name: ${why}${near === null ? '' : `; the nearest name that can exist is ${near}`}`;
    },
    fix: 'name the secret that exists in imagePullSecrets',
  },
  {
    id: 'secret-wrong-type',
    place: 'type',
    effect: 'never-used',
    certainty: 'certain',
    test: ({ type, dataKeys }) => {
      if (type === null || PULL_SECRET_TYPES.has(type)) return null;
      const config = dataKeys.some((key) => LIKE_CONFIG.test(key));
      return `the type is none of kubernetes.io/dockerconfigjson and kubernetes.io/dockercfg, so the kubelet silently ignores the secret${config ? ', though it holds a docker config' : ''}`;
    },
    fix: `${REMAKE}; the type of a secret cannot be changed`,
  },
  {
    id: 'data-key-wrong',
    place: 'data',
    effect: 'never-used',
    certainty: 'certain',
    test: ({ type, dataKeys }) => {
      const wanted = PULL_SECRET_TYPES.get(type ?? '');
      if (wanted === undefined || dataKeys.includes(wanted)) return null;
      const like = dataKeys.find((key) => LIKE_CONFIG.test(key));
      return `data has no key ${wanted}, which this type needs${like === undefined ? '' : `; it has ${like}`}`;
    },
    fix: REMAKE,
  },
];
