/** What is between the node and the registry: names, addresses, routes, TLS. */
import {
  CLIENT_CERTIFICATE_PORT,
  ELSEWHERE,
  HOSTS,
  OLD_TLS_PORT,
  PLAIN_PORT,
  SILENT_PORT,
} from '../../cluster/up/settings.ts';
import type { Fault } from '../fault.ts';
import { spoiled, spoiledBlob } from './hosts.ts';

const IMAGE = 'team/app:1.0';

const DNS: readonly Fault[] = [
  {
    name: 'dns',
    cause: 'DnsFailure',
    what: 'host that is not in DNS',
    image: `nowhere.corp.test/${IMAGE}`,
  },
  {
    name: 'dns-token',
    cause: 'DnsFailure',
    what: 'token server that is not in DNS',
    image: spoiled('realm-lost'),
  },
];

const CONNECT: readonly Fault[] = [
  {
    name: 'refused',
    cause: 'ConnectionRefused',
    what: 'nothing listens',
    image: `${HOSTS.closed.name}/${IMAGE}`,
  },
  {
    name: 'refused-port',
    cause: 'ConnectionRefused',
    what: 'nothing listens at the port written',
    image: `${HOSTS.open.name}:5555/public/app:1.0`,
    as: 'DaemonSet',
  },
  {
    name: 'refused-token',
    cause: 'ConnectionRefused',
    what: 'nothing listens at the token server',
    image: spoiled('realm-closed'),
  },
  {
    name: 'refused-blob',
    cause: 'ConnectionRefused',
    what: 'nothing listens at the blob host',
    image: spoiledBlob('blob-closed'),
  },
  {
    name: 'no-route',
    cause: 'NetworkUnreachable',
    what: 'no route to the address in the name',
    image: `${ELSEWHERE.outside.address}/${IMAGE}`,
  },
  {
    name: 'no-route-blob',
    cause: 'NetworkUnreachable',
    what: 'no route to the blob host',
    image: spoiledBlob('blob-outside'),
  },
  {
    name: 'no-route-token',
    cause: 'NetworkUnreachable',
    what: 'no route to the token server',
    image: spoiled('realm-outside'),
  },
  {
    name: 'no-neighbour',
    cause: 'NetworkUnreachable',
    what: 'address of the own network that nobody has',
    image: `${ELSEWHERE.absent.name}/${IMAGE}`,
    as: 'Deployment',
  },
  {
    name: 'lost-packets',
    cause: 'NetworkTimeout',
    what: 'firewall that drops the packets to the registry',
    image: `${ELSEWHERE.dark.name}/${IMAGE}`,
    slow: true,
  },
  {
    name: 'lost-packets-blob',
    cause: 'NetworkTimeout',
    what: 'firewall that drops the packets to the blob host',
    image: spoiledBlob('blob-dark'),
    slow: true,
  },
  {
    name: 'silent',
    cause: 'NetworkTimeout',
    what: 'server that takes connections and says nothing',
    image: spoiled('silent', SILENT_PORT),
    slow: true,
  },
];

const TLS: readonly Fault[] = [
  {
    name: 'unknown-ca',
    cause: 'TlsUntrusted',
    what: 'certificate of a CA that the node does not know',
    image: `${HOSTS.untrusted.name}/public/app:1.0`,
  },
  {
    name: 'self-signed',
    cause: 'TlsUntrusted',
    what: 'self-signed certificate',
    image: spoiled('self-signed'),
    as: 'Job',
  },
  {
    name: 'no-chain',
    cause: 'TlsUntrusted',
    what: 'server that leaves out the certificate between its own and the CA',
    image: spoiled('no-chain'),
  },
  {
    name: 'unknown-ca-token',
    cause: 'TlsUntrusted',
    what: 'token server with a certificate of an unknown CA',
    image: spoiled('realm-unknown-ca'),
  },
  {
    name: 'unknown-ca-blob',
    cause: 'TlsUntrusted',
    what: 'blob host with a certificate of an unknown CA',
    image: spoiledBlob('blob-unknown-ca'),
  },
  {
    name: 'expired',
    cause: 'TlsInvalid',
    what: 'certificate that has expired',
    image: spoiled('expired'),
  },
  {
    name: 'misnamed',
    cause: 'TlsInvalid',
    what: 'certificate for another name',
    image: spoiled('misnamed'),
    as: 'StatefulSet',
  },
  {
    name: 'by-address',
    cause: 'TlsInvalid',
    what: 'registry by its address, which its certificate does not name',
    image: `${HOSTS.open.address}/public/app:1.0`,
  },
  {
    name: 'expired-blob',
    cause: 'TlsInvalid',
    what: 'blob host with a certificate that has expired',
    image: spoiledBlob('blob-expired'),
  },
  {
    name: 'old-tls',
    cause: 'TlsInvalid',
    what: 'server that speaks no newer TLS than 1.1',
    image: spoiled('old-tls', OLD_TLS_PORT),
  },
  {
    name: 'client-certificate',
    cause: 'TlsInvalid',
    what: 'server that wants a certificate of the client',
    image: spoiled('client-certificate', CLIENT_CERTIFICATE_PORT),
  },
  {
    name: 'plain',
    cause: 'HttpHttpsMismatch',
    what: 'registry of plain HTTP',
    image: spoiled('plain', PLAIN_PORT),
  },
  {
    name: 'plain-token',
    cause: 'HttpHttpsMismatch',
    what: 'token server of plain HTTP with https:// in its address',
    image: spoiled('realm-plain'),
  },
  {
    name: 'plain-blob',
    cause: 'HttpHttpsMismatch',
    what: 'blob host of plain HTTP with https:// in the redirect',
    image: spoiledBlob('blob-plain'),
  },
];

export const WAY: readonly Fault[] = [...DNS, ...CONNECT, ...TLS];
