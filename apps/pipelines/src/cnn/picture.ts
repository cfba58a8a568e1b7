import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MissingDataError } from '@chainrule/errors';
import { readPng } from '@chainrule/data-loaders/images';
import { averagePool2d, RandomSource, Tensor } from '@chainrule/tensor';

/** The sides of a picture are at most this long. */
const most = 256;

/**
 * A gray picture for filters: the first PNG file of a folder, or of its folder `images`, or `path` itself if it is a PNG file.
 *
 * @returns `[1, height, width, 1]` from 0 for black to 1 for white, no wider and no higher than 256
 */
export async function loadPicture(path: string): Promise<Tensor> {
  const file = await findPng(path);
  console.log(`picture: ${file}`);
  const decoded = readPng(await readFile(file));
  const gray = grayOf(decoded);
  const factor = Math.ceil(Math.max(gray.shape[1], gray.shape[2]) / most);
  return factor === 1 ? gray : averagePool2d(gray, { poolSize: factor });
}

async function findPng(path: string): Promise<string> {
  if (/\.png$/i.test(path)) return path;
  for (const folder of [path, join(path, 'images')]) {
    const names = await readdir(folder).catch((error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' || error.code === 'ENOTDIR' ? [] : Promise.reject(error),
    );
    const [first] = names.filter((name) => /\.png$/i.test(name)).sort();
    if (first !== undefined) return join(folder, first);
  }
  throw new MissingDataError(
    `filters: expected a PNG file in ${path} or its folder images, got none; \`--data-dir\` may also be the file itself`,
  );
}

/** The brightness of an image with 1 to 4 channels, the second or fourth of which is alpha (weights of ITU-R BT.601). */
function grayOf(image: Tensor): Tensor {
  const [height, width, channels] = image.shape;
  const largest = image.dtype === 'uint8' ? 255 : 65_535;
  const weights = channels < 3 ? [1] : [0.299, 0.587, 0.114];
  const values = image.data;
  return new Tensor(
    [1, height, width, 1],
    'float32',
    Float32Array.from(
      { length: height * width },
      (_, at) => weights.reduce((sum, weight, c) => sum + weight * values[at * channels + c]!, 0) / largest,
    ),
  );
}

/** Draws a picture with edges in all directions, flat places and some noise: `[1, 128, 128, 1]` from 0 to 1. */
export function drawScene(seed: number): Tensor {
  const size = 128;
  const random = new RandomSource(seed, 'points', 0);
  const brightness = (x: number, y: number): number => {
    if (Math.hypot(x - 38, y - 40) < 26) return 0.9;
    if (x > 78 && x < 116 && y > 16 && y < 56) return x > 90 && x < 104 && y > 28 && y < 44 ? 0.75 : 0.1;
    if (y > 76 && y < 118 && Math.abs(x - 36) < (y - 76) * 0.6) return 0.65;
    if (x > 72 && x < 120 && y > 72 && y < 120) return Math.floor((x + y) / 8) % 2 ? 0.85 : 0.25;
    return 0.35 + (0.25 * y) / size;
  };
  return new Tensor(
    [1, size, size, 1],
    'float32',
    Float32Array.from({ length: size * size }, (_, at) =>
      Math.min(1, Math.max(0, brightness(at % size, Math.floor(at / size)) + 0.01 * random.normal())),
    ),
  );
}
