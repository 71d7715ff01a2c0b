import type { Cause } from '../cause.ts';
import { RANK } from '../cause.ts';
import { NEW_POD, NODE_PULLS, onNode, SAME_NODE, VERIFY } from '../steps.ts';
import { aboutPull, all, has } from '../when.ts';

export const NetworkTimeout: Cause = {
  name: 'NetworkTimeout',
  title: 'the registry does not answer in time',
  meaning: `Packets to the host vanish or the answer takes too long: a firewall or security group that drops, a missing route or NAT, a proxy that is not configured on the node, an overloaded registry. ${NODE_PULLS}`,
  patterns: [
    {
      runtime: 'any',
      match: /i\/o timeout|connection timed out|operation timed out|TLS handshake timeout/i,
      only: aboutPull,
      rank: RANK.transport + 2,
      certainty: 'certain',
      stage: 'resolve',
    },
    {
      runtime: 'any',
      match:
        /Client\.Timeout|while waiting for connection|timeout awaiting response headers|Network timed out|request timed out|timed out (?:while )?connecting|http2: timeout|dial timeout|net\/http: timeout/i,
      only: aboutPull,
      rank: RANK.transport + 2,
      certainty: 'likely',
      stage: 'resolve',
    },
    {
      runtime: 'any',
      match: /context (?:deadline exceeded|canceled)/i,
      only: all(aboutPull, has('request', 'do-request', 'ping')),
      rank: RANK.transport + 3,
      certainty: 'ambiguous',
      // A connection that is not answered ends in "i/o timeout"; behind a silent proxy nothing says so.
      alternatives: (part) =>
        /deadline exceeded/.test(part.masked) ? ['PullTimeout', 'ProxyFailure'] : ['PullTimeout'],
      stage: 'resolve',
    },
  ],
  examples: [
    {
      id: 'R104',
      text: 'Failed to pull image "blackhole.lab.test/team/app:1.0": rpc error: code = Unknown desc = failed to pull and unpack image "blackhole.lab.test/team/app:1.0": failed to resolve reference "blackhole.lab.test/team/app:1.0": failed to do request: Head "https://blackhole.lab.test/v2/team/app/manifests/1.0": dial tcp 10.77.0.66:443: i/o timeout',
    },
    {
      id: 'K0099',
      text: 'Failed to pull image "cr.maplepoint.example/studio/notifier-v2:build-2327": rpc error: code = DeadlineExceeded desc = failed to pull and unpack image "cr.maplepoint.example/studio/notifier-v2:build-2327": failed to resolve image: failed to do request: Head "https://cr.maplepoint.example/v2/studio/notifier-v2/manifests/build-2327": dial tcp 10.77.3.11:443: i/o timeout',
    },
  ],
  tellApart: [
    {
      from: 'PullTimeout',
      how: 'A pull that began and then stalled ends in "context canceled" without naming a connection.',
    },
    {
      from: 'ProxyFailure',
      how: "Compare the runtime's proxy settings: systemctl show containerd -p Environment (on the node)",
    },
    { from: 'DnsFailure', how: 'A timeout behind "lookup" is the DNS server.' },
  ],
  retryable: true,
  waiting: 'may help if the network recovers; the kubelet tries again every 5 minutes at most',
  group: 'registry',
  nextSteps: [
    VERIFY,
    onNode('connect to the registry', 'curl -sv --max-time 10 -o /dev/null https://{host}/v2/'),
    { text: 'Check firewall, security groups, NAT and routes of the nodes towards {host}' },
    SAME_NODE,
    NEW_POD,
  ],
};
