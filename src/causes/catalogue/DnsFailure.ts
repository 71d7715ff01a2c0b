import type { Cause } from '../cause.ts';
import { RANK } from '../cause.ts';
import { NEW_POD, NODE_PULLS, onNode, SAME_NODE, setImageStep, VERIFY } from '../steps.ts';
import { aboutPull, all, toProxy } from '../when.ts';

export const DnsFailure: Cause = {
  name: 'DnsFailure',
  title: 'the node cannot resolve the name of the registry',
  meaning: `The DNS of the node did not give an address for the host. The name is misspelt or internal, or the DNS server the node uses does not answer. ${NODE_PULLS} The cluster DNS (CoreDNS) is not asked either.`,
  patterns: [
    {
      runtime: 'any',
      match:
        /\blookup \S{1,300}(?: on \S{1,100})?: |no such host|server misbehaving|Temporary failure in name resolution|Name or service not known|could not resolve host|name resolution failed|Try again$/i,
      only: all(aboutPull, (part) => !toProxy(part)),
      rank: RANK.words - 3,
      certainty: 'certain',
      stage: 'resolve',
    },
  ],
  examples: [
    {
      id: 'R093',
      text: 'Failed to pull image "registry.nxdomain.lab.test/team/app:1.0": rpc error: code = Unknown desc = failed to pull and unpack image "registry.nxdomain.lab.test/team/app:1.0": failed to resolve reference "registry.nxdomain.lab.test/team/app:1.0": failed to do request: Head "https://registry.nxdomain.lab.test/v2/team/app/manifests/1.0": dial tcp: lookup registry.nxdomain.lab.test on 10.77.0.2:53: no such host',
    },
    {
      id: 'K0089',
      text: 'Failed to pull image "cr.olivehill.example/crm/mailer:v3.16": failed to pull and unpack image "cr.olivehill.example/crm/mailer:v3.16": failed to resolve image: failed to do request: Head "https://cr.olivehill.example/v2/crm/mailer/manifests/v3.16": dial tcp: lookup cr.olivehill.example on 10.77.0.2:53: no such host',
    },
  ],
  tellApart: [
    {
      from: 'NetworkTimeout',
      how: 'A lookup that times out is about the DNS server, which the text names behind "on", not about the registry.',
    },
    {
      from: 'ProxyFailure',
      how: 'Behind "proxyconnect" it is the name of the proxy that does not resolve.',
    },
  ],
  retryable: true,
  waiting: 'may help if the DNS server recovers; a misspelt host will not',
  group: 'registry',
  nextSteps: [
    setImageStep('Check the spelling of {hostname}; where it is wrong, write the right image name'),
    onNode('resolve the name', 'getent hosts {hostname}'),
    onNode('see which DNS servers it asks', 'cat /etc/resolv.conf'),
    VERIFY,
    SAME_NODE,
    {
      text: 'Where the spelling is right, give the name to the DNS servers that the node asks, or start them',
    },
    NEW_POD,
  ],
};
