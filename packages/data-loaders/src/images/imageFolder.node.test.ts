import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'fast-png';
import jpeg from 'jpeg-js';
import { afterAll, expect, test } from 'vitest';
import { imageFolder } from './imageFolder.node.ts';

const folder = mkdtempSync(join(tmpdir(), 'chainrule-images-'));
afterAll(() => rmSync(folder, { recursive: true }));
for (const name of ['dogs', 'cats', 'empty']) mkdirSync(join(folder, name));
const png = (value: number): Uint8Array => encode({ width: 2, height: 2, channels: 1, data: new Uint8Array(4).fill(value) });
writeFileSync(join(folder, 'dogs', '2.png'), png(2));
writeFileSync(join(folder, 'dogs', '10.PNG'), png(10));
writeFileSync(join(folder, 'dogs', 'notes.txt'), 'no picture');
writeFileSync(join(folder, 'cats', 'a.jpeg'), jpeg.encode({ width: 2, height: 2, data: new Uint8Array(16).fill(100) }, 90).data);
writeFileSync(join(folder, 'readme.txt'), 'no picture');

test('imageFolder gives pictures and labels of the folders in alphabetical order', () => {
  const { data, classes, files } = imageFolder(folder);
  expect([classes, files.map((file) => file.slice(folder.length + 1))]).toEqual([['cats', 'dogs', 'empty'], [join('cats', 'a.jpeg'), join('dogs', '10.PNG'), join('dogs', '2.png')]]);
  const [batch] = [...data.batch(3)];
  expect([batch!.image.shape, batch!.label.toArray(), batch!.image.data[12], batch!.image.data[24]]).toEqual([[3, 2, 2, 3], [0, 1, 1], 10, 2]);
  expect([...imageFolder(folder, { channels: 1 }).data.shuffle(1).take(1)][0]!.image.shape).toEqual([2, 2, 1]);
});

test('imageFolder says what is missing or damaged', () => {
  expect(() => imageFolder('no/such/folder')).toThrowErrorMatchingInlineSnapshot(`[MissingDataError: imageFolder: expected a folder "no/such/folder", got none]`);
  expect(() => imageFolder(join(folder, 'empty'))).toThrow(/^imageFolder: expected PNG or JPEG files in the folders of .*, got none in 0 folders$/);
  mkdirSync(join(folder, 'zebras'));
  writeFileSync(join(folder, 'zebras', 'a.png'), png(1).subarray(0, 40));
  expect(() => [...imageFolder(folder).data]).toThrow(join(folder, 'zebras', 'a.png'));
});
