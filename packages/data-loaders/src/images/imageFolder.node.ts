import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { ChainruleError, MissingDataError, showValue } from '@chainrule/errors';
import { aBoolean, aCount, checkOptions, checkThat, oneOf } from '@chainrule/errors/check';
import { Tensor } from '@chainrule/tensor';
import { someText } from '../checks.ts';
import { Dataset } from '../dataset/dataset.ts';
import { warn } from '../warn.ts';
import { decodeBySharp, decodePlain, plainKinds, type Sharp, sharpKinds } from './decodeFile.node.ts';
import { failFile, type ImageFile, imageFiles } from './imageFiles.node.ts';
import type { ReadImageFileOptions } from './readJpeg.ts';
import { resizeImage } from './resizeImage.ts';
import { type Channels, toChannels } from './toChannels.ts';

/** An image of a folder, and its class. */
export type FolderImage = {
  readonly image: Tensor<[number, number, number], 'uint8'>;
  readonly label: Tensor<[], 'int32'>;
};

/** A skipped file. */
export interface SkippedFile {
  readonly file: string;
  readonly reason: string;
}

/** Images in folders, one folder per class. */
export interface ImageFolder {
  /** The images, read on demand. With `sharp`, iterate with `for await`. */
  readonly data: Dataset<FolderImage>;
  /** The names of the folders in alphabetical order; a label is an index into it. */
  readonly classes: readonly string[];
  /** The path of each image, in the order of `data`. */
  readonly files: readonly string[];
  /** The skipped files: images in unsupported formats and, with `onError: 'skip'`, damaged images as iteration meets them. */
  readonly skipped: readonly SkippedFile[];
}

/** Options of {@link imageFolder}. */
export interface ImageFolderOptions extends Omit<ReadImageFileOptions, 'name'> {
  /** 1 for gray, 3 for RGB, 4 for RGBA; by default 3. */
  readonly channels?: Channels;
  /** The `[height, width]` to resize every image to, regardless of its aspect ratio. By default images keep their size. */
  readonly size?: readonly [height: number, width: number];
  /** Whether to average over all pixels when an image shrinks, as Pillow does (default), or to use only the nearest, as Keras does. */
  readonly antialias?: boolean;
  /** Whether a damaged image or a broken link throws, or is skipped with one warning; by default `throw`. */
  readonly onError?: 'throw' | 'skip';
  /** The function of the package sharp (`import sharp from 'sharp'`). It decodes in its own threads, and supports GIF, WebP, TIFF and AVIF, too. */
  readonly sharp?: Sharp;
}

/** The number of images that sharp starts to decode in advance, enough to keep its threads busy. */
const prefetchCount = 8;
const aSize = /* @__PURE__ */ checkThat(
  'two positive integers [height, width]',
  (value) => Array.isArray(value) && value.length === 2 && value.every((n) => Number.isInteger(n) && n > 0),
);
const aSharp = /* @__PURE__ */ checkThat('the function of the package sharp', (value) => typeof value === 'function');

/**
 * Reads the images in the subfolders of a folder, one subfolder per class, such as `cats/1.png`. Images in deeper folders
 * belong to the class above them. Follows links. Skips `__MACOSX` and names that begin with a dot.
 *
 * The content of a file determines its decoder. PNG and JPEG have built-in decoders, with the same values as Pillow. Other
 * formats need `sharp`; without it, they are skipped with a warning and listed in `skipped`. Files that are not images are
 * ignored. A batch needs images of one size: `size` resizes them by linear interpolation.
 *
 * @throws MissingDataError if the folder does not exist or contains no images
 * @throws FormatError if a link is broken; while iterating, if an image is damaged or too large
 * @throws OptionError for an option out of range
 * @example
 * try {
 *   imageFolder('no-such-folder');
 * } catch (error) {
 *   (error as Error).name; // => MissingDataError
 * }
 */
