import { FormatError, showValue } from '@chainrule/errors';
import type { Tensor } from '@chainrule/tensor';
import { type DataSetOptions, locate, type RemoteFile } from './locate.node.ts';
import { readCsv } from '../csv/readCsv.ts';
import { readText } from '../text/readLines.ts';

/** Measurements in the order of time. */
export interface TimeSeries {
  /** `[time, features]`. */
  readonly values: Tensor<[number, number], 'float32'>;
  /** The date of each step, such as `1949-01` or `2013-02-08`. */
  readonly times: readonly string[];
  readonly features: readonly string[];
}

const passengersFile: RemoteFile = {
  file: 'airline-passengers.csv',
  sha256: '8cb51be753a718d9be5d76d7e238cc224792754676adc21faa59e954b0201621',
  from: ['https://raw.githubusercontent.com/jbrownlee/Datasets/d20fcb6402ae34e653d4513b00f39257bb37ed7f/'],
};

const starbucksFile: RemoteFile = {
  file: 'sbux.csv',
  sha256: '5c7987ebb395c466b1965b486275179b2774c9b3b9e2272e11b58d111e946d1f',
  from: [
    'https://raw.githubusercontent.com/lazyprogrammer/machine_learning_examples/9c35878543c99be13dd5201a5d1bebf492bcd2b4/tf2.0/',
  ],
};

/**
 * The monthly number of international airline passengers, in thousands, from 1949 to 1960 (Box and Jenkins, 1976).
 *
 * @returns `values` of shape `[144, 1]`
 * @throws MissingDataError if no folder has `airline-passengers.csv`, or the download fails
 * @throws FormatError if the file is damaged
 * @example
 * const problem = await airlinePassengers({ dataDir: 'no-such-folder' }).catch((error: Error) => error.name);
 * problem; // => MissingDataError
 */
export async function airlinePassengers(options: DataSetOptions = {}): Promise<TimeSeries> {
  return series(
    { op: 'airlinePassengers', folder: 'timeseries' },
    passengersFile,
    { time: 'Month', columns: ['Passengers'] },
    options,
  );
}

/**
 * Daily prices of Starbucks shares in dollars, and the volume, for trading days from 2013-02-08 to 2018-02-07. Prices before
 * the stock split of April 2015 are halved, so that returns are correct apart from dividends.
 *
 * @returns `values` of shape `[1259, 5]`: open, high, low, close, volume
 * @throws MissingDataError if no folder has `sbux.csv`, or the download fails
 * @throws FormatError if the file is damaged
 * @example
 * const problem = await starbucks({ dataDir: 'no-such-folder' }).catch((error: Error) => error.name);
 * problem; // => MissingDataError
 */
export async function starbucks(options: DataSetOptions = {}): Promise<TimeSeries> {
  return series(
    { op: 'starbucks', folder: 'tabular' },
    starbucksFile,
    { time: 'date', columns: ['open', 'high', 'low', 'close', 'volume'] },
    options,
  );
}

async function series(
  set: { readonly op: string; readonly folder: string },
  remote: RemoteFile,
  { time, columns }: { readonly time: string; readonly columns: readonly string[] },
  options: DataSetOptions,
): Promise<TimeSeries> {
  const [file] = await locate(set, [remote], options);
  const { name, bytes } = file!;
  const table = readCsv(readText(bytes, { name }), { name });
  const times = table.text(time);
  const early = times.findIndex((at, i) => i > 0 && at <= times[i - 1]!);
  if (early > 0)
    throw new FormatError(
      `${set.op}: ${name}: expected increasing times, got ${showValue(times[early])} after ${showValue(times[early - 1])}`,
    );
  return { values: table.tensor(columns), times, features: columns.map((column) => column.toLowerCase()) };
}
