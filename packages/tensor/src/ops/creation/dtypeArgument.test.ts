import { expect, test } from 'vitest';
import type { DType } from '../../array/dtype.ts';
import type { Tensor } from '../../array/tensor.ts';
import { full, ones, tensor, zeros } from './creation.ts';
import { arange, eye, linspace } from './sequences.ts';

type Made = (dtype?: unknown) => Tensor;
const loose = (make: (dtype: never) => Tensor): Made => make as Made;

test.each<[string, Made, DType]>([
  ['tensor', loose((dtype) => tensor([[1], [2]], dtype)), 'int32'],
  ['zeros', loose((dtype) => zeros([2], dtype)), 'bool'],
  ['ones', loose((dtype) => ones([2], dtype)), 'float64'],
  ['full', loose((dtype) => full([2], 3, dtype)), 'uint8'],
  ['arange', loose((dtype) => arange(3, dtype)), 'int32'],
  ['arange', loose((dtype) => arange(0, 3, 1, dtype)), 'int32'],
  ['linspace', loose((dtype) => linspace(0, 1, 3, dtype)), 'float64'],
  ['eye', loose((dtype) => eye(2, 2, 0, dtype)), 'int32'],
])('%s takes the dtype by itself and in an object', (name, make, dtype) => {
  expect(make({ dtype })).toEqual(make(dtype));
  expect(make({ dtype }).dtype).toBe(dtype);
  for (const absent of [{}, { dtype: undefined }]) expect(make(absent)).toEqual(make());
  for (const wrong of ['half', { dtype: 'half' }])
    expect(() => make(wrong)).toThrow(
      `${name}: \`dtype\` must be float32, float64, int32, uint8 or bool, got "half"; write 'float32'`,
    );
  expect(() => make({ type: 'int32' })).toThrow(`${name}: unknown option \`type\`; Known: {`);
  expect(() => make({ dtype: null })).toThrow(`${name}: \`dtype\` must be`);
});

test('tensor takes shape and dtype in an object', () => {
  expect(tensor([1, 2], { shape: [2, 1], dtype: 'int32' })).toEqual(tensor([1, 2], [2, 1], 'int32'));
  expect(tensor(new Int32Array(2), { shape: [1, 2] }).dtype).toBe('int32');
  expect(() => tensor([1, 2], { shape: 2 as never })).toThrow('tensor: `shape` must be a list of integers, got 2');
});