export function imageFolder(path: string, options: ImageFolderOptions = {}): ImageFolder {
  someText('imageFolder', 'path', path);
  checkOptions('imageFolder', options, {
    channels: oneOf(1, 3, 4),
    size: aSize,
    antialias: aBoolean,
    maxPixels: aCount,
    onError: oneOf('throw', 'skip'),
    sharp: aSharp,
  });
  const { channels = 3, size, antialias = true, maxPixels = 2 ** 26, onError = 'throw', sharp } = options;
  const skipped = new Skipped();
  const { classes, images } = imageFiles(
    path,
    onError === 'throw' ? failFile : (file, reason) => skipped.add(file, reason),
  );
  const isDecoded = ({ kind }: ImageFile): boolean => kind === undefined || (sharp ? sharpKinds : plainKinds).has(kind);
  for (const { file, kind } of images.filter((image) => !isDecoded(image))) {
    skipped.add(
      file,
      `a ${kind} image, which ${sharpKinds.has(kind) ? 'needs the option `sharp`' : 'is not decoded; convert it to PNG'}`,
    );
  }
  skipped.warn();
  const found = images.filter(isDecoded);
  if (!found.length)
    throw new MissingDataError(
      `imageFolder: expected images in the folders of ${showValue(path)}, got none in ${classes.length} folders${skipped.list.length ? ` besides ${skipped.list.length} skipped` : ''}`,
    );
  const finish = (image: Tensor, label: number): FolderImage => {
    const pixels = toChannels(image, channels);
    return {
      image: size ? resizeImage(pixels, size, antialias) : pixels,
      label: new Tensor([], 'int32', Int32Array.of(label)),
    };
  };
  const load = ({ file, label, kind }: ImageFile): FolderImage | Promise<FolderImage> => {
    const named = { name: file, maxPixels };
    if (!sharp) return finish(decodePlain(readFileSync(file), kind, named), label);
    return readFile(file).then(async (bytes) => finish(await decodeBySharp(sharp, bytes, kind, named), label));
  };
  const all = Dataset.from(found);
  const whole = (): Dataset<FolderImage> =>
    all
      .map((image) => skipped.attempt(image.file, () => load(image)))
      .filter((image) => image !== undefined) as Dataset<FolderImage>;
  const data = onError === 'throw' ? all.map(load) : whole();
  return {
    data: sharp ? data.prefetch(prefetchCount) : data,
    classes,
    files: found.map(({ file }) => file),
    skipped: skipped.list,
  };
}

/** Collects the skipped files, each once, and warns about them. */
class Skipped {
  readonly list: SkippedFile[] = [];
  readonly #files = new Set<string>();
  #hasWarned = false;

  add(file: string, reason: string): void {
    if (this.#files.has(file)) return;
    this.#files.add(file);
    this.list.push({ file, reason });
  }

  /** Warns about skipped files before the first image is read. */
  warn(): void {
    const [first] = this.list;
    if (first)
      warn(
        `imageFolder: skipped ${this.list.length} ${this.list.length === 1 ? 'file' : 'files, the first one'}: ${first.file}: ${first.reason}; \`skipped\` lists all`,
      );
  }

  /** Calls `load`; if the file is damaged, returns undefined and warns the first time. */
  attempt(
    file: string,
    load: () => FolderImage | Promise<FolderImage>,
  ): FolderImage | undefined | Promise<FolderImage | undefined> {
    const skip = (error: unknown): undefined => {
      if (!(error instanceof ChainruleError) && (error as NodeJS.ErrnoException).syscall === undefined) throw error;
      this.add(file, (error as Error).message);
      if (!this.#hasWarned)
        warn(
          `imageFolder: skipped a damaged image: ${(error as Error).message}; \`skipped\` lists all, and no more warnings follow`,
        );
      this.#hasWarned = true;
    };
    try {
      const loaded = load();
      return loaded instanceof Promise ? loaded.catch(skip) : loaded;
    } catch (error) {
      return skip(error);
    }
  }
}
