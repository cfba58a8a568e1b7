import { ones, tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { counted, run } from '../testing/run.ts';
import {
  globalAveragePool1d,
  globalAveragePool2d,
  globalAveragePool3d,
  globalMaxPool1d,
  globalMaxPool2d,
  globalMaxPool3d,
} from './globalPooling.ts';

const row = tensor([1, 5, 2, 4, 3], [1, 5, 1]);

describe('global poolings', () => {
  test.each([
    [globalMaxPool1d, globalAveragePool1d, [2, 3, 2]],
    [globalMaxPool2d, globalAveragePool2d, [2, 3, 1, 2]],
    [globalMaxPool3d, globalAveragePool3d, [2, 1, 3, 1, 2]],
  ] as const)('%o and %o leave an element a channel', (largest, average, shape) => {
    const kept = [2, ...shape.slice(1, -1).map(() => 1), 2];
    expect(run(largest(), counted(shape))).toEqual([
      [4, 5],
      [10, 11],
    ]);
    expect(run(average(), counted(shape))).toEqual([
      [2, 3],
      [8, 9],
    ]);
    expect([
      largest({ keepDims: true }).outputShape([shape]),
      average({ keepDims: true }).outputShape([shape]),
    ]).toEqual([[kept], [kept]]);
    run(largest({ keepDims: true }), counted(shape));
    run(average({ keepDims: true }), counted(shape));
  });

  test('average unmasked steps', () => {
    expect(run(globalAveragePool1d(), row, tensor([[true, false, true, false, true]], undefined, 'bool'))).toEqual([
      [2],
    ]);
    expect(
      run(globalAveragePool1d({ keepDims: true }), row, tensor([[true, true, false, false, false]], undefined, 'bool')),
    ).toEqual([[[3]]]);
  });

  test('compute the maximum of unmasked steps', () => {
    const [losses, mask] = [
      tensor([-1, -5, -2, -4, -3], [1, 5, 1]),
      tensor([[false, true, false, true, true]], undefined, 'bool'),
    ];
    expect([run(globalMaxPool1d(), losses), run(globalMaxPool1d(), losses, mask)]).toEqual([[[-1]], [[-3]]]);
    expect(run(globalMaxPool1d({ keepDims: true }), losses, mask)).toEqual([[[-3]]]);
  });

  test('give 0 if all steps are masked', () => {
    const [x, mask] = [
      tensor([1, 2, 3, 4], [2, 2, 1]),
      tensor(
        [
          [false, true],
          [false, false],
        ],
        undefined,
        'bool',
      ),
    ];
    for (const layer of [globalMaxPool1d(), globalAveragePool1d()]) expect(run(layer, x, mask)).toEqual([[2], [0]]);
  });

  test('reject inputs of another rank', () => {
    expect(() => globalAveragePool3d().outputShape([[1, 4, 4, 1]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: globalAveragePool3d: expects rank 5 [batch,depth,height,width,channels], got [1,4,4,1]]`,
    );
    expect(() => run(globalMaxPool1d(), ones([2, 2]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: globalMaxPool1d: expects rank 3 [batch,width,channels], got [2,2]]`,
    );
  });
});
