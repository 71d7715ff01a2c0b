/** What many pods with the same trouble have in common: the key of the groups. Pure. */
import { CAUSES } from '../causes/index.ts';
import type { ImageReference } from '../image/reference.ts';
import type { PodEvidence } from '../words/evidence.ts';
import type { Reading } from '../words/reading.ts';
import type { Guilty } from '../words/verdict.ts';
import type { Failing } from './failing.ts';

/** The guilty scope of one verdict. `secret`: the one that is missing or cannot be read. */
export function guiltyOf(
  evidence: PodEvidence,
  failing: Failing,
  reading: Reading,
  reference: ImageReference | null,
  secret: string | null,
): Guilty {
  const { pod } = evidence;
  const onNode =
    failing.kind === 'sandbox' || ['dns server', 'proxy'].includes(reading.facts.hostRole ?? '');
  const kind = onNode ? 'node' : CAUSES[reading.cause].group;
  switch (kind) {
    case 'registry': {
      const host = reading.facts.host ?? reference?.host;
      return host ? { kind, name: host } : { kind: 'image', name: failing.image };
    }
    case 'node':
      return pod.node ? { kind, name: pod.node } : { kind: 'pod', name: `pod/${pod.name}` };
    case 'namespace': {
      const what = secret ? `secret/${secret}` : reference?.host;
      return { kind, name: what ? `${pod.namespace},${what}` : pod.namespace };
    }
    case 'image':
      return { kind, name: failing.image };
    case 'pod':
      return { kind, name: evidence.workload ?? `pod/${pod.name}` };
  }
}
