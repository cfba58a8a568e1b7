import type { Tensor } from '@chainrule/tensor';
import { type DataSetOptions, locate, type RemoteFile } from './locate.node.ts';
import { readTable, type RemoteTable } from './readTable.node.ts';
import { readLines, readText } from '../text/readLines.ts';

/** A table of measured features, with a class per row. */
export interface LabeledTable {
  /** `[rows, features]`, unscaled; see {@link standardScaler}. NaN where a value is missing. */
  readonly x: Tensor<[number, number], 'float32'>;
  /** `[rows]`, from 0. */
  readonly y: Tensor<[number], 'int32'>;
  readonly features: readonly string[];
  readonly classes: readonly string[];
}

const datasets = 'https://raw.githubusercontent.com/jbrownlee/Datasets/d20fcb6402ae34e653d4513b00f39257bb37ed7f/';
const charRnn =
  'https://raw.githubusercontent.com/karpathy/char-rnn/6f9487a6fe5b420b7ca9afb0d7c078e37c1d1b4e/data/tinyshakespeare/input.txt';
const makemore = 'https://raw.githubusercontent.com/karpathy/makemore/988aa59e4d8fefa526d06f3b453ad116258398d4/';

const irisFile: RemoteTable = {
  file: 'iris.csv',
  rows: 150,
  sha256: 'f5d0c11e5c78a69a20dbb80baf2b24703f59a6687595752abb397d23732647c5',
  from: [datasets],
};
const irisFeatures = ['sepal length', 'sepal width', 'petal length', 'petal width'];

const wineFile: RemoteTable = {
  file: 'wine.csv',
  rows: 178,
  sha256: 'e9c16b779f9194945067f65118da6afb317ef60c6515879c50124dc4f6cdd756',
  from: [datasets],
};
const wineFeatures = [
  'alcohol',
  'malic acid',
  'ash',
  'alcalinity of ash',
  'magnesium',
  'total phenols',
  'flavanoids',
  'nonflavanoid phenols',
  'proanthocyanins',
  'color intensity',
  'hue',
  'od280/od315 of diluted wines',
  'proline',
];

const shakespeareFile: RemoteFile = {
  file: 'tinyshakespeare.txt',
  sha256: '86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed',
  from: [charRnn],
};
const namesFile: RemoteFile = {
  file: 'names.txt',
  sha256: '0a30b5557f192f32ab962680889aac5f6fda0f4cecf40a6d0b5694f58ea8cc4d',
  from: [makemore],
};

/**
 * 150 irises of three species (Fisher, 1936), in the version of the UCI repository.
 *
 * @returns `x` of shape `[150, 4]`, in cm
 * @throws MissingDataError if no folder has `iris.csv`, or the download fails
 * @throws FormatError if the file is damaged or incomplete
 * @example
 * const problem = await iris({ dataDir: 'no-such-folder' }).catch((error: Error) => error.name);
 * problem; // => MissingDataError
 */
export async function iris(options: DataSetOptions = {}): Promise<LabeledTable> {
  return labeled('iris', irisFile, irisFeatures, ['Iris-setosa', 'Iris-versicolor', 'Iris-virginica'], options);
}

/**
 * 178 wines of three cultivars (Forina et al., 1988), in the version of the UCI repository.
 *
 * @returns `x` of shape `[178, 13]`
 * @throws MissingDataError if no folder has `wine.csv`, or the download fails
 * @throws FormatError if the file is damaged or incomplete
 * @example
 * const problem = await wine({ dataDir: 'no-such-folder' }).catch((error: Error) => error.name);
 * problem; // => MissingDataError
 */
export async function wine(options: DataSetOptions = {}): Promise<LabeledTable> {
  return labeled('wine', wineFile, wineFeatures, ['1', '2', '3'], options);
}

/**
 * 40,000 lines of Shakespeare's plays, 1.1 MB, as collected by Karpathy for char-rnn.
 *
 * @throws MissingDataError if no folder has `tinyshakespeare.txt`, or the download fails
 * @throws FormatError if the file is damaged
 * @example
 * const problem = await tinyShakespeare({ dataDir: 'no-such-folder' }).catch((error: Error) => error.name);
 * problem; // => MissingDataError
 */
export async function tinyShakespeare(options: DataSetOptions = {}): Promise<string> {
  const [file] = await locate({ op: 'tinyShakespeare', folder: 'text' }, [shakespeareFile], options);
  return readText(file!.bytes, { name: file!.name });
}

/**
 * 32,033 first names in lowercase, as collected by Karpathy for makemore; 2,539 of them are duplicates.
 *
 * @throws MissingDataError if no folder has `names.txt`, or the download fails
 * @throws FormatError if the file is damaged
 * @example
 * const problem = await firstNames({ dataDir: 'no-such-folder' }).catch((error: Error) => error.name);
 * problem; // => MissingDataError
 */
export async function firstNames(options: DataSetOptions = {}): Promise<string[]> {
  const [file] = await locate({ op: 'firstNames', folder: 'text' }, [namesFile], options);
  return readLines(file!.bytes, { name: file!.name });
}

/** Reads a table of features with the class last; missing values become NaN. */
export async function labeled(
  op: string,
  remote: RemoteTable,
  features: readonly string[],
  classes: readonly string[],
  options: DataSetOptions,
  na: readonly string[] = [],
): Promise<LabeledTable> {
  const format = { header: [...features, 'class'], ...(na.length > 0 && { na }) };
  const table = await readTable(op, remote, format, options);
  return {
    x: table.tensor(features, na.length > 0 ? { missing: NaN } : {}),
    y: table.classes('class', classes).labels,
    features,
    classes,
  };
}
