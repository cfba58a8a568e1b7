import { FormatError } from '@chainrule/errors';
import { type DType, type Tensor, tensor, zeros } from '@chainrule/tensor';
import { byteSize } from '@chainrule/tensor/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasRealData, readRealData } from '../../../../scripts/testing/realData.ts';
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
  floats: tensor([
    [NaN, Infinity, 1e-45],
    [-0, 0.1, 3],
  ]),
  doubles: tensor([Number.MIN_VALUE, Math.PI], undefined, 'float64'),
  int: tensor(-2147483648, undefined, 'int32'),
  bytes: tensor([0, 255, 7], undefined, 'uint8'),
  after: tensor([1, 2], undefined, 'float64'),
  flags: tensor([true, false, true], undefined, 'bool'),
  flag: tensor(true, undefined, 'bool'),
  none: zeros([3, 0, 2]),
  '12': tensor([1]),
  __proto__: tensor([2]),
  'ü "\\': tensor([3]),
};
Object.defineProperty(every, '__proto__', { value: tensor([2]), enumerable: true });

describe('safetensors', () => {
  test('keep every dtype bit for bit, scalars, empty tensors and odd names', () => {
    const metadata = { made: 'by hand', ü: '' };
    const back = decodeSafetensors(encodeSafetensors(every, metadata));
    expect(back.metadata).toEqual(metadata);
    expect(Object.keys(back.tensors).sort()).toEqual(Object.keys(every).sort());
    for (const [name, t] of Object.entries(every)) same(back.tensors[name]!, t);
    expect(decodeSafetensors(encodeSafetensors({}))).toEqual({ tensors: {}, metadata: {}, raw: {} });
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
    expect(() => encodeSafetensors({ __metadata__: tensor([1]) })).toThrowErrorMatchingInlineSnapshot(
      `[FormatError: save: a tensor must have a name other than __metadata__, which the format takes for itself]`,
    );
  });

  const f32 = { dtype: 'F32', shape: [1], data_offsets: [0, 4] };
  test.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(), 'must have a header of 8 bytes, got 0'],
    [
      'a length beyond the file',
      file({}).subarray(0, 9),
      'the header must end within the file of 9 bytes, got a length of 2 at offset 0',
    ],
    ['a gigantic length', new Uint8Array(100).fill(255), 'the header must end within the file of 100 bytes'],
    ['a broken entry', file('{"a"'), 'the header must have `:`, got its end, at offset 12'],
    ['bytes that are not UTF-8', Uint8Array.from([2, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xfe]), 'the header must be UTF-8'],
    ['a list', file([1]), 'the header must have an object, got "[", at offset 8'],
    [
      'metadata other than strings',
      file({ __metadata__: { a: 1 } }),
      'the header must have a string as the value of `__metadata__`, got "1", at offset 29',
    ],
    ['metadata in a list', file({ __metadata__: ['a'] }), 'the header must have an object, got "[", at offset 24'],
    [
      'an unknown dtype',
      file({ w: { ...f32, dtype: 'F128' } }, new Uint8Array(4)),
      'the dtype of w must be one of BOOL, U8, I8, F8_E5M2, F8_E4M3, F8_E8M0, U16, I16, F16, BF16, U32, I32, F32, U64, I64, F64, C64, F4, F6_E2M3, F6_E3M2, got "F128"',
    ],
    ['an entry that is null', file({ w: null }), 'the header must have an object, got "n", at offset 13'],
    [
      'an entry without a shape',
      file({ w: { dtype: 'F32', data_offsets: [0, 4] } }, new Uint8Array(4)),
      'the header w must have a dtype, a shape and two data_offsets, at offset 13',
    ],
    [
      'an entry with something else',
      file({ w: { ...f32, strides: [1] } }, new Uint8Array(4)),
      'the header w must have only dtype, shape and data_offsets, got "strides"',
    ],
    [
      'a dtype that shows itself',
      file({ w: { ...f32, dtype: { toString: 1 } } }),
      'the header must have the name of a dtype, got "{"',
    ],
    [
      'a negative size',
      file({ w: { ...f32, shape: [-1] } }, new Uint8Array(4)),
      'the header must have a count below 2⁵³',
    ],
    [
      'a broken size',
      file({ w: { ...f32, shape: [0.5] } }, new Uint8Array(4)),
      'the header must have `,` or `]` after a count, got "."',
    ],
    [
      'sizes beyond numbers',
      file({ w: { ...f32, shape: Array(9).fill(2 ** 52) } }, new Uint8Array(4)),
      'w [4503599627370496,',
    ],
    [
      'too many axes',
      file({ w: { ...f32, shape: Array(65).fill(1) } }, new Uint8Array(4)),
      'the header must have at most 64 counts in a list',
    ],
    [
      'lists without end',
      file(`{"w":{"dtype":"F32","shape":${'['.repeat(1e5)}${']'.repeat(1e5)},"data_offsets":[0,4]}}`),
      'the header must have a count below 2⁵³, at offset 37',
    ],
    [
      'a name that appears twice',
      file(
        '{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}',
        new Uint8Array(4),
      ),
      'the header has the name "w" twice, at offset 62',
    ],
    [
      'a name that appears twice, once escaped',
      file('{"__metadata__":{"a":"1","\\u0061":"2"}}'),
      'the header has the name "a" twice',
    ],
    ['a string without end', file('{"w'), 'the header must end its last string'],
    ['a line in a string', file('{"a\nb":1}'), 'the header must have strings as in JSON, at offset 9'],
    ['something after the header', file('{} {}'), 'the header ends with something other than spaces, at offset 11'],
    [
      'one offset',
      file({ w: { ...f32, data_offsets: [0] } }, new Uint8Array(4)),
      'the header w must have a dtype, a shape and two data_offsets',
    ],
    [
      'values of another length',
      file({ w: { ...f32, shape: [2] } }, new Uint8Array(4)),
      'w [2] must take 8 bytes within the 4 of the file, got 0 to 4',
    ],
    [
      'values beyond the file',
      file({ w: f32 }, new Uint8Array(3)),
      'w [1] must take 4 bytes within the 3 of the file, got 0 to 4',
    ],
    [
      'values that overlap',
      file({ a: f32, b: f32 }, new Uint8Array(8)),
      'b must begin at 4, where the tensor before it ends, got 0',
    ],
    [
      'a hole',
      file({ w: { ...f32, data_offsets: [4, 8] } }, new Uint8Array(8)),
      'w must begin at 0, where the tensor before it ends, got 4',
    ],
    [
      'bytes left over',
      file({ w: f32 }, new Uint8Array(8)),
      'the tensors must fill the 8 bytes after the header, got 4',
    ],
    [
      'a bool of 2',
      file({ w: { dtype: 'BOOL', shape: [2], data_offsets: [0, 2] } }, Uint8Array.of(1, 2)),
      'w must hold 0 and 1, got 2',
    ],
  ])('refuse %s', (_, bytes, message) => {
    expect(() => decodeSafetensors(bytes, 'w.safetensors')).toThrow(FormatError);
    expect(() => decodeSafetensors(bytes, 'w.safetensors')).toThrow(`load: w.safetensors: ${message}`);
  });

  test('may list their tensors in any order', () => {
    const bytes = file(
      { b: { ...f32, data_offsets: [4, 8] }, none: { ...f32, shape: [0], data_offsets: [4, 4] }, a: f32 },
      new Uint8Array(Float32Array.of(1, 2).buffer),
    );
    expect(Object.entries(decodeSafetensors(bytes).tensors).map(([name, t]) => [name, t.toArray()])).toEqual([
      ['b', [2]],
      ['none', []],
      ['a', [1]],
    ]);
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
    const entry = fc.record(
      {
        dtype: fc.oneof(fc.constantFrom('F32', 'BOOL', 'F16', 'I64', 'F4'), fc.jsonValue()),
        shape: fc.array(size),
        data_offsets: fc.array(size),
      },
      { requiredKeys: [] },
    );
    const header = fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom('__metadata__', '__proto__')),
      fc.oneof(entry, fc.jsonValue()),
    );
    fc.assert(
      fc.property(header, fc.uint8Array({ maxLength: 16 }), (json, data) => checkRead(file(json, data))),
      { numRuns: 500 },
    );
  });

  test('as a file of which some bytes are changed', () => {
    const change = fc.tuple(fc.nat(valid.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const bytes = valid.slice();
        for (const [at, value] of changes) bytes[at] = value;
        checkRead(bytes);
      }),
      { numRuns: 500 },
    );
  });

  test('as a file that was cut, or has more', () => {
    for (let length = 0; length < valid.length; length++)
      expect(() => decodeSafetensors(valid.subarray(0, length))).toThrow(FormatError);
    expect(() => decodeSafetensors(Uint8Array.from([...valid, 0]))).toThrow(FormatError);
  });

  test('of any tensors are those tensors', () => {
    const dtype = fc.constantFrom<DType>('float32', 'float64', 'int32', 'uint8', 'bool');
    const one = fc.tuple(dtype, fc.array(fc.nat(3), { maxLength: 3 })).map(([type, shape]) => zeros(shape, type));
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string().filter((name) => name !== '__metadata__'),
          one,
        ),
        (tensors) => {
          const back = decodeSafetensors(encodeSafetensors(tensors)).tensors;
          expect(Object.keys(back)).toEqual(Object.keys(tensors));
          for (const [name, t] of Object.entries(tensors)) same(back[name]!, t);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('other dtypes', () => {
  const bytesOf = (array: ArrayBufferView): Uint8Array => new Uint8Array(array.buffer as ArrayBuffer);
  const holding = (dtype: string, values: ArrayBufferView, size: number): Uint8Array =>
    file({ w: { dtype, shape: [size], data_offsets: [0, values.byteLength] } }, bytesOf(values));

  // The floats are those of PyTorch 2.13: `torch.tensor(bits, dtype=torch.uint16).view(torch.float16)` and so on.
  test.each<[string, ArrayBufferView, DType, number[]]>([
    [
      'F16',
      Uint16Array.of(0x3c00, 0xc000, 0x0001, 0x8000, 0x7bff, 0x7c00, 0xfc00, 0x7e00, 0x3555),
      'float32',
      [1, -2, 2 ** -24, -0, 65504, Infinity, -Infinity, NaN, 0.333251953125],
    ],
    [
      'BF16',
      Uint16Array.of(0x3f80, 0xc000, 0x0001, 0x7f7f, 0xff80, 0x7fc0),
      'float32',
      [1, -2, 2 ** -133, 3.3895313892515355e38, -Infinity, NaN],
    ],
    [
      'F8_E5M2',
      Uint8Array.of(0x3c, 0xc0, 0x01, 0x7b, 0x7c, 0xfc, 0x7f),
      'float32',
      [1, -2, 2 ** -16, 57344, Infinity, -Infinity, NaN],
    ],
    ['F8_E4M3', Uint8Array.of(0x38, 0xc0, 0x01, 0x7e, 0x78, 0xff), 'float32', [1, -2, 2 ** -9, 448, 256, NaN]],
    ['F8_E8M0', Uint8Array.of(127, 128, 0, 254, 255), 'float32', [1, 2, 2 ** -127, 2 ** 127, NaN]],
    ['I8', Int8Array.of(-128, 127), 'int32', [-128, 127]],
    ['I16', Int16Array.of(-32768, 32767), 'int32', [-32768, 32767]],
    ['U16', Uint16Array.of(0, 65535), 'int32', [0, 65535]],
    ['U32', Uint32Array.of(0, 2 ** 31 - 1), 'int32', [0, 2 ** 31 - 1]],
    ['U32', Uint32Array.of(1, 4_000_000_000), 'float64', [1, 4_000_000_000]],
    ['I64', BigInt64Array.of(-5n, 7n), 'int32', [-5, 7]],
    ['I64', BigInt64Array.of(-(2n ** 53n), 1n), 'float64', [-(2 ** 53), 1]],
    ['I64', BigInt64Array.of(-(2n ** 31n), 2n ** 31n - 1n, -1n), 'int32', [-(2 ** 31), 2 ** 31 - 1, -1]],
    ['I64', BigInt64Array.of(-(2n ** 63n), 2n ** 62n + 2n ** 10n), 'float64', [-(2 ** 63), 2 ** 62 + 2 ** 10]],
    ['U64', BigUint64Array.of(2n ** 31n), 'float64', [2 ** 31]],
    ['U64', BigUint64Array.of(2n ** 64n - 2n ** 11n), 'float64', [2 ** 64 - 2 ** 11]],
    ['U64', new BigUint64Array(), 'int32', []],
  ])('of %s are converted', (dtype, values, to, expected) => {
    const bytes = holding(dtype, values, expected.length);
    const { w } = decodeSafetensors(bytes).tensors;
    expect([w!.dtype, w!.shape, [...w!.data]]).toEqual([to, [expected.length], expected]);
    const { tensors, raw } = decodeSafetensors(bytes, { otherDTypes: 'keep' });
    expect([tensors, raw]).toEqual([{}, { w: { dtype, shape: [expected.length], bytes: bytesOf(values) } }]);
  });

  test('that have no exact values here are kept as they are, and do not refuse the file', () => {
    for (const [dtype, values, size] of [
      ['I64', BigInt64Array.of(2n ** 53n + 1n), 1],
      ['I64', BigInt64Array.of(-(2n ** 62n) - 1n), 1],
      ['U64', BigUint64Array.of(2n ** 64n - 1n), 1],
      ['C64', Float32Array.of(1, 2), 1],
      ['F4', Uint8Array.of(0x12), 2],
      ['F6_E2M3', new Uint8Array(3), 4],
    ] as const) {
      const bytes = holding(dtype, values, size);
      expect(decodeSafetensors(bytes)).toEqual({
        tensors: {},
        metadata: {},
        raw: { w: { dtype, shape: [size], bytes: bytesOf(values) } },
      });
    }
  });

  test('are refused with other options', () => {
    expect(() =>
      decodeSafetensors(new Uint8Array(8), { otherDTypes: 'drop' as 'keep' }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: decodeSafetensors: \`otherDTypes\` must be "convert" or "keep", got "drop"]`,
    );
  });
});

test.runIf(hasRealData('weights/mnist.safetensors', 1))('decodeSafetensors reads a file of PyTorch', () => {
  const bytes = Buffer.from(readRealData('weights/mnist.safetensors'));
  const length = Number(bytes.readBigUInt64LE(0));
  const header = JSON.parse(bytes.toString('utf8', 8, 8 + length)) as Record<
    string,
    { dtype: string; shape: number[]; data_offsets: number[] }
  >;
  const { tensors, raw } = decodeSafetensors(bytes, 'mnist');
  expect(raw).toEqual({});
  expect(tensors['norm1.num_batches_tracked']!.dtype).toBe('int32');
  const {
    shape,
    data_offsets: [begin],
  } = header['conv1.weight']!;
  const first = tensors['conv1.weight']!;
  expect(first.shape).toEqual(shape);
  first.data.forEach((v, i) => expect(v).toBe(bytes.readFloatLE(8 + length + begin! + 4 * i)));
});
