import { execFileSync } from 'node:child_process';
import { FormatError } from '@chainrule/errors';
import { Tensor } from '@chainrule/tensor';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, test, vi } from 'vitest';
import { readNpy, readNpz } from './readNpy.ts';
import { hasRealData, readRealData } from '../../../../scripts/testing/realData.ts';

/** A file in NumPy's format. */
function npy(
  descr: string,
  shape: string,
  data: ArrayLike<number>,
  { fortran = 'False', version = 1 } = {},
): Uint8Array {
  const wide = version > 1;
  const text = `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': ${shape}, }`;
  const header = `${text}${' '.repeat(63 - ((text.length + (wide ? 12 : 10)) % 64))}\n`;
  const length = [header.length & 255, header.length >> 8, ...(wide ? [0, 0] : [])];
  return Uint8Array.from([
    0x93,
    ...Buffer.from('NUMPY'),
    version,
    0,
    ...length,
    ...Buffer.from(header),
    ...Array.from(data),
  ]);
}
const bytesOf = (values: ArrayBufferView): Uint8Array => new Uint8Array(values.buffer);
const problem = (bytes: Uint8Array): string => {
  try {
    return readNpy(bytes, { name: 'a.npy' }).toString();
  } catch (error) {
    return String(error);
  }
};

test('readNpy reads every type, in both byte orders', () => {
  const read = (descr: string, data: ArrayLike<number>, shape = '(2,)'): [string, unknown] => {
    const { dtype, ...rest } = readNpy(npy(descr, shape, data));
    return [dtype, new Tensor(rest.shape, dtype, readNpy(npy(descr, shape, data))['~values']).toArray()];
  };
  expect([
    read('|b1', [1, 0]),
    read('|u1', [255, 1]),
    read('|i1', [255, 1]),
    read('<u2', [255, 255, 1, 0]),
    read('>i2', [255, 255, 1, 0]),
    read('<i4', bytesOf(Int32Array.of(-7, 2 ** 31 - 1))),
    read('<u4', bytesOf(Uint32Array.of(7, 8))),
    read('<i8', bytesOf(BigInt64Array.of(-5n, 5n))),
    read('>u8', [0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 9]),
    read('<f2', [0, 0x3c, 1, 0x80]),
    read('<f4', bytesOf(Float32Array.of(0.5, -Infinity))),
    read('>f8', [0x40, 9, 0x21, 0xfb, 0x54, 0x44, 0x2d, 0x18], '(1,)'),
    read('=f8', bytesOf(Float64Array.of(0.1)), '()'),
  ]).toEqual([
    ['bool', [true, false]],
    ['uint8', [255, 1]],
    ['int32', [-1, 1]],
    ['int32', [65535, 1]],
    ['int32', [-1, 256]],
    ['int32', [-7, 2 ** 31 - 1]],
    ['int32', [7, 8]],
    ['int32', [-5, 5]],
    ['int32', [256, 9]],
    ['float32', [1, -(2 ** -24)]],
    ['float32', [0.5, -Infinity]],
    ['float64', [Math.PI]],
    ['float64', 0.1],
  ]);
});

