import type { Cause } from '../cause.ts';
import { RANK } from '../cause.ts';
import { NEW_POD, NODE_PULLS, SAME_NODE, VERIFY } from '../steps.ts';
import { aboutPull, all, answeredWithin, has, largePublic } from '../when.ts';

export const RegistryUnavailable: Cause = {
  name: 'RegistryUnavailable',
  title: 'the registry is not working',
  meaning: `The registry, its token server or the gateway before it answered with a server error, or closed the connection without an answer. The fault is on their side. ${NODE_PULLS}`,
  patterns: [
    {
      runtime: 'any',
      match: /5\d\d/,
      on: 'part',
      only: all(aboutPull, answeredWithin(500, 599)),
      rank: RANK.status - 2,
      certainty: 'certain',
    },
    {
      runtime: 'registry',
      match:
        /service (?:is )?(?:temporarily )?unavailable|internal server error|bad gateway|gateway time-?out|backend unavailable|no healthy upstream|upstream connect error|under maintenance|read-?only mode/i,
      only: aboutPull,
      rank: RANK.status - 1,
      certainty: 'certain',
    },
    {
      runtime: 'docker',
      match: /Could not reach any registry endpoint/i,
      on: 'part',
      rank: RANK.frame,
      certainty: 'ambiguous',
      alternatives: ['NetworkUnreachable'],
      stage: 'resolve',
    },
    {
      runtime: 'registry',
      match: /Container Registry is deprecated and shutting down/i,
      on: 'part',
      rank: RANK.decisive,
      certainty: 'likely',
    },
    {
      runtime: 'any',
      match: /connection reset by peer|broken pipe|connection was (?:reset|closed)/i,
      only: aboutPull,
      rank: RANK.transport + 4,
      certainty: 'likely',
      alternatives: ['NetworkUnreachable'],
      stage: 'resolve',
    },
    {
      runtime: 'any',
      match:
        /^(?:EOF|unexpected EOF)$|(?:Get|Head|Post) ['"]?¤+['"]?:? EOF|server closed idle connection|stream error: |http2: .{0,80}(?:GOAWAY|closed|lost)|client connection (?:force closed|lost)|server sent GOAWAY|transport connection broken: (?:EOF|unexpected EOF|http: )/i,
      only: all(
        aboutPull,
        has('request', 'ping', 'do-request', 'authorize', 'token', 'resolve', 'manifest'),
      ),
      rank: RANK.transport + 4,
      certainty: 'likely',
      alternatives: (part) => (largePublic(part) ? ['NetworkUnreachable'] : []),
      stage: 'resolve',
    },
    {
      runtime: 'any',
      match: /.*/,
      only: has('registry-unavailable'),
      rank: RANK.frame,
      certainty: 'likely',
    },
  ],
  examples: [
    {
      id: 'B058',
      text: 'Failed to pull image "quay.io/maple44/maple54:v1.1.0": rpc error: code = Unknown desc = Error response from daemon: received unexpected HTTP status: 502 Bad Gateway',
    },
    {
      id: 'K0053',
      text: 'Failed to pull image "harbor.olivehill.example/payments/portal:2.12.4": failed to pull and unpack image "harbor.olivehill.example/payments/portal:2.12.4": failed to resolve image: unexpected status from HEAD request to https://harbor.olivehill.example/v2/payments/portal/manifests/2.12.4: 500 Internal Server Error',
    },
  ],
  tellApart: [
    {
      from: 'NetworkUnreachable',
      how: 'If the registry answers from elsewhere, something between cuts the connection.',
      command: 'kubectl imagepull verify {pod} -n {namespace}',
    },
    {
      from: 'ProxyFailure',
      how: "A proxy's refusal is a bare status text behind the URL, without a number.",
    },
  ],
  retryable: true,
  waiting: 'may help: the kubelet tries again every 5 minutes at most',
  group: 'registry',
  nextSteps: [
    VERIFY,
    { text: 'Look at the status page or the logs of {host}, and start it where it does not run' },
    SAME_NODE,
    NEW_POD,
  ],
};
