import type { Cause } from '../cause.ts';
import { RANK } from '../cause.ts';
import { NEW_POD, NODE_PULLS, onNode, setImageStep, VERIFY } from '../steps.ts';
import { aboutPull, all, largePublic } from '../when.ts';

export const TlsInvalid: Cause = {
  name: 'TlsInvalid',
  title: "the registry's certificate or TLS handshake is not valid",
  meaning: `The certificate has expired, is not valid yet, is made for another name, or the two sides cannot agree on TLS; a client certificate may be asked for. A clock that is wrong on the node makes good certificates look expired. ${NODE_PULLS}`,
  patterns: [
    {
      runtime: 'any',
      match: /x509: certificate is valid for .{1,600}, not |doesn't match any of the subject/i,
      on: 'part',
      only: all(aboutPull, (part) => largePublic(part)),
      rank: RANK.transport - 1,
      certainty: 'likely',
      alternatives: ['ProxyFailure'],
      stage: 'resolve',
    },
    {
      runtime: 'any',
      match:
        /\bx509: |remote error: tls: |certificate (?:has expired|is not yet valid|is expired|required)|certificate is valid for|doesn't contain any IP SANs|tls: (?:handshake failure|failed to (?:verify|parse) certificate|protocol version|no (?:supported|cipher|mutually)|server selected|unrecognized name|bad certificate|internal error|unexpected message|invalid |received |client requested|server (?:chose|did not))|tls: .{0,60}certificate|SSL routines|ssl handshake|unsupported protocol version|failed to load client certificate/i,
      only: aboutPull,
      rank: RANK.transport - 1,
      certainty: 'certain',
      stage: 'resolve',
    },
  ],
  examples: [
    {
      id: 'B046',
      text: 'Failed to pull image "registry-maple21.example.com/ridge46:0.9.0": rpc error: code = Unknown desc = Error response from daemon: Get https://registry-maple21.example.com/v2/: x509: certificate has expired or is not yet valid',
    },
    {
      id: 'K0111',
      text: 'Failed to pull image "packages.violetpeak.example/payments/backend:v3.8": failed to pull and unpack image "packages.violetpeak.example/payments/backend:v3.8": failed to resolve image: failed to do request: Head "https://packages.violetpeak.example/v2/payments/backend/manifests/v3.8": tls: failed to verify certificate: x509: certificate is valid for intranet.pinecrest.example, not packages.violetpeak.example',
    },
  ],
  tellApart: [
    { from: 'TlsUntrusted', how: 'An unknown signer reads "signed by unknown authority".' },
    {
      from: 'ProxyFailure',
      how: "A public registry with a stranger's certificate is a proxy or a captive portal between.",
    },
    {
      from: 'DnsFailure',
      how: "A DNS entry that points to another machine gives that machine's certificate.",
    },
  ],
  retryable: false,
  waiting: 'will not help',
  group: 'registry',
  nextSteps: [
    VERIFY,
    {
      text: 'Read names and dates of the certificate',
      command:
        'openssl s_client -connect {hostport} -servername {hostname} </dev/null | openssl x509 -noout -dates -ext subjectAltName',
    },
    onNode('compare its clock', 'date -u'),
    {
      text: 'Renew the certificate of {host} with the name that the image has, or set the clock that is wrong',
    },
    setImageStep(
      'Where the certificate is for another name of the registry, write the image with that',
    ),
    NEW_POD,
  ],
};
