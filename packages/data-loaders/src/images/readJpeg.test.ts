import fc from 'fast-check';
import jpeg from 'jpeg-js';
import { describe, expect, test } from 'vitest';
import { readJpeg } from './readJpeg.ts';
import { hasRealData, readRealData } from '../../../../scripts/testing/realData.ts';

const encoded = (
  width: number,
  height: number,
  colorAt: (x: number, y: number) => [number, number, number],
): Uint8Array => {
  const data = Array.from({ length: width * height }, (_, i) => [
    ...colorAt(i % width, Math.floor(i / width)),
    255,
  ]).flat();
  return new Uint8Array(jpeg.encode({ width, height, data: Uint8Array.from(data) }, 95).data);
};
const problem = (bytes: Uint8Array, options = {}): string => {
  try {
    return `read ${readJpeg(bytes, { name: 'a.jpg', ...options }).shape.join('×')}`;
  } catch (error) {
    return String(error);
  }
};

test('readJpeg approximately restores an encoded image', () => {
  const { shape, dtype, data } = readJpeg(encoded(20, 10, (x, y) => [10 * x, 20 * y, 100]));
  expect([shape, dtype]).toEqual([[10, 20, 3], 'uint8']);
  for (let i = 0; i < 200; i++) {
    expect(Math.abs(data[3 * i]! - 10 * (i % 20))).toBeLessThan(25);
    expect(Math.abs(data[3 * i + 1]! - 20 * Math.floor(i / 20))).toBeLessThan(25);
  }
});

test('readJpeg errors name the problem', () => {
  const good = encoded(8, 8, () => [1, 2, 3]);
  const frame = Buffer.from(good).indexOf(Uint8Array.of(0xff, 0xc0));
  const huge = Uint8Array.from(good);
  huge.set([0xff, 0xff, 0xff, 0xff], frame + 5);
  const table = Uint8Array.from(good);
  table[Buffer.from(good).indexOf(Uint8Array.of(0xff, 0xdb)) + 4] = 0xff;
  expect(
    [
      new Uint8Array(3),
      good.subarray(0, 10),
      good.subarray(0, -2),
      huge,
      table,
      Uint8Array.of(0xff, 0xd8, 0xff, 0xd9),
      Uint8Array.of(0xff, 0xd8, 7, 7),
    ].map((bytes) => problem(bytes)),
  ).toMatchInlineSnapshot(`
    [
      "FormatError: readJpeg: a.jpg: expected the marker 0xffd8, got something else at offset 0",
      "FormatError: readJpeg: a.jpg: expected a whole segment, got the end of the data at offset 10",
      "FormatError: readJpeg: a.jpg: expected the end marker 0xffd9, got the end of the data at offset 612",
      "FormatError: readJpeg: a.jpg: expected an image that 614 bytes can hold, got 65535×65535 at offset 159",
      "FormatError: readJpeg: a.jpg: expected a valid image, got one that does not decode: Bogus DQT index 15",
      "FormatError: readJpeg: a.jpg: expected a frame, got none at offset 2",
      "FormatError: readJpeg: a.jpg: expected the end marker 0xffd9, got the end of the data at offset 4",
    ]
  `);
  expect(problem(good, { maxPixels: 63 })).toMatchInlineSnapshot(
    `"FormatError: readJpeg: a.jpg: expected at most 63 pixels (\`maxPixels\`), got 8×8"`,
  );
});

test('readJpeg of a changed image gives an image or a FormatError', () => {
  const good = encoded(17, 9, (x, y) => [10 * x, 20 * y, (x * y) % 255]);
  const change = fc.record({ at: fc.nat(), remove: fc.nat(3), insert: fc.uint8Array({ maxLength: 3 }) });
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
      const bytes = [...good];
      for (const { at, remove, insert } of changes) bytes.splice(2 + (at % bytes.length), remove, ...insert);
      expect(problem(Uint8Array.from(bytes))).toMatch(/^(read|FormatError)/);
    }),
    { numRuns: 60 },
  );
});

describe.skipIf(!hasRealData('images', 1))('real images', () => {
  test('readJpeg reads rocket.jpg and throws for truncated.jpg', () => {
    const rocket = readJpeg(readRealData('images/rocket.jpg'));
    expect(rocket.shape).toEqual([427, 640, 3]);
    expect(problem(readRealData('images/truncated.jpg'))).toMatch(/^FormatError: readJpeg: a.jpg/);
    expect(problem(readRealData('images/rocket.jpg').subarray(0, 50_000))).toMatch(/the end marker/);
  });
});

test('the decoder leaves the global object as it was', () => {
  expect(readJpeg(encoded(4, 2, () => [1, 2, 3])).shape).toHaveLength(3);
  expect('ImageData' in globalThis).toBe(false);
});
