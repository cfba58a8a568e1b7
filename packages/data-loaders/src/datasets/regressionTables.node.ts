import type { Tensor } from '@chainrule/tensor';
import type { DataSetOptions } from './locate.node.ts';
import { readTable, type RemoteTable } from './readTable.node.ts';

/** A table of measured features, with a number to predict for each row. */
export interface RegressionTable {
  /** `[rows, features]`, unscaled; NaN where a value is missing. */
  readonly x: Tensor<[number, number], 'float32'>;
  /** `[rows, 1]` */
  readonly y: Tensor<[number, number], 'float32'>;
  readonly features: readonly string[];
  /** The name of the number to predict. */
  readonly target: string;
}

/** The cars of {@link autoMpg}. */
export interface AutoMpg extends RegressionTable {
  /** The name of each car. */
  readonly names: readonly string[];
}

const housingFile: RemoteTable = {
  file: 'housing.csv',
  rows: 506,
  sha256: '2682ca02e83b89467d7d0cdcbde7c0cc4d2566119be8ce8d84dad4f0fa20859a',
  from: ['https://raw.githubusercontent.com/jbrownlee/Datasets/d20fcb6402ae34e653d4513b00f39257bb37ed7f/'],
};
const housingFeatures = [
  'crime',
  'large lots',
  'industry',
  'river',
  'nitric oxides',
  'rooms',
  'built before 1940',
  'distance to work',
  'highways',
  'tax',
  'pupils per teacher',
  'black residents',
  'lower status',
];

const mpgFile: RemoteTable = {
  file: 'auto-mpg.data',
  rows: 398,
  sha256: '48b830e11feee5572525f8f1691ddb9d38d3d7b7063edcd8fca672c2a5e17d8d',
  from: [
    'https://raw.githubusercontent.com/lazyprogrammer/machine_learning_examples/9c35878543c99be13dd5201a5d1bebf492bcd2b4/tf2.0/',
    'https://archive.ics.uci.edu/ml/machine-learning-databases/auto-mpg/',
  ],
};
const mpgFeatures = ['cylinders', 'displacement', 'horsepower', 'weight', 'acceleration', 'model year', 'origin'];

/**
 * 506 towns around Boston with 13 measurements each and the median price of a home in 1,000 dollars (Harrison, Rubinfeld, 1978),
 * in the version of the UCI repository: CRIM, ZN, INDUS, CHAS, NOX, RM, AGE, DIS, RAD, TAX, PTRATIO, B, LSTAT; MEDV. The
 * feature B encodes a harmful assumption about race; leave it out of anything but comparisons.
 *
 * @returns `x` of shape `[506, 13]`, `y` of shape `[506, 1]`
 * @throws MissingDataError if no folder has `housing.csv`, or the download fails
 * @throws FormatError if the file is damaged or incomplete
 * @example
 * const problem = await bostonHousing({ dataDir: 'no-such-folder' }).catch((error: Error) => error.name);
 * problem; // => MissingDataError
 */
export async function bostonHousing(options: DataSetOptions = {}): Promise<RegressionTable> {
  const target = 'median price';
  const table = await readTable('bostonHousing', housingFile, { header: [...housingFeatures, target] }, options);
  return { x: table.tensor(housingFeatures), y: table.tensor([target]), features: housingFeatures, target };
}

/**
 * 398 cars of 1970 to 1982 with their fuel consumption in miles per gallon (Quinlan, 1993), in the version of the UCI
 * repository. The horsepower of 6 cars is missing: NaN, which {@link imputer} replaces. The origin is 1 for America, 2 for
 * Europe and 3 for Japan.
 *
 * @returns `x` of shape `[398, 7]`, `y` of shape `[398, 1]`, and the cars' names
 * @throws MissingDataError if no folder has `auto-mpg.data`, or the download fails
 * @throws FormatError if the file is damaged or incomplete
 * @example
 * const problem = await autoMpg({ dataDir: 'no-such-folder' }).catch((error: Error) => error.name);
 * problem; // => MissingDataError
 */
export async function autoMpg(options: DataSetOptions = {}): Promise<AutoMpg> {
  const target = 'miles per gallon';
  const format = { header: [target, ...mpgFeatures, 'name'], delimiter: 'whitespace', na: ['?'] } as const;
  const table = await readTable('autoMpg', mpgFile, format, options);
  return {
    x: table.tensor(mpgFeatures, { missing: NaN }),
    y: table.tensor([target]),
    features: mpgFeatures,
    target,
    names: table.text('name'),
  };
}
