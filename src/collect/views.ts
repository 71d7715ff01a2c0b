/** Reads the API's JSON into the house's own words; everything may be missing or of the wrong type. */
import { Hidden } from '../words/hidden.ts';
import type {
  Condition,
  ContainerState,
  ContainerType,
  ContainerView,
  EventView,
  ImageVolume,
  NodeView,
  OwnerRef,
  PodView,
  SecretView,
  ServiceAccountView,
} from '../words/pod.ts';
import { redact } from '../words/redact.ts';
import { type Json, list, nameOf, num, obj, str, time } from './json.ts';
import { cloudIdentityOf, hasOpenShiftMark, keeperOf } from './marks.ts';
import { secretsUnderContainers } from './misplaced-secrets.ts';

function state(value: unknown): ContainerState {
  const s = obj(value);
  if (s['waiting']) {
    const w = obj(s['waiting']);
    return { kind: 'waiting', reason: str(w['reason']), message: redact(str(w['message'])) };
  }
  if (s['running']) return { kind: 'running', startedAt: time(obj(s['running'])['startedAt']) };
  if (s['terminated']) {
    const t = obj(s['terminated']);
    return {
      kind: 'terminated',
      reason: str(t['reason']),
      message: redact(str(t['message'])),
      exitCode: num(t['exitCode']),
      finishedAt: time(t['finishedAt']),
    };
  }
  return { kind: 'none' };
}

function containersOf(pod: Json): ContainerView[] {
  const spec = obj(pod['spec']);
  const status = obj(pod['status']);
  const groups: [ContainerType, string, string][] = [
    ['init', 'initContainers', 'initContainerStatuses'],
    ['container', 'containers', 'containerStatuses'],
    ['ephemeral', 'ephemeralContainers', 'ephemeralContainerStatuses'],
  ];
  return groups.flatMap(([type, inSpec, inStatus]) => {
    const statuses = new Map(list(status[inStatus]).map((s) => [str(s['name']), s]));
    return list(spec[inSpec]).map((c) => {
      const s = statuses.get(str(c['name'])) ?? {};
      return {
        name: str(c['name']),
        type,
        image: redact(str(c['image'])),
        pullPolicy: str(c['imagePullPolicy']),
        state: state(s['state']),
        lastState: state(s['lastState']),
        mounts: list(c['volumeMounts']).map((m) => str(m['name'])),
        ...(str(s['imageID']) !== '' && { imageId: str(s['imageID']) }),
      };
    });
  });
}

function imageVolumes(pod: Json): ImageVolume[] {
  return list(obj(pod['spec'])['volumes']).flatMap((v) => {
    const image = obj(v['image']);
    const reference = redact(str(image['reference']));
    return reference
      ? [{ name: str(v['name']), image: reference, pullPolicy: str(image['pullPolicy']) }]
      : [];
  });
}

function conditions(status: unknown): Condition[] {
  return list(obj(status)['conditions']).map((c) => ({
    type: str(c['type']),
    status: str(c['status']),
    reason: str(c['reason']),
    message: redact(str(c['message'])),
    changedAt: time(c['lastTransitionTime']),
  }));
}

/** The owner that controls the object, else the first one, else `null`. */
export function ownerOf(object: unknown): OwnerRef | null {
  const refs = list(obj(obj(object)['metadata'])['ownerReferences']);
  const ref = refs.find((r) => r['controller'] === true) ?? refs[0];
  if (!ref) return null;
  return {
    apiVersion: str(ref['apiVersion']),
    kind: str(ref['kind']),
    name: str(ref['name']),
    uid: str(ref['uid']),
  };
}

function misplaced(pod: Json): Pick<PodView, 'secretsUnderContainers'> {
  const names = secretsUnderContainers(pod);
  return names.length === 0 ? {} : { secretsUnderContainers: names };
}

/** A `v1` Pod. */
export function podView(pod: unknown): PodView {
  const p = obj(pod);
  const meta = obj(p['metadata']);
  const spec = obj(p['spec']);
  const status = obj(p['status']);
  return {
    namespace: str(meta['namespace']) || 'default',
    name: str(meta['name']),
    uid: str(meta['uid']),
    createdAt: time(meta['creationTimestamp']),
    deletedAt: time(meta['deletionTimestamp']),
    phase: str(status['phase']),
    reason: str(status['reason']),
    node: str(spec['nodeName']) || null,
    serviceAccount: str(spec['serviceAccountName']) || str(spec['serviceAccount']) || 'default',
    pullSecrets: list(spec['imagePullSecrets'])
      .map((s) => str(s['name']))
      .filter((name) => name !== ''),
    ...misplaced(p),
    ...(hasOpenShiftMark(p) ? { openshift: true } : {}),
    containers: containersOf(p),
    imageVolumes: imageVolumes(p),
    owner: ownerOf(p),
    conditions: conditions(status),
    templateHash: str(obj(meta['labels'])['pod-template-hash']),
  };
}

