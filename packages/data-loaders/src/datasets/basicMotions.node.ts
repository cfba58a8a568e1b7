import { checkOptions } from '@chainrule/errors/check';
import { maybeGunzip } from '../archives/gunzip.ts';
import { aSplit, dataSetChecks, type DataSetOptions, locate, type RemoteFile } from './locate.node.ts';
import { readText } from '../text/readLines.ts';
import { type LabeledSeries, readTimeSeries } from './readTimeSeries.ts';

/** Options of {@link basicMotions}. */
export interface BasicMotionsOptions extends DataSetOptions {
  /** The training or the test split, 40 series each. */
  readonly split: 'train' | 'test';
}

const from = [
  'https://raw.githubusercontent.com/aeon-toolkit/aeon/a101ddc8b35a65441609b45c9bcce5aeafa0c131/aeon/datasets/data/BasicMotions/',
];

const files: Readonly<Record<'train' | 'test', RemoteFile>> = {
  train: {
    file: 'BasicMotions_TRAIN.ts',
    sha256: '8dc43cc6306cb679c888c01e26f91772ac4441a916da43bac8b79734a538b9d6',
    from,
  },
  test: {
    file: 'BasicMotions_TEST.ts',
    sha256: '79213102bc6fca1a398ad98ce1185dff0208fa3d1465e687f48288946b0ff8dc',
    from,
  },
};

/**
 * Measurements of a smart watch while its wearers stood, ran, walked or played badminton (Clements; UEA archive, 2018): 100
 * steps of 0.1 s, with three axes of the accelerometer and three of the gyroscope.
 *
 * @returns series of shape `[100, 6]`, ten of each class
 * @throws MissingDataError if no folder has the file of the split, plain or packed, or the download fails
 * @throws FormatError if the file is damaged
 * @throws OptionError for an unknown split
 * @example
 * const problem = await basicMotions({ dataDir: 'no-such-folder', split: 'test' }).catch((error: Error) => error.name);
 * problem; // => MissingDataError
 */
export async function basicMotions(options: BasicMotionsOptions): Promise<LabeledSeries> {
  checkOptions('basicMotions', options, { ...dataSetChecks, split: aSplit }, 'split');
  const { split, ...rest } = options;
  const [file] = await locate({ op: 'basicMotions', folder: 'timeseries' }, [files[split]], rest);
  const { name, bytes } = file!;
  return readTimeSeries(readText(await maybeGunzip(bytes, { name }), { name }), { name });
}
