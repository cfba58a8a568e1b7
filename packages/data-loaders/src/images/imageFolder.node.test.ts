import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'fast-png';
import jpeg from 'jpeg-js';
import sharp from 'sharp';
import { afterAll, expect, test, vi } from 'vitest';
import type { Tensor } from '@chainrule/tensor';
import { imageFolder } from './imageFolder.node.ts';

const folder = mkdtempSync(join(tmpdir(), 'chainrule-images-'));
afterAll(() => rmSync(folder, { recursive: true }));
for (const name of ['dogs', 'cats', 'empty']) mkdirSync(join(folder, name));
const png = (value: number): Uint8Array =>
  encode({ width: 2, height: 2, channels: 1, data: new Uint8Array(4).fill(value) });
writeFileSync(join(folder, 'dogs', '2.png'), png(2));
writeFileSync(join(folder, 'dogs', '10.PNG'), png(10));
writeFileSync(join(folder, 'dogs', 'notes.txt'), 'no picture');
writeFileSync(
  join(folder, 'cats', 'a.jpeg'),
  jpeg.encode({ width: 2, height: 2, data: new Uint8Array(16).fill(100) }, 90).data,
);
writeFileSync(join(folder, 'readme.txt'), 'no picture');

test('imageFolder yields images with labels in alphabetical order of the folders', () => {
  const { data, classes, files } = imageFolder(folder);
  expect([classes, files.map((file) => file.slice(folder.length + 1))]).toEqual([
    ['cats', 'dogs', 'empty'],
    [join('cats', 'a.jpeg'), join('dogs', '10.PNG'), join('dogs', '2.png')],
  ]);
  const [batch] = [...data.batch(3)];
  expect([batch!.image.shape, batch!.label.toArray(), batch!.image.data[12], batch!.image.data[24]]).toEqual([
    [3, 2, 2, 3],
    [0, 1, 1],
    10,
    2,
  ]);
  expect([...imageFolder(folder, { channels: 1 }).data.shuffle(1).take(1)][0]!.image.shape).toEqual([2, 2, 1]);
});

test('imageFolder errors name a missing or damaged file', () => {
  expect(() => imageFolder('no/such/folder')).toThrowErrorMatchingInlineSnapshot(
    `[MissingDataError: imageFolder: expected a folder "no/such/folder", got none]`,
  );
  expect(() => imageFolder(join(folder, 'empty'))).toThrow(
    /^imageFolder: expected images in the folders of .*, got none in 0 folders$/,
  );
  expect(() => imageFolder(join(folder, 'readme.txt'))).toThrow(/^imageFolder: expected a folder .*, got a file$/);
  mkdirSync(join(folder, 'zebras'));
  writeFileSync(join(folder, 'zebras', 'a.png'), png(1).subarray(0, 40));
  expect(() => [...imageFolder(folder).data]).toThrow(join(folder, 'zebras', 'a.png'));
});

/** Makes a folder with files; a string is the target of a link. */
function folderOf(files: Record<string, Uint8Array | string>): string {
  const root = mkdtempSync(join(folder, 'tree-'));
  for (const [file, content] of Object.entries(files)) {
    const path = join(root, file);
    mkdirSync(join(path, '..'), { recursive: true });
    if (typeof content === 'string') symlinkSync(content, path);
    else writeFileSync(path, content);
  }
  return root;
}
const gif = Uint8Array.from(
  Buffer.from('GIF89a\x01\0\x01\0\x80\0\0\x07\x08\x09\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;', 'latin1'),
);
const bmp = Uint8Array.from([
  0x42,
  0x4d,
  58,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  54,
  0,
  0,
  0,
  40,
  0,
  0,
  0,
  1,
  0,
  0,
  0,
  1,
  0,
  0,
  0,
  1,
  0,
  24,
  0,
  ...new Uint8Array(24),
  1,
  2,
  3,
  0,
]);
const labels = (path: string): [string, number][] => {
  const { data, files } = imageFolder(path);
  const found = [...data].map(({ label }) => label.item());
  return files.map((file, i) => [file.slice(path.length + 1), found[i]!]);
};

test('imageFolder skips hidden folders, follows links, and assigns nested images to the class above', () => {
  const path = folderOf({
    '.git/a.png': png(1),
    '__MACOSX/a.png': png(1),
    'cats/._a.png': Uint8Array.of(0, 5, 22, 7),
    'cats/a.png': png(1),
    'cats/more/deep/b.png': png(2),
    'cats/dir.png/c.png': png(3),
    'cats/loop': '.',
    'cats/all': '..',
    'cats/more/up': '../..',
    dogs: 'other-name',
    'other-name/d.png': png(4),
    'cats/linked.png': '../other-name/d.png',
  });
  expect(labels(path)).toEqual([
    ['cats/a.png', 0],
    ['cats/dir.png/c.png', 0],
    ['cats/linked.png', 0],
    ['cats/more/deep/b.png', 0],
    ['dogs/d.png', 1],
    ['other-name/d.png', 2],
  ]);
});