/** `spec.containers{web}` → `web`; kubelet: pkg/kubelet/container/ref.go. */
function containerOfPath(path: string): string | null {
  return /^spec\.(?:initC|c|ephemeralC)ontainers\{([^{}]*)\}$/.exec(path)?.[1] ?? null;
}

/** A `v1` or `events.k8s.io/v1` Event; counts and times of a series win over the older fields. */
export function eventView(event: unknown): EventView {
  const e = obj(event);
  const target = obj(e['involvedObject'] ?? e['regarding']);
  const series = obj(e['series']);
  const first = time(e['firstTimestamp'] ?? e['deprecatedFirstTimestamp']) ?? time(e['eventTime']);
  const last =
    time(series['lastObservedTime']) ??
    time(e['lastTimestamp'] ?? e['deprecatedLastTimestamp']) ??
    first ??
    time(obj(e['metadata'])['creationTimestamp']);
  return {
    namespace: str(target['namespace']) || str(obj(e['metadata'])['namespace']),
    object: { kind: str(target['kind']), name: str(target['name']), uid: str(target['uid']) },
    container: containerOfPath(str(target['fieldPath'])),
    reason: str(e['reason']),
    text: redact(str(e['message'] ?? e['note'])),
    first: first ?? last,
    last,
    count: num(series['count']) ?? num(e['count'] ?? e['deprecatedCount']) ?? 1,
  };
}

/** A `v1` Node. */
export function nodeView(node: unknown): NodeView {
  const n = obj(node);
  const status = obj(n['status']);
  const info = obj(status['nodeInfo']);
  return {
    name: nameOf(n),
    os: str(info['operatingSystem']),
    architecture: str(info['architecture']),
    runtimeVersion: str(info['containerRuntimeVersion']),
    kubeletVersion: str(info['kubeletVersion']),
    conditions: conditions(status),
    images: list(status['images']).flatMap((i) =>
      Array.isArray(i['names']) ? i['names'].map(str) : [],
    ),
  };
}

/** Data keys whose value could be a docker config, whatever the type of the Secret says. */
const CONFIG_KEYS = /^\.?(?:dockerconfigjson|dockercfg|config\.json|docker-?config(?:\.json)?)$/i;

/** A `v1` Secret. `elided`: names of data keys whose value is not the real one. */
export function secretView(secret: unknown, elided: readonly string[] = []): SecretView {
  const s = obj(secret);
  const meta = obj(s['metadata']);
  const data = obj(s['data']);
  // Of a manifest that was not applied yet; the API server would turn it into `data`.
  const plain = obj(s['stringData']);
  const values = new Map<string, Hidden>();
  for (const [key, value] of Object.entries(data)) {
    if (CONFIG_KEYS.test(key) && !elided.includes(key)) values.set(key, new Hidden(str(value)));
  }
  for (const [key, value] of Object.entries(plain)) {
    if (CONFIG_KEYS.test(key)) {
      values.set(key, new Hidden(Buffer.from(str(value)).toString('base64')));
    }
  }
  return {
    namespace: str(meta['namespace']) || 'default',
    name: str(meta['name']),
    uid: str(meta['uid']),
    type: str(s['type']) || 'Opaque',
    createdAt: time(meta['creationTimestamp']),
    changedAt: changedAt(meta),
    dataKeys: [...new Set([...Object.keys(data), ...Object.keys(plain)])],
    data: values,
    ...optional('keeper', keeperOf(meta)),
    elided: elided.length > 0,
  };
}

function optional<K extends string, T>(key: K, value: T | undefined): { readonly [P in K]?: T } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: T });
}

/** The newest change that managedFields tell of. */
function changedAt(meta: Json): number | null {
  const changes = list(meta['managedFields'])
    .map((f) => time(f['time']))
    .filter((ms) => ms !== null);
  return changes.length ? Math.max(...changes) : null;
}

/** A `v1` ServiceAccount. */
export function serviceAccountView(account: unknown): ServiceAccountView {
  const a = obj(account);
  const meta = obj(a['metadata']);
  return {
    name: str(meta['name']),
    pullSecrets: list(a['imagePullSecrets'])
      .map((s) => str(s['name']))
      .filter((name) => name !== ''),
    ...optional('cloudIdentity', cloudIdentityOf(meta)),
    changedAt: changedAt(meta),
  };
}
