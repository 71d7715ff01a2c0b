import type { Cause } from '../cause.ts';
import { RANK } from '../cause.ts';
import type { ErrorPart } from '../part.ts';
import { NEW_POD, NODE_PULLS, onNode, SAME_NODE, setImageStep, VERIFY } from '../steps.ts';
import { aboutPull, all, guiltyUrl } from '../when.ts';

const toMirror = (part: ErrorPart): boolean => guiltyUrl(part)?.mirrorOf != null;
const toLocalhost = (part: ErrorPart): boolean =>
  /^(?:localhost|127\.|\[::1\])/.test(guiltyUrl(part)?.host ?? '');

export const ConnectionRefused: Cause = {
  name: 'ConnectionRefused',
  title: 'nothing accepts connections at the address of the registry',
  meaning: `The host was reached and its port refused the connection: the registry is down, listens on another port, or a firewall rejects. localhost in the text means the node itself. ${NODE_PULLS}`,
  patterns: [
    {
      runtime: 'any',
      match: /connection refused/i,
      only: all(aboutPull, (part) => toMirror(part)),
      rank: RANK.transport,
      certainty: 'likely',
      stage: 'resolve',
    },
    {
      runtime: 'any',
      match: /connection refused/i,
      only: all(aboutPull, (part) => toLocalhost(part)),
      rank: RANK.transport,
      certainty: 'likely',
      alternatives: ['MirrorMisconfigured'],
      stage: 'resolve',
    },
    {
      runtime: 'any',
      match: /connection refused|actively refused it/i,
      only: aboutPull,
      rank: RANK.transport + 1,
      certainty: 'certain',
      stage: 'resolve',
    },
  ],
  examples: [
    {
      id: 'R102',
      text: 'Failed to pull image "10.77.0.68:5999/team/app:1.0": rpc error: code = Unknown desc = failed to pull and unpack image "10.77.0.68:5999/team/app:1.0": failed to resolve reference "10.77.0.68:5999/team/app:1.0": failed to do request: Head "https://10.77.0.68:5999/v2/team/app/manifests/1.0": dial tcp 10.77.0.68:5999: connect: connection refused',
    },
  ],
  tellApart: [
    {
      from: 'MirrorMisconfigured',
      how: 'localhost is the node itself: a local registry must listen there on every node, or the image needs the address the cluster knows.',
    },
    {
      from: 'NetworkTimeout',
      how: 'A refusal comes at once from the host or a rejecting firewall; a timeout means that packets vanish.',
    },
    {
      from: 'RuntimeUnavailable',
      how: 'A refusal at a unix socket is the container runtime, not the registry.',
    },
  ],
  retryable: true,
  waiting: 'may help if the registry comes back; the kubelet tries again every 5 minutes at most',
  group: 'registry',
  nextSteps: [
    { text: 'Check that {host} runs and that the port is right; start it where it does not' },
    onNode('connect to it', 'curl -sv -o /dev/null https://{host}/v2/'),
    VERIFY,
    SAME_NODE,
    setImageStep('Where the host or port is wrong, write the right image name'),
    NEW_POD,
  ],
};
