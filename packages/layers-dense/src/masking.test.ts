import { Generator, tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { masking } from './masking.ts';

const context = { training: false, rng: new Generator(1) };

describe('masking', () => {
  test('masks exactly the steps whose features all have the value', () => {
    const x = tensor([
      [
        [1, 2],
        [0, 3],
        [0, 0],
      ],
      [
        [0, 0],
        [0, 0],
        [4, 0],
      ],
    ]);
    const [out] = masking().call([{ data: x }], context);
    expect(out!.mask!.toArray()).toEqual([
      [true, true, false],
      [false, false, true],
    ]);
    expect(out!.data.toArray()).toEqual(x.toArray());
  });

  test('sets masked steps to 0', () => {
    const [out] = masking(-1).call(
      [
        {
          data: tensor([
            [
              [-1, -1],
              [-1, 5],
            ],
          ]),
        },
      ],
      context,
    );
    expect([out!.data.toArray(), out!.mask!.toArray()]).toEqual([
      [
        [
          [0, 0],
          [-1, 5],
        ],
      ],
      [[false, true]],
    ]);
  });

  test('rejects inputs that are not sequences of features', () => {
    expect(() => masking().outputShape([[2, 3]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: masking: expects rank 3 [batch,time,features], got [2,3]; set \`returnSequences: true\` on a recurrent layer before it, or put \`embedding\` before it for token indices]`,
    );
  });
});
