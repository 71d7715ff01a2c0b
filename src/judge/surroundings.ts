/** What is special about the failing container, its host or its node. Pure. */
import type { PodEvidence } from '../words/evidence.ts';
import type { Reading } from '../words/reading.ts';
import type { Contributing } from '../words/verdict.ts';
import type { Failing } from './failing.ts';
import { holders } from './image-holders.ts';
import { REFUSALS } from './wants.ts';

/** Findings around one failing container; `failingCount` is how many fail in its pod. */
export function surroundings(
  evidence: PodEvidence,
  failing: Failing,
  reading: Reading,
  failingCount: number,
): Contributing[] {
  return [
    ...kindOfContainer(failing, reading),
    ...(failingCount > 1 ? [several(evidence, failingCount)] : []),
    ...host(reading),
    ...neverPull(evidence, failing, reading),
    ...holders(evidence, failing, sameImage),
    ...verifier(failing, reading),
    ...node(evidence, failing, reading),
  ];
}

function kindOfContainer(failing: Failing, reading: Reading): Contributing[] {
  const { name, type } = failing.container;
  const object = `container/${name}`;
  const found: Contributing[] = [];
  if (failing.kind === 'sandbox') {
    found.push({
      code: 'sandbox',
      object,
      text: reading.image
        ? `the pod sandbox cannot be made: its image ${reading.image} comes from the runtime's configuration on the node, not from the pod`
        : 'the pod sandbox cannot be made: the trouble is on the node, before any image of the pod is pulled',
    });
  }
  if (failing.kind === 'volume') {
    found.push({
      code: 'image-volume',
      object,
      text: `the image belongs to a volume that container ${name} mounts, not to the container itself`,
    });
  }
  if (type === 'init') {
    found.push({
      code: 'init',
      object,
      text: `${name} is an init container: the containers after it wait for it`,
    });
  }
  if (type === 'ephemeral') {
    found.push({
      code: 'ephemeral',
      object,
      text: `${name} is an ephemeral container (kubectl debug): the pod's own containers are not affected`,
    });
  }
  return found;
}

function several(evidence: PodEvidence, count: number): Contributing {
  return {
    code: 'multi',
    object: `pod/${evidence.pod.name}`,
    text: `${count} containers of this pod fail, each with its own cause`,
  };
}

function host(reading: Reading): Contributing[] {
  const { host: name, hostRole } = reading.facts;
  if (!name || hostRole !== 'mirror') return [];
  return [
    {
      code: 'mirror',
      object: `host/${name}`,
      text: `${name} is not the image's own host: the node's runtime asks it as a mirror`,
    },
  ];
}

function neverPull(evidence: PodEvidence, failing: Failing, reading: Reading): Contributing[] {
  const never = reading.cause === 'ImageNeverPull';
  const found: Contributing[] = never
    ? [
        {
          code: 'never',
          object: `container/${failing.container.name}`,
          text: 'imagePullPolicy is Never: the kubelet does not pull, the image must be on the node',
        },
      ]
    : [];
  const here = onTheNode(evidence, failing);
  if (here === null || !(never || REFUSALS.has(reading.cause))) return found;
  const object = `node/${evidence.pod.node ?? ''}`;
  const why =
    'the kubelet wants the credential with which it was pulled (KubeletEnsureSecretPulledImages, on by default since 1.35)';
  const text =
    here === 'listed'
      ? `the node has this image, but this pod may not use it: ${why}`
      : `pod ${here.pod} got this image on the same node; on Kubernetes 1.35 and later this pod may not use it from there: ${why}`;
  return [...found, { code: 'present-but-not-verified', object, text }];
}

/** Whether the node has the image: by its own list, which is not whole, or by a pod that was started with it. */
function onTheNode(evidence: PodEvidence, failing: Failing): 'listed' | { pod: string } | null {
  if (failing.kind === 'sandbox' || failing.pullPolicy === 'Always') return null;
  const images = evidence.node.known ? evidence.node.value.images : [];
  if (images.some((name) => sameImage(name, failing.image))) return 'listed';
  if (evidence.node.known && isBefore135(evidence.node.value.kubeletVersion)) return null;
  const neighbours = evidence.neighbours?.known ? evidence.neighbours.value : [];
  const other = neighbours.find(
    ({ name, images: had }) => name !== evidence.pod.name && had.includes(failing.image),
  );
  return other ? { pod: other.name } : null;
}

function isBefore135(kubelet: string): boolean {
  const minor = /^v1\.(\d{1,3})\./.exec(kubelet)?.[1];
  return minor !== undefined && Number(minor) < 35;
}

/** Names on the node are full; the pod's may leave out host, library and tag. */
function sameImage(onNode: string, inPod: string): boolean {
  const tagged = /[:@][^/]*$/.test(inPod) ? inPod : `${inPod}:latest`;
  return [tagged, `docker.io/${tagged}`, `docker.io/library/${tagged}`].includes(onNode);
}

function verifier(failing: Failing, reading: Reading): Contributing[] {
  if (reading.cause !== 'SignatureRejected') return [];
  return [
    {
      code: 'verifier',
      object: `container/${failing.container.name}`,
      text: "the node's own verifier or signature policy refused the image, not the registry",
    },
  ];
}

/** Causes that lie on the node whatever its conditions say. */
const NODE_CAUSES = new Set([
  'NodeDiskFull',
  'ProxyFailure',
  'RuntimeUnavailable',
  'PullQPSExceeded',
  'PullConflict',
]);

function node(evidence: PodEvidence, failing: Failing, reading: Reading): Contributing[] {
  const name = evidence.pod.node;
  if (!name) return [];
  const object = `node/${name}`;
  const found: Contributing[] = [];
  if (evidence.node.known) {
    for (const c of evidence.node.value.conditions) {
      const bad = c.type === 'Ready' ? c.status !== 'True' : c.status === 'True';
      if (!bad) continue;
      const why = c.message ? `: ${c.message.slice(0, 200)}` : '';
      found.push({ code: 'node', object, text: `node ${name} has ${c.type}=${c.status}${why}` });
    }
  }
  const dnsServer = reading.facts.hostRole === 'dns server';
  const onNode = NODE_CAUSES.has(reading.cause) || failing.kind === 'sandbox' || dnsServer;
  if (found.length === 0 && onNode) {
    found.push({ code: 'node', object, text: `the trouble lies on node ${name}, not in the pod` });
  }
  if (found.length === 0 && reading.cause === 'PullTimeout') {
    const text = `the limit that ended the pull is set on node ${name} (its runtime or kubelet), not in the pod`;
    found.push({ code: 'node', object, text });
  }
  return found;
}
