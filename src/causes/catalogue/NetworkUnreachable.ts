import type { Cause } from '../cause.ts';
import { RANK } from '../cause.ts';
import { NEW_POD, NODE_PULLS, onNode, SAME_NODE, setImageStep, VERIFY } from '../steps.ts';
import { aboutPull, all, has, largePublic } from '../when.ts';

export const NetworkUnreachable: Cause = {
  name: 'NetworkUnreachable',
  title: 'the node has no working way to the registry',
  meaning: `There is no route to the address, or something between cuts the connection: a missing default route or gateway, IPv6 without connectivity, a firewall that resets, an MTU that is too large. ${NODE_PULLS}`,
  patterns: [
    {
      runtime: 'any',
      match:
        /network is unreachable|no route to host|host is (?:down|unreachable)|network is down|cannot assign requested address|address family not supported|unreachable network|unreachable host|connect: (?:operation not permitted|permission denied|invalid argument)/i,
      only: aboutPull,
      rank: RANK.transport + 1,
      certainty: 'certain',
      stage: 'resolve',
    },
    {
      runtime: 'any',
      match:
        /connection reset by peer|broken pipe|software caused connection abort|forcibly closed by the remote host/i,
      only: all(aboutPull, (part) => largePublic(part) || has('blob')(part)),
      rank: RANK.transport + 2,
      certainty: 'likely',
      alternatives: (part) => (largePublic(part) ? ['RegistryUnavailable'] : []),
      stage: 'resolve',
    },
  ],
  examples: [
    {
      id: 'R107',
      text: 'Failed to pull image "netunreach.lab.test/team/app:1.0": rpc error: code = Unknown desc = failed to pull and unpack image "netunreach.lab.test/team/app:1.0": failed to resolve reference "netunreach.lab.test/team/app:1.0": failed to do request: Head "https://netunreach.lab.test/v2/team/app/manifests/1.0": dial tcp 203.0.113.9:443: connect: network is unreachable',
    },
  ],
  tellApart: [
    {
      from: 'RegistryUnavailable',
      how: 'If the registry answers from elsewhere, the way from the node is what is cut.',
      command: 'kubectl imagepull verify {pod} -n {namespace}',
    },
    { from: 'NetworkTimeout', how: 'Without any answer the text says timeout.' },
  ],
  retryable: true,
  waiting: 'may help if the network recovers; the kubelet tries again every 5 minutes at most',
  group: 'registry',
  nextSteps: [
    onNode('see its routes', 'ip route'),
    onNode('connect to the registry', 'curl -sv --max-time 10 -o /dev/null https://{host}/v2/'),
    VERIFY,
    SAME_NODE,
    setImageStep('Where the host is wrong, write the right image name'),
    NEW_POD,
  ],
};
