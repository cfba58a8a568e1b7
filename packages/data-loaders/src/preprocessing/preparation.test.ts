import { tensor, zeros } from '@chainrule/tensor';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  classWeights,
  columnTransformer,
  ColumnTransformer,
  type ColumnTransformerState,
  dropMissing,
  Imputer,
  imputer,
  type ImputerState,
  OneHotEncoder,
  oneHotEncoder,
  ordinalEncoder,
  OrdinalEncoder,
  QuantileScaler,
  quantileScaler,
  readCsv,
  robustScaler,
  standardScaler,
  TextImputer,
  textImputer,
} from '../index.ts';

describe('quantileScaler', () => {
  test('is monotone, stays in [0, 1] and is invertible, for any values', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, min: -1e3, max: 1e3 }), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 2, max: 40 }),
        (values, quantiles) => {
          const x = tensor(values, [values.length, 1], 'float64');
          const scaler = quantileScaler(x, { quantiles });
          const sorted = tensor(
            [...values].sort((a, b) => a - b),
            [values.length, 1],
            'float64',
          );
          const shares = [...scaler.transform(sorted).data];
          shares.forEach((share, i) => {
            expect(share).toBeGreaterThanOrEqual(i === 0 ? 0 : shares[i - 1]! - 1e-12);
            expect(share).toBeLessThanOrEqual(1);
          });
        },
      ),
    );
  });

  test('keeps NaN, and maps infinities to the ends', () => {
    const x = tensor([[0], [1], [2]]);
    const other = tensor([[NaN], [Infinity], [-Infinity]]);
    expect(quantileScaler(x).transform(other).toArray()).toEqual([[NaN], [1], [0]]);
    const normal = [...quantileScaler(x, { output: 'normal' }).transform(other).data];
    expect(normal[0]).toBeNaN();
    expect([normal[1]!.toFixed(3), normal[2]!.toFixed(3)]).toEqual(['5.199', '-5.199']);
  });

  test('of one row is 0, as in scikit-learn', () => {
    expect(
      quantileScaler(tensor([[7]]))
        .transform(tensor([[7], [8]]))
        .toArray(),
    ).toEqual([[0], [0]]);
  });
});

test('imputers treat a given number as missing', () => {
  const filling = imputer(tensor([[1], [-999], [3]]), { missing: -999, indicator: true });
  expect(
    new Imputer(JSON.parse(JSON.stringify(filling)) as ImputerState).transform(tensor([[-999], [5], [NaN]])).toArray(),
  ).toEqual([
    [2, 1],
    [5, 0],
    [2, 1],
  ]);
  expect(filling.featureNames(['age'])).toEqual(['age', 'missing(age)']);
});

test('dropMissing drops rows with NaN in any tensor, even all rows', () => {
  const { x, y } = dropMissing({ x: tensor([[1, 2], [NaN, 4], [5, 6]]), y: tensor([0, 1, NaN]) }); // prettier-ignore
  expect([x.toArray(), y.toArray()]).toEqual([[[1, 2]], [0]]);
  expect(dropMissing(tensor([NaN])).shape).toEqual([0]);
  expect(dropMissing(tensor([1, 2], [2], 'int32')).shape).toEqual([2]);
});

test('classes without rows get weight 1, and no labels give no weights', () => {
  expect(classWeights([0, 2, 2, 2], { classes: 4 })).toEqual([2, 1, 2 / 3, 1]);
  expect(classWeights([])).toEqual([]);
  expect(classWeights(tensor([1, 1], [2], 'int32'))).toEqual([1, 1]);
});

