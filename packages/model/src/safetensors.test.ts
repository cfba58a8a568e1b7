import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { FormatError } from '@chainrule/errors';
import { byteSize, type DType, type Tensor, tensor, zeros } from '@chainrule/tensor';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeSafetensors, encodeSafetensors, type Safetensors } from './safetensors.ts';

const same = (a: Tensor, b: Tensor): void => {
  expect([a.dtype, a.shape]).toEqual([b.dtype, b.shape]);
  expect(Buffer.from(a.data.buffer).equals(Buffer.from(b.data.buffer))).toBe(true);
};

/** A file with this header and data. */
function file(header: unknown, data: Uint8Array = new Uint8Array()): Uint8Array {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const head = Buffer.alloc(8);
  head.writeBigUInt64LE(BigInt(text.length));
  return Uint8Array.from(Buffer.concat([head, text, data]));
}

const every: Record<string, Tensor> = {
  scalar: tensor(-0),
  floats: tensor([[NaN, Infinity, 1e-45], [-0, 0.1, 3]]),
  doubles: tensor([Number.MIN_VALUE, Math.PI], undefined, 'float64'),
  int: tensor(-2147483648, undefined, 'int32'),
  bytes: tensor([0, 255, 7], undefined, 'uint8'),
  after: tensor([1, 2], undefined, 'float64'),
  flags: tensor([true, false, true], undefined, 'bool'),
  flag: tensor(true, undefined, 'bool'),
  none: zeros([3, 0, 2]),
  '12': tensor([1]),
  '__proto__': tensor([2]),
  'ü "\\': tensor([3]),
};
Object.defineProperty(every, '__proto__', { value: tensor([2]), enumerable: true });

describe('safetensors', () => {
  test('keep every dtype bit for bit, scalars, empty tensors and odd names', () => {
    const metadata = { made: 'by hand', 'ü': '' };
    const back = decodeSafetensors(encodeSafetensors(every, metadata));
    expect(back.metadata).toEqual(metadata);
    expect(Object.keys(back.tensors).sort()).toEqual(Object.keys(every).sort());
    for (const [name, t] of Object.entries(every)) same(back.tensors[name]!, t);
    expect(decodeSafetensors(encodeSafetensors({}))).toEqual({ tensors: {}, metadata: {} });
  });

  test('begin their values at a multiple of 8, as other readers like it', () => {
    for (const name of ['a', 'ab', 'abc']) expect(encodeSafetensors({ [name]: tensor([1]) }).length % 8).toBe(4);
  });

  test('can be read from a part of a larger buffer, and leave it alone', () => {
    const bytes = encodeSafetensors({ a: tensor([1, 2]) });
    const within = Buffer.concat([Buffer.from('xyz'), bytes]).subarray(3);
    const { a } = decodeSafetensors(within).tensors;
    within.fill(255);
    expect(a!.toArray()).toEqual([1, 2]);
    expect(encodeSafetensors({ a: a! })).toEqual(bytes);
  });

  test('refuse to take the name of their own metadata', () => {
    expect(() => encodeSafetensors({ __metadata__: tensor([1]) })).toThrowErrorMatchingInlineSnapshot(`[FormatError: save: a tensor must have a name other than __metadata__, which the format takes for itself]`);
  });

  const f32 = { dtype: 'F32', shape: [1], data_offsets: [0, 4] };
  test.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(), 'must have a header of 8 bytes, got 0'],
    ['a length beyond the file', file({}).subarray(0, 9), 'the header must end within the file of 9 bytes, got a length of 2 at offset 0'],
    ['a gigantic length', new Uint8Array(100).fill(255), 'the header must end within the file of 100 bytes'],
    ['what is no JSON', file('{"a"'), 'the header must be JSON: '],
    ['what is no UTF-8', Uint8Array.from([2, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xfe]), 'the header must be JSON: '],
    ['a list', file([1]), 'the header must be an object, got a list of 1'],
    ['metadata that are no strings', file({ __metadata__: { a: 1 } }), '`__metadata__` must hold strings'],
    ['metadata in a list', file({ __metadata__: ['a'] }), '`__metadata__` must hold strings'],
    ['another dtype', file({ w: { ...f32, dtype: 'BF16' } }, new Uint8Array(4)), 'the dtype of w must be F32, F64, I32, U8 or BOOL, got "BF16"'],
    ['an entry that is none', file({ w: null }), 'the dtype of w must be F32, F64, I32, U8 or BOOL, got undefined'],
    ['a dtype that shows itself', file({ w: { ...f32, dtype: { toString: 1, constructor: { name: { toString: 1 } } } } }), 'the dtype of w must be'],
    ['a negative size', file({ w: { ...f32, shape: [-1] } }, new Uint8Array(4)), 'w must have a shape, got a list of 1'],
    ['a broken size', file({ w: { ...f32, shape: [0.5] } }, new Uint8Array(4)), 'w must have a shape'],
    ['sizes beyond numbers', file({ w: { ...f32, shape: Array(9).fill(2 ** 52) } }, new Uint8Array(4)), 'w [4503599627370496,'],
    ['lists without end', file(`{"w":{"dtype":"F32","shape":${'['.repeat(1e5)}${']'.repeat(1e5)},"data_offsets":[0,4]}}`), 'w must have a shape, got a list of 1'],
    ['one offset', file({ w: { ...f32, data_offsets: [0] } }, new Uint8Array(4)), 'w must have two offsets, got a list of 1'],
    ['values of another length', file({ w: { ...f32, shape: [2] } }, new Uint8Array(4)), 'w [2] must take 8 bytes within the 4 of the file, got 0 to 4'],
    ['values beyond the file', file({ w: f32 }, new Uint8Array(3)), 'w [1] must take 4 bytes within the 3 of the file, got 0 to 4'],
    ['values that overlap', file({ a: f32, b: f32 }, new Uint8Array(8)), 'b must begin at 4, where the tensor before it ends, got 0'],
    ['a hole', file({ w: { ...f32, data_offsets: [4, 8] } }, new Uint8Array(8)), 'w must begin at 0, where the tensor before it ends, got 4'],
    ['bytes left over', file({ w: f32 }, new Uint8Array(8)), 'the tensors must fill the 8 bytes after the header, got 4'],
    ['a bool of 2', file({ w: { dtype: 'BOOL', shape: [2], data_offsets: [0, 2] } }, Uint8Array.of(1, 2)), 'w must hold 0 and 1, got 2'],
  ])('refuse %s', (_, bytes, message) => {
    expect(() => decodeSafetensors(bytes, 'w.safetensors')).toThrow(FormatError);
    expect(() => decodeSafetensors(bytes, 'w.safetensors')).toThrow(`load: w.safetensors: ${message}`);
  });

  test('may list their tensors in any order', () => {
    const bytes = file({ b: { ...f32, data_offsets: [4, 8] }, none: { ...f32, shape: [0], data_offsets: [4, 4] }, a: f32 }, new Uint8Array(Float32Array.of(1, 2).buffer));
    expect(Object.entries(decodeSafetensors(bytes).tensors).map(([name, t]) => [name, t.toArray()])).toEqual([['b', [2]], ['none', []], ['a', [1]]]);
  });
});

