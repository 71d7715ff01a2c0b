/** What the cluster says elsewhere of images that were verified: mirrors, blocked registries, operators. Pure. */
import { type ImageReference, parseImage } from '../image/reference.ts';
import type { OpenShiftSources, Refresher } from '../words/cluster-sources.ts';
import { isAbsent } from '../words/known.ts';
import type { Subject, VerifiedImage, VerifiedRow, WantedSecret } from '../words/verification.ts';
import { nodeCredentials } from './cluster-sources.ts';
import { refreshFinding } from './refresh-findings.ts';
import { insecureFinding, type RegistryRules, registryRules } from './registry-rules.ts';
import { REFUSED } from './verify-advice.ts';

export interface VerifySources {
  /** `null`: no OpenShift, or nothing may be read. */
  readonly openshift: OpenShiftSources | null;
  /** By `NAMESPACE/NAME` of the pull secret. */
  readonly refreshers: ReadonlyMap<string, Refresher>;
  /** What was asked for: it names the secrets that are not there. */
  readonly subjects: readonly Subject[];
  /** The moment the objects were seen, in milliseconds. */
  readonly now: number;
}

/** The image with what was found; `not pullable` where its nodes refuse it, whatever the registry says. */
export function withSourceFindings(image: VerifiedImage, sources: VerifySources): VerifiedImage {
  const reference = parseImage(image.image);
  if (!reference.valid) return image;
  const { openshift } = sources;
  const ruled = openshift === null ? image : withRules(image, reference, openshift);
  return withOperators(ruled, sources);
}

function withRules(
  image: VerifiedImage,
  reference: ImageReference,
  openshift: OpenShiftSources,
): VerifiedImage {
  const rules = registryRules(reference, openshift);
  const refused = rules.notAllowed || (rules.blockedBy !== null && rules.mirrors.length === 0);
  const findings = [
    ...rules.findings.map(({ text }) => `on this cluster ${text}`),
    ...imitation(reference, rules),
    ...(rules.insecure && image.rows.some(({ step }) => step === 'tls')
      ? [
          `${insecureFinding(reference).text}; --insecure-skip-registry-tls or --plain-http asks so too`,
        ]
      : []),
  ];
  const told = { ...image, findings: [...image.findings, ...findings] };
  if (refused) return refusedByNodes(told, rules.findings[0]?.text ?? '');
  return withNodeSecret(told, reference, openshift);
}

/** Only rows that the kubelet would try. */
function refusedByNodes(image: VerifiedImage, detail: string): VerifiedImage {
  const rows = image.rows.map(
    (row): VerifiedRow =>
      row.order === null
        ? row
        : { ...row, result: 'not pullable', step: 'reference', code: 'policy-blocked', detail },
  );
  return { ...image, rows, result: 'not pullable' };
}

/** The nodes bring a credential that was not tried from here. */
function withNodeSecret(
  image: VerifiedImage,
  reference: ImageReference,
  openshift: OpenShiftSources,
): VerifiedImage {
  const refused = ({ order, result, code }: VerifiedRow) =>
    order !== null && result === 'not pullable' && REFUSED.has(code);
  if (image.result !== 'not pullable' || !image.rows.some(refused)) return image;
  const found = nodeCredentials(reference, openshift);
  if (found === null || found.key === null) return image;
  const why = `the nodes have one of their own, entry ${found.key} of secret ${found.name}, which was not tried`;
  const rows = image.rows.map(
    (row): VerifiedRow =>
      refused(row) ? { ...row, result: 'unverifiable', detail: `${row.detail}; ${why}` } : row,
  );
  return { ...image, rows, result: 'unverifiable', findings: [...image.findings, why] };
}

/** The flag takes a mirror of a whole host. */
function imitation({ host }: ImageReference, { source }: RegistryRules): string[] {
  const mirror = source?.mirrors[0];
  if (!source || mirror === undefined || source.scope.startsWith('*.')) return [];
  const pathOf = (name: string) => (name.includes('/') ? name.slice(name.indexOf('/')) : '');
  if (pathOf(mirror) !== pathOf(source.scope)) return [];
  const at = mirror.slice(0, mirror.length - pathOf(mirror).length);
  return [`--registry-mirror ${host}=https://${at} asks as the nodes do`];
}

function withOperators(image: VerifiedImage, sources: VerifySources): VerifiedImage {
  if (image.result === 'pullable') return image;
  const ofRows = image.rows.flatMap(({ secret, whose }) =>
    secret !== null && whose === 'pod' ? [secret] : [],
  );
  const findings = [...ofRows, ...missingSecrets(image, sources.subjects)].flatMap((secret) => {
    const refresher = sources.refreshers.get(`${secret.namespace}/${secret.name}`);
    if (refresher === undefined) return [];
    return refreshFinding(secret.name, refresher, sources.now).map(({ text }) => text);
  });
  if (findings.length === 0) return image;
  return { ...image, findings: [...new Set([...image.findings, ...findings])] };
}

/** Listed by the first of its pods, and not there: such a secret has no row. */
function missingSecrets({ users }: VerifiedImage, subjects: readonly Subject[]): WantedSecret[] {
  const [first] = users;
  if (first === undefined) return [];
  const subject = subjects.find((one) =>
    one.users.some(
      ({ kind, namespace, name }) =>
        kind === first.kind && namespace === first.namespace && name === first.name,
    ),
  );
  return (subject?.secrets ?? []).filter(({ answer }) => !answer.known && isAbsent(answer.why));
}
