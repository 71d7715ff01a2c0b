/** What an OpenShift cluster tells its nodes about registries: mirrors, blocked registries, the nodes' pull secret. */
import {
  IMAGE_CONFIG,
  IMAGE_CONTENT_SOURCE_POLICY,
  IMAGE_DIGEST_MIRROR_SET,
  IMAGE_TAG_MIRROR_SET,
} from '../cluster/lists/custom-kinds.ts';
import { elidedKeys } from '../cluster/saved/elided.ts';
import type { MirrorRule, OpenShiftSources, RegistrySources } from '../words/cluster-sources.ts';
import { type Answer, isAbsent, type Unavailable } from '../words/known.ts';
import type { ObjectSource, ResourceKind } from '../words/objects.ts';
import { list, nameOf, obj, str } from './json.ts';
import { SECRET } from './kinds.ts';
import { secretView } from './views.ts';

/** One kind of mirror set: where its rules stand and which images they are for. */
interface MirrorKind {
  readonly resource: ResourceKind;
  readonly field: string;
  readonly pulls: MirrorRule['pulls'];
}

const MIRROR_KINDS: readonly MirrorKind[] = [
  { resource: IMAGE_DIGEST_MIRROR_SET, field: 'imageDigestMirrors', pulls: 'digest' },
  { resource: IMAGE_TAG_MIRROR_SET, field: 'imageTagMirrors', pulls: 'tag' },
  // machine-config-operator writes them as mirror-by-digest-only (openshift/runtime-utils pkg/registries).
  { resource: IMAGE_CONTENT_SOURCE_POLICY, field: 'repositoryDigestMirrors', pulls: 'digest' },
];

/** `withSecret`: the nodes' pull secret too. `null` where the cluster has nothing of it. */
export type ReadOpenShift = (withSecret: boolean) => Promise<OpenShiftSources | null>;

/** Asks for each object once, all at the same time. */
export function openShiftReader(source: ObjectSource): ReadOpenShift {
  const rules = once(() =>
    Promise.all([
      source.get<unknown>({ resource: IMAGE_CONFIG, name: 'cluster' }),
      ...MIRROR_KINDS.map(({ resource }) => source.list<unknown>({ resource })),
    ]),
  );
  const secret = once(() =>
    source.get<unknown>({ resource: SECRET, namespace: 'openshift-config', name: 'pull-secret' }),
  );
  return async (withSecret) => {
    const [[config, ...sets], global] = await Promise.all([rules(), withSecret ? secret() : null]);
    return sourcesOf(config, sets, global);
  };
}

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | null = null;
  return () => {
    asked ??= ask();
    return asked;
  };
}

function sourcesOf(
  config: Answer<unknown>,
  sets: readonly Answer<readonly unknown[]>[],
  secret: Answer<unknown> | null,
): OpenShiftSources | null {
  const nothing = [config, ...sets].every((a) => !a.known && isAbsent(a.why));
  if (nothing && !secret?.known) return null;
  return {
    mirrors: MIRROR_KINDS.flatMap((kind, i) => {
      const answer = sets[i];
      return answer?.known ? answer.value.flatMap((set) => mirrorRules(set, kind)) : [];
    }),
    registries: registrySources(config.known ? config.value : null),
    globalSecret: secret?.known ? secretView(secret.value, elidedKeys(secret.value)) : null,
    unavailable: missing([
      ...sets.map((answer, i) => [answer, MIRROR_KINDS[i]?.resource.plural ?? ''] as const),
      [config, 'image.config.openshift.io cluster'],
      ...(secret === null ? [] : [[secret, 'secret openshift-config/pull-secret'] as const]),
    ]),
  };
}

/** One line for all of them: who may not read one may seldom read another. What is not there is no gap. */
function missing(asked: readonly (readonly [Answer<unknown>, string])[]): Unavailable | null {
  const gaps = asked.flatMap(([answer, name]) =>
    answer.known || isAbsent(answer.why) ? [] : [{ why: answer.why, name }],
  );
  const [first] = gaps;
  if (first === undefined) return null;
  const names = gaps.map(({ name }) => name).join(', ');
  const what = "the cluster's mirrors, registry rules and node credentials";
  const text =
    first.why.reason === 'forbidden'
      ? `not allowed to read what this OpenShift cluster tells its nodes: ${names}`
      : `cannot read what this OpenShift cluster tells its nodes: ${names}`;
  const { reason, check, error } = first.why;
  return {
    reason,
    what,
    text,
    ...(check === undefined ? {} : { check }),
    ...(error === undefined ? {} : { error }),
  };
}

/** The rules of one mirror set object. */
function mirrorRules(set: unknown, { resource, field, pulls }: MirrorKind): MirrorRule[] {
  const s = obj(set);
  const object = `${resource.kind.toLowerCase()}/${nameOf(s)}`;
  return list(obj(s['spec'])[field]).flatMap((rule) => {
    const source = str(rule['source']);
    const mirrors = strings(rule['mirrors']);
    const neverSource = str(rule['mirrorSourcePolicy']) === 'NeverContactSource';
    return source === '' ? [] : [{ object, source, mirrors, neverSource, pulls }];
  });
}

function registrySources(config: unknown): RegistrySources {
  const sources = obj(obj(obj(config)['spec'])['registrySources']);
  return {
    blocked: strings(sources['blockedRegistries']),
    allowed: strings(sources['allowedRegistries']),
    insecure: strings(sources['insecureRegistries']),
  };
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.map(str).filter((text) => text !== '') : [];
}
