import { crc32 } from 'node:zlib';
import { readImage } from '@chainrule/data-loaders/images';
import fc from 'fast-check';
import { damaged, mayRefuse } from './damage.ts';
import { defineFuzzer, type Fuzzer } from './fuzzer.ts';
import { seedPictures } from './seedPictures.ts';

const seeds = seedPictures.map((text) => new Uint8Array(Buffer.from(text, 'base64')));

/** Corrects the checksums of a damaged picture, so that readers do not refuse it at once. */
function repaired(bytes: Uint8Array): Uint8Array {
  const changed = Buffer.from(bytes);
  for (let at = 8; changed[0] === 0x89 && at + 12 <= changed.length;) {
    const end = at + 12 + changed.readUInt32BE(at);
    if (end > changed.length) break;
    changed.writeUInt32BE(crc32(changed.subarray(at + 4, end - 4)), end - 4);
    at = end;
  }
  return changed;
}

/** A progressive picture with a scan that is repeated many times. */
const manyScans = fc
  .tuple(fc.constantFrom(...seeds.filter((bytes) => bytes[0] === 0xff)), fc.integer({ min: 2, max: 4000 }))
  .map(([bytes, times]) => {
    const scan = Buffer.from(bytes).indexOf(Uint8Array.of(0xff, 0xda));
    const parts = new Array<Uint8Array>(times).fill(bytes.subarray(scan, -2));
    return new Uint8Array(Buffer.concat([bytes.subarray(0, scan), ...parts, bytes.subarray(-2)]));
  });

const fuzzer: Fuzzer = defineFuzzer({
  name: 'images',
  summary: 'readers of PNG and JPEG meet damaged pictures with pixels or an error of the project',
  inputs: fc.oneof(
    { weight: 5, arbitrary: damaged(seeds) },
    { weight: 5, arbitrary: damaged(seeds).map(repaired) },
    manyScans,
    fc.uint8Array({ maxLength: 300 }),
  ),
  limits: { seconds: 10, megabytes: 400 },
  quick: 100,
  check: (bytes) => mayRefuse(() => readImage(bytes, { maxPixels: 2 ** 20 })),
});
export default fuzzer;
