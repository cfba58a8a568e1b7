import { describe, it } from 'vitest';
import { expectFailure, expectLike, expectPass, type Spelt, type SpeltTensors } from './expectCase.ts';

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
/** 0, 1, … 23 in `[2, 3, 4]`. */
const cube: Spelt = [range(24), [2, 3, 4]];
const matrix: Spelt = [range(6), [2, 3]];

/** The elements of `v` at these positions. */
const at =
  (positions: readonly number[]) =>
  (inputs: Readonly<Record<string, readonly number[]>>): number[] =>
    positions.map((p) => (p < 0 ? 0 : inputs.x![p]!));

describe('ops that move elements, with gradients', () => {
  it.each<[string, object, Spelt, readonly number[], readonly number[]]>([
    ['slice', { begin: [1, -2, 1], end: [2, 99, 4], strides: [1, 1, 2] }, cube, [1, 2, 2], [17, 19, 21, 23]],
    [
      'slice',
      { begin: [-1, -1], end: [-9, 0], strides: [-1, -1] },
      cube,
      [2, 2, 4],
      [20, 21, 22, 23, 16, 17, 18, 19, 8, 9, 10, 11, 4, 5, 6, 7],
    ],
    ['slice', { begin: [null, 2, 3], end: [1, null, null], strides: [1, -2, -3] }, cube, [1, 2, 2], [11, 8, 3, 0]],
    ['slice', { begin: [0, 0, 3], end: [20, 10, 4] }, cube, [2, 3, 1], [3, 7, 11, 15, 19, 23]],
    ['slice', { begin: [1] }, matrix, [1, 3], [3, 4, 5]],
    ['flip', { axis: [1] }, matrix, [2, 3], [2, 1, 0, 5, 4, 3]],
    ['flip', { axis: [-2, 1] }, matrix, [2, 3], [5, 4, 3, 2, 1, 0]],
    ['flip', {}, matrix, [2, 3], [5, 4, 3, 2, 1, 0]],
    ['transpose', {}, matrix, [3, 2], [0, 3, 1, 4, 2, 5]],
    ['transpose', { perm: [1, 0] }, matrix, [3, 2], [0, 3, 1, 4, 2, 5]],
    ['reshape', { shape: [-1, 2] }, matrix, [3, 2], range(6)],
    ['squeeze', { axis: [-2, 0] }, [range(3), [1, 1, 3]], [3], range(3)],
    ['squeeze', {}, [range(3), [1, 3, 1]], [3], range(3)],
    ['expandDims', { axis: [-1, 0] }, [range(3), [3]], [1, 3, 1], range(3)],
    ['expandDims', { axis: [3, 1, 2] }, matrix, [2, 1, 1, 1, 3], range(6)],
    ['tile', { reps: [2, 1] }, matrix, [4, 3], [...range(6), ...range(6)]],
    ['tile', { reps: [1, 2] }, [range(2), [2, 1]], [2, 2], [0, 0, 1, 1]],
    ['broadcastTo', { shape: [2, 1, 2] }, [range(3), [3, 1]], [2, 3, 2], [0, 0, 1, 1, 2, 2, 0, 0, 1, 1, 2, 2]],
    ['broadcastTo', { shape: [3, 2] }, [range(3), [3, 1]], [3, 2], [0, 0, 1, 1, 2, 2]],
    [
      'pad',
      {
        paddings: [
          [0, 0],
          [2, 1],
        ],
      },
      matrix,
      [2, 6],
      [-1, -1, 0, 1, 2, -1, -1, -1, 3, 4, 5, -1],
    ],
    [
      'pad',
      {
        paddings: [
          [0, 0],
          [2, 1],
        ],
        mode: 'reflect',
      },
      matrix,
      [2, 6],
      [2, 1, 0, 1, 2, 1, 5, 4, 3, 4, 5, 4],
    ],
    ['flatten', {}, matrix, [2, 3], [0, 1, 2, 3, 4, 5]],
    ['flatten', { axis: 0 }, matrix, [1, 6], [0, 1, 2, 3, 4, 5]],
    ['flatten', { axis: 2 }, matrix, [6, 1], [0, 1, 2, 3, 4, 5]],
    ['flatten', { axis: -1 }, matrix, [2, 3], [0, 1, 2, 3, 4, 5]],
    [
      'pad',
      {
        paddings: [
          [0, 0],
          [2, 1],
        ],
        mode: 'wrap',
      },
      matrix,
      [2, 6],
      [1, 2, 0, 1, 2, 0, 4, 5, 3, 4, 5, 3],
    ],
    [
      'pad',
      {
        paddings: [
          [0, 0],
          [2, 1],
        ],
        mode: 'symmetric',
      },
      matrix,
      [2, 6],
      [1, 0, 0, 1, 2, 2, 4, 3, 3, 4, 5, 5],
    ],
    [
      'pad',
      {
        paddings: [
          [1, 0],
          [0, 2],
        ],
        mode: 'edge',
      },
      matrix,
      [3, 5],
      [0, 1, 2, 2, 2, 0, 1, 2, 2, 2, 3, 4, 5, 5, 5],
    ],
    ['triu', {}, matrix, [2, 3], [0, 1, 2, -1, 4, 5]],
    ['triu', { k: 2 }, matrix, [2, 3], [-1, -1, 2, -1, -1, -1]],
    ['tril', { k: -1 }, matrix, [2, 3], [-1, -1, -1, 3, -1, -1]],
    ['tril', { k: 9 }, cube, [2, 3, 4], range(24)],
    ['roll', { shift: 1, axis: 1 }, matrix, [2, 3], [2, 0, 1, 5, 3, 4]],
    ['repeat', { repeats: 2, axis: 0 }, matrix, [4, 3], [0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5]],
    ['moveAxis', { source: 0, destination: -1 }, matrix, [3, 2], [0, 3, 1, 4, 2, 5]],
  ])('%s %j of %j', (op, attrs, x, shape, positions) =>
    expectLike(op, attrs, { x: [x[0].map((v) => v / 4 + 1), x[1]] }, { shape, of: at(positions) }),
  );

  it('concat and stack', async () => {
    const inputs: SpeltTensors = {
      a: [
        [1, 2],
        [2, 1],
      ],
      b: [
        [3, 4, 5, 6],
        [2, 2],
      ],
      c: [
        [7, 8],
        [2, 1],
      ],
    };
    await expectLike('concat', { axis: -1 }, inputs, {
      shape: [2, 4],
      of: ({ a, b, c }) => [a![0]!, b![0]!, b![1]!, c![0]!, a![1]!, b![2]!, b![3]!, c![1]!],
    });
    await expectLike(
      'stack',
      { axis: 1 },
      { a: [[1, 2], [2]], b: [[3, 4], [2]] },
      { shape: [2, 2], of: ({ a, b }) => [a![0]!, b![0]!, a![1]!, b![1]!] },
    );
  });
});

