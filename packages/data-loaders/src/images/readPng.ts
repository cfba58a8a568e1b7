import { FormatError } from '@chainrule/errors';
import { aCount, aString, checkOptions } from '@chainrule/errors/check';
import { Tensor } from '@chainrule/tensor';
import { crc32 } from '../archives/crc32.ts';
import { concatBytes, inflate } from '../archives/inflate.ts';
import { checkBytes } from '../checks.ts';
import { type PngHeader, pixelBytes, pngPixels } from './pngPixels.ts';
import type { ReadImageFileOptions } from './readJpeg.ts';

type Fail = (expectation: string, got: string, offset?: number) => never;
type DecodedImage = Tensor<[number, number, number], 'uint8' | 'int32'>;

const signature = [137, 80, 78, 71, 13, 10, 26, 10];
/** The channels and bit depths of each color type. */
const colorTypes: Readonly<Record<number, readonly [channels: number, ...depths: number[]]>> = {
  0: [1, 1, 2, 4, 8, 16],
  2: [3, 8, 16],
  3: [1, 1, 2, 4, 8],
  4: [2, 8, 16],
  6: [4, 8, 16],
};

/**
 * Decodes a PNG image without gamma or color conversion. While unpacking, compares the pixels with the size in the header.
 *
 * Source: PNG (Third Edition), W3C.
 *
 * @returns `[height, width, channels]`: 1 for gray, 2 for gray and alpha, 3 for RGB, 4 for RGBA. A transparent color (`tRNS`)
 * adds an alpha channel. uint8 from 0 to 255, or int32 from 0 to 65535 for 16 bits per channel
 * @throws FormatError if the image is truncated, corrupt or larger than `maxPixels`
 * @throws OptionError if `maxPixels` is not a positive integer
 * @example
 * try {
 *   readPng(new Uint8Array(9));
 * } catch (error) {
 *   (error as Error).name; // => FormatError
 * }
 */
export function readPng(bytes: Uint8Array, options: ReadImageFileOptions = {}): DecodedImage {
  checkBytes('readPng', bytes);
  checkOptions('readPng', options, { name: aString, maxPixels: aCount });
  const { name = 'bytes', maxPixels = 2 ** 26 } = options;
  const fail: Fail = (expectation, got, offset) => {
    throw new FormatError(
      `readPng: ${name}: expected ${expectation}, got ${got}${offset === undefined ? '' : ` at offset ${offset}`}`,
    );
  };
  const chunks = readChunks(bytes, fail);
  const header = readHeader(chunks[0]!.data, maxPixels, fail);
  const count = (type: string): number => chunks.filter((chunk) => chunk.type === type).length;
  if (count('IHDR') !== 1) fail('one IHDR', String(count('IHDR')));
  if (header.isIndexed && count('PLTE') !== 1) fail('one PLTE', String(count('PLTE')));
  const data = unpackPixels(
    chunks.filter(({ type }) => type === 'IDAT'),
    header,
    name,
    fail,
  );
  const values = pngPixels(data, header, (filter) => fail('a filter from 0 to 4', String(filter)));
  const find = (type: string): Chunk | undefined => chunks.find((chunk) => chunk.type === type);
  if (header.isIndexed) return colored(values, find('PLTE')!, find('tRNS'), header, fail);
  const transparent = header.channels % 2 ? find('tRNS') : undefined;
  const largest = 2 ** header.depth - 1;
  const pixels = transparent ? withAlpha(values, transparent, header, fail) : values;
  const channels = header.channels + (transparent ? 1 : 0);
  const shape: [number, number, number] = [header.height, header.width, channels];
  if (header.depth === 16) return new Tensor<[number, number, number], 'int32'>(shape, 'int32', new Int32Array(pixels));
  const wide = pixels as Uint8Array;
  if (header.depth < 8) for (let i = 0; i < wide.length; i++) wide[i] = (wide[i]! * 255) / largest;
  return new Tensor<[number, number, number], 'uint8'>(shape, 'uint8', wide);
}

interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
  /** The offset of the data. */
  readonly at: number;
}

