import { describe, it } from 'vitest';
import { expectFailure, expectLike, expectPass, type Spelt, type SpeltTensors } from './expectCase.ts';

const zeros: Spelt = [
  [0, 0, 0, 0, 0, 0, 0, 0, 0],
  [3, 3],
];
const x: Spelt = [[1, 2, 3, 4, 5, 6, 7, 8, 9].map((v) => v / 8), [3, 3]];

/** ONNX' examples of GatherElements, ScatterElements, OneHot and TopK among them. */
describe('indexing', () => {
  it.each<[string, object, SpeltTensors, SpeltTensors]>([
    [
      'takeAlongAxis',
      { axis: 1 },
      {
        x: [
          [1, 2, 3, 4],
          [2, 2],
        ],
        indices: [[0, 0, 1, 0], [2, 2], 'int32'],
      },
      {
        output: [
          [1, 1, 4, 3],
          [2, 2],
        ],
      },
    ],
    [
      'takeAlongAxis',
      { axis: 0 },
      { x: [[1, 2, 3, 4, 5, 6, 7, 8, 9], [3, 3], 'int32'], indices: [[-1, -2, 0, -2, 0, 0], [2, 3], 'int32'] },
      { output: [[7, 5, 3, 4, 2, 3], [2, 3], 'int32'] },
    ],
    [
      'takeAlongAxis',
      { axis: 1 },
      {
        x: [
          [1, 2, 3, 4],
          [2, 2],
        ],
        indices: [[-1, 0, 0], [1, 3], 'int32'],
      },
      {
        output: [
          [2, 1, 1],
          [1, 3],
        ],
      },
    ],
    [
      'scatterElements',
      { axis: 0 },
      {
        x: zeros,
        indices: [[1, 0, 2, 0, 2, 1], [2, 3], 'int32'],
        updates: [
          [1, 1.1, 1.2, 2, 2.1, 2.2],
          [2, 3],
        ],
      },
      {
        output: [
          [2, 1.1, 0, 1, 0, 2.2, 0, 2.1, 1.2],
          [3, 3],
        ],
      },
    ],
    [
      'scatterElements',
      { axis: 1 },
      {
        x: [
          [1, 2, 3, 4, 5],
          [1, 5],
        ],
        indices: [[1, -3], [1, 2], 'int32'],
        updates: [
          [1.1, 2.1],
          [1, 2],
        ],
      },
      {
        output: [
          [1, 1.1, 2.1, 4, 5],
          [1, 5],
        ],
      },
    ],
    [
      'scatterElements',
      { axis: 1, reduction: 'add' },
      {
        x: [
          [1, 2, 3, 4, 5],
          [1, 5],
        ],
        indices: [[1, 1], [1, 2], 'int32'],
        updates: [
          [1.1, 2.1],
          [1, 2],
        ],
      },
      {
        output: [
          [1, 5.2, 3, 4, 5],
          [1, 5],
        ],
      },
    ],
    [
      'scatterElements',
      { axis: -1, reduction: 'none' },
      { x: [[1, 2, 3], [3], 'int32'], indices: [[-1, 2, 2], [3], 'int32'], updates: [[7, 8, 9], [3], 'int32'] },
      { output: [[1, 2, 9], [3], 'int32'] },
    ],
    [
      'scatterElements',
      {},
      { x: [[1, 2], [2]], indices: [[], [0], 'int32'], updates: [[], [0]] },
      { output: [[1, 2], [2]] },
    ],
    [
      'oneHot',
      { depth: 3, axis: 1, onValue: 3, offValue: 1 },
      { indices: [[1, 2, 0, 1], [2, 2], 'int32'] },
      {
        output: [
          [1, 1, 3, 1, 1, 3, 3, 1, 1, 3, 1, 1],
          [2, 3, 2],
        ],
      },
    ],
    [
      'oneHot',
      { depth: 4, onValue: 3, offValue: 1 },
      { indices: [[0, -1, -4, 9], [4], 'int32'] },
      {
        output: [
          [3, 1, 1, 1, 1, 1, 1, 3, 3, 1, 1, 1, 1, 1, 1, 1],
          [4, 4],
        ],
      },
    ],
    [
      'oneHot',
      { depth: 2, axis: -2 },
      { indices: [[1, 0, 1], [3]] },
      { output: [[0, 1, 0, 1, 0, 1], [2, 3], 'int32'] },
    ],
    [
      'topK',
      { k: 3, axis: 1 },
      {
        x: [
          [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
          [3, 4],
        ],
      },
      {
        values: [
          [3, 2, 1, 7, 6, 5, 11, 10, 9],
          [3, 3],
        ],
        indices: [[3, 2, 1, 3, 2, 1, 3, 2, 1], [3, 3], 'int32'],
      },
    ],
    [
      'topK',
      { k: 2, axis: 0, largest: false },
      {
        x: [
          [3, 0, 1, 1, 3, 1],
          [3, 2],
        ],
      },
      {
        values: [
          [1, 0, 3, 1],
          [2, 2],
        ],
        indices: [[1, 0, 0, 1], [2, 2], 'int32'],
      },
    ],
    ['topK', { k: 2 }, { x: [[1, 1, 1], [3]] }, { values: [[1, 1], [2]], indices: [[0, 1], [2], 'int32'] }],
    [
      'gather',
      { axis: 1 },
      {
        x: [
          [1, 2, 3, 4, 5, 6],
          [2, 3],
        ],
        indices: [[0, -1], [1, 2], 'int32'],
      },
      {
        output: [
          [1, 3, 4, 6],
          [2, 1, 2],
        ],
      },
    ],
    ['sort', { descending: true }, { x: [[1, 3, 2], [3]] }, { output: [[3, 2, 1], [3]] }],
    ['argsort', { axis: 0 }, { x: [[1, 3, 2], [3]] }, { output: [[0, 2, 1], [3], 'int32'] }],
  ])('%s %j of %j', expectPass);

  const indices: Spelt = [[1, 0, 2, 1, 2, -1], [2, 3], 'int32'];
  const updates: Spelt = [
    [1, 1.5, 2, 2.5, 3, 3.5],
    [2, 3],
  ];
  const scatter =
    (write: (old: number, update: number) => number) =>
    (inputs: Readonly<Record<string, readonly number[]>>): number[] => {
      const out = [...inputs.x!];
      inputs.indices!.forEach((index, k) => {
        const place = (index < 0 ? index + 3 : index) * 3 + (k % 3);
        out[place] = write(out[place]!, inputs.updates![k]!);
      });
      return out;
    };

  it('scatterElements passes gradients to the update that is written last, and to all that are added', async () => {
    await expectLike(
      'scatterElements',
      {},
      { x, indices, updates },
      { shape: [3, 3], of: scatter((_old, update) => update) },
    );
    await expectLike(
      'scatterElements',
      { reduction: 'add' },
      { x, indices, updates },
      { shape: [3, 3], of: scatter((old, update) => old + update) },
    );
  });

  it('takeAlongAxis, gather and topK pass gradients to the elements that they pick', async () => {
    const picked =
      (positions: readonly number[]) =>
      (inputs: Readonly<Record<string, readonly number[]>>): number[] =>
        positions.map((p) => inputs.x![p]!);
    await expectLike('takeAlongAxis', { axis: 0 }, { x, indices }, { shape: [2, 3], of: picked([3, 1, 8, 3, 7, 8]) });
    await expectLike(
      'gather',
      { axis: 0 },
      { x, indices: [[2, 2, -3], [3], 'int32'] },
      { shape: [3, 3], of: picked([6, 7, 8, 6, 7, 8, 0, 1, 2]) },
    );
  });

  it('refuses other reductions', () =>
    expectFailure(
      'scatterElements',
      { reduction: 'max' },
      { x, indices, updates },
      'not supported: attribute `reduction` "max"',
    ));
});
