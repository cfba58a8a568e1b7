import { describe, expect, it } from 'vitest';
import { full, ones, onesLike, tensor, zeros, zerosLike } from './creation.ts';
import type { DType } from '../../array/dtype.ts';
import type { Nested, Tensor } from '../../array/tensor.ts';

/** `tensor` as JavaScript callers see it. */
const untyped: unknown = tensor;
const loose = untyped as (values: unknown, shape?: readonly number[] | string, dtype?: string) => Tensor;

describe('tensor', () => {
  it.each([
    [Float32Array, 'float32'],
    [Float64Array, 'float64'],
    [Int32Array, 'int32'],
    [Uint8Array, 'uint8'],
    [Uint8ClampedArray, 'uint8'],
    [Int8Array, 'float32'],
    [Uint32Array, 'float32'],
  ] as const)('keeps the dtype of a %p', (Kind, dtype) => {
    for (const values of [Kind.of(1, 2), [Kind.of(1, 2)]])
      expect(tensor(values as never)).toEqual(tensor(values as never, dtype));
    expect(tensor(Kind.of(1, 2), 'float64').dtype).toBe('float64');
    expect(tensor([], 'float32')).toEqual(tensor([]));
  });

  it('takes a number, nested arrays and typed arrays', () => {
    expect([tensor(2).shape, tensor([]).shape, tensor([[], []]).shape, tensor([[1, 2, 3]]).shape]).toEqual([
      [],
      [0],
      [2, 0],
      [1, 3],
    ]);
    expect(tensor(Int32Array.of(1, 2), undefined, 'int32').toArray()).toEqual([1, 2]);
    expect(tensor(Float64Array.of(1, 2, 3, 4), [2, 2], 'float32').dtype).toBe('float32');
    expect(tensor([1, 2, 3, 4], [2, 2]).toArray()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(tensor([true, false], undefined, 'bool').toArray()).toEqual([true, false]);
  });

  it.each<DType>(['float32', 'float64', 'int32', 'uint8', 'bool'])('holds %s', (dtype) => {
    const x = tensor([0, 1], undefined, dtype);
    expect([x.dtype, [...x.data]]).toEqual([dtype, [0, 1]]);
  });

  it('takes the dtype as the second argument', () => {
    for (const values of [[1, 2], [[1], [2]], 3, Uint8Array.of(1, 2), [Int8Array.of(-1), Int8Array.of(2)]]) {
      const [short, long] = [loose(values, 'int32'), loose(values, undefined, 'int32')];
      expect([short.dtype, short.shape, short.data]).toEqual(['int32', long.shape, long.data]);
    }
    expect(() => loose([1], 'float16')).toThrow(
      'tensor: `dtype` must be float32, float64, int32, uint8 or bool, got "float16"',
    );
    expect(() => loose([1.5], 'int32')).toThrow('tensor: int32 cannot hold 1.5');
  });

  it('takes arrays of typed arrays', () => {
    expect(tensor([Float32Array.of(1, 2), Float32Array.of(3, 4)]).toArray()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(loose([[Int32Array.of(1)], [[2]]], undefined, 'int32').shape).toEqual([2, 1, 1]);
    expect([
      loose([new Float32Array(0), new Uint8Array(0)]).shape,
      loose([Uint8ClampedArray.of(300)]).item(),
      loose([Uint8Array.of(1, 0)], undefined, 'bool').toArray(),
    ]).toEqual([[2, 0], 255, [[true, false]]]);
    expect(loose([Int16Array.of(1, 2), Int16Array.of(3, 4)], [2, 2]).toArray()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(() => loose([Float32Array.of(1), Float32Array.of(1, 2)])).toThrow(
      'tensor: `values` must be nested evenly, got rows of [1] and [2] at [1]',
    );
    expect(() => loose([Float32Array.of(1), Float32Array.of(0.5)], 'int32')).toThrow(
      'tensor: int32 cannot hold 0.5 (value 1)',
    );
    expect(() => loose(new DataView(new ArrayBuffer(4)))).toThrow('tensor: `values` must be numbers, got DataView');
  });

  it('takes arrays of bigints whose values the dtype holds', () => {
    const [least, greatest] = [-(2n ** 31n), 2n ** 31n - 1n];
    expect(loose(BigInt64Array.of(least, 0n, greatest), 'int32').toArray()).toEqual([-(2 ** 31), 0, 2 ** 31 - 1]);
    expect(loose(BigUint64Array.of(2n ** 63n), 'float64').item()).toBe(2 ** 63);
    expect([
      loose(BigInt64Array.of(2n ** 24n)).item(),
      loose(new BigInt64Array(0)).shape,
      loose([BigInt64Array.of(1n, 2n), BigUint64Array.of(3n, 4n)]).toArray(),
    ]).toEqual([
      2 ** 24,
      [0],
      [
        [1, 2],
        [3, 4],
      ],
    ]);
    for (const [value, dtype] of [
      [greatest + 1n, 'int32'],
      [least - 1n, 'int32'],
      [-1n, 'uint8'],
      [256n, 'uint8'],
      [2n, 'bool'],
      [2n ** 24n + 1n, 'float32'],
      [2n ** 53n + 1n, 'float64'],
    ] as const) {
      expect(() => loose(BigInt64Array.of(0n, value), dtype)).toThrow(
        `tensor: ${dtype} cannot hold ${value} (value 1); round it with \`Array.from(values, Number)\``,
      );
    }
    expect(() => loose([1n])).toThrow('tensor: `values` must be numbers, got 1n; convert it with `Number`');
  });

  it('refuses uneven nesting at any depth', () => {
    const uneven: Nested[] = [
      [[1, 2], [3]],
      [1, [2]],
      [[1], 2],
      [
        [[1], [2]],
        [[3], [4, 5]],
      ],
      [
        [[1], [2]],
        [[3, 4], []],
      ],
      [
        [[1], [2]],
        [[3], []],
      ],
      [[], [1]],
      [[[]], []],
    ];
    for (const values of uneven) expect(() => loose(values), JSON.stringify(values)).toThrow('must be nested evenly');
    expect(() => loose([[1, 2], [3]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: tensor: \`values\` must be nested evenly, got rows of [2] and [1] at [1]]`,
    );
    expect(() => loose([[1, 2], 3])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: tensor: \`values\` must be nested evenly, got rows of [2] and one number at [1]]`,
    );
    expect(() =>
      loose([
        [[1], [2]],
        [[3, 4], []],
      ]),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: tensor: \`values\` must be nested evenly, got rows of [2] and [0] at [1,1]]`,
    );
  });

  it('refuses values that do not fill the shape', () => {
    expect(() => loose([1, 2, 3], [2, 2])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: tensor: \`shape\` [2,2] needs 4 values, got 3]`,
    );
    expect(() =>
      loose(
        [
          [1, 2],
          [3, 4],
        ],
        [4],
      ),
    ).toThrowErrorMatchingInlineSnapshot(`[ShapeError: tensor: \`values\` are nested as [2,2], got \`shape\` [4]]`);
    expect(() => loose(Float32Array.of(1), [2])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: tensor: \`shape\` [2] needs 2 values, got 1]`,
    );
    expect(() => loose([1], [-1])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: tensor: \`shape\` must hold integers of at least 0, got [-1]]`,
    );
    expect(() => loose([1], [0.5])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: tensor: \`shape\` must hold integers of at least 0, got [0.5]]`,
    );
    expect(() => loose([1], [2 ** 20, 2 ** 20])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: tensor: expects at most 2147483647 elements, got shape [1048576,1048576]]`,
    );
  });

  it('refuses values that are not numbers, and numbers that the dtype cannot hold', () => {
    expect(() => loose(['1'])).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: tensor: \`values\` must be numbers, got "1"; convert strings with \`Number\`]`,
    );
    expect(() => loose([null])).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: tensor: \`values\` must be numbers, got null]`,
    );
    expect(() => loose(undefined)).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: tensor: \`values\` must be numbers, got undefined]`,
    );
    expect(() => loose([1, 1.5], undefined, 'int32')).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: tensor: int32 cannot hold 1.5 (value 1)]`,
    );
    expect(() => loose([2 ** 31], undefined, 'int32')).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: tensor: int32 cannot hold 2147483648]`,
    );
    expect(() => loose([NaN], undefined, 'int32')).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: tensor: int32 cannot hold NaN]`,
    );
    expect(() => loose([-1], undefined, 'uint8')).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: tensor: uint8 cannot hold -1]`,
    );
    expect(() => loose(Uint8Array.of(0, 2), undefined, 'bool')).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: tensor: bool cannot hold 2 (value 1)]`,
    );
    expect(() => loose([1], undefined, 'float16')).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: tensor: \`dtype\` must be float32, float64, int32, uint8 or bool, got "float16"; write 'float32']`,
    );
  });
});

