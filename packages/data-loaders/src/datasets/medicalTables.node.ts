import type { DataSetOptions } from './locate.node.ts';
import type { RemoteTable } from './readTable.node.ts';
import { labeled, type LabeledTable } from './tables.node.ts';

const pimaFile: RemoteTable = {
  file: 'pima-indians-diabetes.data.csv',
  rows: 768,
  sha256: '6bfe5d0f379d17a0e0819b996407e3c09bf80febd4287f2ed212190dfff154af',
  from: ['https://raw.githubusercontent.com/jbrownlee/Datasets/d20fcb6402ae34e653d4513b00f39257bb37ed7f/'],
};
const pimaFeatures = [
  'pregnancies',
  'glucose',
  'blood pressure',
  'skin thickness',
  'insulin',
  'body mass index',
  'pedigree',
  'age',
];

const arrhythmiaFile: RemoteTable = {
  file: 'arrhythmia.data',
  rows: 452,
  sha256: 'a7f0f4ca289a4c58b5ed85a9adb793189acd38425828ce3dfbb70adb45f30169',
  from: ['https://archive.ics.uci.edu/ml/machine-learning-databases/arrhythmia/'],
};
const leads = ['DI', 'DII', 'DIII', 'AVR', 'AVL', 'AVF', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'];
const widths = [
  ...['Q width', 'R width', 'S width', "R' width", "S' width", 'intrinsic deflections'],
  ...['ragged R', 'diphasic R', 'ragged P', 'diphasic P', 'ragged T', 'diphasic T'],
];
const amplitudes = [
  ...['JJ amplitude', 'Q amplitude', 'R amplitude', 'S amplitude', "R' amplitude"],
  ...["S' amplitude", 'P amplitude', 'T amplitude', 'QRSA', 'QRSTA'],
];
const ofLeads = (names: readonly string[]): string[] => leads.flatMap((lead) => names.map((name) => `${lead} ${name}`));
const arrhythmiaFeatures = [
  ...['age', 'sex', 'height', 'weight', 'QRS duration', 'P-R interval', 'Q-T interval', 'T interval', 'P interval'],
  ...['QRS angle', 'T angle', 'P angle', 'QRST angle', 'J angle', 'heart rate'],
  ...ofLeads(widths),
  ...ofLeads(amplitudes),
];
const arrhythmiaClasses = [
  'normal',
  'ischemic changes',
  'old anterior myocardial infarction',
  'old inferior myocardial infarction',
  'sinus tachycardia',
  'sinus bradycardia',
  'ventricular premature contraction',
  'supraventricular premature contraction',
  'left bundle branch block',
  'right bundle branch block',
  'first-degree AV block',
  'second-degree AV block',
  'third-degree AV block',
  'left ventricular hypertrophy',
  'atrial fibrillation or flutter',
  'others',
];

/**
 * 768 women of the Akimel O'odham (Pima) with eight measurements each, and whether diabetes was found within five years (Smith
 * et al., 1988). The file has zeros where glucose, blood pressure, skin thickness, insulin or body mass index is missing.
 *
 * @returns `x` of shape `[768, 8]`, classes `no diabetes` and `diabetes`
 * @throws MissingDataError if no folder has `pima-indians-diabetes.data.csv`, or the download fails
 * @throws FormatError if the file is damaged or incomplete
 * @example
 * const problem = await pimaDiabetes({ dataDir: 'no-such-folder' }).catch((error: Error) => error.name);
 * problem; // => MissingDataError
 */
export async function pimaDiabetes(options: DataSetOptions = {}): Promise<LabeledTable> {
  const table = await labeled('pimaDiabetes', pimaFile, pimaFeatures, ['0', '1'], options);
  return { ...table, classes: ['no diabetes', 'diabetes'] };
}

/**
 * 452 patients with 279 measurements of their electrocardiograms, of which 16 classes of arrhythmia are diagnosed (Güvenir et al.,
 * 1997), in the version of the UCI repository. Missing values are NaN, which {@link imputer} replaces. Three of the classes,
 * the AV blocks, have no patient.
 *
 * @returns `x` of shape `[452, 279]`, 16 classes
 * @throws MissingDataError if no folder has `arrhythmia.data`, or the download fails
 * @throws FormatError if the file is damaged or incomplete
 * @example
 * const problem = await arrhythmia({ dataDir: 'no-such-folder' }).catch((error: Error) => error.name);
 * problem; // => MissingDataError
 */
export async function arrhythmia(options: DataSetOptions = {}): Promise<LabeledTable> {
  const numbers = arrhythmiaClasses.map((_, i) => String(i + 1));
  const table = await labeled('arrhythmia', arrhythmiaFile, arrhythmiaFeatures, numbers, options, ['?']);
  return { ...table, classes: arrhythmiaClasses };
}
