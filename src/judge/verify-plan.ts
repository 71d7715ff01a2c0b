/** From pods and secrets to what the kubelet would try: for each image its credentials in order. Pure. */
import { readSecret } from '../credentials/docker-config.ts';
import {
  type Credential,
  type Keyring,
  keyringOf,
  type Lookup,
  lookup,
  repositoryName,
  type SecretRead,
} from '../credentials/keyring.ts';
import { kindOf } from '../credentials/kinds/index.ts';
import { mayShowUser } from '../credentials/kinds/user.ts';
import { type ImageReference, type InvalidImage, parseImage } from '../image/reference.ts';
import { hostOf, registryOf } from '../registries/index.ts';
import type { Unavailable } from '../words/known.ts';
import type {
  ImageUser,
  Login,
  Platform,
  RunningImage,
  Subject,
  WantedSecret,
  Whose,
} from '../words/verification.ts';
import { missOf } from './credential-misses.ts';
import { missingText } from './secret-list.ts';
import { dataOf } from './secret-report.ts';
import { isLoopback, isTold } from './verify-loopback.ts';

/** One credential that is to be tried with one image. */
export interface Attempt {
  readonly whose: Extract<Whose, 'pod' | 'yours'>;
  readonly label: string;
  readonly secret: { readonly namespace: string; readonly name: string } | null;
  readonly key: string | null;
  /** `null` where it must not be shown, or there is none. */
  readonly user: string | null;
  /** `null`: an entry without user name and password, with which the runtime goes without. */
  readonly login: Login | null;
}

/** One image with what is tried for it, for all pods that share both. */
export interface VerifyCase {
  readonly image: string;
  readonly reference: ImageReference | InvalidImage;
  readonly users: readonly ImageUser[];
  readonly count: number;
  readonly platforms: readonly Platform[];
  /** Of nodes of which it is not known whether its pods may go there. */
  readonly maybePlatforms: readonly Platform[];
  /** Of the first of them. */
  readonly serviceAccount: string | null;
  readonly never: boolean;
  /** Those of the pod, in the kubelet's order. */
  readonly attempts: readonly Attempt[];
  /** Those of whoever asks. */
  readonly yours: readonly Attempt[];
  /** The secret that stops every pull of the pod, with the kubelet's sentence. */
  readonly broken: { readonly secret: WantedSecret; readonly error: string } | null;
  /** Why it is not known what else the pod has. */
  readonly unread: readonly Unread[];
  /** Names of listed secrets that are not there. */
  readonly missing: readonly string[];
  /** Sentences without full stop: secrets that are not there, keys that nearly match. */
  readonly findings: readonly string[];
  /** What running pods have of it. */
  readonly running: readonly RunningImage[];
  /** It is on the loopback of a node, and nobody said where this machine finds that. */
  readonly onNode: boolean;
  /** The kinds of pods that have it, at most a few: what they have in common ends with this image. */
  readonly parts: readonly CasePart[];
}

export interface CasePart {
  readonly users: readonly ImageUser[];
  /** Another image for the same pods, with the credentials of theirs that match that one. */
  readonly withImage: (image: string) => VerifyCase;
}

export interface Unread {
  readonly secret: { readonly namespace: string; readonly name: string } | null;
  readonly why: Unavailable;
}

/** A login of whoever asks. */
export interface OwnLogins {
  /** A docker config, read; `null`: none was given. */
  readonly config: { readonly file: string; readonly keyring: Keyring } | null;
  /** A user name and password for every image. */
  readonly login: Login | null;
}

/**
 * Adds up what all subjects have in common. Each case is asked about once. `told`: hosts of which the flags say where
 * nodes find them; `null`: what `localhost` is does not matter.
 */
export function casesOf(
  subjects: readonly Subject[],
  own: OwnLogins,
  told: ReadonlySet<string> | null = null,
): VerifyCase[] {
  const several =
    new Set(subjects.flatMap(({ secrets }) => secrets.map(({ namespace }) => namespace))).size > 1;
  const cases = new Map<string, VerifyCase>();
  for (const subject of subjects) {
    const pod = readPod(subject);
    for (const { image, never } of subject.images) {
      const one = caseOf(image, never, pod, { own, several, told });
      const key = sameness(one);
      const known = cases.get(key);
      cases.set(key, known === undefined ? one : merged(known, one));
    }
  }
  return [...cases.values()];
}

interface PodRead {
  readonly subject: Subject;
  readonly keyring: ReturnType<typeof keyringOf>;
  readonly unread: readonly Unread[];
  /** Sentences by the name of a listed secret that is not there. */
  readonly missing: ReadonlyMap<string, string>;
}

function readPod(subject: Subject): PodRead {
  const reads: SecretRead[] = [];
  const unread: Unread[] = [];
  const missing = new Map<string, string>();
  const names = subject.secrets.flatMap(({ name, answer }) => (answer.known ? [name] : []));
  if (subject.listUnknown !== null) unread.push({ secret: null, why: subject.listUnknown });
  for (const { namespace, name, answer } of subject.secrets) {
    const secret = { namespace, name };
    if (answer.known && !answer.value.elided) {
      reads.push({ name, content: readSecret(dataOf(answer.value)) });
    } else if (answer.known) {
      const what = `secret ${namespace}/${name}`;
      const text = `${what}: the file does not hold its content`;
      unread.push({ secret, why: { reason: 'elided', what, text } });
    } else if (answer.why.reason === 'not found') {
      const text = `secret ${name}: ${missingText(name, names)}; the kubelet goes on without it`;
      missing.set(name, text);
    } else {
      unread.push({ secret, why: answer.why });
    }
  }
  return { subject, keyring: keyringOf(reads), unread, missing };
}

