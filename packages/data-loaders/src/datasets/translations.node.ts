import { FormatError, showValue } from '@chainrule/errors';
import { maybeGunzip } from '../archives/gunzip.ts';
import { readCsv } from '../csv/readCsv.ts';
import { readText } from '../text/readLines.ts';
import { type DataSetOptions, locate, type RemoteFile } from './locate.node.ts';

/** Sentences and their translations, in the same order. */
export interface SentencePairs {
  readonly sources: readonly string[];
  readonly targets: readonly string[];
}

/** Pairs in three parts. */
export interface SplitPairs {
  readonly train: SentencePairs;
  readonly validation: SentencePairs;
  readonly test: SentencePairs;
}

const pairsFile: RemoteFile = {
  file: 'simple_eng_fra.csv',
  sha256: 'f5f16c40e24df32d668454edcfe09b0a23e7962f199ad75f330e6adf35179ae3',
  from: ['https://raw.githubusercontent.com/kindrebo13/ltmwe/65fa2a94f64773e550c5c16769ac2949087dcac6/data/nmt/'],
};
const parts = ['train', 'val', 'test'];

/**
 * 13,062 short sentences in English with translations to French, from Tatoeba: 9,138 to train, 1,955 to validate and 1,969 to
 * test.
 *
 * @throws MissingDataError if no folder has `simple_eng_fra.csv`, or the download fails
 * @throws FormatError if the file is damaged
 * @example
 * const problem = await simpleEngFra({ dataDir: 'no-such-folder' }).catch((error: Error) => error.name);
 * problem; // => MissingDataError
 */
export async function simpleEngFra(options: DataSetOptions = {}): Promise<SplitPairs> {
  const [file] = await locate({ op: 'simpleEngFra', folder: 'translation' }, [pairsFile], options);
  const { name, bytes } = file!;
  const table = readCsv(readText(await maybeGunzip(bytes, { name }), { name }), { name });
  const [sources, splits, targets] = ['source_language', 'split', 'target_language'].map((column) =>
    table.text(column),
  ) as [string[], string[], string[]];
  const row = splits.findIndex((split) => !parts.includes(split));
  if (row >= 0)
    throw new FormatError(
      `simpleEngFra: ${name}: expected the splits train, val and test, got ${showValue(splits[row])} in row ${row + 1}`,
    );
  const part = (wanted: string): SentencePairs => {
    const isPart = (_: string, i: number): boolean => splits[i] === wanted;
    return { sources: sources.filter(isPart), targets: targets.filter(isPart) };
  };
  return { train: part('train'), validation: part('val'), test: part('test') };
}
