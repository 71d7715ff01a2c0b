/** From the evidence of a failing pod to what the registry is to be asked about it. Pure. */
import type { PodEvidence } from '../words/evidence.ts';
import { notAsked } from '../words/known.ts';
import { unknownList } from '../words/pull-list.ts';
import type { Subject } from '../words/verification.ts';

/**
 * The images of the pod that are named, with its pull secrets as far as they were read and the platform of its node.
 * `images`: as written.
 */
export function subjectOf(evidence: PodEvidence, images: ReadonlySet<string>): Subject {
  const { pod, presence, node, secrets } = evidence;
  const user = { kind: 'Pod', namespace: pod.namespace, name: pod.name };
  const policies = [...pod.containers, ...pod.imageVolumes];
  return {
    users: [user],
    count: 1,
    serviceAccount: pod.serviceAccount,
    images: [...images].map((image) => ({
      container: null,
      image,
      never: policies.some((one) => one.image === image && one.pullPolicy === 'Never'),
    })),
    secrets: [...new Set(pod.pullSecrets)].map((name) => {
      const what = `secret ${pod.namespace}/${name}`;
      const answer = secrets.get(name) ?? notAsked(what, `${what}: not asked for`);
      return { namespace: pod.namespace, name, answer };
    }),
    listUnknown: presence === 'there' ? null : unknownList(user, presence),
    platforms:
      node.known && node.value.os !== '' && node.value.architecture !== ''
        ? [{ os: node.value.os, architecture: node.value.architecture }]
        : [],
  };
}