describe('ops without gradients', () => {
  it.each<[string, object, SpeltTensors, SpeltTensors]>([
    ['split', { sizes: [2, 4] }, { x: [range(6), [6]] }, { output1: [[0, 1], [2]], output2: [[2, 3, 4, 5], [4]] }],
    [
      'split',
      { axis: 1, sizes: [1, 0, 2] },
      { x: matrix },
      {
        output1: [
          [0, 3],
          [2, 1],
        ],
        output2: [[], [2, 0]],
        output3: [
          [1, 2, 4, 5],
          [2, 2],
        ],
      },
    ],
    ['split', { sizes: [0, 0, 0] }, { x: [[], [0]] }, { output1: [[], [0]], output2: [[], [0]], output3: [[], [0]] }],
    ['slice', { begin: [0, 1000], end: [2, 2000] }, { x: matrix }, { output: [[], [2, 0]] }],
    [
      'slice',
      { begin: [20, 0], end: [0, 3], strides: [-1, 2] },
      { x: [range(6), [2, 3], 'int32'] },
      { output: [[3, 5], [1, 2], 'int32'] },
    ],
    ['slice', { begin: [-9007199254740992], end: [9007199254740991] }, { x: matrix }, { output: matrix }],
    ['reshape', { shape: [3, 4, 0] }, { x: [[], [0, 3, 4]] }, { output: [[], [3, 4, 0]] }],
    ['triu', { k: 6 }, { x: [[], [0, 5], 'int32'] }, { output: [[], [0, 5], 'int32'] }],
    ['tril', {}, { x: [[4, 7, 3, 7], [2, 2], 'int32'] }, { output: [[4, 0, 3, 7], [2, 2], 'int32'] }],
    ['arange', { start: 1, stop: 5, step: 2 }, {}, { output: [[1, 3], [2]] }],
    ['arange', { start: 10, stop: 6, step: -3 }, {}, { output: [[10, 7], [2], 'int32'] }],
    ['arange', { stop: 3 }, {}, { output: [[0, 1, 2], [3], 'int32'] }],
    ['arange', { stop: 3, dtype: 'int32' }, {}, { output: [[0, 1, 2], [3], 'int32'] }],
    ['arange', { stop: 2, dtype: 'float32' }, {}, { output: [[0, 1], [2]] }],
    [
      'eye',
      { rows: 2, columns: 3, k: 1 },
      {},
      {
        output: [
          [0, 1, 0, 0, 0, 1],
          [2, 3],
        ],
      },
    ],
    ['eye', { rows: 2 }, {}, { output: [[1, 0, 0, 1], [2, 2], 'int32'] }],
    ['pad', { paddings: [[1, 1]], value: 7 }, { x: [[1], [1], 'int32'] }, { output: [[7, 1, 7], [3], 'int32'] }],
    ['broadcastTo', { shape: [2, 2] }, { x: [[3], [1], 'int32'] }, { output: [[3, 3, 3, 3], [2, 2], 'int32'] }],
  ])('%s %j of %j', expectPass);

  it('refuses unknown attributes', async () => {
    await expectFailure(
      'pad',
      { paddings: [[1, 1]], mode: 'repeat' },
      { x: [[1], [1]] },
      'not supported: attribute `mode` "repeat"',
    );
    await expectFailure('split', {}, { x: [[1], [1]] }, 'attribute `sizes` is missing');
    await expectFailure(
      'slice',
      { begin: [0], end: [1], strides: [0] },
      { x: [[1], [1]] },
      'not supported: attribute `strides` 0',
    );
  });
});
