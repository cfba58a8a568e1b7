import { checkOptions } from '@chainrule/errors/check';
import { Tensor } from '@chainrule/tensor';
import { maybeGunzip } from '../archives/gunzip.ts';
import { readTar } from '../archives/readTar.ts';
import { readText } from '../text/readLines.ts';
import { checkCount } from './checkCount.ts';
import { aSplit, dataSetChecks, type DataSetOptions, locate, type RemoteFile } from './locate.node.ts';
import type { LabeledTexts } from './texts.node.ts';

/** Options of {@link imdbReviews}. */
export interface ImdbOptions extends DataSetOptions {
  /** The training or the test split of 25,000 reviews each. */
  readonly split: 'train' | 'test';
}

const archive: RemoteFile = {
  file: 'aclImdb_v1.tar.gz',
  sha256: 'c40f74a18d3b61f90feba1e17730e0d38e8b97c05fde7008942e91923d1658fe',
  from: ['https://ai.stanford.edu/~amaas/data/sentiment/'],
};
/** A limit above the unpacked size of the archive. */
const maxBytes = 2 ** 29;
/** Reviews of each class in each split. */
const ofEach = 12_500;
const classes = ['negative', 'positive'];

/**
 * 50,000 film reviews, half of them positive (Maas et al., "Learning word vectors for sentiment analysis", 2011). Reads the
 * archive from `dataDir`, or downloads, verifies and caches it (84 MB). Reviews may hold `<br />`.
 *
 * @returns classes `negative` and `positive`, the negative reviews first, in the order of their numbers
 * @throws MissingDataError if no folder has `aclImdb_v1.tar`, plain or packed, or the download fails
 * @throws FormatError if the archive is damaged or does not have 12,500 reviews of each class
 * @throws OptionError for an unknown split
 * @example
 * const problem = await imdbReviews({ dataDir: 'no-such-folder', split: 'test' }).catch((error: Error) => error.name);
 * problem; // => MissingDataError
 */
export async function imdbReviews(options: ImdbOptions): Promise<LabeledTexts> {
  checkOptions('imdbReviews', options, { ...dataSetChecks, split: aSplit }, 'split');
  const { split, ...rest } = options;
  const [file] = await locate({ op: 'imdbReviews', folder: 'text' }, [archive], rest);
  const { name, bytes } = file!;
  const files = readTar(await maybeGunzip(bytes, { name, maxBytes }), { name });
  const reviews = ['neg', 'pos'].map((kind) => reviewsOf(files, `aclImdb/${split}/${kind}/`, name));
  const labels = reviews.flatMap((texts, label) => new Array<number>(texts.length).fill(label));
  return { texts: reviews.flat(), labels: new Tensor([labels.length], 'int32', Int32Array.from(labels)), classes };
}

/** The texts in a folder of the archive, whose files are named `number_rating.txt`. */
function reviewsOf(files: ReadonlyMap<string, Uint8Array>, folder: string, name: string): string[] {
  const found = [...files].flatMap(([path, bytes]) => {
    const number = path.startsWith(folder) && /^(\d+)_\d+\.txt$/.exec(path.slice(folder.length))?.[1];
    return number ? [{ number: Number(number), path, bytes }] : [];
  });
  checkCount('imdbReviews', name, { expected: ofEach, got: found.length, of: `reviews in ${folder}` });
  return found
    .sort((a, b) => a.number - b.number)
    .map(({ path, bytes }) => readText(bytes, { name: `${name}: ${path}` }));
}
