import { FormatError } from '@chainrule/errors';
import { Tensor } from '@chainrule/tensor';
import { decode } from 'fast-png';
import { Unzlib } from 'fflate';
import { checkCount } from '../checkCount.ts';
import { crc32 } from '../archives/crc32.ts';
import { concatBytes } from '../archives/inflate.ts';
import type { ReadPictureOptions } from './readJpeg.ts';

type Fail = (expectation: string, got: string, offset?: number) => never;
type Decoded = ReturnType<typeof decode>;

interface Header {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly channels: number;
  readonly isIndexed: boolean;
  readonly isInterlaced: boolean;
}

const signature = [137, 80, 78, 71, 13, 10, 26, 10];
/** Channels and bit depths of each colour type. */
const colorTypes: Readonly<Record<number, readonly [channels: number, ...depths: number[]]>> = {
  0: [1, 1, 2, 4, 8, 16],
  2: [3, 8, 16],
  3: [1, 1, 2, 4, 8],
  4: [2, 8, 16],
  6: [4, 8, 16],
};

/**
 * Decodes a PNG picture as it is stored: no gamma, no colour profile. The size in the header is compared with what is
 * there before the picture is decoded.
 *
 * Source: PNG (Third Edition), W3C; decoded by fast-png.
 *
 * @returns `[height, width, channels]`: 1 for grey, 2 for grey and alpha, 3 for colours, 4 for colours and alpha.
 * uint8 from 0 to 255; int32 from 0 to 65535 for 16 bits a channel
 * @throws FormatError when the picture is truncated, corrupt or larger than `maxPixels`, and for interlaced pictures
 * of fewer than 8 bits a pixel
 * @throws OptionError when `maxPixels` is not an integer of at least 1
 * @example
 * try {
 *   readPng(new Uint8Array(9));
 * } catch (error) {
 *   (error as Error).name; // => FormatError
 * }
 */
export function readPng(bytes: Uint8Array, options: ReadPictureOptions = {}): Tensor<[number, number, number], 'uint8' | 'int32'> {
  const { name = 'bytes', maxPixels = 2 ** 26 } = options;
  checkCount('readPng', 'maxPixels', maxPixels, 1);
  const fail: Fail = (expectation, got, offset) => {
    throw new FormatError(`readPng: ${name}: expected ${expectation}, got ${got}${offset === undefined ? '' : ` at offset ${offset}`}`);
  };
  const chunks = readChunks(bytes, fail);
  const header = readHeader(chunks[0]!.bytes, maxPixels, fail);
  const count = (type: string): number => chunks.filter((chunk) => chunk.type === type).length;
  if (count('IHDR') !== 1 || count('IEND') !== 1) fail('one IHDR and one IEND', 'more');
  if (header.isIndexed && count('PLTE') !== 1) fail('one PLTE', String(count('PLTE')));
  checkPixels(chunks.filter(({ type }) => type === 'IDAT').map(({ bytes }) => bytes.subarray(8, -4)), header, fail);
  let picture: Decoded;
  try {
    // A copy of what makes the picture; texts and profiles, which may be packed bombs, stay out.
    picture = decode(concatBytes([Uint8Array.from(signature), ...chunks.map((chunk) => chunk.bytes)]));
  } catch (cause) {
    throw new FormatError(`readPng: ${name}: expected a valid picture, got one that does not decode: ${(cause as Error).message}`, { cause });
  }
  const { height, width, channels, depth } = header;
  if (header.isIndexed) return colored(unpacked(picture.data, header), picture, header, fail);
  if (depth === 16) return new Tensor<[number, number, number], 'int32'>([height, width, channels], 'int32', Int32Array.from(picture.data));
  const values = depth < 8 ? unpacked(picture.data, header).map((value) => (value * 255) / (2 ** depth - 1)) : (picture.data as Uint8Array);
  return new Tensor([height, width, channels], 'uint8', values);
}

interface Chunk {
  readonly type: string;
  /** With length, type and checksum. */
  readonly bytes: Uint8Array;
}

