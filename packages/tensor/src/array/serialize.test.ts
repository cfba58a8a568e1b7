import { describe, expect, it } from 'vitest';
import { oracle } from '../oracle/oracle.ts';
import { tensor, zeros } from '../ops/creation/creation.ts';
import type { DType } from './dtype.ts';
import { tensorFromJSON, tensorFromTransferable, tensorToTransferable } from './serialize.ts';
import type { Tensor } from './tensor.ts';

const dtypes: readonly DType[] = ['float32', 'float64', 'int32', 'uint8', 'bool'];

describe('toJSON and tensorFromJSON', () => {
  const again = (x: Tensor): Tensor => tensorFromJSON(JSON.parse(JSON.stringify(x)));

  it.each(dtypes)('keep a tensor of %s', (dtype) => {
    const x = tensor(
      [
        [0, 1, 1],
        [1, 0, 1],
      ],
      undefined,
      dtype,
    ) as Tensor;
    const y = again(x);
    expect([y.shape, y.dtype, y.data]).toEqual([x.shape, x.dtype, x.data]);
  });

  it('keep every bit of floats', () => {
    const values = [0.1, -0, NaN, Infinity, -Infinity, 5e-324, Number.MAX_VALUE, Math.fround(1 / 3)];
    expect([...again(tensor(values, undefined, 'float64') as Tensor).data]).toEqual(values);
    const singles = Float32Array.from(values);
    expect(again(tensor(singles) as Tensor).data).toEqual(singles);
    expect(Object.is(again(tensor([-0]) as Tensor).item(), -0)).toBe(true);
  });

  it('keep scalars and empty tensors', () => {
    expect(JSON.stringify(tensor(2))).toBe('{"shape":[],"dtype":"float32","data":[2]}');
    expect([again(tensor(2) as Tensor).toArray(), again(zeros([2, 0]) as Tensor).shape]).toEqual([2, [2, 0]]);
  });

  it('cannot write a symbol', () => {
    expect(() => oracle((x: Tensor) => (JSON.stringify(x), x))(tensor(1))).toThrow('has no value inside a program');
  });

  it('refuse anything else', () => {
    const good = { shape: [2], dtype: 'float32', data: [1, 2] };
    expect(() => tensorFromJSON(null)).toThrowErrorMatchingInlineSnapshot(
      `[FormatError: tensorFromJSON: expects { shape, dtype, data }, got null]`,
    );
    expect(() => tensorFromJSON([1, 2])).toThrowErrorMatchingInlineSnapshot(
      `[FormatError: tensorFromJSON: \`shape\` must be a list of at most 64 sizes, got undefined]`,
    );
    expect(() => tensorFromJSON({ ...good, shape: [-2] })).toThrowErrorMatchingInlineSnapshot(
      `[FormatError: tensorFromJSON: \`shape\` must be a list of at most 64 sizes, got [-2]]`,
    );
    expect(() => tensorFromJSON({ ...good, shape: new Array(65).fill(1) })).toThrowErrorMatchingInlineSnapshot(
      `[FormatError: tensorFromJSON: \`shape\` must be a list of at most 64 sizes, got [1,1,1,1,1,1,1,1,… 65 in all]]`,
    );
    expect(() => tensorFromJSON({ ...good, shape: [2 ** 40, 2 ** 40] })).toThrowErrorMatchingInlineSnapshot(
      `[FormatError: tensorFromJSON: \`shape\` [1099511627776,1099511627776] needs 1.2089258196146292e+24 elements, got 2]`,
    );
    expect(() => tensorFromJSON({ ...good, dtype: 'toString' })).toThrowErrorMatchingInlineSnapshot(
      `[FormatError: tensorFromJSON: \`dtype\` must be float32, float64, int32, uint8 or bool, got "toString"]`,
    );
    expect(() => tensorFromJSON({ ...good, data: 'ab' })).toThrowErrorMatchingInlineSnapshot(
      `[FormatError: tensorFromJSON: \`data\` must be a list of numbers, got "ab"]`,
    );
    expect(() => tensorFromJSON({ ...good, data: [1, null] })).toThrowErrorMatchingInlineSnapshot(
      `[FormatError: tensorFromJSON: element 1 must be a number, got null]`,
    );
    expect(() => tensorFromJSON({ ...good, data: [1, 'toString'] })).toThrowErrorMatchingInlineSnapshot(
      `[FormatError: tensorFromJSON: element 1 must be a number, got "toString"]`,
    );
    expect(() => tensorFromJSON({ ...good, data: [1, 1e300] })).toThrowErrorMatchingInlineSnapshot(
      `[FormatError: tensorFromJSON: float32 cannot hold element 1, 1e+300]`,
    );
    expect(() => tensorFromJSON({ ...good, dtype: 'int32', data: [1, 0.5] })).toThrowErrorMatchingInlineSnapshot(
      `[FormatError: tensorFromJSON: int32 cannot hold element 1, 0.5]`,
    );
    expect(() => tensorFromJSON({ ...good, dtype: 'uint8', data: [1, 'NaN'] })).toThrowErrorMatchingInlineSnapshot(
      `[FormatError: tensorFromJSON: uint8 cannot hold element 1, NaN]`,
    );
    expect(() => tensorFromJSON({ ...good, dtype: 'bool', data: [1, 2] })).toThrowErrorMatchingInlineSnapshot(
      `[FormatError: tensorFromJSON: bool cannot hold element 1, 2]`,
    );
  });
});

describe('tensorToTransferable and tensorFromTransferable', () => {
  it.each(dtypes)('carry a tensor of %s over', (dtype) => {
    const x = tensor([[0, 1, 1]], undefined, dtype) as Tensor;
    const { value, transfer } = tensorToTransferable(x);
    const y = tensorFromTransferable(structuredClone(value, { transfer }));
    expect([y.shape, y.dtype, y.data]).toEqual([x.shape, x.dtype, x.data]);
    expect([value.data.length, x.data.length]).toEqual([0, 3]);
  });

  it('refuse anything else', () => {
    const good = { shape: [2], dtype: 'float32', data: Float32Array.of(1, 2) };
    expect(() => tensorFromTransferable(undefined)).toThrowErrorMatchingInlineSnapshot(
      `[FormatError: tensorFromTransferable: expects { shape, dtype, data }, got undefined]`,
    );
    expect(() => tensorFromTransferable({ ...good, data: [1, 2] })).toThrowErrorMatchingInlineSnapshot(
      `[FormatError: tensorFromTransferable: \`data\` must be a Float32Array for float32, got [1,2]]`,
    );
    expect(() => tensorFromTransferable({ ...good, data: Float64Array.of(1, 2) })).toThrowErrorMatchingInlineSnapshot(
      `[FormatError: tensorFromTransferable: \`data\` must be a Float32Array for float32, got Float64Array]`,
    );
    expect(() =>
      tensorFromTransferable({ ...good, data: new DataView(new ArrayBuffer(2)) }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[FormatError: tensorFromTransferable: \`data\` must be a list of numbers, got DataView]`,
    );
    expect(() => tensorFromTransferable({ ...good, data: Float32Array.of(1) })).toThrowErrorMatchingInlineSnapshot(
      `[FormatError: tensorFromTransferable: \`shape\` [2] needs 2 elements, got 1]`,
    );
    expect(() =>
      tensorFromTransferable({ ...good, dtype: 'bool', data: Uint8Array.of(1, 2) }),
    ).toThrowErrorMatchingInlineSnapshot(`[FormatError: tensorFromTransferable: bool holds bytes 0 and 1 alone]`);
  });
});
