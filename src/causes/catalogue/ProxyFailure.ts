import type { Cause } from '../cause.ts';
import { RANK } from '../cause.ts';
import type { ErrorPart } from '../part.ts';
import { NEW_POD, NODE_PULLS, onNode, SAME_NODE } from '../steps.ts';
import { aboutPull, all, answered, guiltyUrl, has, without } from '../when.ts';

/**
 * Go's transport ends the error with the proxy's bare status text when CONNECT is refused. dockerd pings before
 * it asks for a manifest, so only its ping is the proxy's.
 */
const beforeTheRegistry = (part: ErrorPart): boolean =>
  !part.frames.has('docker') || guiltyUrl(part)?.kind !== 'manifest';

export const ProxyFailure: Cause = {
  name: 'ProxyFailure',
  title: "the node's proxy does not let the pull through",
  meaning: `The runtime on the node uses a proxy (HTTP_PROXY, HTTPS_PROXY of its service), and the proxy cannot be reached, refuses the host, asks for a login, or cannot reach the registry itself. ${NODE_PULLS}`,
  patterns: [
    {
      runtime: 'any',
      match:
        /\bproxyconnect\b|error connecting to proxy|socks connect|socks[45]?: |Proxy Authentication Required|authentication required by proxy|proxy error|(?:http )?proxy returned|tunnel connection failed|invalid proxy (?:URL|address)|unknown proxy scheme|proxy: unknown scheme/i,
      on: 'part',
      rank: RANK.transport - 5,
      certainty: 'certain',
      stage: 'resolve',
    },
    {
      runtime: 'any',
      match:
        /^(?:Forbidden|Bad Gateway|Service Unavailable|Gateway Time-?out|Proxy Error|Host Not Found|Connection [Ff]ailed)$/,
      only: all(
        has('request'),
        without('status'),
        beforeTheRegistry,
        (part) => part.status === null,
      ),
      rank: RANK.transport,
      certainty: 'certain',
      stage: 'resolve',
    },
    {
      runtime: 'any',
      match:
        /^(?:Bad Request|Method Not Allowed|Not Found|Internal Server Error|Not Implemented|Request Time-?out)$/,
      only: all(has('request'), without('status'), (part) => part.status === null),
      rank: RANK.transport,
      certainty: 'likely',
      stage: 'resolve',
    },
    {
      runtime: 'containerd',
      // Go's transport waits a minute for the answer to CONNECT and then says no more than this. A connection, a TLS
      // handshake or a header that does not come is named as such, and the kubelet sets no deadline to a pull.
      match: /^context deadline exceeded$/i,
      only: all(has('containerd'), has('do-request'), without('token', 'authorize', 'blob')),
      rank: RANK.transport + 2,
      certainty: 'ambiguous',
      alternatives: ['NetworkTimeout', 'PullTimeout'],
      stage: 'resolve',
    },
    {
      runtime: 'any',
      match: /407/,
      only: all(aboutPull, answered(407)),
      rank: RANK.transport - 5,
      certainty: 'certain',
      stage: 'resolve',
    },
  ],
  examples: [
    {
      id: 'R187',
      text: 'Failed to pull image "registry.lab.test/public/app:1.0": rpc error: code = Unknown desc = failed to pull and unpack image "registry.lab.test/public/app:1.0": failed to resolve reference "registry.lab.test/public/app:1.0": failed to do request: Head "https://registry.lab.test/v2/public/app/manifests/1.0": Bad Gateway',
    },
    {
      id: 'K0238',
      text: 'Failed to pull image "repo.slateford.example/studio/renderer-next:cb070793": failed to pull and unpack image "repo.slateford.example/studio/renderer-next:cb070793": failed to resolve image: failed to do request: Head "https://repo.slateford.example/v2/studio/renderer-next/manifests/cb070793": Forbidden',
    },
  ],
  tellApart: [
    {
      from: 'PullTimeout',
      how: 'A limit of the runtime ends a pull that had begun, in "context canceled"; a silent proxy ends it a minute after its start.',
    },
    {
      from: 'RegistryUnavailable',
      how: "A registry's own 5xx comes with its number; a proxy's refusal of CONNECT is a bare status text.",
    },
    {
      from: 'Forbidden',
      how: "A registry's own refusal comes with 403 or denied.",
    },
    {
      from: 'NetworkTimeout',
      how: "Look at the runtime's proxy settings on the node: systemctl show containerd crio docker -p Environment",
    },
  ],
  retryable: null,
  waiting: 'may help if the proxy recovers; a refusal will stay',
  group: 'registry',
  nextSteps: [
    onNode(
      'read the proxy settings of the runtime',
      'systemctl show containerd crio docker -p Environment',
    ),
    {
      text: 'Ask the owner of the proxy to allow {host}, or put it into NO_PROXY of the runtime, and restart the runtime',
    },
    SAME_NODE,
    NEW_POD,
  ],
};
