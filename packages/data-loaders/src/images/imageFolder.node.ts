import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { MissingDataError, showValue } from '@chainrule/errors';
import { Tensor } from '@chainrule/tensor';
import { Dataset } from '../dataset/dataset.ts';
import { readJpeg, type ReadPictureOptions } from './readJpeg.ts';
import { readPng } from './readPng.ts';
import { type Channels, toChannels } from './toChannels.ts';

/** A picture of a folder and what it shows. */
export type FolderImage = {
  readonly image: Tensor<[number, number, number], 'uint8'>;
  readonly label: Tensor<[], 'int32'>;
};

/** Pictures in folders, one for each class. */
export interface ImageFolder {
  /** The pictures, read when they are asked for. */
  readonly data: Dataset<FolderImage>;
  /** The names of the folders in alphabetical order; a label is a place in it. */
  readonly classes: readonly string[];
  /** The path of each picture, in the order of `data`. */
  readonly files: readonly string[];
}

/** Options of {@link imageFolder}. */
export interface ImageFolderOptions extends Omit<ReadPictureOptions, 'name'> {
  /** 1 for grey, 3 for colours, 4 for colours and alpha; by default 3. */
  readonly channels?: Channels;
}

const decoders: Readonly<Record<string, (bytes: Uint8Array, options: ReadPictureOptions) => Tensor>> = {
  '.png': readPng,
  '.jpg': readJpeg,
  '.jpeg': readJpeg,
};

/**
 * The PNG and JPEG pictures in the folders of a folder, one for each class, as in `cats/1.png`. Other files are left
 * out. A batch needs pictures of one size; `map` brings them there.
 *
 * @throws MissingDataError when there is no such folder or no picture
 * @throws FormatError while iterating, when a picture is damaged or too large
 * @example
 * try {
 *   imageFolder('no-such-folder');
 * } catch (error) {
 *   (error as Error).name; // => MissingDataError
 * }
 */
export function imageFolder(path: string, options: ImageFolderOptions = {}): ImageFolder {
  const { channels = 3, ...limits } = options;
  const classes = namesIn(path, true);
  const pictures = classes.flatMap((name, label) =>
    namesIn(join(path, name), false)
      .filter((file) => decoderOf(file))
      .map((file) => ({ file: join(path, name, file), label })),
  );
  if (!pictures.length) throw new MissingDataError(`imageFolder: expected PNG or JPEG files in the folders of ${showValue(path)}, got none in ${classes.length} folders`);
  const data = Dataset.from(pictures).map(({ file, label }): FolderImage => {
    const picture = decoderOf(file)!(readFileSync(file), { ...limits, name: file });
    return { image: toChannels(picture, channels), label: new Tensor([], 'int32', Int32Array.of(label)) };
  });
  return { data, classes, files: pictures.map(({ file }) => file) };
}

function decoderOf(file: string): (typeof decoders)[string] | undefined {
  const ending = extname(file).toLowerCase();
  return Object.hasOwn(decoders, ending) ? decoders[ending] : undefined;
}

/** The folders or the files in a folder, sorted in the same way everywhere. */
function namesIn(path: string, folders: boolean): string[] {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => (folders ? entry.isDirectory() : entry.isFile() || entry.isSymbolicLink()))
      .map((entry) => entry.name)
      .sort();
  } catch (cause) {
    throw new MissingDataError(`imageFolder: expected a folder ${showValue(path)}, got none`, { cause });
  }
}
