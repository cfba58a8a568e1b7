import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readImage } from './readImage.ts';

interface Golden {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly file: string;
  /** An image as decoded by Pillow. */
  readonly rgba: string;
}

const pictures = JSON.parse(readFileSync(join(import.meta.dirname, '../../testdata/images.json'), 'utf8')) as Golden[];

test.each(pictures)('readImage reads $name to the same pixels as Pillow', async ({ width, height, file, rgba }) => {
  const image = await readImage(Buffer.from(file, 'base64'), { channels: 4 });
  expect(image.shape).toEqual([height, width, 4]);
  expect(Buffer.from(image.data).toString('base64')).toBe(rgba);
});
