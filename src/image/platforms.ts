/**
 * Which image of an index a node takes: github.com/containerd/platforms (`Only`, `Normalize`), the node's own platform
 * first, then what its processor runs besides. Pure.
 */
import { lookUp } from '../words/lookup.ts';

/** As a node or an entry of an index has it: `linux`, `arm64`, `v8`. */
export interface WrittenPlatform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string | undefined;
}

/** One spelling for each platform; no variant is `''`. */
export interface NormalPlatform {
  readonly os: string;
  readonly architecture: string;
  readonly variant: string;
}

const SYSTEMS: Readonly<Record<string, string>> = { macos: 'darwin' };

/** One spelling for each: `x86_64` is `amd64`, `arm64/v8` is `arm64`, `arm` alone is `arm/v7`. */
export function normalise(platform: WrittenPlatform): NormalPlatform {
  const os = platform.os.toLowerCase();
  const architecture = platform.architecture.toLowerCase();
  const variant = (platform.variant ?? '').toLowerCase();
  return { os: lookUp(SYSTEMS, os) ?? os, ...normaliseArchitecture(architecture, variant) };
}

function normaliseArchitecture(
  architecture: string,
  variant: string,
): { architecture: string; variant: string } {
  switch (architecture) {
    case 'i386':
      return { architecture: '386', variant: '' };
    case 'x86_64':
    case 'x86-64':
    case 'amd64':
      return { architecture: 'amd64', variant: variant === 'v1' ? '' : variant };
    case 'aarch64':
    case 'arm64':
      return { architecture: 'arm64', variant: variant === '8' || variant === 'v8' ? '' : variant };
    case 'armhf':
      return { architecture: 'arm', variant: 'v7' };
    case 'armel':
      return { architecture: 'arm', variant: 'v6' };
    case 'arm':
      return { architecture: 'arm', variant: armVariant(variant) };
    default:
      return { architecture, variant };
  }
}

function armVariant(variant: string): string {
  if (variant === '') return 'v7';
  return /^[5-8]$/.test(variant) ? `v${variant}` : variant;
}

/** What a node of this platform runs, best first. */
export function accepted(platform: WrittenPlatform): NormalPlatform[] {
  const own = normalise(platform);
  const { os, architecture, variant } = own;
  const level = Number(/^v(\d{1,2})$/.exec(variant)?.[1] ?? 0);
  switch (architecture) {
    case 'amd64':
      return [
        own,
        ...lower(level, 1).map((v) => normalise({ ...own, variant: v })),
        { os, architecture: '386', variant: '' },
      ];
    case 'arm':
      return [own, ...lower(level, 5).map((v) => ({ ...own, variant: v }))];
    case 'arm64':
      return [
        own,
        ...(variant === '' ? [] : [{ ...own, variant: '' }]),
        ...['v8', 'v7', 'v6', 'v5'].map((v) => ({ os, architecture: 'arm', variant: v })),
      ];
    default:
      return [own];
  }
}

function lower(level: number, least: number): string[] {
  const found: string[] = [];
  for (let v = level - 1; v >= least; v--) found.push(`v${v}`);
  return found;
}

/** How good an entry is for a node: 0 the best, `null` not at all. */
export function rank(entry: WrittenPlatform, wanted: readonly NormalPlatform[]): number | null {
  const { os, architecture, variant } = normalise(entry);
  const at = wanted.findIndex(
    (one) => one.os === os && one.architecture === architecture && one.variant === variant,
  );
  return at < 0 ? null : at;
}

/** `linux/arm64/v8`. */
export function platformWords({ os, architecture, variant }: WrittenPlatform): string {
  return [os, architecture, variant].filter((part) => part !== undefined && part !== '').join('/');
}

/** The same from its words; empty parts where there are none. */
export function readPlatform(words: string): WrittenPlatform {
  const [os = '', architecture = '', variant] = words.split('/');
  return { os, architecture, variant };
}

/** True where a node of the platform takes an image for `entry`. */
export function runsOn(entry: WrittenPlatform, node: WrittenPlatform): boolean {
  return rank(entry, accepted(node)) !== null;
}
