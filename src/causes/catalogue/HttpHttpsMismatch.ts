import type { Cause } from '../cause.ts';
import { RANK } from '../cause.ts';
import type { ErrorPart } from '../part.ts';
import { NEW_POD, NODE_PULLS, onNode, setImageStep, WITHOUT_HEADERS } from '../steps.ts';
import { aboutPull, all, answered, guiltyUrl, toProxy, without } from '../when.ts';

const plainOnTlsPort = (part: ErrorPart): boolean => {
  const url = guiltyUrl(part);
  return url?.scheme === 'http' && !/^(?:localhost|127\.)/.test(url.host);
};

export const HttpHttpsMismatch: Cause = {
  name: 'HttpHttpsMismatch',
  title: 'the node speaks HTTPS and the registry plain HTTP, or the other way round',
  meaning: `The runtime asks with HTTPS unless its configuration says otherwise, and the registry on that port answers plain HTTP (or the reverse). ${NODE_PULLS}`,
  patterns: [
    {
      runtime: 'any',
      match:
        /server gave HTTP response to HTTPS client|Client sent an HTTP request to an HTTPS server|HTTP request was sent to HTTPS port|oversized record received|malformed HTTP response "\\x15|tls: unsupported SSLv2 handshake|speaking plain HTTP to an SSL/i,
      on: 'raw',
      only: all(aboutPull, (part) => !toProxy(part)),
      rank: RANK.transport - 4,
      certainty: 'certain',
      stage: 'resolve',
    },
    {
      runtime: 'any',
      match: /400/,
      only: all(plainOnTlsPort, answered(400), without('authorize', 'token')),
      rank: RANK.status - 1,
      certainty: 'ambiguous',
      alternatives: ['UnexpectedContent'],
      stage: 'manifest',
    },
  ],
  examples: [
    {
      id: 'R831',
      text: 'Failed to pull image "registry.lab.test:5000/public/app:1.0": rpc error: code = Unknown desc = Error response from daemon: Get "https://registry.lab.test:5000/v2/": http: server gave HTTP response to HTTPS client',
    },
  ],
  tellApart: [
    {
      from: 'UnexpectedContent',
      how: 'Something that is neither HTTP nor TLS reads "first record does not look like a TLS handshake".',
    },
    {
      from: 'MirrorMisconfigured',
      how: 'If the host in the text is a mirror, its scheme in the configuration of the runtime is wrong.',
    },
  ],
  retryable: false,
  waiting: 'will not help',
  group: 'registry',
  nextSteps: [
    setImageStep(
      'Give the registry a certificate, or use its port that speaks TLS: write the image name with it',
    ),
    {
      text: 'Only for a test: mark {host} as plain HTTP in the configuration of the runtime on every node (containerd: server = "http://{host}" in /etc/containerd/certs.d/{host}/hosts.toml; CRI-O: insecure = true in registries.conf; Docker: insecure-registries in daemon.json)',
    },
    onNode(
      `read its configuration; ${WITHOUT_HEADERS.said}`,
      `${WITHOUT_HEADERS.grep} /etc/containerd/certs.d/{host}/hosts.toml /etc/containers/registries.conf /etc/docker/daemon.json`,
    ),
    NEW_POD,
  ],
};
