import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { ChainruleError, MissingDataError, showValue } from '@chainrule/errors';
import { aCount, checkOptions, checkThat, oneOf } from '@chainrule/errors/check';
import { Tensor } from '@chainrule/tensor';
import { someText } from '../checks.ts';
import { Dataset } from '../dataset/dataset.ts';
import { warn } from '../warn.ts';
import { decodeBySharp, decodePlain, plainKinds, type Sharp, sharpKinds } from './decodeFile.node.ts';
import { failFile, type PictureFile, pictureFiles } from './pictureFiles.node.ts';
import type { ReadPictureOptions } from './readJpeg.ts';
import { type Channels, toChannels } from './toChannels.ts';

/** A picture of a folder and what it shows. */
export type FolderImage = {
  readonly image: Tensor<[number, number, number], 'uint8'>;
  readonly label: Tensor<[], 'int32'>;
};

/** A file that is left out. */
export interface SkippedFile {
  readonly file: string;
  readonly reason: string;
}

/** Pictures in folders, one for each class. */
export interface ImageFolder {
  /** The pictures, read when they are asked for. With `sharp`, iterate with `for await`. */
  readonly data: Dataset<FolderImage>;
  /** The names of the folders in alphabetical order; a label is a place in it. */
  readonly classes: readonly string[];
  /** The path of each picture, in the order of `data`. */
  readonly files: readonly string[];
  /** The files that are left out: pictures in formats that are not decoded, and with `onError: 'skip'` damaged ones as they are met. */
  readonly skipped: readonly SkippedFile[];
}

/** Options of {@link imageFolder}. */
export interface ImageFolderOptions extends Omit<ReadPictureOptions, 'name'> {
  /** 1 for gray, 3 for colors, 4 for colors and alpha; by default 3. */
  readonly channels?: Channels;
  /** Whether a damaged picture, or a link that leads nowhere, is an error or is skipped with one warning; by default `throw`. */
  readonly onError?: 'throw' | 'skip';
  /** The function of the package sharp (`import sharp from 'sharp'`). It decodes in threads of its own, and GIF, WebP, TIFF and AVIF as well. */
  readonly sharp?: Sharp;
}

/** How many pictures sharp begins before they are asked for: enough to keep its threads busy. */
const prefetchCount = 8;
const aSharp = /* @__PURE__ */ checkThat('the function of the package sharp', (value) => typeof value === 'function');

/**
 * The pictures in the folders of a folder, one folder for each class, as in `cats/1.png`. Pictures in folders below
 * belong to the class above them; links are followed; names that begin with a dot, and `__MACOSX`, are left out.
 *
 * The content of a file decides about its decoder. PNG and JPEG are decoded here, with the values that Pillow gives;
 * other formats need `sharp`, or a warning and `skipped` name them. Files that are no pictures are left out. A batch
 * needs pictures of one size; `map` brings them there.
 *
 * @throws MissingDataError if there is no such folder or no picture
 * @throws FormatError if a link leads nowhere; while iterating, if a picture is damaged or too large
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
    maxPixels: aCount,
    onError: oneOf('throw', 'skip'),
    sharp: aSharp,
  });
  const { channels = 3, maxPixels = 2 ** 26, onError = 'throw', sharp } = options;
  const skipped = new Skipped();
  const { classes, pictures } = pictureFiles(
    path,
    onError === 'throw' ? failFile : (file, reason) => skipped.add(file, reason),
  );
  const isDecoded = ({ kind }: PictureFile): boolean =>
    kind === undefined || (sharp ? sharpKinds : plainKinds).has(kind);
  for (const { file, kind } of pictures.filter((picture) => !isDecoded(picture))) {
    skipped.add(
      file,
      `a ${kind} picture, which ${sharpKinds.has(kind) ? 'needs the option `sharp`' : 'is not decoded; convert it to PNG'}`,
    );
  }
  skipped.warn();
  const found = pictures.filter(isDecoded);
  if (!found.length)
    throw new MissingDataError(
      `imageFolder: expected pictures in the folders of ${showValue(path)}, got none in ${classes.length} folders${skipped.list.length ? ` besides ${skipped.list.length} skipped` : ''}`,
    );
  const finish = (picture: Tensor, label: number): FolderImage => ({
    image: toChannels(picture, channels),
    label: new Tensor([], 'int32', Int32Array.of(label)),
  });
  const load = ({ file, label, kind }: PictureFile): FolderImage | Promise<FolderImage> => {
    const named = { name: file, maxPixels };
    if (!sharp) return finish(decodePlain(readFileSync(file), kind, named), label);
    return readFile(file).then(async (bytes) => finish(await decodeBySharp(sharp, bytes, kind, named), label));
  };
  const all = Dataset.from(found);
  const whole = (): Dataset<FolderImage> =>
    all
      .map((picture) => skipped.attempt(picture.file, () => load(picture)))
      .filter((picture) => picture !== undefined) as Dataset<FolderImage>;
  const data = onError === 'throw' ? all.map(load) : whole();
  return {
    data: sharp ? data.prefetch(prefetchCount) : data,
    classes,
    files: found.map(({ file }) => file),
    skipped: skipped.list,
  };
}

/** The files that are left out, each once, and the warnings about them. */
class Skipped {
  readonly list: SkippedFile[] = [];
  readonly #files = new Set<string>();
  #hasWarned = false;

  add(file: string, reason: string): void {
    if (this.#files.has(file)) return;
    this.#files.add(file);
    this.list.push({ file, reason });
  }

  /** Says what is left out before the first picture is read. */
  warn(): void {
    const [first] = this.list;
    if (first)
      warn(
        `imageFolder: skipped ${this.list.length} ${this.list.length === 1 ? 'file' : 'files, the first one'}: ${first.file}: ${first.reason}; \`skipped\` lists all`,
      );
  }

  /** What `load` gives; nothing, and one warning for all, if the file is damaged. */
  attempt(
    file: string,
    load: () => FolderImage | Promise<FolderImage>,
  ): FolderImage | undefined | Promise<FolderImage | undefined> {
    const skip = (error: unknown): undefined => {
      if (!(error instanceof ChainruleError) && (error as NodeJS.ErrnoException).syscall === undefined) throw error;
      this.add(file, (error as Error).message);
      if (!this.#hasWarned)
        warn(
          `imageFolder: skipped a damaged picture: ${(error as Error).message}; \`skipped\` lists all, and no more warnings follow`,
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