/** Reads the chunks of the image, and checks all of them. */
function readChunks(bytes: Uint8Array, fail: Fail): Chunk[] {
  if (!signature.every((byte, i) => bytes[i] === byte)) fail('the signature of PNG', 'something else', 0);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  for (let at = 8; chunks.at(-1)?.type !== 'IEND';) {
    if (at + 12 > bytes.length) fail('a chunk of at least 12 bytes', 'the end of the data', bytes.length);
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.length) fail(`a chunk of ${end - at} bytes`, 'the end of the data', bytes.length);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (crc32(bytes.subarray(at + 4, end - 4)) !== view.getUint32(end - 4))
      fail('the checksum of the chunk', 'another', end - 4);
    if (!chunks.length && (type !== 'IHDR' || end - at !== 25))
      fail('an IHDR of 25 bytes', `${JSON.stringify(type)} of ${end - at}`, at);
    if (['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'].includes(type))
      chunks.push({ type, data: bytes.subarray(at + 8, end - 4), at: at + 8 });
    at = end;
  }
  return chunks;
}

function readHeader(data: Uint8Array, maxPixels: number, fail: Fail): PngHeader {
  const view = new DataView(data.buffer, data.byteOffset, 13);
  const [width, height, depth, color, interlace] = [
    view.getUint32(0),
    view.getUint32(4),
    view.getUint8(8),
    view.getUint8(9),
    view.getUint8(12),
  ];
  const [channels, ...depths] = colorTypes[color] ?? [0];
  if (!depths.includes(depth)) fail('a color type and depth of PNG', `${color} and ${depth}`, 24);
  if (width * height === 0 || width * height > maxPixels)
    fail(`from 1 to ${maxPixels} pixels (\`maxPixels\`)`, `${width}×${height}`, 16);
  if (view.getUint16(10) !== 0) fail('compression and filter method 0', 'another', 26);
  if (interlace > 1) fail('interlace method 0 or 1', String(interlace), 28);
  return { width, height, depth, channels, isIndexed: color === 3, isInterlaced: interlace === 1 };
}

/** Unpacks the pixels. Their number must agree with the header. */
function unpackPixels(parts: readonly Chunk[], header: PngHeader, name: string, fail: Fail): Uint8Array {
  const wanted = pixelBytes(header);
  const place = (offset: number): number => {
    let left = offset;
    const part = parts.find(
      ({ data }, i) => i === parts.length - 1 || left < data.length || ((left -= data.length), false),
    );
    return (part?.at ?? 0) + left;
  };
  const packed = parts.length === 1 ? parts[0]!.data : concatBytes(parts.map(({ data }) => data));
  const { bytes } = inflate('zlib', packed, { op: 'readPng', name, maxBytes: wanted, place });
  return bytes.length === wanted
    ? bytes
    : fail(`${wanted} bytes of pixels`, String(bytes.length), place(packed.length));
}

/** Adds an alpha channel: 0 for the transparent color, and the greatest value for others. */
function withAlpha(
  values: Uint8Array | Uint16Array,
  { data, at }: Chunk,
  { channels, depth }: PngHeader,
  fail: Fail,
): Uint8Array | Uint16Array {
  if (data.length !== 2 * channels) fail(`${2 * channels} bytes of tRNS`, String(data.length), at);
  const largest = 2 ** depth - 1;
  const color = Array.from({ length: channels }, (_, i) => ((data[2 * i]! << 8) | data[2 * i + 1]!) & largest);
  const count = values.length / channels;
  const pixels = depth === 16 ? new Uint16Array(count * (channels + 1)) : new Uint8Array(count * (channels + 1));
  for (let i = 0; i < count; i++) {
    let isTransparent = true;
    for (let channel = 0; channel < channels; channel++) {
      const value = values[i * channels + channel]!;
      pixels[i * (channels + 1) + channel] = value;
      isTransparent &&= value === color[channel];
    }
    pixels[i * (channels + 1) + channels] = isTransparent ? 0 : largest;
  }
  return pixels;
}

/** Looks up palette colors. */
function colored(
  values: ArrayLike<number>,
  { data: palette, at }: Chunk,
  transparency: Chunk | undefined,
  { width, height }: PngHeader,
  fail: Fail,
): DecodedImage {
  const colors = palette.length / 3;
  if (!Number.isInteger(colors) || colors < 1 || colors > 256)
    fail('1 to 256 colors of 3 bytes in PLTE', `${palette.length} bytes`, at);
  const channels = transparency ? 4 : 3;
  const pixels = new Uint8Array(values.length * channels);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value >= colors) fail(`one of ${colors} colors`, String(value));
    for (let channel = 0; channel < 3; channel++) pixels[i * channels + channel] = palette[value * 3 + channel]!;
    if (transparency) pixels[i * 4 + 3] = transparency.data[value] ?? 255;
  }
  return new Tensor([height, width, channels], 'uint8', pixels);
}