describe('full, zeros and ones', () => {
  it('fill', () => {
    expect([
      full([2], 7).toArray(),
      zeros([1, 2]).toArray(),
      ones([], 'int32').item(),
      ones([1], 'bool').toArray(),
    ]).toEqual([[7, 7], [[0, 0]], 1, [true]]);
  });

  it('refuse numbers that the dtype cannot hold', () => {
    expect(() => full([2], 1.5, 'int32')).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: full: int32 cannot hold 1.5]`,
    );
    expect(() => full([2], 2, 'bool')).toThrowErrorMatchingInlineSnapshot(`[ValueError: full: bool cannot hold 2]`);
    expect(() => full([2], 300, 'uint8')).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: full: uint8 cannot hold 300]`,
    );
    expect(() => zeros([2.5])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: zeros: \`shape\` must hold integers of at least 0, got [2.5]]`,
    );
    expect(() => zeros([1], 'half' as 'float32')).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: zeros: \`dtype\` must be float32, float64, int32, uint8 or bool, got "half"; write 'float32']`,
    );
  });
});

describe('zerosLike and onesLike', () => {
  it('take shape and dtype of a tensor, and not its values', () => {
    const x = tensor([[2, 3]], undefined, 'int32');
    expect([zerosLike(x).toArray(), onesLike(x).toArray(), onesLike(x).dtype]).toEqual([[[0, 0]], [[1, 1]], 'int32']);
    expect([onesLike(zeros([], 'bool')).toArray(), zerosLike(zeros([2, 0])).shape]).toEqual([true, [2, 0]]);
  });
});