describe('columnTransformer', () => {
  const train = readCsv('name,age,fare,port,class\na,20,1,S,1\nb,,3,C,3\nc,40,5,,3\nd,60,7,S,2');
  const test_ = readCsv('class,port,fare,age,extra\n9,Q,5,,z\n3,S,1,40,z');
  const fitted = columnTransformer(train, [
    { numbers: ['age', 'fare'], steps: [(x) => imputer(x, { indicator: true }), standardScaler] },
    { texts: ['port'], steps: [textImputer, (values) => oneHotEncoder(values, { unknown: 'ignore' })] },
    { texts: ['class'], steps: [(values) => ordinalEncoder(values, { categories: ['1', '2', '3'], unknown: -1 })] },
    { numbers: ['fare'] },
  ]);

  test('uses the order of the parts, for any order of the columns', () => {
    expect(fitted.names).toEqual(['age', 'fare', 'missing(age)', 'port=C', 'port=S', 'class', 'fare']);
    expect(fitted.columns).toEqual(['age', 'fare', 'port', 'class']);
    const rows = fitted.transform(test_).toArray() as number[][];
    expect(rows.map((row) => row.map((value) => Number(value.toFixed(4))))).toEqual([
      [0, 0.4472, 1.7321, 0, 0, -1, 5],
      [0, -1.3416, -0.5774, 0, 1, 2, 1],
    ]);
    expect([...fitted.transform(train).data].filter((_, i) => i % 7 === 3)).toEqual([0, 1, 0, 0]);
  });

  test('gives the same result after a restart', () => {
    const again = new ColumnTransformer(JSON.parse(JSON.stringify(fitted)) as ColumnTransformerState);
    expect(again.names).toEqual(fitted.names);
    expect(again.transform(test_)).toEqual(fitted.transform(test_));
    expect(again.toJSON()).toEqual(fitted.toJSON());
  });

  test('throws for wrong arguments', () => {
    expect(() => fitted.transform(readCsv('age,fare,port\n1,2,S'))).toThrowErrorMatchingInlineSnapshot(
      `[FormatError: readCsv: text: expected a column "class", got ["age","fare","port"]]`,
    );
    expect(() =>
      columnTransformer(train, [{ texts: ['port'], steps: [textImputer] }]),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: columnTransformer: \`steps\` must end in an encoder, got texts for ["port"]]`,
    );
    expect(() => columnTransformer(train, [{ numbers: ['none'] }])).toThrowErrorMatchingInlineSnapshot(
      `[FormatError: readCsv: text: expected a column "none", got ["name","age","fare","port","class"]]`,
    );
    expect(() => columnTransformer(train, [{ numbers: ['name'] }])).toThrowErrorMatchingInlineSnapshot(
      `[FormatError: readCsv: text: expected a number, got "a" in row 2, column "name"; list it in \`na\` if it means a missing value]`,
    );
    expect(() => columnTransformer(train, [])).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: columnTransformer: \`parts\` must be a list of at least one part, got []]`,
    );
    expect(() => columnTransformer(train, [{ columns: ['age'] } as never])).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: columnTransformer: unknown option \`columns\`; Known: { texts, steps }]`,
    );
    expect(() =>
      columnTransformer(train, [{ numbers: ['fare'], steps: [(x) => x] }]),
    ).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: columnTransformer: \`steps\` must be functions that fit a preprocessor, such as \`standardScaler\`, got Tensor]`,
    );
  });
});

describe('mistakes', () => {
  test('in values throw', () => {
    expect(() => oneHotEncoder(['a']).transform(['b'])).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: transform: \`values\` must be among the categories ["a"], got "b" at 0; say by \`unknown\` what to do with others]`,
    );
    expect(() => oneHotEncoder([])).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: oneHotEncoder: \`values\` must hold a category, got none]`,
    );
    expect(() => oneHotEncoder(['a', 1] as string[])).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: oneHotEncoder: \`values[1]\` must be a string, got 1]`,
    );
    expect(() => oneHotEncoder([NaN])).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: oneHotEncoder: \`values[0]\` must be a number, got NaN]`,
    );
    expect(() => oneHotEncoder(['a', 'b']).inverse(zeros([1, 2]))).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: inverse: \`rows\` must hold a positive number in every row, got none in row 0]`,
    );
    expect(() => ordinalEncoder(['a'], { unknown: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[FormatError: OrdinalEncoder: expected \`unknown\` "error" or an integer outside [0, 1), got 0]`,
    );
    expect(() => ordinalEncoder(['a']).inverse([1])).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: inverse: \`numbers\` must be integers in [0, 1), got 1 at 0]`,
    );
    expect(() => imputer(tensor([[NaN], [NaN]]))).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: imputer: expects a value in every feature, got none in feature 0; drop it, or use the strategy "constant"]`,
    );
    expect(() => imputer(tensor([[Infinity]]))).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: imputer: expects finite values, got Infinity as the mean of feature 0]`,
    );
    expect(() => textImputer(['', ''])).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: textImputer: \`values\` must hold a text, got none; use the strategy "constant"]`,
    );
    expect(() => robustScaler(tensor([[1]]), { quantileRange: [0.5, 0.5] })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: robustScaler: \`quantileRange\` must be two rising numbers, got [0.5,0.5]]`,
    );
    expect(() => classWeights([0, 2], { classes: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: classWeights: \`labels\` must be integers in [0, 2), got 2 at 1]`,
    );
    for (const [label, shown] of [
      ['a', '"a"'],
      [1e9, '1000000000'],
      [-1, '-1'],
      [0.5, '0.5'],
    ] as const)
      // prettier-ignore
      expect(() => classWeights([label] as never)).toThrow(
        `classWeights: \`labels\` must be integers in [0, 1000000), got ${shown} at 0; number the classes with \`ordinalEncoder\``,
      );
    expect(() => classWeights([0], { classes: 1e9 })).toThrow('classWeights: `classes` must be at most 1000000');
  });

  test('in saved states throw', () => {
    for (const make of [Imputer, OneHotEncoder, OrdinalEncoder, QuantileScaler, TextImputer, ColumnTransformer])
      expect(() => new make({} as never)).toThrow(`${make.name}: expected`);
    expect(() => new QuantileScaler({ quantiles: [[2, 1]], output: 'uniform' })).toThrow('that rise');
    expect(
      () =>
        new ColumnTransformer({
          type: 'ColumnTransformer',
          parts: [{ kind: 'numbers', columns: ['a'], steps: [{ type: 'Other' } as never] }],
        }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[FormatError: ColumnTransformer: expected the JSON of encoders, imputers and scalers as \`steps\`, got the type "Other"]`,
    );
  });
});
