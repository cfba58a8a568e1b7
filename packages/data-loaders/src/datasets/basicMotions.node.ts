import { checkOptions } from '@chainrule/errors/check';
import { maybeGunzip } from '../archives/gunzip.ts';
import { aSplit, dataSetChecks, type DataSetOptions, locate, type RemoteFile } from './locate.node.ts';
import { readText } from '../text/readLines.ts';
import { type LabeledSeries, readTimeSeries } from './readTimeSeries.ts';

/** Options of {@link basicMotions}. */
export interface BasicMotionsOptions extends DataSetOptions {
  /** 40 series to train with or 40 to test with. */
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
 * What a smart watch measured while its wearers stood, ran, walked or played badminton (Clements; UEA archive, 2018): 100
 * steps of a tenth of a second, of three axes of the accelerometer and three of the gyroscope.
 *
 * @returns series of shape `[100, 6]`, ten of each class
 * @throws MissingDataError when no folder holds the file of the split, plain or packed, or it cannot be downloaded
 * @throws FormatError when it is damaged
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
