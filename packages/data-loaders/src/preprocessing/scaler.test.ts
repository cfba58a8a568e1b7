import { tensor, zeros } from '@chainrule/tensor';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCsv } from '../csv/readCsv.ts';
import { hasRealData, readRealData } from '../../../../scripts/testing/realData.ts';
import { minMaxScaler, Scaler, type ScalerState, standardScaler } from './scaler.ts';

const table = fc.integer({ min: 1, max: 4 }).chain((width) =>
  fc.array(fc.array(fc.float({ noNaN: true, min: -1000, max: 1000 }), { minLength: width, maxLength: width }), {
    minLength: 1,
    maxLength: 20,
  }),
);

test('a standard scaler gives mean 0 and deviation 1, or 0 for a constant feature', () => {
  fc.assert(
    fc.property(table, (rows) => {
      const width = rows[0]!.length;
      const scaled = standardScaler(tensor(rows, [rows.length, width], 'float64')).transform(
        tensor(rows, [rows.length, width], 'float64'),
      );
      for (let i = 0; i < width; i++) {
        const column = [...scaled.data].filter((_, at) => at % width === i);
        const mean = column.reduce((sum, x) => sum + x, 0) / rows.length;
        const variance = column.reduce((sum, x) => sum + (x - mean) ** 2, 0) / rows.length;
        const isConstant = new Set(rows.map((row) => row[i]! + 0)).size === 1;
        expect(mean).toBeCloseTo(0, 5);
        // Values that differ only in their last bits lose the difference.
        if (isConstant) expect(column.every((x) => Math.abs(x) < 1e-9)).toBe(true);
        else if (Math.max(...rows.map((row) => Math.abs(row[i]!))) > 1e-100) expect(variance).toBeCloseTo(1, 4);
      }
    }),
  );
});

test('a min-max scaler reaches both ends of its range; a constant feature becomes the lower end', () => {
  fc.assert(
    fc.property(table, (rows) => {
      const x = tensor(rows, [rows.length, rows[0]!.length], 'float64');
      const scaled = minMaxScaler(x, { range: [-1, 1] }).transform(x);
      for (let i = 0; i < rows[0]!.length; i++) {
        const column = [...scaled.data].filter((_, at) => at % rows[0]!.length === i);
        expect(Math.min(...column)).toBeCloseTo(-1, 6);
        if (Math.max(...column) > -0.999) expect(Math.max(...column)).toBeCloseTo(1, 6);
      }
    }),
  );
});

test('inverse undoes transform, even after a restart', () => {
  fc.assert(
    fc.property(table, (rows) => {
      const x = tensor(rows, [rows.length, rows[0]!.length], 'float64');
      for (const fitted of [standardScaler(x), minMaxScaler(x)]) {
        const restored = new Scaler(JSON.parse(JSON.stringify(fitted)) as ScalerState);
        for (const [i, value] of restored.inverse(restored.transform(x)).data.entries())
          expect(value).toBeCloseTo(x.data[i]!, 6);
      }
    }),
  );
});

test('a scaler keeps other axes and converts pixels to float32', () => {
  const scaled = new Scaler({ offset: [1, 2], scale: [2, 2] }).transform(zeros([3, 4, 2], 'uint8'));
  expect([scaled.shape, scaled.dtype, scaled.data[1]]).toEqual([[3, 4, 2], 'float32', -1]);
});

test('errors name the mistake', () => {
  expect(() => standardScaler(zeros([0, 2]))).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: standardScaler: expects at least one row of features, got shape [0,2]]`,
  );
  expect(() =>
    standardScaler(
      tensor([
        [1, 2],
        [3, NaN],
      ]),
    ),
  ).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: standardScaler: expects finite values, got NaN in row 1, feature 1]`,
  );
  expect(() => minMaxScaler(zeros([2, 2]), { range: [1, 1] })).toThrowErrorMatchingInlineSnapshot(
    `[OptionError: minMaxScaler: \`range\` must rise, got [1,1]]`,
  );
  expect(() => standardScaler(zeros([2, 2])).transform(zeros([2, 3]))).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: transform: expects 2 features in the last axis, got shape [2,3]]`,
  );
  expect(() => new Scaler({ offset: [1], scale: [0] })).toThrowErrorMatchingInlineSnapshot(
    `[FormatError: Scaler: expected \`offset\` and \`scale\` of as many finite numbers, no scale 0, got [1] and [0]]`,
  );
  expect(() => new Scaler({ offset: ['1'] } as unknown as ScalerState)).toThrow('expected `offset` and `scale`');
});

describe.skipIf(!hasRealData('tabular/iris.csv', 1))('real features', () => {
  test('the scalers agree with scikit-learn on the iris data', () => {
    const x = readCsv(new TextDecoder().decode(readRealData('tabular/iris.csv')), { header: false }).tensor(
      ['0', '1', '2', '3'],
      { dtype: 'float64' },
    );
    const { offset, scale } = standardScaler(x);
    expect(offset.map((value) => value.toFixed(6))).toEqual(['5.843333', '3.054000', '3.758667', '1.198667']);
    expect(scale.map((value) => value.toFixed(6))).toEqual(['0.825301', '0.432147', '1.758529', '0.760613']);
    expect(minMaxScaler(x).offset).toEqual([4.3, 2, 1, 0.1]);
  });
});
