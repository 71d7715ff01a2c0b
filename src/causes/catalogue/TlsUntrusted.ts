import type { Cause } from '../cause.ts';
import { RANK } from '../cause.ts';
import type { ErrorPart } from '../part.ts';
import { NEW_POD, NODE_PULLS, onNode, VERIFY } from '../steps.ts';
import { aboutPull, all } from '../when.ts';

const notTheirAlert = (part: ErrorPart): boolean => !/remote error: tls/i.test(part.masked);

export const TlsUntrusted: Cause = {
  name: 'TlsUntrusted',
  title: "the node does not trust the registry's certificate",
  meaning: `The certificate is signed by an authority the node does not know: a private CA, a self-signed certificate, a missing intermediate certificate, or a proxy that opens TLS. The CA must be known to the node's runtime, not to the pod. ${NODE_PULLS}`,
  patterns: [
    {
      runtime: 'any',
      match:
        /certificate signed by unknown authority|signed by (?:an )?unknown authority|self[- ]signed certificate|certificate is not trusted|unable to get local issuer certificate|unable to verify the first certificate|certificate authority is not trusted|failed to load system roots|UnknownAuthority|not trusted by the trust provider/i,
      only: all(aboutPull, notTheirAlert),
      rank: RANK.transport - 2,
      certainty: 'certain',
      stage: 'resolve',
    },
  ],
  examples: [
    {
      id: 'B038',
      text: 'Failed to pull image "ember87/hub": rpc error: code = Unknown desc = Error response from daemon: Get "https://registry-1.docker.io/v2/": x509: certificate signed by unknown authority',
    },
    {
      id: 'K0107',
      text: 'Failed to pull image "nexus.ferndale.example/core/scheduler:2026.10.6": failed to pull and unpack image "nexus.ferndale.example/core/scheduler:2026.10.6": failed to resolve image: failed to do request: Head "https://nexus.ferndale.example/v2/core/scheduler/manifests/2026.10.6": tls: failed to verify certificate: x509: certificate signed by unknown authority',
    },
  ],
  tellApart: [
    {
      from: 'TlsInvalid',
      how: 'An expired certificate or one for another name says so in the text.',
    },
    {
      from: 'ProxyFailure',
      how: "If the certificate of a public registry is untrusted, see who signed it: a company's CA is a proxy that opens TLS.",
    },
  ],
  retryable: false,
  waiting: 'will not help',
  group: 'registry',
  nextSteps: [
    VERIFY,
    {
      text: 'See who signed the certificate',
      command: 'openssl s_client -connect {hostport} -servername {hostname} -showcerts </dev/null',
    },
    {
      text: 'Put the CA as ca.crt into the folder of the runtime for {host}, on every node; no restart is needed (/etc/containerd/certs.d/{host}/, where a hosts.toml names it as ca = "/etc/containerd/certs.d/{host}/ca.crt"; /etc/containers/certs.d/{host}/; /etc/docker/certs.d/{host}/)',
    },
    onNode(
      'see which CA files it has',
      'ls -R /etc/containerd/certs.d /etc/containers/certs.d /etc/docker/certs.d',
    ),
    NEW_POD,
  ],
};
