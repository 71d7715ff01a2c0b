/** What OpenShift's mirrors and registry rules mean for one image. Pure. */
import type { ImageReference } from '../image/reference.ts';
import { mirroredName, nearestScope } from '../image/scope.ts';
import type { MirrorRule, OpenShiftSources } from '../words/cluster-sources.ts';
import type { Contributing } from '../words/verdict.ts';

/** OpenShift's object with the registry rules. */
const CONFIG = 'image.config.openshift.io/cluster';

/** Mirrors that are named. */
const MAX_MIRRORS = 3;

/** The rules that count for one image. */
export interface RegistryRules {
  /** Names of the image at its mirrors, in the order in which nodes ask; without tag and digest. */
  readonly mirrors: readonly string[];
  /** The scope that is mirrored, and its mirrors as written; for `--registry-mirror`. */
  readonly source: { readonly scope: string; readonly mirrors: readonly string[] } | null;
  readonly neverSource: boolean;
  /** The scope that blocks it; `null`: none does. */
  readonly blockedBy: string | null;
  readonly notAllowed: boolean;
  readonly insecure: boolean;
  readonly findings: readonly Contributing[];
}

/** Findings in the order in which they decide. */
export function registryRules(image: ImageReference, sources: OpenShiftSources): RegistryRules {
  const { registries } = sources;
  const named = image.digest === null ? 'tag' : 'digest';
  const own = rulesFor(
    image,
    sources.mirrors.filter(({ pulls }) => pulls === named),
  );
  const others = rulesFor(
    image,
    sources.mirrors.filter(({ pulls }) => pulls !== named),
  );
  const scope = own[0]?.source ?? '';
  const written = [...new Set(own.flatMap(({ mirrors }) => mirrors))];
  const mirrors = written.map((mirror) => mirroredName(image, scope, mirror));
  const neverSource = mirrors.length > 0 && own.some((rule) => rule.neverSource);
  const blockedBy = nearestScope(image, registries.blocked);
  const { allowed } = registries;
  const notAllowed = allowed.length > 0 && nearestScope(image, allowed) === null;
  const insecure = nearestScope(image, registries.insecure) !== null;
  const name = `${image.host}/${image.repository}`;
  const findings: Contributing[] = [];
  if (blockedBy !== null) {
    const rest = mirrors.length > 0 ? '; only its mirrors are asked' : '';
    const text = `nodes refuse to pull ${name}: blockedRegistries of ${CONFIG} has ${blockedBy}${rest}`;
    findings.push({ code: 'registry-blocked', object: CONFIG, text });
  }
  if (notAllowed) {
    const text = `nodes refuse to pull ${name}: allowedRegistries of ${CONFIG} does not have it`;
    findings.push({ code: 'registry-not-allowed', object: CONFIG, text });
  }
  const rule = own[0];
  if (rule !== undefined && mirrors.length > 0) {
    findings.push(mirrorFinding(rule.object, mirrors, name, neverSource));
  }
  const other = others[0];
  if (other !== undefined && mirrors.length === 0) {
    const text = `the mirrors of ${other.object} for ${other.source} are not asked: they are for images named by ${other.pulls}, and this one is named by ${named}`;
    findings.push({ code: 'mirror-not-used', object: other.object, text });
  }
  return {
    mirrors,
    source: mirrors.length === 0 ? null : { scope, mirrors: written },
    neverSource,
    blockedBy,
    notAllowed,
    insecure,
    findings,
  };
}

/** Nodes accept what would otherwise be an error of TLS. */
export function insecureFinding(image: ImageReference): Contributing {
  return {
    code: 'registry-insecure',
    object: CONFIG,
    text: `insecureRegistries of ${CONFIG} has ${image.host}: nodes take any certificate and plain HTTP from it`,
  };
}

/** Of the rules whose source the image lies in those of the longest source: the others do not count. */
function rulesFor(image: ImageReference, rules: readonly MirrorRule[]): MirrorRule[] {
  const scope = nearestScope(
    image,
    rules.map(({ source }) => source),
  );
  return rules.filter(({ source }) => source === scope);
}

function mirrorFinding(
  object: string,
  mirrors: readonly string[],
  name: string,
  neverSource: boolean,
): Contributing {
  const more = mirrors.length > MAX_MIRRORS ? ' and more' : '';
  const named = `${mirrors.slice(0, MAX_MIRRORS).join(', ')}${more}`;
  if (neverSource) {
    const text = `nodes ask ${named} and never ${name} itself (NeverContactSource in ${object}): what is not there cannot be pulled`;
    return { code: 'source-never-asked', object, text };
  }
  const text = `nodes ask ${named} before ${name} itself (${object})`;
  return { code: 'mirror-configured', object, text };
}
