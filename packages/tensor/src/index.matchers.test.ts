import { describe, expect, test } from 'vitest';
import { tensor, zeros } from './ops/creation/creation.ts';
import { type TensorMatchers, tensorMatchers } from './index.matchers.ts';

declare module 'vitest' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type, @typescript-eslint/no-explicit-any -- Vitest's interface
  interface Matchers<T = any> extends TensorMatchers<T> {}
}

expect.extend(tensorMatchers);

const x = tensor([
  [1, NaN],
  [Infinity, 1e6],
]);

describe('toBeCloseToTensor', () => {
  test('passes within the tolerance', () => {
    expect(x).toBeCloseToTensor(x);
    expect(x).toBeCloseToTensor([
      [1.000001, NaN],
      [Infinity, 1_000_001],
    ]);
    expect(tensor([1])).toBeCloseToTensor([1.4], { atol: 0.5 });
    expect(tensor([100])).toBeCloseToTensor([140], { rtol: 0.5 });
    expect(zeros([2, 0])).toBeCloseToTensor(zeros([2, 0]));
    expect(tensor([0])).toBeCloseToTensor([-0]);
  });

  test.each([
    [tensor([1]), 'expected shape [2,2], got [1]'],
    [
      tensor(
        [
          [1, NaN],
          [Infinity, 1e6],
        ],
        'float64',
      ),
      'expected dtype float32, got float64',
    ],
    [[1], 'expected a tensor, got object'],
    [
      tensor([
        [1, 0],
        [Infinity, 1e6],
      ]),
      '1 of 4 elements differ, by up to 0; the first at [0,1]: 0, expected NaN',
    ],
    [
      tensor([
        [1, NaN],
        [-Infinity, 2e6],
      ]),
      '2 of 4 elements differ, by up to Infinity; the first at [1,0]: -Infinity, expected Infinity',
    ],
  ])('fails for %s', (received, message) => {
    expect(() => expect(received).toBeCloseToTensor(x)).toThrow(message);
    expect(received).not.toBeCloseToTensor(x);
  });

  test('fails beyond the tolerance, and says where', () => {
    expect(() => expect(tensor([1, 2])).toBeCloseToTensor([1, 2.1])).toThrow(
      /^expected Tensor float32 \[2\] \[1, 2\]\nto be close to Tensor float64 \[2\] \[1, 2.1\] \(rtol 0.00001, atol 0.000001\)\n1 of 2 elements differ, by up to 0.1000\d*; the first at \[1\]: 2, expected 2.1$/,
    );
    expect(() => expect(tensor([1])).not.toBeCloseToTensor([1])).toThrow(
      'expected the tensor not to be close to Tensor float32 [1] [1]',
    );
    expect(() => expect(x).toBeCloseToTensor(x, { tolerance: 1 } as never)).toThrow(
      /^toBeCloseToTensor: unknown option `tolerance`/,
    );
  });
});
