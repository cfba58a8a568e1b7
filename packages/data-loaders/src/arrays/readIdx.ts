import { FormatError, showShape } from '@chainrule/errors';
import { aString, checkOptions } from '@chainrule/errors/check';
import { type DType, Tensor } from '@chainrule/tensor';
import { checkBytes } from '../checks.ts';

/** Options of {@link readIdx}. */
export interface ReadIdxOptions {
  /** The name of the bytes in error messages, such as a file name; by default `bytes`. */
  readonly name?: string;
}

type Values = Uint8Array | Int32Array | Float32Array | Float64Array;

/** How to read the elements of one type of the format. */
interface ElementType {
  readonly bytes: number;
  readonly dtype: DType;
  read(view: DataView, count: number): Values;
}

/** Reads `count` big-endian elements into `target`. */
function fill<T extends Values>(target: T, element: (i: number) => number): T {
  for (let i = 0; i < target.length; i++) target[i] = element(i);
  return target;
}

const types: ReadonlyMap<number, ElementType> = new Map<number, ElementType>([
  // The constructor copies; `slice` of a Node `Buffer` would share its memory.
  [0x08, { bytes: 1, dtype: 'uint8', read: (v, n) => new Uint8Array(new Uint8Array(v.buffer, v.byteOffset, n)) }],
  [0x09, { bytes: 1, dtype: 'int32', read: (v, n) => fill(new Int32Array(n), (i) => v.getInt8(i)) }],
  [0x0b, { bytes: 2, dtype: 'int32', read: (v, n) => fill(new Int32Array(n), (i) => v.getInt16(2 * i)) }],
  [0x0c, { bytes: 4, dtype: 'int32', read: (v, n) => fill(new Int32Array(n), (i) => v.getInt32(4 * i)) }],
  [0x0d, { bytes: 4, dtype: 'float32', read: (v, n) => fill(new Float32Array(n), (i) => v.getFloat32(4 * i)) }],
  [0x0e, { bytes: 8, dtype: 'float64', read: (v, n) => fill(new Float64Array(n), (i) => v.getFloat64(8 * i)) }],
]);

const maxDimensions = 8;
const maxElements = 2 ** 31 - 1;
const hex = (value: number, digits: number): string => `0x${value.toString(16).padStart(digits, '0')}`;

/**
 * Reads an array in the IDX format, the format of MNIST. Compares the sizes in the header with the number of bytes before
 * it allocates memory.
 *
 * Source: LeCun, Cortes, Burges, "The MNIST database of handwritten digits", section "File formats".
 *
 * @param bytes - the whole file, unpacked; see {@link maybeGunzip}
 * @returns a tensor with a copy of the values: uint8 for unsigned bytes; int32 for signed bytes and for integers of 16 and
 * 32 bits; float32; float64
 * @throws FormatError if the bytes are truncated, continue after the last value, or have another format
 * @example
 * const bytes = Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 3, 10, 20, 30);
 * readIdx(bytes).toArray(); // => [[10,20,30]]
 */
export function readIdx(bytes: Uint8Array, options: ReadIdxOptions = {}): Tensor {
  checkBytes('readIdx', bytes);
  checkOptions('readIdx', options, { name: aString });
  const { name = 'bytes' } = options;
  const fail = (expectation: string, got: string, offset: number): never => {
    throw new FormatError(`readIdx: ${name}: expected ${expectation}, got ${got} at offset ${offset}`);
  };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.byteLength < 4)
    return fail('a header of at least 4 bytes', `the end of the ${plural(view.byteLength, 'byte')}`, view.byteLength);
  const magic = view.getUint16(0);
  if (magic === 0x1f8b) return fail('two zero bytes', 'gzip data (use `gunzip`)', 0);
  if (magic !== 0) return fail('two zero bytes', hex(magic, 4), 0);
  const type = types.get(view.getUint8(2));
  if (!type) return fail('the element type 0x08, 0x09, 0x0b, 0x0c, 0x0d or 0x0e', hex(view.getUint8(2), 2), 2);
  const rank = view.getUint8(3);
  if (rank > maxDimensions) return fail(`at most ${maxDimensions} dimensions`, String(rank), 3);
  const start = 4 + 4 * rank;
  if (view.byteLength < start)
    return fail(`a header of ${start} bytes for ${plural(rank, 'dimension')}`, 'the end of the data', view.byteLength);
  const shape = Array.from({ length: rank }, (_, i) => view.getUint32(4 + 4 * i));
  const count = shape.reduce((product, n) => product * n, 1);
  if (count > maxElements) return fail(`at most ${maxElements} elements`, `sizes ${showShape(shape)}`, 4);
  const end = start + count * type.bytes;
  const wanted = `${plural(end, 'byte')} for ${type.dtype} values of sizes ${showShape(shape)}`;
  if (view.byteLength < end) return fail(wanted, 'the end of the data', view.byteLength);
  if (view.byteLength > end) return fail(wanted, `${plural(view.byteLength - end, 'byte')} more`, end);
  return new Tensor(
    shape,
    type.dtype,
    type.read(new DataView(bytes.buffer, bytes.byteOffset + start, end - start), count),
  );
}

function plural(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
