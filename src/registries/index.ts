/** What is known of each registry: one table, and the questions asked of it. Pure. */
import { fitHost, hostOf, isExact, lastLabel } from './hosts.ts';
import type { HostRule, Registry, RegistryId } from './registry.ts';
import { acr } from './table/acr.ts';
import { alibaba } from './table/alibaba.ts';
import { artifactory } from './table/artifactory.ts';
import { chainguard } from './table/chainguard.ts';
import { digitalocean } from './table/digitalocean.ts';
import { dockerHub } from './table/docker-hub.ts';
import { ecr } from './table/ecr.ts';
import { ecrPublic } from './table/ecr-public.ts';
import { elastic } from './table/elastic.ts';
import { generic } from './table/generic.ts';
import { ghcr } from './table/ghcr.ts';
import { gitlab } from './table/gitlab.ts';
import { google } from './table/google.ts';
import { harbor } from './table/harbor.ts';
import { ibm } from './table/ibm.ts';
import { ibmEntitled } from './table/ibm-entitled.ts';
import { kubernetes } from './table/kubernetes.ts';
import { mcr } from './table/mcr.ts';
import { nexus } from './table/nexus.ts';
import { nvidia } from './table/nvidia.ts';
import { ocir } from './table/ocir.ts';
import { openshift } from './table/openshift.ts';
import { quay } from './table/quay.ts';
import { redhat } from './table/redhat.ts';

export { hostOf } from './hosts.ts';
export type { HostRule, HostStanding, Registry, RegistryId, UserNames } from './registry.ts';

/** Every registry known, `generic` last. */
export const REGISTRIES: readonly Registry[] = [
  ibm,
  ibmEntitled,
  ecr,
  ecrPublic,
  google,
  acr,
  mcr,
  ghcr,
  gitlab,
  dockerHub,
  quay,
  harbor,
  artifactory,
  nexus,
  digitalocean,
  nvidia,
  ocir,
  alibaba,
  redhat,
  openshift,
  kubernetes,
  chainguard,
  elastic,
  generic,
];

/** What a host name tells. */
export interface RegistryMatch {
  readonly registry: Registry;
  /** Name of the region, where the host holds or means one. */
  readonly region: string | null;
  /** A fragment that reads after `HOST: `; `null` where there is nothing special about the host. */
  readonly note: string | null;
  /** The rule that fitted; `null` where the registry was guessed or is not known. */
  readonly rule: HostRule | null;
  /** True where only a word in the host suggests the registry: never a ground to call something wrong. */
  readonly guessed: boolean;
}

const NO_MATCH: RegistryMatch = {
  registry: generic,
  region: null,
  note: null,
  rule: null,
  guessed: false,
};

/** The registry of an image's host or of a secret's key (scheme, port and path are looked over). Never throws. */
export function registryOf(written: string): RegistryMatch {
  const host = hostOf(written);
  return find(host) ?? guess(host);
}

/** One row of the table. */
export function registryById(id: RegistryId): Registry {
  return REGISTRIES.find((registry) => registry.id === id) ?? generic;
}

/** The key to write into a pull secret for images of `host` (`host` or `host:port`, as the image has it). */
export function keyToWrite(host: string): string {
  const { registry, rule } = registryOf(host);
  // Hardened images lie on a host of their own, with a key of their own.
  if (registry.id === 'docker-hub' && rule?.host === 'dhi.io') return host;
  return registry.key.replace('{host}', host);
}

interface Row {
  readonly registry: Registry;
  readonly rule: HostRule;
}

/** Exact hosts by themselves, the others by their last label. A secret of IBM Cloud holds 26 hosts, a cluster hundreds. */
interface Lookup {
  readonly exact: ReadonlyMap<string, Row>;
  readonly patterns: ReadonlyMap<string, readonly Row[]>;
}

let lookup: Lookup | null = null;

function buildLookup(): Lookup {
  const rows = REGISTRIES.flatMap((registry) => registry.hosts.map((rule) => ({ registry, rule })));
  const exact = new Map<string, Row>();
  for (const row of rows) if (isExact(row.rule)) exact.set(row.rule.host, row);
  const patterns = new Map<string, Row[]>();
  for (const row of rows.filter(({ rule }) => !isExact(rule))) {
    const last = lastLabel(row.rule.host);
    patterns.set(last, [...(patterns.get(last) ?? []), row]);
  }
  return { exact, patterns };
}

function find(host: string): RegistryMatch | null {
  lookup ??= buildLookup();
  const { exact, patterns } = lookup;
  const same = exact.get(host);
  for (const { registry, rule } of same ? [same] : (patterns.get(lastLabel(host)) ?? [])) {
    const fit = fitHost(rule, host);
    if (fit === null) continue;
    return { registry, region: fit.region, note: rule.note ?? null, rule, guessed: false };
  }
  return null;
}

function guess(host: string): RegistryMatch {
  const words = new Set(host.slice(0, 255).split(/[.-]/));
  const registry = REGISTRIES.find(({ habits }) => habits.some((habit) => words.has(habit)));
  return registry === undefined ? NO_MATCH : { ...NO_MATCH, registry, guessed: true };
}
