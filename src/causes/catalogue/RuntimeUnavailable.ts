import type { Cause } from '../cause.ts';
import { RANK } from '../cause.ts';
import type { ErrorPart } from '../part.ts';
import { NEW_POD, SAME_NODE } from '../steps.ts';
import { all, has } from '../when.ts';

/** Sockets of storage drivers and databases are somebody else's. */
function aboutRuntime(part: ErrorPart): boolean {
  return (
    /\b(?:containerd|crio|dockershim|cri-dockerd|docker|buildkitd?|podman)\.sock\b|docker daemon|docker_engine|connect to Podman|unknown service runtime|container runtime|containerd/i.test(
      part.raw,
    ) || has('pull', 'sandbox', 'inspect', 'back-off')(part)
  );
}

export const RuntimeUnavailable: Cause = {
  name: 'RuntimeUnavailable',
  title: 'the container runtime of the node does not answer',
  meaning:
    'The kubelet could not talk to containerd, CRI-O or dockerd: it is stopped, restarting, too busy, or speaks another ' +
    'version of the interface. No pull was tried; every pod on the node is affected.',
  patterns: [
    {
      runtime: 'any',
      match:
        /dial unix|docker daemon is not running|docker_engine\b|Cannot connect to (?:the Docker daemon|Podman)|transport is closing|error reading from server: EOF|unknown service runtime\.|unknown service \S{0,20}ImageService|connection error: desc|container runtime is (?:down|not (?:ready|running))|grpc: the (?:client )?connection is (?:closing|unavailable)|\b(?:containerd|crio|dockershim|cri-dockerd)\.sock\b|the server is currently unable to handle|failed to connect to containerd|validate service connection/i,
      on: 'raw',
      only: all(aboutRuntime, (part) => !/https?:\/\/\S{1,300}: dial tcp/.test(part.raw)),
      rank: RANK.decisive + 2,
      certainty: 'certain',
    },
    {
      // crictl, which asks no registry itself.
      runtime: 'any',
      match: /running as root and the runtime has been started/i,
      on: 'part',
      rank: RANK.decisive + 2,
      certainty: 'likely',
    },
    {
      runtime: 'any',
      match: /code = (?:Unavailable|14)\b/i,
      on: 'part',
      rank: RANK.frame,
      certainty: 'likely',
    },
  ],
  examples: [
    {
      id: 'B109',
      text: 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
    },
    {
      id: 'K0255',
      text: 'Failed to create pod sandbox: rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix /run/containerd/containerd.sock: connect: no such file or directory"',
    },
  ],
  tellApart: [
    {
      from: 'ConnectionRefused',
      how: 'A refusal by a registry names an address with a port; the runtime is a unix socket.',
    },
  ],
  retryable: true,
  waiting: 'may help if the runtime is restarting; the kubelet tries again by itself',
  group: 'node',
  nextSteps: [
    {
      text: 'See whether the node is ready',
      command: 'kubectl describe node {node}',
    },
    // Not by a debug pod, which the runtime would have to start.
    {
      text: 'On node {node}, by ssh: see which runtime it has, and its state',
      command: 'ssh {node} systemctl status containerd crio docker --no-pager',
    },
    SAME_NODE,
    {
      text: 'Start it where it does not run, by the name that the step before showed: put it in the place of RUNTIME',
      command: 'ssh {node} systemctl restart RUNTIME',
    },
    NEW_POD,
  ],
};
