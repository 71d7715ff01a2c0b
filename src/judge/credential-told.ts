/** Findings on pull secrets that were not used for an image: broken, empty, or for another one. Pure. */

import { textOf } from '../credentials/docker-config.ts';
import { type Fault, secretFaults } from '../credentials/faults/index.ts';
import type { Lookup, NotTried } from '../credentials/keyring.ts';
import type { ImageReference } from '../image/reference.ts';
import { keyToWrite } from '../registries/index.ts';
import type { NextStep } from '../words/next-step.ts';
import type { Contributing } from '../words/verdict.ts';
import { type Miss, missOf } from './credential-misses.ts';
import type { PodSecret } from './credential-secrets.ts';
import { faultsOf } from './secret-report.ts';

export interface Told {
  readonly contributing: readonly Contributing[];
  /** Templates as in the catalogue. */
  readonly steps: readonly NextStep[];
  /** The secret the steps are about. */
  readonly secret: string | null;
}

const NOTHING: Told = { contributing: [], steps: [], secret: null };

/** At most so many secrets are told of one by one. */
const MAX_TOLD = 4;

/** Keys of one secret that are named. */
const MAX_KEYS = 3;

/** One broken secret: its faults by name, or the kubelet's sentence where none has one. */
export function brokenFindings({ name, secret, content }: PodSecret): Told {
  const object = `secret/${name}`;
  const stops = 'the kubelet pulls nothing for a pod that names it';
  const entries = content.kind === 'broken' ? content.entries : [];
  const found = [
    ...wholeFaults({ name, secret, content }).map((fault) => ({ fault, where: '' })),
    ...entries.flatMap((entry) =>
      faultsOf(entry).map((fault) => ({ fault, where: ` entry ${entry.key}` })),
    ),
  ].filter(({ fault }) => fault.effect === 'stops-pod');
  if (found.length === 0 && content.kind === 'broken') {
    const where = content.entry === null ? '' : ` entry ${content.entry}`;
    const text = `secret ${name}${where} cannot be read (${content.error}): ${stops}`;
    return { ...NOTHING, contributing: [{ code: 'secret-malformed', object, text }], secret: name };
  }
  return {
    contributing: found.slice(0, MAX_TOLD).map(({ fault, where }) => ({
      code: fault.id,
      object,
      // Faults of an entry say it themselves.
      text: `secret ${name}${where}: ${fault.text}${where === '' ? `; ${stops}` : ''}`,
    })),
    steps: found
      .slice(0, 1)
      .map(({ fault, where }) => ({ text: `Secret ${name}${where}: ${fault.fix}` })),
    secret: name,
  };
}

/** Faults of a secret as a whole. */
export function wholeFaults({
  name,
  secret,
  content,
}: Pick<PodSecret, 'name' | 'secret' | 'content'>): Fault[] {
  return secretFaults({
    name,
    type: secret.type,
    dataKeys: secret.dataKeys,
    content: textOf(content),
  });
}

interface SecretMiss extends Miss {
  readonly name: string;
  readonly fix: string | null;
}

/**
 * Why none of the secrets serves the image. Where not all of them were seen, only what is nearly right is told: the
 * other secret may be the one that is meant.
 */
export function missFindings(
  found: Lookup,
  read: readonly PodSecret[],
  image: ImageReference,
  complete: boolean,
): Told {
  const misses = read
    .flatMap((secret) => missesOf(secret, found, image))
    .filter((miss) => complete || miss.distance < 2)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MAX_TOLD);
  const [nearest] = misses;
  if (!nearest) return NOTHING;
  const key = keyToWrite(image.host);
  return {
    contributing: misses.map(({ code, name, text }) => ({
      code,
      object: `secret/${name}`,
      text: `secret ${name} ${text}`,
    })),
    steps: [
      ...(nearest.fix === null ? [] : [{ text: `Secret ${nearest.name}: ${nearest.fix}` }]),
      {
        text: `Make a secret with the key ${key} from a docker configuration file that holds this registry alone, and add it to the list of the pod template or of serviceaccount {serviceaccount}; then recreate the pod`,
        command:
          'kubectl create secret docker-registry {secret}-new -n {namespace} --from-file=.dockerconfigjson=config.json',
        brought: 'new pod',
      },
    ],
    secret: nearest.name,
  };
}

function missesOf(secret: PodSecret, found: Lookup, image: ImageReference): SecretMiss[] {
  const { name } = secret;
  const whole = wholeFaults(secret).filter(
    ({ effect, id }) => effect === 'never-used' && id !== 'secret-wrong-type',
  );
  if (whole.length > 0) {
    return whole.map(({ id, text, fix }) => ({
      name,
      code: id,
      distance: 1,
      text: `holds no credential that counts: ${text}`,
      fix,
    }));
  }
  const rows = found.others.filter((row) => row.secret === name);
  const [best] = rows
    .map((row) => missOrFault(row, found, image))
    .sort((a, b) => a.distance - b.distance);
  if (!best) return [];
  return [best.distance === 3 ? { ...elsewhere(rows, image), name } : { ...best, name }];
}

/** What is wrong with the key whatever the image says more than that it is not the image's. */
function missOrFault(
  row: NotTried,
  found: Lookup,
  image: ImageReference,
): Miss & { fix: string | null } {
  const miss = missOf(row, found.repository, image);
  if (miss.distance < 2) return { ...miss, fix: null };
  const fault = faultsOf(row.entry).find((f) => f.place === 'key' && f.effect === 'never-used');
  return fault
    ? { code: fault.id, distance: 2, text: `entry ${row.key}: ${fault.text}`, fix: fault.fix }
    : { ...miss, fix: null };
}

function elsewhere(rows: readonly NotTried[], { host }: ImageReference): Miss & { fix: null } {
  const keys = [...new Set(rows.map((row) => row.key))];
  const more = keys.length > MAX_KEYS ? ' and others' : '';
  const named = keys.slice(0, MAX_KEYS).join(', ');
  return {
    code: 'secret-other-host',
    distance: 3,
    text: `is for ${named}${more}, and the image is on ${host}`,
    fix: null,
  };
}

/** A key of Docker Hub that another key hides. */
export function hiddenHub(found: Lookup, image: ImageReference): Told {
  const hidden = found.others.filter(({ why }) => why[0]?.kind === 'hidden').slice(0, 1);
  return {
    ...NOTHING,
    contributing: hidden.map((row) => ({
      code: 'secret-key-hidden',
      object: `secret/${row.secret}`,
      text: `secret ${row.secret} ${missOf(row, found.repository, image).text}`,
    })),
  };
}
