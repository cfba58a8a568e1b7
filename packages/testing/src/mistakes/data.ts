import { Dataset, readCsv, standardScaler, toCategorical, trainTestSplit } from '@chainrule/data-loaders';
import { labels, x } from './examples.ts';
import type { Mistake } from './mistake.ts';

/** Mistakes when data are read and prepared. */
export const data: readonly Mistake[] = [
  [
    // @ts-expect-error the compiler refuses it, too
    () => new Dataset([1]),
    'Dataset: `source` must be a source of items, got [1]; write `Dataset.from(list)` or `Dataset.fromTensors(tensors)`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => Dataset.from({ x, y: labels }),
    'Dataset.from: `items` must be a list or a function, got { x: Tensor, y: Tensor }; write `Dataset.fromTensors({ x, y })` for tensors',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => Dataset.fromTensors(x, labels),
    'Dataset.fromTensors: `rest` must be empty, got [Tensor]; pass one object: `Dataset.fromTensors({ x, y })`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => Dataset.from([1]).batch({ size: 2 }),
    'batch: `size` must be a positive integer, got { size: 2 }; write `batch(2)`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => Dataset.from([1]).batch(),
    'batch: `size` must be a positive integer, got undefined',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => Dataset.from([1]).shuffle(),
    'shuffle: `seed` must be an integer, got undefined',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => trainTestSplit(x, labels, 0.2),
    'trainTestSplit: `options` must be an object such as { testSize, seed, stratify, groups }, got Tensor',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => trainTestSplit({ x, y: labels }, { test_size: 0.2 }),
    'trainTestSplit: unknown option `test_size`; did you mean `testSize`? Known: { testSize, seed, stratify, groups }',
  ],
  [
    () => trainTestSplit({ x, y: labels }, { testSize: 20, seed: 1 }),
    'trainTestSplit: `testSize` must leave at least one of 3 rows for each part, got 20',
  ],
  [
    () =>
      // @ts-expect-error the compiler refuses it, too
      standardScaler([
        [1, 2],
        [3, 4],
      ]),
    'standardScaler: `x` must be a tensor, got [[1,2],[3,4]]; make one with `tensor(…)`',
  ],
  [
    () => readCsv('data.csv'),
    'readCsv: `text` must be the text of a table, got "data.csv"; read the file first: `readFileSync("data.csv")`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => readCsv(Promise.resolve('a,b')),
    'readCsv: `text` must be a string or a Uint8Array, got Promise; did you forget `await`?',
  ],
  [() => readCsv('a,b\n1,2').numbers('c'), 'readCsv: text: expected a column "c", got ["a","b"]'],
  [
    () => readCsv('a,b\n1,x').numbers('b'),
    'readCsv: text: expected a number, got "x" in row 2, column "b"; list it in `na` if it means a missing value',
  ],
  [
    () => readCsv('a,b\n1,x').tensor(),
    'readCsv: text: expected a number, got "x" in row 2, column "b"; list it in `na` if it means a missing value',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => toCategorical(['a', 'b']),
    'toCategorical: `labels` must be integers, got "a"; number the classes with `ordinalEncoder`',
  ],
  [
    () => toCategorical([1, 2, 3], 3),
    'toCategorical: `labels` must be integers from 0 to 2, got 3 at 2; classes count from 0',
  ],
];