/** The chunks that make the picture; all are checked. */
function readChunks(bytes: Uint8Array, fail: Fail): Chunk[] {
  if (!signature.every((byte, i) => bytes[i] === byte)) fail('the signature of PNG', 'something else', 0);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  for (let at = 8; chunks.at(-1)?.type !== 'IEND'; ) {
    if (at + 12 > bytes.length) fail('a chunk of at least 12 bytes', 'the end of the bytes', at);
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.length) fail(`a chunk of ${end - at} bytes`, 'the end of the bytes', at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (crc32(bytes.subarray(at + 4, end - 4)) !== view.getUint32(end - 4)) fail('the checksum of the chunk', 'another', end - 4);
    if (!chunks.length && (type !== 'IHDR' || end - at !== 25)) fail('an IHDR of 25 bytes', `${JSON.stringify(type)} of ${end - at}`, at);
    if (['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'].includes(type)) chunks.push({ type, bytes: bytes.subarray(at, end) });
    at = end;
  }
  return chunks;
}

function readHeader(chunk: Uint8Array, maxPixels: number, fail: Fail): Header {
  const view = new DataView(chunk.buffer, chunk.byteOffset + 8, 13);
  const [width, height, depth, color, interlace] = [view.getUint32(0), view.getUint32(4), view.getUint8(8), view.getUint8(9), view.getUint8(12)];
  const [channels, ...depths] = colorTypes[color] ?? [0];
  if (!depths.includes(depth)) fail('a colour type and depth of PNG', `${color} and ${depth}`, 24);
  if (width * height === 0 || width * height > maxPixels) fail(`from 1 to ${maxPixels} pixels (\`maxPixels\`)`, `${width}×${height}`, 16);
  if (interlace > 1 || (interlace === 1 && depth < 8)) fail('no interlacing, or Adam7 of at least 8 bits', `method ${interlace} of ${depth} bits`, 28);
  return { width, height, depth, channels, isIndexed: color === 3, isInterlaced: interlace === 1 };
}

/** Unpacks the pixels and drops them, to see that they are as many as the header says: no more, no fewer. */
function checkPixels(parts: readonly Uint8Array[], header: Header, fail: Fail): void {
  const { width, height, isInterlaced } = header;
  const wanted = isInterlaced
    ? [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]]
        .map(([x, y, dx, dy]) => linesOf(Math.ceil((width - x!) / dx!), Math.ceil((height - y!) / dy!), header))
        .reduce((sum, bytes) => sum + bytes, 0)
    : linesOf(width, height, header);
  let size = 0;
  const inflator = new Unzlib((chunk) => {
    size += chunk.length;
  });
  const packed = concatBytes(parts);
  const piece = 16384;
  try {
    for (let at = 0; at < packed.length && size <= wanted; at += piece) inflator.push(packed.subarray(at, at + piece), at + piece >= packed.length);
  } catch (cause) {
    fail('a whole zlib stream of pixels', (cause as Error).message);
  }
  if (size !== wanted) fail(`${wanted} bytes of pixels`, size > wanted ? 'more' : String(size));
}

function linesOf(width: number, height: number, { depth, channels }: Header): number {
  return width > 0 && height > 0 ? height * (1 + Math.ceil((width * depth * channels) / 8)) : 0;
}

/** One value a byte, where several share one. */
function unpacked(data: ArrayLike<number>, { width, height, depth }: Header): Uint8Array {
  const line = Math.ceil((width * depth) / 8);
  const values = new Uint8Array(width * height);
  for (let i = 0; i < values.length; i++) {
    const [row, bit] = [Math.floor(i / width), (i % width) * depth];
    values[i] = (data[row * line + (bit >> 3)]! >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
  }
  return values;
}

/** The colours that the values stand for. */
function colored(values: Uint8Array, picture: Decoded, { width, height }: Header, fail: Fail): Tensor<[number, number, number], 'uint8'> {
  const palette = picture.palette ?? [];
  const channels = palette[0]?.length ?? fail('a palette', 'none');
  const pixels = new Uint8Array(values.length * channels);
  for (let i = 0; i < values.length; i++) pixels.set(palette[values[i]!] ?? fail(`one of ${palette.length} colours`, String(values[i])), i * channels);
  return new Tensor([height, width, channels], 'uint8', pixels);
}
