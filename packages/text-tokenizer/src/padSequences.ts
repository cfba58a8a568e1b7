import { OptionError, showValue, ValueError } from '@chainrule/errors';
import { checkOptions, type Checks, integerFrom, numberThat, oneOf } from '@chainrule/errors/check';
import { lists } from './checks.ts';

const isNumber = (item: unknown): boolean => typeof item === 'number';

/** The array type of each dtype, and the range of its numbers. */
const kinds = {
  int32: { array: Int32Array, holds: (item: number) => isNumber(item) && (item | 0) === item },
  float32: {
    array: Float32Array,
    holds: (item: number) => isNumber(item) && (!Number.isFinite(item) || Number.isFinite(Math.fround(item))),
  },
  float64: { array: Float64Array, holds: isNumber },
  uint8: { array: Uint8Array, holds: (item: number) => isNumber(item) && (item & 255) === item },
};

/** The arrays that {@link padSequences} makes, by dtype. */
interface PaddedArrays {
  readonly int32: Int32Array;
  readonly float32: Float32Array;
  readonly float64: Float64Array;
  readonly uint8: Uint8Array;
}

/** The dtypes of {@link padSequences}. */
export type PadDType = keyof PaddedArrays;

/** Options of {@link padSequences}. */
export interface PadSequencesOptions<D extends PadDType = PadDType> {
  /** The length of every result; by default that of the longest sequence. */
  readonly maxLength?: number;
  /** Where padding goes; by default `pre`, as in Keras. */
  readonly padding?: 'pre' | 'post';
  /** Where to truncate sequences that are too long; by default `pre`, as in Keras. */
  readonly truncating?: 'pre' | 'post';
  /** The value of the padding; by default 0. */
  readonly value?: number;
  /** By default int32. */
  readonly dtype?: D;
}

/** Sequences of one length, in row-major order. `tensor(data, shape, dtype)` turns them into a tensor. */
export interface Padded<D extends PadDType = PadDType> {
  readonly data: PaddedArrays[D];
  readonly shape: readonly [sequences: number, length: number];
  readonly dtype: D;
}

const side = /* @__PURE__ */ oneOf('pre', 'post');
const padChecks: Checks<PadSequencesOptions> = {
  maxLength: /* @__PURE__ */ integerFrom(0),
  padding: side,
  truncating: side,
  value: /* @__PURE__ */ numberThat('a number', () => true),
  dtype: /* @__PURE__ */ oneOf(...Object.keys(kinds)),
};

/**
 * Pads and truncates sequences of numbers to one length. Options and defaults are those of Keras; `maxLength` is Keras'
 * `maxlen`.
 *
 * @param sequences - of any lengths, including 0; an empty list gives shape `[0, maxLength ?? 0]`
 * @throws ValueError for a number that the dtype cannot hold
 * @throws OptionError for any other option out of range
 * @example
 * const { data, shape } = padSequences([[1], [2, 3, 4]], { maxLength: 2 });
 * [...data]; // => [0,1,3,4]
 * shape; // => [2,2]
 */
export function padSequences<D extends PadDType = 'int32'>(
  sequences: readonly ArrayLike<number>[],
  options: PadSequencesOptions<D> = {},
): Padded<D> {
  lists('padSequences', 'sequences', sequences);
  checkOptions('padSequences', options, padChecks);
  const { padding = 'pre', truncating = 'pre', value = 0, dtype = 'int32' as D } = options;
  const length = options.maxLength ?? sequences.reduce((most, sequence) => Math.max(most, sequence.length), 0);
  if (sequences.length * length >= 2 ** 31)
    throw new OptionError(
      `padSequences: \`maxLength\` must give fewer than 2^31 numbers, got ${length} for ${sequences.length} sequences`,
    );
  const { array, holds } = kinds[dtype];
  if (!holds(value)) throw new ValueError(`padSequences: \`value\` must fit ${dtype}, got ${showValue(value)}`);
  for (const [row, sequence] of sequences.entries()) {
    for (let i = 0; i < sequence.length; i++) {
      if (!holds(sequence[i]!))
        throw new ValueError(
          `padSequences: \`sequences\` must fit ${dtype}, got ${showValue(sequence[i])} at [${row},${i}]`,
        );
    }
  }
  const data = new array(sequences.length * length);
  data.fill(value);
  for (const [row, sequence] of sequences.entries()) {
    const kept = Math.min(sequence.length, length);
    const from = truncating === 'pre' ? sequence.length - kept : 0;
    const to = row * length + (padding === 'pre' ? length - kept : 0);
    for (let i = 0; i < kept; i++) data[to + i] = sequence[from + i]!;
  }
  return { data: data as Padded<D>['data'], shape: [sequences.length, length], dtype };
}