interface Around {
  readonly own: OwnLogins;
  /** Secrets of several namespaces are asked about. */
  readonly several: boolean;
  readonly told: ReadonlySet<string> | null;
}

function caseOf(image: string, never: boolean, pod: PodRead, around: Around): VerifyCase {
  const { own, several, told } = around;
  const { subject, keyring } = pod;
  const reference = parseImage(image);
  const { users, count, platforms, serviceAccount } = subject;
  const host = reference.valid ? reference.host : '';
  const base = {
    image,
    reference,
    users,
    count,
    platforms,
    maybePlatforms: subject.maybePlatforms ?? [],
    serviceAccount,
    never,
    missing: [...pod.missing.keys()],
    running: (subject.running ?? []).filter((one) => one.image === image),
    onNode: count > 0 && told !== null && isLoopback(host) && !isTold(host, told),
    parts: [{ users, withImage: (other: string) => caseOf(other, never, pod, around) }],
  };
  const nothing = { attempts: [], yours: [], broken: null, unread: [], findings: [] };
  if (!reference.valid) return { ...base, ...nothing };
  const yours = ownAttempts(reference, own);
  if (keyring.kind === 'broken') {
    const secret = subject.secrets.find(({ name }) => name === keyring.secret);
    const where = keyring.entry === null ? '' : `entry ${keyring.entry}: `;
    const error = `${where}${keyring.error}`;
    const broken = secret === undefined ? null : { secret, error };
    return { ...base, ...nothing, yours, broken };
  }
  const found = lookup(keyring, repositoryName(reference));
  return {
    ...base,
    attempts: attemptsOf(found, subject.secrets, several),
    yours,
    broken: null,
    unread: pod.unread,
    findings: [...pod.missing.values(), ...slips(found, reference)],
  };
}

function attemptsOf(
  { credentials }: Lookup,
  secrets: readonly WantedSecret[],
  several: boolean,
): Attempt[] {
  return credentials.map((credential): Attempt => {
    const { namespace = '', name = credential.secret } =
      secrets.find((secret) => secret.name === credential.secret) ?? {};
    const twice = credentials.filter(({ secret }) => secret === credential.secret).length > 1;
    const label = `secret ${several ? `${namespace}/` : ''}${name}${twice ? ` (${credential.key})` : ''}`;
    return { ...shownParts(credential), whose: 'pod', label, secret: { namespace, name } };
  });
}

function shownParts(credential: Credential): Pick<Attempt, 'key' | 'user' | 'login'> {
  const { key, username, password, entry } = credential;
  const host = entry.writtenKey.reveal();
  const registry = registryOf(host).registry.id;
  const kind = kindOf({ registry, host: hostOf(host), username, password });
  return {
    key,
    user: mayShowUser(username, password, kind) ? username : null,
    login: entry.from === 'nothing' ? null : { username, password },
  };
}

function ownAttempts(reference: ImageReference, { config, login }: OwnLogins): Attempt[] {
  const whose = 'yours' as const;
  const secret = null;
  const found = config === null ? null : lookup(config.keyring, repositoryName(reference));
  const usable = (found?.credentials ?? []).filter(({ entry }) => entry.from !== 'nothing');
  const ofConfig = usable.map((credential): Attempt => {
    const label = `yours, not the pod's (${config?.file ?? ''})`;
    return { ...shownParts(credential), whose, secret, label };
  });
  if (login === null) return ofConfig;
  const label = "yours, not the pod's";
  return [...ofConfig, { whose, secret, label, key: null, user: login.username, login }];
}

/** Entries with a slip in their key, where none matches. */
function slips({ credentials, others, repository }: Lookup, image: ImageReference): string[] {
  if (credentials.length > 0) return [];
  return others.flatMap((row) => {
    const { distance, text } = missOf(row, repository, image);
    return distance <= 1 ? [`secret ${row.secret}, ${text}`] : [];
  });
}

/** Equal for cases that ask the same questions. Holds secrets: a key of a map, and nothing else. */
function sameness({ image, never, attempts, broken, unread, findings }: VerifyCase): string {
  return JSON.stringify([
    image,
    never,
    attempts.map(({ login }) => login && [login.username, login.password.reveal()]),
    broken && [broken.secret.namespace, broken.secret.name],
    unread.map(({ why }) => why.text),
    findings,
  ]);
}

/** Users that are named. */
const MAX_USERS = 5;

function merged(a: VerifyCase, b: VerifyCase): VerifyCase {
  return {
    ...a,
    users: [...a.users, ...b.users].slice(0, MAX_USERS),
    count: a.count + b.count,
    platforms: distinct([...a.platforms, ...b.platforms]),
    maybePlatforms: distinct([...a.maybePlatforms, ...b.maybePlatforms]),
    running: added(a.running, b.running),
    parts: [...a.parts, ...b.parts].slice(0, MAX_USERS),
  };
}

function distinct(platforms: readonly Platform[]): Platform[] {
  return [...new Map(platforms.map((p) => [`${p.os}/${p.architecture}`, p])).values()];
}

function added(a: readonly RunningImage[], b: readonly RunningImage[]): RunningImage[] {
  const byId = Map.groupBy([...a, ...b], ({ id }) => id);
  return [...byId.values()].flatMap((same) =>
    same
      .slice(0, 1)
      .map((one) => ({ ...one, pods: same.reduce((sum, { pods }) => sum + pods, 0) })),
  );
}
