/** Images of a few hundred bytes, made without a compiler or any tool. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

export interface Blob {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly bytes: Buffer;
}

/** A manifest or index, with what it points at; those are pushed before it. */
export interface Image {
  readonly manifest: Blob;
  readonly blobs: readonly Blob[];
  readonly images: readonly Image[];
}

/** Bytes with their digest. */
export function blob(mediaType: string, bytes: Buffer): Blob {
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  return { mediaType, digest, size: bytes.length, bytes };
}

/** A document as a blob. */
export function json(mediaType: string, value: unknown): Blob {
  return blob(mediaType, Buffer.from(JSON.stringify(value)));
}

/** What an index or a manifest says of a blob. */
export function descriptor({ mediaType, digest, size }: Blob): object {
  return { mediaType, digest, size };
}

/** An x86-64 Linux program that waits for signals for ever. Layout: elf(5), one loadable segment. */
function waitingProgram(): Buffer {
  // mov eax, 34 (pause); syscall; jmp back
  const code = Buffer.from([0xb8, 0x22, 0, 0, 0, 0x0f, 0x05, 0xeb, 0xf7]);
  const base = 0x400000n;
  const headers = 64 + 56;
  const elf = Buffer.alloc(headers);
  elf.write('\x7fELF\x02\x01\x01', 'latin1');
  elf.writeUInt16LE(2, 16); // executable
  elf.writeUInt16LE(62, 18); // x86-64
  elf.writeUInt32LE(1, 20);
  elf.writeBigUInt64LE(base + BigInt(headers), 24); // entry
  elf.writeBigUInt64LE(64n, 32); // program headers
  elf.writeUInt16LE(64, 52);
  elf.writeUInt16LE(56, 54);
  elf.writeUInt16LE(1, 56);
  elf.writeUInt16LE(64, 58);
  elf.writeUInt32LE(1, 64); // load
  elf.writeUInt32LE(5, 68); // read and execute
  elf.writeBigUInt64LE(base, 80);
  elf.writeBigUInt64LE(base, 88);
  elf.writeBigUInt64LE(BigInt(headers + code.length), 96);
  elf.writeBigUInt64LE(BigInt(headers + code.length), 104);
  elf.writeBigUInt64LE(0x1000n, 112);
  return Buffer.concat([elf, code]);
}

/** A tar archive (ustar) with one executable file. */
export function tar(name: string, data: Buffer): Buffer {
  const header = Buffer.alloc(512);
  const octal = (value: number, offset: number, length: number) =>
    header.write(value.toString(8).padStart(length - 1, '0'), offset);
  header.write(name);
  octal(0o755, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(data.length, 124, 12);
  octal(0, 136, 12);
  header.write(' '.repeat(8), 148);
  header.write('0', 156);
  header.write('ustar\x0000', 257, 'latin1');
  octal(
    header.reduce((sum, byte) => sum + byte),
    148,
    7,
  );
  const padding = Buffer.alloc((512 - (data.length % 512)) % 512);
  return Buffer.concat([header, data, padding, Buffer.alloc(1024)]);
}

/**
 * An image of one layer that runs until it is killed. Its architecture is what it says, not what the program is.
 * Images with different salts share no blob: a node fetches nothing twice.
 */
export function waitingImage(architecture = 'amd64', salt = ''): Image {
  const archive = tar('wait', Buffer.concat([waitingProgram(), Buffer.from(salt)]));
  const layer = blob('application/vnd.oci.image.layer.v1.tar+gzip', gzipSync(archive));
  const config = json('application/vnd.oci.image.config.v1+json', {
    architecture,
    os: 'linux',
    config: { Entrypoint: ['/wait'] },
    rootfs: { type: 'layers', diff_ids: [blob('', archive).digest] },
  });
  const manifest = json('application/vnd.oci.image.manifest.v1+json', {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: descriptor(config),
    layers: [descriptor(layer)],
  });
  return { manifest, blobs: [config, layer], images: [] };
}

/** An index that holds an image for one architecture and nothing for others. */
export function indexOf(architecture: string, salt = ''): Image {
  const image = waitingImage(architecture, salt);
  const manifest = json('application/vnd.oci.image.index.v1+json', {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests: [{ ...descriptor(image.manifest), platform: { architecture, os: 'linux' } }],
  });
  return { manifest, blobs: [], images: [image] };
}