/** Either a {@link FormatError}, or tensors that take no more bytes than the file has, and are written as they were read. */
function checkRead(bytes: Uint8Array): void {
  let read: Safetensors;
  try {
    read = decodeSafetensors(bytes);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return;
  }
  const taken = Object.values(read.tensors).reduce((total, t) => total + t.size * byteSize(t.dtype), 0);
  expect(taken).toBeLessThanOrEqual(bytes.length);
  const again = decodeSafetensors(encodeSafetensors(read.tensors, read.metadata));
  expect(again.metadata).toEqual(read.metadata);
  for (const [name, t] of Object.entries(read.tensors)) same(again.tensors[name]!, t);
}

describe('any bytes are refused or read', () => {
  const valid = encodeSafetensors(every, { a: 'b' });

  test('at random', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), checkRead), { numRuns: 300 });
  });

  test('as headers of any JSON', () => {
    const size = fc.oneof(fc.nat(3), fc.constantFrom(-1, 0.5, 2 ** 53, 1e300), fc.jsonValue());
    const entry = fc.record({ dtype: fc.oneof(fc.constantFrom('F32', 'BOOL', 'F16'), fc.jsonValue()), shape: fc.array(size), data_offsets: fc.array(size) }, { requiredKeys: [] });
    const header = fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('__metadata__', '__proto__')), fc.oneof(entry, fc.jsonValue()));
    fc.assert(fc.property(header, fc.uint8Array({ maxLength: 16 }), (json, data) => checkRead(file(json, data))), { numRuns: 500 });
  });

  test('as a file of which some bytes are changed', () => {
    const change = fc.tuple(fc.nat(valid.length - 1), fc.nat(255));
    fc.assert(fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      const bytes = valid.slice();
      for (const [at, value] of changes) bytes[at] = value;
      checkRead(bytes);
    }), { numRuns: 500 });
  });

  test('as a file that was cut, or has more', () => {
    for (let length = 0; length < valid.length; length++) expect(() => decodeSafetensors(valid.subarray(0, length))).toThrow(FormatError);
    expect(() => decodeSafetensors(Uint8Array.from([...valid, 0]))).toThrow(FormatError);
  });

  test('of any tensors are those tensors', () => {
    const dtype = fc.constantFrom<DType>('float32', 'float64', 'int32', 'uint8', 'bool');
    const one = fc.tuple(dtype, fc.array(fc.nat(3), { maxLength: 3 })).map(([type, shape]) => zeros(shape, type));
    fc.assert(fc.property(fc.dictionary(fc.string().filter((name) => name !== '__metadata__'), one), (tensors) => {
      const back = decodeSafetensors(encodeSafetensors(tensors)).tensors;
      expect(Object.keys(back)).toEqual(Object.keys(tensors));
      for (const [name, t] of Object.entries(tensors)) same(back[name]!, t);
    }), { numRuns: 100 });
  });
});

/** Files that PyTorch wrote: the repository has none, so that these run where they lie beside it. */
const weights = fileURLToPath(new URL('../../../../shared/data/weights/', import.meta.url));

test.runIf(existsSync(`${weights}mnist.safetensors`))('files of other libraries are read, or their dtype is named', () => {
  const bytes = readFileSync(`${weights}mnist.safetensors`);
  expect(() => decodeSafetensors(bytes, 'mnist')).toThrow('load: mnist: the dtype of norm1.num_batches_tracked must be F32, F64, I32, U8 or BOOL, got "I64"');
  const length = Number(bytes.readBigUInt64LE(0));
  const header = JSON.parse(bytes.toString('utf8', 8, 8 + length)) as Record<string, { dtype: string; shape: number[]; data_offsets: number[] }>;
  for (const entry of Object.values(header)) if (entry.dtype === 'I64') Object.assign(entry, { dtype: 'F64' }); // of the same size
  const { tensors } = decodeSafetensors(file(header, bytes.subarray(8 + length)));
  const { shape, data_offsets: [begin] } = header['conv1.weight']!;
  const first = tensors['conv1.weight']!;
  expect(first.shape).toEqual(shape);
  first.data.forEach((v, i) => expect(v).toBe(bytes.readFloatLE(8 + length + begin! + 4 * i)));
});
