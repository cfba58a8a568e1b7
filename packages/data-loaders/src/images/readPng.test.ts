import { FormatError } from '@chainrule/errors';
import { encode } from 'fast-png';
import fc from 'fast-check';
import { zlibSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { crc32 } from '../archives/crc32.ts';
import { readPng } from './readPng.ts';
import { hasRealData, readRealData } from '../../../../scripts/testing/realData.ts';

const word = (n: number): number[] => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];
const chunk = (type: string, data: ArrayLike<number>): number[] => {
  const body = [...Buffer.from(type), ...Array.from(data)];
  return [...word(data.length), ...body, ...word(crc32(Uint8Array.from(body)))];
};
interface Picture {
  width: number;
  height: number;
  depth: number;
  color: number;
  interlace?: number;
  extra?: number[];
  raw: number[];
}
const png = ({ width, height, depth, color, interlace = 0, extra = [], raw }: Picture): Uint8Array =>
  Uint8Array.from([
    137,
    80,
    78,
    71,
    13,
    10,
    26,
    10,
    ...chunk('IHDR', [...word(width), ...word(height), depth, color, 0, 0, interlace]),
    ...extra,
    ...chunk('IDAT', zlibSync(Uint8Array.from(raw))),
    ...chunk('IEND', []),
  ]);
const problem = (bytes: Uint8Array, options = {}): string => {
  try {
    return `read ${readPng(bytes, { name: 'a.png', ...options }).shape.join('×')}`;
  } catch (error) {
    return String(error);
  }
};

test('readPng restores images that fast-png encoded', () => {
  const picture = fc.record({
    width: fc.integer({ min: 1, max: 9 }),
    height: fc.integer({ min: 1, max: 9 }),
    channels: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const),
    depth: fc.constantFrom(8 as const, 16 as const),
    seed: fc.nat(255),
  });
  fc.assert(
    fc.property(picture, ({ width, height, channels, depth, seed }) => {
      const values = Array.from(
        { length: width * height * channels },
        (_, i) => (i * 37 + seed) % (depth === 8 ? 256 : 65536),
      );
      const data = depth === 8 ? Uint8Array.from(values) : Uint16Array.from(values, (x) => x * 251);
      const image = readPng(encode({ width, height, channels, depth, data }));
      expect([image.shape, image.dtype, [...image.data]]).toEqual([
        [height, width, channels],
        depth === 8 ? 'uint8' : 'int32',
        [...data],
      ]);
    }),
  );
});

test('readPng unpacks several pixels per byte, and palettes', () => {
  expect(
    readPng(png({ width: 3, height: 2, depth: 1, color: 0, raw: [0, 0b10100000, 0, 0b01100000] })).toArray(),
  ).toEqual([
    [[255], [0], [255]],
    [[0], [255], [255]],
  ]);
  expect(readPng(png({ width: 3, height: 1, depth: 2, color: 0, raw: [0, 0b00011000] })).toArray()).toEqual([
    [[0], [85], [170]],
  ]);
  const palette = chunk('PLTE', [1, 2, 3, 4, 5, 6]);
  expect(
    readPng(png({ width: 3, height: 1, depth: 4, color: 3, extra: palette, raw: [0, 0x01, 0x10] })).toArray(),
  ).toEqual([
    [
      [1, 2, 3],
      [4, 5, 6],
      [4, 5, 6],
    ],
  ]);
  expect(
    readPng(
      png({ width: 2, height: 1, depth: 8, color: 3, extra: [...palette, ...chunk('tRNS', [9])], raw: [0, 1, 0] }),
    ).toArray(),
  ).toEqual([
    [
      [4, 5, 6, 255],
      [1, 2, 3, 9],
    ],
  ]);
});

test('readPng reads interlaced images', () => {
  // 2×2: passes 1, 6 and 7.
  expect(
    readPng(png({ width: 2, height: 2, depth: 8, color: 0, interlace: 1, raw: [0, 1, 0, 2, 0, 3, 4] })).toArray(),
  ).toEqual([
    [[1], [2]],
    [[3], [4]],
  ]);
});

