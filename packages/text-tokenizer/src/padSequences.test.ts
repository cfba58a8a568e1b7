import fc from 'fast-check';
import { expect, test } from 'vitest';
import { padSequences, type PadSequencesOptions } from './index.ts';

const rows = (sequences: readonly number[][], options?: PadSequencesOptions): number[][] => {
  const { data, shape } = padSequences(sequences, options);
  return Array.from({ length: shape[0] }, (_, i) => [...data.subarray(i * shape[1], (i + 1) * shape[1])]);
};

// The examples of Keras' documentation.
test('padSequences pads and cuts at either side', () => {
  const sequence = [[1], [2, 3], [4, 5, 6]];
  expect(rows(sequence)).toEqual([
    [0, 0, 1],
    [0, 2, 3],
    [4, 5, 6],
  ]);
  expect(rows(sequence, { value: -1 })).toEqual([
    [-1, -1, 1],
    [-1, 2, 3],
    [4, 5, 6],
  ]);
  expect(rows(sequence, { padding: 'post' })).toEqual([
    [1, 0, 0],
    [2, 3, 0],
    [4, 5, 6],
  ]);
  expect(rows(sequence, { maxLength: 2 })).toEqual([
    [0, 1],
    [2, 3],
    [5, 6],
  ]);
  expect(rows(sequence, { maxLength: 2, truncating: 'post' })).toEqual([
    [0, 1],
    [2, 3],
    [4, 5],
  ]);
});

test('padSequences handles empty sequences and batches', () => {
  expect([
    padSequences([]).shape,
    padSequences([[], []]).shape,
    padSequences([], { maxLength: 3 }).shape,
    padSequences([[1]], { maxLength: 0 }).shape,
  ]).toEqual([
    [0, 0],
    [2, 0],
    [0, 3],
    [1, 0],
  ]);
  expect(rows([[]], { maxLength: 2, value: 7 })).toEqual([[7, 7]]);
});

test('padSequences accepts typed arrays and returns the requested dtype', () => {
  const { data, dtype } = padSequences([Int32Array.of(1, 2)], { dtype: 'float32', value: NaN, maxLength: 3 });
  expect([data, dtype]).toEqual([Float32Array.of(NaN, 1, 2), 'float32']);
  expect(padSequences([[1.5]], { dtype: 'float64' }).data).toEqual(Float64Array.of(1.5));
});

test('padSequences keeps as many numbers as fit, in order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.integer({ min: 1, max: 9 }))),
      fc.nat(6),
      fc.constantFrom('pre', 'post'),
      fc.constantFrom('pre', 'post'),
      (sequences, maxLength, padding, truncating) => {
        const padded = rows(sequences, { maxLength, padding, truncating });
        const kept = sequences.map((sequence) =>
          truncating === 'post'
            ? sequence.slice(0, maxLength)
            : sequence.slice(Math.max(0, sequence.length - maxLength)),
        );
        expect(padded.map((row) => row.filter((item) => item))).toEqual(kept);
        for (const row of padded) expect(row.length).toBe(maxLength);
        for (const [i, row] of padded.entries())
          if (kept[i]!.length && maxLength > kept[i]!.length) expect(row.at(padding === 'pre' ? 0 : -1)).toBe(0);
      },
    ),
  );
});

test('padSequences throws for numbers that do not fit the dtype', () => {
  expect(() => padSequences([[1], [2, 0.5]])).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: padSequences: \`sequences\` must fit int32, got 0.5 at [1,1]]`,
  );
  expect(() => padSequences([[1, 256]], { dtype: 'uint8' })).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: padSequences: \`sequences\` must fit uint8, got 256 at [0,1]]`,
  );
  expect(() => padSequences([[1]], { value: 2 ** 31 })).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: padSequences: \`value\` must fit int32, got 2147483648]`,
  );
  expect(() => padSequences([[[1]] as never])).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: padSequences: \`sequences\` must fit int32, got [1] at [0,0]]`,
  );
  expect(() => padSequences([[1]], { dtype: 'string' as never })).toThrowErrorMatchingInlineSnapshot(
    `[OptionError: padSequences: \`dtype\` must be "int32", "float32", "float64" or "uint8", got "string"]`,
  );
  expect(() => padSequences([[1]], { maxLength: -1 })).toThrowErrorMatchingInlineSnapshot(
    `[OptionError: padSequences: \`maxLength\` must be an integer of at least 0, got -1]`,
  );
  expect(() => padSequences([[1]], { padding: 'left' as never })).toThrowErrorMatchingInlineSnapshot(
    `[OptionError: padSequences: \`padding\` must be "pre" or "post", got "left"]`,
  );
});

test('padSequences throws for numbers that overflow float32, but accepts infinities and NaN', () => {
  const { data } = padSequences([[Infinity, -Infinity, NaN, 3.4e38, -0]], { dtype: 'float32' });
  expect([...data]).toEqual([Infinity, -Infinity, NaN, Math.fround(3.4e38), -0]);
  expect(() => padSequences([[1, 1e39]], { dtype: 'float32' })).toThrow(
    'padSequences: `sequences` must fit float32, got 1e+39 at [0,1]',
  );
  expect(() => padSequences([[1]], { dtype: 'float32', value: -1e39 })).toThrow(
    'padSequences: `value` must fit float32, got -1e+39',
  );
  expect([...padSequences([[1e39]], { dtype: 'float64' }).data]).toEqual([1e39]);
});

test('padSequences rejects lists with holes', () => {
  const holes = new Array(2) as number[][];
  expect(() => padSequences(holes)).toThrow('padSequences: `sequences` must be a list of lists of numbers, got ');
  const row = Object.assign(new Array<number>(2), { 1: 7 });
  expect(() => padSequences([row])).toThrow('padSequences: `sequences` must fit int32, got undefined at [0,0]');
});
