import { join } from 'node:path';
import { FormatError, showValue } from '@chainrule/errors';
import { checkOptions } from '@chainrule/errors/check';
import { Tensor } from '@chainrule/tensor';
import { dataSetChecks, type DataSetOptions, findFiles, locate, type RemoteFile } from './locate.node.ts';
import { readCsv } from '../csv/readCsv.ts';
import { readLines, readText } from '../text/readLines.ts';
import type { NamedBytes } from './readMnist.ts';

/** Texts and the class of each. */
export interface LabeledTexts {
  readonly texts: readonly string[];
  /** `[texts]`, from 0. */
  readonly labels: Tensor<[number], 'int32'>;
  readonly classes: readonly string[];
}

const folder = 'text';
const spamAddress =
  'https://raw.githubusercontent.com/learn-co-students/dsc-document-classification-with-naive-bayes-lab-online-ds-pt-051319/2f98ca443ecd26e1088b369260f1e9782e2e36fc/';
const spamFile: RemoteFile = {
  file: 'SMSSpamCollection',
  sha256: '7d039a24a6083ed9ef0f806ebad56bbb976e3aeb8de05669173bfdc4996c239d',
  from: [spamAddress],
};
const messageClasses = ['ham', 'spam'];

const polarityAddress =
  'https://raw.githubusercontent.com/dennybritz/cnn-text-classification-tf/18762b459e21d9c70e5c242f8d43fc4e6db37a0d/data/rt-polaritydata/';
const polarityFiles: readonly RemoteFile[] = [
  {
    file: 'rt-polarity.neg',
    sha256: '2d11cfbc790f1cd96d78339f41ce53ced1efa83cd22d37d6788fa3fe3d17e2fd',
    from: [polarityAddress],
  },
  {
    file: 'rt-polarity.pos',
    sha256: '4134882974a28d0c7b5151256f0e33a6169984ee7372c279e673f1114f475d58',
    from: [polarityAddress],
  },
];

/**
 * 5,574 text messages in English, 747 of them spam (Almeida, Hidalgo, Yamakami, "Contributions to the study of SMS spam
 * filtering", 2011). Also reads the version `spam.csv` in ISO-8859-1, which lacks two messages.
 *
 * @returns classes `ham` and `spam`
 * @throws MissingDataError if no folder has `SMSSpamCollection` or `spam.csv`, or the download fails
 * @throws FormatError if the file is damaged
 * @example
 * const problem = await smsSpam({ dataDir: 'no-such-folder' }).catch((error: Error) => error.name);
 * problem; // => MissingDataError
 */
export async function smsSpam(options: DataSetOptions = {}): Promise<LabeledTexts> {
  const set = { op: 'smsSpam', folder, hint: 'put spam.csv there' };
  checkOptions('smsSpam', options, dataSetChecks);
  const csv = options.dataDir === undefined ? undefined : await spamCsv(options.dataDir);
  const [classes, texts] = csv ? fromCsv(csv) : fromLines((await locate(set, [spamFile], options))[0]!);
  return { texts, labels: labelsOf(classes.map((name) => messageClasses.indexOf(name))), classes: messageClasses };
}

/**
 * 10,662 sentences of film reviews, half of them positive (Pang, Lee, "Seeing stars", 2005: sentence polarity 1.0).
 *
 * @returns classes `negative` and `positive`, the negative sentences first
 * @throws MissingDataError if no folder has `rt-polarity.neg` and `rt-polarity.pos`, or the download fails
 * @throws FormatError if a file is damaged
 * @example
 * const problem = await rtPolarity({ dataDir: 'no-such-folder' }).catch((error: Error) => error.name);
 * problem; // => MissingDataError
 */
export async function rtPolarity(options: DataSetOptions = {}): Promise<LabeledTexts> {
  const files = await locate({ op: 'rtPolarity', folder }, polarityFiles, options);
  const parts = files.map(({ name, bytes }) =>
    readLines(bytes, { name })
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  );
  return {
    texts: parts.flat(),
    labels: labelsOf(parts.flatMap((part, label) => part.map(() => label))),
    classes: ['negative', 'positive'],
  };
}

/** Finds the version in ISO-8859-1 if the folder lacks the first one. */
async function spamCsv(dataDir: string): Promise<NamedBytes | undefined> {
  const folders = [dataDir, join(dataDir, folder)];
  return (await findFiles('smsSpam', folders, [spamFile.file]))
    ? undefined
    : (await findFiles('smsSpam', folders, ['spam.csv']))?.[0];
}

/** Parses a class, a tab and a message. */
function fromLines({ name, bytes }: NamedBytes): [classes: string[], texts: string[]] {
  const rows = readLines(bytes, { name }).map((line, i) => {
    const tab = line.indexOf('\t');
    const label = line.slice(0, Math.max(0, tab));
    if (!messageClasses.includes(label))
      throw new FormatError(
        `smsSpam: ${name}: expected ham or spam, a tab and a message in line ${i + 1}, got ${showValue(line)}`,
      );
    return [label, line.slice(tab + 1)] as const;
  });
  return [rows.map(([label]) => label), rows.map(([, text]) => text)];
}

/** Joins the columns of a row: a class, then a message, which spans several columns if its commas are not quoted. */
function fromCsv({ name, bytes }: NamedBytes): [classes: string[], texts: string[]] {
  const table = readCsv(readText(bytes, { name, encoding: 'latin1' }), { header: false, skip: 1, name });
  const [, ...columns] = table.columns.map((column) => table.text(column));
  const { labels } = table.classes('0', messageClasses);
  return [
    [...labels.data].map((label) => messageClasses[label]!),
    [...labels.data.keys()].map((row) =>
      columns
        .map((column) => column[row]!)
        .join(',')
        .replace(/,+$/, ''),
    ),
  ];
}

function labelsOf(labels: readonly number[]): Tensor<[number], 'int32'> {
  return new Tensor([labels.length], 'int32', Int32Array.from(labels));
}