test('readNpy reads column-major arrays and later versions', () => {
  const file = npy('|u1', '(2, 3)', [1, 4, 2, 5, 3, 6], { fortran: 'True', version: 2 });
  expect(readNpy(file).toArray()).toEqual([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  expect(readNpy(npy('|u1', '(2, 0, 3)', [], { fortran: 'True', version: 3 })).shape).toEqual([2, 0, 3]);
  const cube = Array.from({ length: 24 }, (_, i) => i);
  const columns = cube.map((i) => ((i % 2) * 3 + (Math.floor(i / 2) % 3)) * 4 + Math.floor(i / 6));
  expect([...readNpy(npy('|u1', '(2, 3, 4)', columns, { fortran: 'True' })).data]).toEqual(cube);
});

test('readNpy errors name the problem and the offset', () => {
  expect(
    [
      new Uint8Array(3),
      new Uint8Array(20),
      Uint8Array.from([...Buffer.from('PK34567890')]),
      npy('<f4', '(2,)', new Uint8Array(8)).fill(9, 6, 7),
      npy('<f4', '(2,)', new Uint8Array(7)),
      npy('<f4', '(2,)', new Uint8Array(9)),
      npy('|O', '(1,)', [1]),
      npy('<c8', '(1,)', [1]),
      npy('<f4', '(-1,)', []),
      npy('<f4', '(4000000000, 4000000000)', []),
      npy('<f4', '(99999999999999999999,)', []),
      npy('<i8', '(1,)', bytesOf(BigInt64Array.of(2n ** 60n))),
      npy('|b1', '(1,)', [2]),
      npy('<f4', '(2,)', []).subarray(0, 50),
      npy('<f4', '(3)', []),
      npy('<f4', '2', []),
      npy('<f4', "(2,), 'x': True", []),
      npy('<f4', '(2,)} {', []),
    ].map(problem),
  ).toMatchInlineSnapshot(`
    [
      "FormatError: readNpy: a.npy: expected a header of at least 10 bytes, got the end of the data at offset 3",
      "FormatError: readNpy: a.npy: expected 0x93 and "NUMPY", got something else at offset 0",
      "FormatError: readNpy: a.npy: expected 0x93 and "NUMPY", got a zip archive (use \`readNpz\`) at offset 0",
      "FormatError: readNpy: a.npy: expected version 1, 2 or 3, got 9 at offset 6",
      "FormatError: readNpy: a.npy: expected 136 bytes for shape [2] of 4 bytes each, got the end of the data at offset 135",
      "FormatError: readNpy: a.npy: expected 136 bytes for shape [2] of 4 bytes each, got 1 more at offset 136",
      "FormatError: readNpy: a.npy: expected a type of bool, integers or floats, such as "<f4", got "|O" at offset 20",
      "FormatError: readNpy: a.npy: expected a type of bool, integers or floats, such as "<f4", got "<c8" at offset 20",
      "FormatError: readNpy: a.npy: expected sizes in a \`shape\`, got "-1" at offset 60",
      "FormatError: readNpy: a.npy: expected at most 2147483647 elements, got shape [4000000000,4000000000] at offset 10",
      "FormatError: readNpy: a.npy: expected at most 2147483647 elements, got shape [100000000000000000000] at offset 10",
      "FormatError: readNpy: a.npy: expected integers below 2^53, got 1152921504606847000 (\`integers: "float64"\` rounds it) at offset 128",
      "FormatError: readNpy: a.npy: expected 0 or 1 for a bool, got 2 at offset 128",
      "FormatError: readNpy: a.npy: expected a header of 118 bytes, got the end of the data at offset 50",
      "FormatError: readNpy: a.npy: expected a comma after the only size of a \`shape\`, got "3" at offset 60",
      "FormatError: readNpy: a.npy: expected a value, got "2, }                                    " at offset 60",
      "FormatError: readNpy: a.npy: expected the keys \`descr\`, \`fortran_order\` and \`shape\`, got "x" at offset 71",
      "FormatError: readNpy: a.npy: expected the end of the header after "}", got "{, }" at offset 65",
    ]
  `);
});

test('readNpy converts large integers to float64 if they are exact', () => {
  const wide = npy('<i8', '(2,)', bytesOf(BigInt64Array.of(2n ** 40n, -1n)));
  const huge = npy('<u8', '(1,)', bytesOf(BigUint64Array.of(2n ** 63n)));
  const kind = (bytes: Uint8Array, integers?: 'int32' | 'float64'): unknown => {
    const array = readNpy(bytes, integers ? { integers } : {});
    return [array.dtype, array.toArray()];
  };
  expect([
    kind(wide),
    kind(huge, 'float64'),
    kind(npy('<u4', '(1,)', [1, 0, 0, 0])),
    kind(npy('<u4', '(1,)', [1, 0, 0, 0]), 'float64'),
  ]).toEqual([
    ['float64', [2 ** 40, -1]],
    ['float64', [2 ** 63]],
    ['int32', [1]],
    ['float64', [1]],
  ]);
  expect(() => readNpy(wide, { integers: 'int32' })).toThrow('omit `integers`');
  expect(() => readNpy(wide, { integers: 'int64' as 'int32' })).toThrowErrorMatchingInlineSnapshot(
    `[OptionError: readNpy: \`integers\` must be "int32" or "float64", got "int64"]`,
  );
});

test.each(['f4', '=f4', '<f', '|f4', 'float32'])(
  'readNpy takes the type %s for native float32, as NumPy does',
  (descr) => {
    expect(readNpy(npy(descr, '(1,)', [0, 0, 128, 63])).toArray()).toEqual([1]);
  },
);

test('readNpz reads arrays by name and skips other files', async () => {
  const arrays = await readNpz(
    zipSync({ 'x.npy': npy('|u1', '(2,)', [1, 2]), '__proto__.npy': npy('|u1', '()', [3]) }),
  );
  expect([arrays['x']!.toArray(), Object.keys(arrays)]).toEqual([
    [1, 2],
    ['x', '__proto__'],
  ]);
  const warn = vi.spyOn(console, 'warn').mockReturnValue(undefined);
  expect(await readNpz(zipSync({ 'x.txt': new Uint8Array(1), y: new Uint8Array(1) }))).toEqual({});
  expect(warn.mock.calls).toEqual([
    [
      'readNpz: bytes: skipped "x.txt", "y": not arrays, because their names do not end in .npy; `onSkip` receives the names',
    ],
  ]);
  warn.mockRestore();
  await expect(
    readNpz(zipSync({ 'x.npy': new Uint8Array(1) }), { name: 'a.npz' }),
  ).rejects.toThrowErrorMatchingInlineSnapshot(
    `[FormatError: readNpy: a.npz: "x.npy": expected a header of at least 10 bytes, got the end of the data at offset 1]`,
  );
});

test('readNpy of a changed file gives an array or a FormatError', () => {
  const change = fc.record({ at: fc.nat(), remove: fc.nat(3), insert: fc.uint8Array({ maxLength: 3 }) });
  const file = fc.constantFrom(
    npy('<f4', '(3, 2)', new Uint8Array(24)),
    npy('>i8', '(2,)', new Uint8Array(16)),
    npy('|b1', '(3,)', [1, 0, 1], { fortran: 'True', version: 2 }),
  );
  fc.assert(
    fc.property(file, fc.array(change, { minLength: 1, maxLength: 3 }), (bytes, changes) => {
      const mutated = [...bytes];
      for (const { at, remove, insert } of changes) mutated.splice(at % mutated.length, remove, ...insert);
      try {
        const { shape, size } = readNpy(Uint8Array.from(mutated));
        expect(shape.reduce((a, b) => a * b, 1)).toBe(size);
        expect(size).toBeLessThanOrEqual(mutated.length);
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
      }
    }),
    { numRuns: 1000 },
  );
});

test('readNpy parses any header in linear time', () => {
  // Quadratic time would exceed the time limit of the test.
  const header = `{'descr': '<f4', 'shape': (${'1'.repeat(5000)}${' ,'.repeat(25_000)}`;
  expect(
    problem(
      Uint8Array.from([
        0x93,
        ...Buffer.from('NUMPY'),
        2,
        0,
        header.length & 255,
        header.length >> 8,
        0,
        0,
        ...Buffer.from(header),
      ]),
    ),
  ).toMatch(/^FormatError/);
});

describe.skipIf(!hasRealData('weights/test.npz', 1))('real arrays', () => {
  test('readNpz reads test.npz of candle', async () => {
    const { x, x_plus_one: plusOne } = await readNpz(readRealData('weights/test.npz'));
    const numbers = Array.from({ length: 10 }, (_, i) => i);
    expect([x!.toArray(), plusOne!.toArray()]).toEqual([numbers, numbers.map((i) => i + 1)]);
  });
});

const numpy = (() => {
  try {
    return execFileSync('python3', ['-c', 'import numpy; print(numpy.__version__)'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    process.stderr.write('skipped 1 test, because NumPy is not installed\n');
    return undefined;
  }
})();

test.skipIf(!numpy)('readNpz reads files of NumPy', async () => {
  const program = `import numpy as np, sys
a = np.arange(24).reshape(2, 3, 4)
np.savez_compressed(sys.stdout.buffer, f8=a / 7, f2=(a / 4).astype('f2'), big=a.astype('>i2'), t=a.T.astype('u1'), b=a % 2 == 0, s=np.float32(1.5))`;
  const arrays = await readNpz(execFileSync('python3', ['-c', program]));
  const a = Array.from({ length: 24 }, (_, i) => i);
  expect([...arrays['f8']!.data]).toEqual(a.map((x) => x / 7));
  expect([...arrays['f2']!.data]).toEqual(a.map((x) => x / 4));
  expect([...arrays['big']!.data, arrays['big']!.dtype]).toEqual([...a, 'int32']);
  expect([arrays['t']!.shape, [...arrays['t']!.data].slice(0, 4)]).toEqual([
    [4, 3, 2],
    [0, 12, 4, 16],
  ]);
  expect([arrays['b']!.dtype, arrays['s']!.item()]).toEqual(['bool', 1.5]);
});
