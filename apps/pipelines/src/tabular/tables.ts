import { readCsv } from '@chainrule/data-loaders';
import { pimaDiabetes, wine } from '@chainrule/data-loaders/node';
import {
  cast,
  Generator,
  mul,
  randomNormal,
  randomUniform,
  reshape,
  slice,
  tensor,
  type Tensor,
} from '@chainrule/tensor';
import { dataFile } from '../dataFile.ts';
import { filesOf } from '../filesOf.ts';
import type { TaskRun } from '../task.ts';

/** The rows of a table with a class each. */
export interface LabeledRows {
  /** `[rows, features]`; missing values are NaN. */
  readonly x: Tensor;
  /** `[rows]` in int32. */
  readonly y: Tensor;
  readonly classes: readonly string[];
}

/** Reads the table of a run: `pima`, `wine` or `breast-cancer`. */
export async function readRows({ dataset, options }: Pick<TaskRun, 'dataset' | 'options'>): Promise<LabeledRows> {
  if (dataset === 'wine') return wine(filesOf(options));
  return dataset === 'pima' ? pima(options) : breastCancer(options.dataDir!);
}

const health = ['healthy', 'ill'] as const;

/** 569 tumors with 30 measurements each; class 1 is benign. The first line of the file gives counts and classes. */
async function breastCancer(dataDir: string): Promise<LabeledRows> {
  const name = 'breast_cancer.csv';
  const text = await dataFile('tabular', dataDir, 'tabular', name);
  const all = readCsv(text, { header: false, skip: 1, name }).tensor();
  const columns = all.shape[1] - 1;
  const labels = slice(all, [0, columns], [-1, 1]);
  return {
    x: slice(all, [0, 0], [-1, columns]),
    y: cast(reshape(labels, [labels.size]), 'int32'),
    classes: ['malignant', 'benign'],
  };
}

/** Columns of Pima whose zeros are missing values: glucose, blood pressure, skin fold, insulin, body mass index. */
const neverZero = new Set([1, 2, 3, 4, 5]);

/** 768 women with 8 measurements each, of whom 268 have diabetes (Smith et al. 1988). */
async function pima(options: TaskRun['options']): Promise<LabeledRows> {
  const { x, y } = await pimaDiabetes(filesOf(options));
  const columns = x.shape[1];
  const values = Float32Array.from(x.data, (value, i) => (value === 0 && neverZero.has(i % columns) ? NaN : value));
  return { x: tensor(values, x.shape), y, classes: health };
}

const measurements = 6;

/**
 * Generated patients with six measurements, of which a twentieth is missing. A risk that is not linear, x₀ + x₁ + 1.5 x₂x₃ − x₄²
 * with logistic noise, decides: the given share with the highest risk is ill.
 */
export function patients(count: number, share: number, seed: number): LabeledRows {
  const rng = new Generator(seed).stream('patients');
  const measured = randomNormal(rng, [count, measurements]).data;
  const [noise, lost] = [randomUniform(rng, [count]).data, randomUniform(rng, [count, measurements]).data];
  const risks = Array.from(noise, (u, i) => {
    const [a, b, c, d, e] = measured.subarray(i * measurements, (i + 1) * measurements) as unknown as number[];
    return a! + b! + 1.5 * c! * d! - e! * e! + 0.5 * Math.log((u + 1e-9) / (1 - u));
  });
  const limit = [...risks].sort((a, b) => b - a)[Math.min(count - 1, Math.round(share * count))]!;
  return {
    x: mul(
      tensor(
        Float32Array.from(measured, (value, i) => (lost[i]! < 0.05 ? NaN : value)),
        [count, measurements],
      ),
      10,
    ),
    y: tensor(
      Int32Array.from(risks, (risk) => Number(risk > limit)),
      [count],
      'int32',
    ),
    classes: health,
  };
}
