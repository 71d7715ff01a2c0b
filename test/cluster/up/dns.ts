/**
 * A DNS server (RFC 1035, UDP) for the enclosure: the addresses of our hosts, of all names below `faults`, SERVFAIL below
 * `servfail.test`, no answer below `silent.test`, no address below `nodata.test`, and NXDOMAIN for every other name.
 * Runs as a program.
 */
import { createSocket } from 'node:dgram';
import { DNS_ADDRESS, ELSEWHERE, HOSTS } from './settings.ts';

const HEADER = 12;
const TYPE_A = 1;
/** A response, by the authority, with recursion. */
const FLAGS = 0x8580;
const addresses = new Map<string, string>(
  Object.values({ ...HOSTS, ...ELSEWHERE }).map((host) => [host.name, host.address]),
);

/** The name asked for, and where its question ends. */
function question(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = HEADER;
  for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

function addressOf(name: string): string | undefined {
  return name.endsWith(`.${HOSTS.faults.name}`) ? HOSTS.faults.address : addresses.get(name);
}

/** RCODE of RFC 1035, 4.1.1. */
function codeOf(name: string): number {
  if (addressOf(name) !== undefined || name.endsWith('.nodata.test')) return 0;
  return name.endsWith('.servfail.test') ? 2 : 3;
}

function answer(query: Buffer): Buffer {
  const { name, type, end } = question(query);
  const address = addressOf(name);
  const record = Buffer.alloc(16);
  record.writeUInt16BE(0xc000 + HEADER, 0); // the name of the question
  record.writeUInt16BE(TYPE_A, 2);
  record.writeUInt16BE(1, 4); // internet
  record.writeUInt16BE(4, 10);
  record.set((address ?? '0.0.0.0').split('.').map(Number), 12);
  const hasRecord = address !== undefined && type === TYPE_A;
  const header = Buffer.from(query.subarray(0, HEADER));
  header.writeUInt16BE(FLAGS | codeOf(name), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(hasRecord ? 1 : 0, 6);
  header.fill(0, 8);
  const parts = [header, query.subarray(HEADER, end), ...(hasRecord ? [record] : [])];
  return Buffer.concat(parts);
}

const socket = createSocket('udp4', (query, from) => {
  if (question(query).name.endsWith('.silent.test')) return;
  socket.send(answer(query), from.port, from.address);
});
socket.bind(53, DNS_ADDRESS);