test('readPng errors name the problem and the offset', () => {
  const good = png({ width: 2, height: 1, depth: 8, color: 0, raw: [0, 1, 2] });
  const changed = Uint8Array.from(good);
  changed[45]! ^= 1;
  expect(
    [
      new Uint8Array(9),
      good.subarray(0, 20),
      good.subarray(0, -12),
      changed,
      png({ width: 2, height: 1, depth: 3, color: 0, raw: [] }),
      png({ width: 0, height: 1, depth: 8, color: 0, raw: [] }),
      png({ width: 2 ** 16, height: 2 ** 16, depth: 8, color: 0, raw: [] }),
      png({ width: 2, height: 1, depth: 4, color: 0, interlace: 1, raw: [0, 1] }),
      png({ width: 2, height: 1, depth: 8, color: 0, raw: [0, 1] }),
      png({ width: 2, height: 1, depth: 8, color: 0, raw: [0, 1, 2, 3] }),
      png({ width: 2, height: 1, depth: 8, color: 0, raw: [9, 1, 2] }),
      png({ width: 2, height: 1, depth: 8, color: 3, raw: [0, 1, 2] }),
      png({ width: 2, height: 1, depth: 8, color: 3, extra: chunk('PLTE', [1, 2, 3]), raw: [0, 0, 1] }),
      Uint8Array.from([...good.subarray(0, 33), ...chunk('IDAT', [1, 2, 3]), ...chunk('IEND', [])]),
    ].map((bytes) => problem(bytes)),
  ).toMatchInlineSnapshot(`
    [
      "FormatError: readPng: a.png: expected the signature of PNG, got something else at offset 0",
      "FormatError: readPng: a.png: expected a chunk of 25 bytes, got the end of the data at offset 20",
      "FormatError: readPng: a.png: expected a chunk of at least 12 bytes, got the end of the data at offset 56",
      "FormatError: readPng: a.png: expected the checksum of the chunk, got another at offset 52",
      "FormatError: readPng: a.png: expected a color type and depth of PNG, got 0 and 3 at offset 24",
      "FormatError: readPng: a.png: expected from 1 to 67108864 pixels (\`maxPixels\`), got 0×1 at offset 16",
      "FormatError: readPng: a.png: expected from 1 to 67108864 pixels (\`maxPixels\`), got 65536×65536 at offset 16",
      "FormatError: readPng: a.png: expected 4 bytes of pixels, got 2 at offset 51",
      "FormatError: readPng: a.png: expected 3 bytes of pixels, got 2 at offset 51",
      "FormatError: readPng: a.png: expected at most 3 unpacked bytes, got more at offset 53",
      "FormatError: readPng: a.png: expected a filter from 0 to 4, got 9",
      "FormatError: readPng: a.png: expected one PLTE, got 0",
      "FormatError: readPng: a.png: expected one of 1 colors, got 1",
      "FormatError: readPng: a.png: expected a whole zlib stream, got corrupt data (incorrect header check) at offset 42",
    ]
  `);
  expect(problem(good, { maxPixels: 1 })).toMatch(/from 1 to 1 pixels/);
});

test('readPng stops early at a decompression bomb', () => {
  const before = process.memoryUsage().arrayBuffers;
  expect(problem(png({ width: 1, height: 1, depth: 8, color: 0, raw: new Array<number>(20_000_000).fill(0) }))).toMatch(
    /expected at most 2 unpacked bytes, got more/,
  );
  // A 100 MB text chunk, which readPng does not unpack.
  expect(
    problem(
      png({
        width: 1,
        height: 1,
        depth: 8,
        color: 0,
        extra: chunk('iCCP', [97, 0, 0, ...zlibSync(new Uint8Array(100_000_000))]),
        raw: [0, 1],
      }),
    ),
  ).toBe('read 1×1×1');
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(300_000_000);
});

test('readPng of a changed image, even with valid checksums, gives an image or a FormatError', () => {
  const pictures: Picture[] = [
    { width: 5, height: 4, depth: 8, color: 2, raw: new Array<number>(64).fill(1) },
    {
      width: 9,
      height: 3,
      depth: 2,
      color: 3,
      extra: [...chunk('PLTE', [1, 2, 3, 4, 5, 6]), ...chunk('tRNS', [1])],
      raw: new Array<number>(12).fill(0),
    },
    { width: 3, height: 3, depth: 16, color: 4, interlace: 1, raw: new Array<number>(51).fill(0) },
  ];
  const change = fc.record({ at: fc.nat(), remove: fc.nat(2), insert: fc.uint8Array({ maxLength: 2 }) });
  fc.assert(
    fc.property(
      fc.constantFrom(...pictures),
      fc.array(change, { maxLength: 2 }),
      fc.boolean(),
      (picture, changes, fixed) => {
        const bytes = [...png(picture)];
        for (const { at, remove, insert } of changes) bytes.splice(at % bytes.length, remove, ...insert);
        const mutated = Uint8Array.from(bytes);
        if (fixed && mutated.length > 33) mutated.set(word(crc32(mutated.subarray(12, 29))), 29);
        expect(problem(mutated)).toMatch(/^(read|FormatError)/);
      },
    ),
    { numRuns: 500 },
  );
  const raw = fc.record({
    width: fc.integer({ min: 0, max: 5 }),
    height: fc.integer({ min: 0, max: 5 }),
    depth: fc.constantFrom(1, 2, 4, 8, 16),
    color: fc.constantFrom(0, 2, 3, 4, 6),
    interlace: fc.nat(1),
    extra: fc.constantFrom([], chunk('PLTE', [1, 2, 3, 4, 5, 6]), chunk('tRNS', [1, 2])),
    raw: fc.array(fc.nat(255), { maxLength: 40 }),
  });
  fc.assert(
    fc.property(raw, (picture) => {
      expect(problem(png(picture))).toMatch(/^(read|FormatError)/);
    }),
    { numRuns: 500 },
  );
});

describe.skipIf(!hasRealData('images', 1))('real images', () => {
  test('readPng reads every image of the folder', () => {
    const shapes = [
      'astronaut',
      'camera',
      'horse',
      'palette_color',
      'palette_gray',
      'foo3x5x4indexed',
      'chessboard_RGB',
      'chessboard_GRAY',
      'coffee',
    ].map((name) => readPng(readRealData(`images/${name}.png`)).shape.join('×'));
    expect(shapes).toMatchInlineSnapshot(`
      [
        "512×512×3",
        "512×512×1",
        "328×400×4",
        "10×10×3",
        "10×10×3",
        "3×5×4",
        "200×200×3",
        "200×200×1",
        "400×600×3",
      ]
    `);
    expect(() => readPng(readRealData('images/astronaut.png').subarray(0, 5000))).toThrow(FormatError);
  });
});
