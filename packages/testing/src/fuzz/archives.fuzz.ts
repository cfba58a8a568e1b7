import { deflateRawSync, gzipSync } from 'node:zlib';
import { gunzip, readNpz, readTar, readZip } from '@chainrule/data-loaders';
import fc from 'fast-check';
import { damaged, mayRefuse } from './damage.ts';
import { defineFuzzer, type Fuzzer } from './fuzzer.ts';

const content = Buffer.from('first line\nsecond line\n'.repeat(20));

/** CRC-32 of ISO 3309, bit by bit. */
function crcOf(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  }
  return ~crc >>> 0;
}

/** A zip archive of one file, deflated, `copies` times in the directory: from the second on, files share their bytes. */
function zip(name: string, copies: number): Uint8Array {
  const packed = deflateRawSync(content);
  const sizes = Buffer.alloc(16);
  [crcOf(content), packed.length, content.length].forEach((value, i) => sizes.writeUInt32LE(value, 4 * i));
  sizes.writeUInt16LE(name.length, 12);
  const local = Buffer.concat([
    Buffer.from('PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0', 'latin1'),
    sizes,
    Buffer.from(name),
    packed,
  ]);
  const entries = Array.from({ length: copies }, () =>
    Buffer.concat([
      Buffer.from('PK\x01\x02\x14\0\x14\0\0\0\x08\0\0\0\0\0', 'latin1'),
      sizes,
      Buffer.alloc(14),
      Buffer.from(name),
    ]),
  );
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(copies, 8);
  end.writeUInt16LE(copies, 10);
  end.writeUInt32LE(
    entries.reduce((sum, entry) => sum + entry.length, 0),
    12,
  );
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, ...entries, end]);
}

/** A tar archive of one file. */
function tar(): Uint8Array {
  const header = Buffer.alloc(512);
  header.write('dir/a.txt');
  header.write(content.length.toString(8).padStart(11, '0'), 124);
  header.write(' '.repeat(8), 148);
  header.write('0', 156);
  header.write(
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
  );
  return Buffer.concat([header, content, Buffer.alloc(1024 + 512 - (content.length % 512))]);
}

const gzip = new Uint8Array(gzipSync(content));
const bomb = new Uint8Array(gzipSync(new Uint8Array(1_000_000)));
const seeds = [
  gzip,
  bomb,
  Buffer.concat([gzip, gzip, Buffer.alloc(9)]),
  zip('a.npy', 1),
  zip('b.txt', 1),
  zip('c', 3),
  tar(),
].map((bytes) => new Uint8Array(bytes));
const maxBytes = 2 ** 22;

const fuzzer: Fuzzer = defineFuzzer({
  name: 'archives',
  summary: 'readers of gzip, zip, npz and tar meet damaged archives with files or an error of the project',
  inputs: fc.oneof({ weight: 6, arbitrary: damaged(seeds) }, fc.uint8Array({ maxLength: 300 })),
  limits: { seconds: 10, megabytes: 300 },
  quick: 100,
  check: async (bytes) => {
    await mayRefuse(() => gunzip(bytes, { maxBytes }));
    await mayRefuse(() => readZip(bytes, { maxBytes }));
    await mayRefuse(() => readNpz(bytes, { maxBytes, onSkip: () => undefined }));
    await mayRefuse(() => readTar(bytes));
  },
});
export default fuzzer;
