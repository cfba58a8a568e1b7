import { readFileSync } from 'node:fs';
import { tensor, type Tensor } from '@chainrule/tensor';
import { expect, test } from 'vitest';
import * as loaders from '../index.ts';
import type { Fold, QuantileScaler, Scaler } from '../index.ts';

type Rows = readonly (readonly number[])[];
interface SplitCase {
  readonly options: object;
  readonly rows?: number;
  readonly labels?: readonly number[];
  readonly groups?: readonly number[];
  readonly folds: readonly (readonly [train: readonly number[], test: readonly number[]])[];
}
interface ScalerCase {
  readonly scaler: 'standardScaler' | 'minMaxScaler' | 'robustScaler' | 'quantileScaler';
  readonly options: object;
  readonly x: Rows;
  readonly other: Rows;
  readonly transformed: Rows;
  readonly inverse: Rows;
}
interface ImputerCase {
  readonly options: loaders.ImputerOptions;
  readonly x: Rows;
  readonly other: Rows;
  readonly transformed: Rows;
}
interface EncoderCase {
  readonly encoder: 'oneHotEncoder' | 'ordinalEncoder';
  readonly options: object;
  readonly values: readonly string[] | readonly number[];
  readonly other: EncoderCase['values'];
  readonly known: EncoderCase['values'];
  readonly categories: readonly (number | string)[];
  readonly transformed: readonly unknown[];
}
interface Golden {
  readonly splits: Readonly<Record<string, SplitCase>>;
  readonly scalers: readonly ScalerCase[];
  readonly imputers: readonly ImputerCase[];
  readonly encoders: readonly EncoderCase[];
  readonly classWeights: { readonly labels: readonly number[]; readonly weights: readonly number[] };
}

const golden = JSON.parse(
  readFileSync(new URL('../../testdata/preparation.json', import.meta.url), 'utf8'),
  (_, value: unknown) => (value === 'NaN' ? NaN : value),
) as Golden;
const double = (rows: Rows): Tensor => tensor(rows as number[][], undefined, 'float64');
const near = (actual: Tensor, expected: Rows): void => {
  expect(actual.shape).toEqual([expected.length, expected[0]!.length]);
  [...actual.data].forEach((value, i) => expect(value).toBeCloseTo(expected.flat()[i]!, 9));
};
const again = <T extends object>(made: T): T => {
  const kind = made.constructor as new (state: unknown) => T;
  return new kind(JSON.parse(JSON.stringify(made)));
};

test.each(Object.entries(golden.splits))('folds agree with scikit-learn: %s', (name, given) => {
  const splitter = name.split(' ')[0] as 'kFold' | 'stratifiedKFold' | 'groupKFold' | 'timeSeriesSplit';
  const make = loaders[splitter] as (of: unknown, options: object) => Fold[];
  const folds = make(given.rows ?? given.labels ?? given.groups, given.options);
  expect(folds.map(({ train, test: held }) => [[...train], [...held]])).toEqual(given.folds);
});

test.each(golden.scalers.map((given) => [given.scaler, JSON.stringify(given.options), given] as const))(
  '%s with %s agrees with scikit-learn, even after a restart',
  (name, _, given) => {
    const make = loaders[name] as (x: Tensor, options: object) => Scaler | QuantileScaler;
    const fitted = make(double(given.x), given.options);
    for (const scaler of [fitted, again(fitted)]) {
      near(scaler.transform(double(given.other)), given.transformed);
      near(scaler.inverse(double(given.transformed)), given.inverse);
    }
  },
);

test.each(golden.imputers.map((given) => [JSON.stringify(given.options), given] as const))(
  'imputer with %s agrees with scikit-learn, even after a restart',
  (_, given) => {
    const fitted = loaders.imputer(double(given.x), given.options);
    for (const filling of [fitted, again(fitted)]) near(filling.transform(double(given.other)), given.transformed);
  },
);

test.each(golden.encoders.map((given) => [given.encoder, JSON.stringify(given.options), given] as const))(
  '%s with %s agrees with scikit-learn, even after a restart',
  (name, _, given) => {
    const fitted = loaders[name](given.values, given.options);
    for (const encoder of [fitted, again(fitted)]) {
      expect(encoder.categories).toEqual(given.categories);
      expect(encoder.transform(given.other as string[]).toArray()).toEqual(given.transformed);
      expect(encoder.inverse(encoder.transform(given.known as string[]))).toEqual(given.known);
    }
  },
);

test('class weights agree with scikit-learn', () => {
  const { labels, weights } = golden.classWeights;
  loaders.classWeights(labels).forEach((weight, k) => expect(weight).toBeCloseTo(weights[k]!, 14));
});
