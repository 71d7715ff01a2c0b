/** A DNS server in the place of the enclosure's own that answers every question with one error (RFC 1035, 4.1.1). Runs as a program; argument: the code. */
import { createSocket } from 'node:dgram';
import { DNS_ADDRESS } from '../../cluster/up/settings.ts';

const code = Number(process.argv[2]);

const socket = createSocket('udp4', (query, from) => {
  const answer = Buffer.from(query);
  answer.writeUInt16BE(0x8180 | code, 2);
  socket.send(answer, from.port, from.address);
});
socket.bind(53, DNS_ADDRESS);