test('imageFolder chooses the decoder by content, and lists unsupported formats', () => {
  const path = folderOf({
    'a/1.jpg': png(7),
    'a/2': png(8),
    'a/3.webp': gif,
    'a/4.bmp': bmp,
    'a/BM.txt': new TextEncoder().encode('BMW is a car'),
  });
  const warn = vi.spyOn(console, 'warn').mockReturnValue(undefined);
  const { data, skipped } = imageFolder(path, { channels: 1 });
  expect([...data].map(({ image }) => image.data[0])).toEqual([7, 8]);
  expect(skipped.map(({ file, reason }) => [file.slice(path.length + 1), reason])).toEqual([
    ['a/3.webp', 'a GIF image, which needs the option `sharp`'],
    ['a/4.bmp', 'a BMP image, which is not decoded; convert it to PNG'],
  ]);
  expect(warn.mock.calls.flat().map((text) => String(text).replace(path, ''))).toMatchInlineSnapshot(`
    [
      "imageFolder: skipped 2 files, the first one: /a/3.webp: a GIF image, which needs the option \`sharp\`; \`skipped\` lists all",
    ]
  `);
  warn.mockRestore();
});

test('imageFolder throws for damaged images and broken links, or skips and counts them', () => {
  const path = folderOf({
    'a/1.png': png(7),
    'a/2.png': png(8).subarray(0, 40),
    'a/3.png': new Uint8Array(),
    'a/4.png': 'no-such-file',
    'a/5.png': png(9),
  });
  expect(() => imageFolder(path)).toThrow(
    /^imageFolder: .*4\.png: expected an image, got a broken link; remove it, or skip such files by `onError: 'skip'`$/,
  );
  const warn = vi.spyOn(console, 'warn').mockReturnValue(undefined);
  const { data, skipped } = imageFolder(path, { onError: 'skip', channels: 1 });
  for (let epoch = 0; epoch < 2; epoch++) expect([...data].map(({ image }) => image.data[0])).toEqual([7, 9]);
  expect([skipped.map(({ file }) => file.at(-5)), warn.mock.calls.length]).toEqual([['4', '2', '3'], 2]);
  expect(() => imageFolder(path, { onError: 'ignore' as 'skip' })).toThrowErrorMatchingInlineSnapshot(
    `[OptionError: imageFolder: \`onError\` must be "throw" or "skip", got "ignore"]`,
  );
  warn.mockRestore();
});

test('imageFolder with sharp gives the same values and supports more formats', async () => {
  const rgb = Uint8Array.from({ length: 16 * 16 * 4 }, (_, i) => (i * 37) % 251);
  const path = folderOf({
    'a/1.png': png(7),
    'a/2.png': encode({ width: 16, height: 16, channels: 3, data: rgb.slice(0, 768) }),
    'a/3.png': encode({ width: 16, height: 16, channels: 4, data: rgb }),
    'a/4.png': encode({ width: 1, height: 2, channels: 1, depth: 16, data: Uint16Array.of(0x1234, 0xfedc) }),
    'a/5.jpg': jpeg.encode({ width: 16, height: 16, data: rgb }, 90).data,
    'a/6.png': encode({ width: 2, height: 1, channels: 2, data: Uint8Array.of(1, 2, 3, 4) }),
  });
  const values = async (options: object): Promise<number[][]> => {
    const found: number[][] = [];
    for await (const { image } of imageFolder(path, { channels: 4, ...options }).data) found.push([...image.data]);
    return found;
  };
  expect(await values({ sharp })).toEqual(await values({}));
  const more = folderOf({ 'a/1.gif': gif, 'a/2.png': png(1).subarray(0, 40) });
  const warn = vi.spyOn(console, 'warn').mockReturnValue(undefined);
  const { data, skipped } = imageFolder(more, { sharp, onError: 'skip' });
  const found: number[][] = [];
  for await (const { image } of data) found.push([...image.data]);
  expect([found, skipped.length]).toEqual([[[7, 8, 9]], 1]);
  warn.mockRestore();
});

test('size resizes images of different sizes, so that they fit a batch', async () => {
  const gray = (width: number, height: number): Uint8Array =>
    encode({ width, height, channels: 1, data: Uint8Array.from({ length: width * height }, (_, i) => (i % 2) * 200) });
  const root = folderOf({ 'a/1.png': gray(6, 4), 'a/2.png': gray(2, 3), 'b/3.png': gray(1, 1), 'b/4.png': gray(4, 2) });
  const options = { size: [2, 4], channels: 1 } as const;
  const [batch] = [...imageFolder(root, options).data.batch(4)];
  expect([batch!.image.shape, batch!.image.dtype]).toEqual([[4, 2, 4, 1], 'uint8']);
  const values = ({ image }: { image: Tensor }, at: number): number[] => [...image.data.slice(8 * at, 8 * at + 8)];
  // The last one has that size.
  expect(values(batch!, 3)).toEqual([0, 200, 0, 200, 0, 200, 0, 200]);
  const plain = [...imageFolder(root, { ...options, antialias: false }).data.batch(4)][0]!;
  expect(values(plain, 3)).toEqual(values(batch!, 3));
  expect(values(plain, 0)).not.toEqual(values(batch!, 0));
  for await (const { image } of imageFolder(root, { ...options, sharp }).data.batch(4))
    expect(image).toEqual(batch!.image);
  expect(() => [...imageFolder(root).data.batch(4)]).toThrow('batch: ');
  for (const size of [48, [48], [0, 4], [2.5, 4], '48x48', [1, 2, 3]])
    expect(() => imageFolder(root, { size: size as never })).toThrow(
      'imageFolder: `size` must be two positive integers [height, width], got',
    );
});
