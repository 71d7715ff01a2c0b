/**
 * Takes symbols and debug sections out of a Linux program: 14 % of Node's size. Written here because a machine
 * with only Node has no `strip`, and one for x86-64 none for arm64. It must come before pkg puts the bundle in:
 * a program stripped after that crashes at start.
 *
 * Layout: System V ABI, chapters 4 and 5 (https://gabi.xinuos.com), 64-bit little-endian only.
 */

const HEADER_SIZE = 64;
const SECTION_SIZE = 64;
const SHT_REL = 9;
const SHT_RELA = 4;
const SHF_ALLOC = 0x2;
const SHF_INFO_LINK = 0x40;

interface Section {
  readonly header: Buffer;
  readonly type: number;
  readonly flags: number;
  readonly offset: number;
  readonly size: number;
}

function sectionAt(file: Buffer, at: number): Section {
  const header = Buffer.from(file.subarray(at, at + SECTION_SIZE));
  return {
    header,
    type: header.readUInt32LE(4),
    flags: Number(header.readBigUInt64LE(8)),
    offset: Number(header.readBigUInt64LE(24)),
    size: Number(header.readBigUInt64LE(32)),
  };
}

/**
 * The program without the sections that are not loaded. What is loaded keeps its place, so nothing that runs changes.
 *
 * @throws where the file is no 64-bit little-endian ELF program, or has loaded bytes behind those to be dropped
 */
export function stripElf(file: Buffer): Buffer {
  if (file.toString('latin1', 0, 6) !== '\x7fELF\x02\x01') throw new Error('not a 64-bit ELF file');
  const segmentsAt = Number(file.readBigUInt64LE(32));
  const segmentSize = file.readUInt16LE(54);
  const sectionsAt = Number(file.readBigUInt64LE(40));
  const namesIndex = file.readUInt16LE(62);
  const sections = Array.from({ length: file.readUInt16LE(60) }, (_, index) =>
    sectionAt(file, sectionsAt + index * SECTION_SIZE),
  );
  // The first section is the empty one that every file has.
  const kept = sections.map((s, i) => i === 0 || i === namesIndex || (s.flags & SHF_ALLOC) !== 0);
  let end = HEADER_SIZE;
  for (let i = 0; i < file.readUInt16LE(56); i++) {
    const at = segmentsAt + i * segmentSize;
    end = Math.max(end, Number(file.readBigUInt64LE(at + 8) + file.readBigUInt64LE(at + 32)));
  }
  if (sections.some((s, i) => i > 0 && (s.flags & SHF_ALLOC) === 0 && s.offset < end)) {
    throw new Error('sections that are not loaded lie between those that are');
  }
  const names = sections[namesIndex];
  if (names === undefined) throw new Error('no section names');
  const newIndex = new Map<number, number>();
  for (const [i] of sections.entries()) if (kept[i]) newIndex.set(i, newIndex.size);
  const headers = sections
    .filter((_, i) => kept[i])
    .map((section) => movedHeader(section, newIndex, section === names ? end : section.offset));
  const namesEnd = end + names.size;
  const padding = Buffer.alloc((8 - (namesEnd % 8)) % 8);
  const start = Buffer.from(file.subarray(0, end));
  start.writeBigUInt64LE(BigInt(namesEnd + padding.length), 40);
  start.writeUInt16LE(headers.length, 60);
  start.writeUInt16LE(newIndex.get(namesIndex) ?? 0, 62);
  const nameBytes = file.subarray(names.offset, names.offset + names.size);
  return Buffer.concat([start, nameBytes, padding, ...headers]);
}

/** A section's header with the numbers of other sections, and its own place, as they are now. */
function movedHeader(section: Section, newIndex: Map<number, number>, offset: number): Buffer {
  const { header, type, flags } = section;
  header.writeBigUInt64LE(BigInt(offset), 24);
  header.writeUInt32LE(newIndex.get(header.readUInt32LE(40)) ?? 0, 40);
  if (type === SHT_REL || type === SHT_RELA || (flags & SHF_INFO_LINK) !== 0) {
    header.writeUInt32LE(newIndex.get(header.readUInt32LE(44)) ?? 0, 44);
  }
  return header;
}
