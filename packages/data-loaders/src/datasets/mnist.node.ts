import { aCount, checkOptions } from '@chainrule/errors/check';
import { aSplit, dataSetChecks, type DataSetOptions, locate, type RemoteFile } from './locate.node.ts';
import { type LabeledImages, readMnist } from './readMnist.ts';

/** Options of {@link mnist} and {@link fashionMnist}. */
export interface MnistOptions extends DataSetOptions {
  /** The training split of 60,000 images, or the test split of 10,000. */
  readonly split: 'train' | 'test';
  /** The number of images to read, at least 1; by default all. */
  readonly limit?: number;
}

type Digests = Readonly<Record<'train' | 'test', readonly [images: string, labels: string]>>;

const files = {
  train: ['train-images-idx3-ubyte.gz', 'train-labels-idx1-ubyte.gz'],
  test: ['t10k-images-idx3-ubyte.gz', 't10k-labels-idx1-ubyte.gz'],
} as const;

const digits: Digests = {
  train: [
    '440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609',
    '3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c',
  ],
  test: [
    '8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6',
    'f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6',
  ],
};

const clothes: Digests = {
  train: [
    '3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84',
    'a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845',
  ],
  test: [
    '346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073',
    '67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5',
  ],
};

/** The names of the classes of {@link fashionMnist}, by label. */
export const fashionMnistClasses: readonly string[] = [
  'T-shirt/top',
  'Trouser',
  'Pullover',
  'Dress',
  'Coat',
  'Sandal',
  'Shirt',
  'Sneaker',
  'Bag',
  'Ankle boot',
];

/**
 * Handwritten digits (LeCun, Cortes, Burges). Reads the four original files from `dataDir`, or else downloads, verifies and
 * caches them ({@link download}). Files may be packed with gzip, have a dot before `idx` in their names, be in folders of
 * their own names as on Kaggle, or in `MNIST/raw` as in torchvision.
 *
 * @returns images `[count, 28, 28, 1]` with gray values from 0 to 255, labels `[count]` from 0 to 9
 * @throws MissingDataError if no folder has both files of the split, or the download fails
 * @throws FormatError if a file is damaged or the two do not belong together
 * @throws OptionError for an unknown split or a `limit` below 1
 * @example
 * try {
 *   await mnist({ dataDir: 'no-such-folder', split: 'test' });
 * } catch (error) {
 *   (error as Error).name; // => MissingDataError
 * }
 */
export async function mnist(options: MnistOptions): Promise<LabeledImages> {
  const from = [
    'https://ossci-datasets.s3.amazonaws.com/mnist/',
    'https://storage.googleapis.com/cvdf-datasets/mnist/',
  ];
  return load(
    { op: 'mnist', folder: 'mnist', others: ['MNIST/raw'], hint: 'generate digits with `digits`' },
    digits,
    from,
    options,
  );
}

/**
 * Images of clothes (Xiao, Rasul, Vollgraf, 2017) in the format of {@link mnist}. {@link fashionMnistClasses} has the names
 * of the classes.
 *
 * @returns images `[count, 28, 28, 1]` with gray values from 0 to 255, labels `[count]` from 0 to 9
 * @throws MissingDataError if no folder has both files of the split, or the download fails
 * @throws FormatError if a file is damaged or the two do not belong together
 * @throws OptionError for an unknown split or a `limit` below 1
 * @example
 * try {
 *   await fashionMnist({ dataDir: 'no-such-folder', split: 'test' });
 * } catch (error) {
 *   (error as Error).name; // => MissingDataError
 * }
 */
export async function fashionMnist(options: MnistOptions): Promise<LabeledImages> {
  const from = [
    'https://storage.googleapis.com/tensorflow/tf-keras-datasets/',
    'https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/',
  ];
  return load({ op: 'fashionMnist', folder: 'fashion-mnist', others: ['FashionMNIST/raw'] }, clothes, from, options);
}

async function load(
  set: { op: string; folder: string; others: string[]; hint?: string },
  digests: Digests,
  from: readonly string[],
  options: MnistOptions,
): Promise<LabeledImages> {
  checkOptions(set.op, options, { ...dataSetChecks, split: aSplit, limit: aCount }, 'split');
  const { split, limit, ...rest } = options;
  const remote = files[split].map((file, i): RemoteFile => ({ file, sha256: digests[split][i]!, from }));
  const [images, labels] = await locate(set, remote, rest);
  return readMnist(images!, labels!, limit === undefined ? {} : { limit });
}
