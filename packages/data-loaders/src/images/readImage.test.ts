import { encode } from 'fast-png';
import jpeg from 'jpeg-js';
import { afterEach, expect, test, vi } from 'vitest';
import { readImage } from './readImage.ts';
import { type Channels } from './toChannels.ts';

const picture = new Uint8Array(jpeg.encode({ width: 4, height: 2, data: new Uint8Array(32).fill(200) }, 95).data);
afterEach(() => vi.unstubAllGlobals());

test('readImage converts every kind of PNG to the requested channels', async () => {
  const of = (channels: 1 | 2 | 3 | 4, data: number[], depth: 8 | 16 = 8): Uint8Array =>
    encode({
      width: 1,
      height: 1,
      channels,
      depth,
      data: depth === 8 ? Uint8Array.from(data) : Uint16Array.from(data),
    });
  const read = async (bytes: Uint8Array, channels?: Channels): Promise<unknown> => [
    ...(await readImage(bytes, channels ? { channels } : {})).data,
  ];
  expect(await read(of(1, [7]))).toEqual([7, 7, 7]);
  expect(await read(of(2, [7, 9]), 4)).toEqual([7, 7, 7, 9]);
  expect(await read(of(3, [255, 0, 0]), 1)).toEqual([76]);
  expect(await read(of(3, [1, 2, 3]), 4)).toEqual([1, 2, 3, 255]);
  expect(await read(of(4, [1, 2, 3, 4]), 3)).toEqual([1, 2, 3]);
  expect(await read(of(1, [0x1234], 16), 1)).toEqual([0x12]);
  await expect(readImage(of(1, [7]), { channels: 2 as 1 })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[OptionError: readImage: \`channels\` must be 1, 3 or 4, got 2]`,
  );
});

test('readImage decodes JPEG outside browsers', async () => {
  expect((await readImage(picture)).shape).toEqual([2, 4, 3]);
  await expect(readImage(Uint8Array.of(0x47, 0x49), { name: 'a.gif' })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[FormatError: readImage: a.gif: expected a PNG or JPEG image, got something else]`,
  );
});

test('readImage uses the browser’s decoder and closes its bitmaps', async () => {
  const closed = vi.fn();
  vi.stubGlobal(
    'createImageBitmap',
    vi.fn((blob: Blob) =>
      blob.size === 1 ? Promise.reject(new Error('unknown')) : Promise.resolve({ width: 4, height: 2, close: closed }),
    ),
  );
  vi.stubGlobal(
    'OffscreenCanvas',
    class {
      getContext = (): unknown => ({
        drawImage: vi.fn(),
        getImageData: () => ({ data: new Uint8ClampedArray(32).fill(9) }),
      });
    },
  );
  const image = await readImage(picture);
  expect([image.shape, image.data[0], closed.mock.calls.length]).toEqual([[2, 4, 3], 9, 1]);
  await expect(readImage(Uint8Array.of(1), { name: 'a.xyz' })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[FormatError: readImage: a.xyz: expected an image that this browser decodes, got one that it does not]`,
  );
  await expect(
    readImage(Uint8Array.of(1, 2), { name: 'a.webp', maxPixels: 7 }),
  ).rejects.toThrowErrorMatchingInlineSnapshot(
    `[FormatError: readImage: a.webp: expected at most 7 pixels (\`maxPixels\`), got 4×2]`,
  );
  await expect(readImage(picture, { maxPixels: 7 })).rejects.toThrow('at most 7 pixels');
});
