import { FormatError, showShape, showValue } from '@chainrule/errors';
import { aFunction, aString, checkOptions, oneOf } from '@chainrule/errors/check';
import { type DType, Tensor, type TypedArray } from '@chainrule/tensor';
import { allocate, sizeOf } from '@chainrule/tensor/graph';
import { readZip, type ReadZipOptions, zipChecks } from '../archives/readZip.ts';
import { checkBytes } from '../checks.ts';
import { warn } from '../warn.ts';
import { type Fail, type NpyHeader, readNpyHeader } from './npyHeader.ts';

/** Options of {@link readNpy}. */
export interface ReadNpyOptions {
  /** The name of the bytes in error messages, such as a file name; by default `bytes`. */
  readonly name?: string;
  /**
   * The dtype for integers of 32 and 64 bits. `int32` throws for values that do not fit; `float64` rounds values beyond 2^53.
   * By default int32 if all values fit, or else float64, which throws for values that it cannot represent exactly.
   */
  readonly integers?: 'int32' | 'float64';
}

/** Options of {@link readNpz}. */
export interface ReadNpzOptions extends ReadZipOptions, Pick<ReadNpyOptions, 'integers'> {
  /** Called with the name of each member that is not an array; by default a warning lists them. */
  readonly onSkip?: (file: string) => void;
}

const maxElements = 2 ** 31 - 1;

/**
 * Reads an array from NumPy's `save`. Compares the shape in the header with the number of bytes before it allocates memory,
 * and never unpickles objects.
 *
 * Source: NumPy, "NEP 1: A simple file format for NumPy arrays", versions 1.0 to 3.0.
 *
 * @returns a tensor with a copy of the values in row-major order: uint8 and bool unchanged; other integers according to
 * `integers`; float16 and float32 as float32; float64
 * @throws FormatError if the bytes are truncated, continue after the last value, or contain another type or an integer that
 * does not fit; the message has the offset
 * @throws OptionError for another value of `integers`
 * @example
 * const header = "{'descr': '<i2', 'fortran_order': False, 'shape': (2,), }".padEnd(69) + '\n';
 * const text = `\x93NUMPY\x01\0${String.fromCharCode(header.length)}\0${header}`;
 * readNpy(Uint8Array.from([...text].map((c) => c.charCodeAt(0)).concat([1, 0, 2, 0]))).toArray(); // => [1,2]
 */
export function readNpy(bytes: Uint8Array, options: ReadNpyOptions = {}): Tensor {
  checkBytes('readNpy', bytes);
  checkOptions('readNpy', options, { name: aString, integers: oneOf('int32', 'float64') });
  const { name = 'bytes', integers } = options;
  const fail: Fail = (expectation, got, offset) => {
    throw new FormatError(`readNpy: ${name}: expected ${expectation}, got ${got} at offset ${offset}`);
  };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = readNpyHeader(bytes, view, fail);
  const { type, shape, start } = header;
  const count = sizeOf(shape);
  if (!shape.every(Number.isSafeInteger) || count > maxElements)
    fail(`at most ${maxElements} elements`, `shape ${showShape(shape)}`, 10);
  const end = start + count * type.bytes;
  if (bytes.length !== end) {
    const got = bytes.length < end ? 'the end of the data' : `${bytes.length - end} more`;
    fail(`${end} bytes for shape ${showShape(shape)} of ${type.bytes} bytes each`, got, Math.min(bytes.length, end));
  }
  const dtype = dtypeOf(view, header, count, integers, fail);
  const values = allocate(dtype, shape, 'readNpy');
  for (let i = 0; i < count; i++) {
    const value = type.read(view, start + i * type.bytes, header.little);
    if (dtype === 'bool' && value > 1) fail('0 or 1 for a bool', String(value), start + i);
    values[i] = value;
  }
  return new Tensor(shape, dtype, header.isFortran && shape.length > 1 ? rowMajor(values, shape, dtype) : values);
}

/**
 * Reads the arrays from NumPy's `savez` or `savez_compressed`. Skips members whose names do not end in `.npy`, because they
 * are not arrays.
 *
 * @returns the tensors by name, without `.npy`
 * @throws FormatError as {@link readZip} and {@link readNpy} do; leave members out with `only`
 * @example
 * await readNpz(Uint8Array.from([0x50, 0x4b, 5, 6, ...new Uint8Array(18)])); // => {}
 */
export async function readNpz(bytes: Uint8Array, options: ReadNpzOptions = {}): Promise<Record<string, Tensor>> {
  checkBytes('readNpz', bytes);
  checkOptions('readNpz', options, { ...zipChecks, integers: oneOf('int32', 'float64'), onSkip: aFunction });
  const { name = 'bytes', only = () => true, integers, onSkip, ...rest } = options;
  const skipped: string[] = [];
  const isArray = (file: string): boolean => {
    if (!only(file)) return false;
    if (!file.endsWith('.npy')) skipped.push(file);
    return file.endsWith('.npy');
  };
  const files = [...(await readZip(bytes, { ...rest, name, only: isArray }))];
  if (onSkip) skipped.forEach((file) => onSkip(file));
  else if (skipped.length)
    warn(
      `readNpz: ${name}: skipped ${skipped.map((file) => showValue(file)).join(', ')}: not arrays, because their names do not end in .npy; \`onSkip\` receives the names`,
    );
  return Object.fromEntries(
    files.map(([file, content]) => [
      file.slice(0, -4),
      readNpy(content, { name: `${name}: ${JSON.stringify(file)}`, ...(integers && { integers }) }),
    ]),
  );
}

/** The dtype of the tensor. Inspects the values only if they might not fit. */
function dtypeOf(
  view: DataView,
  { type, start, little }: NpyHeader,
  count: number,
  integers: ReadNpyOptions['integers'],
  fail: Fail,
): DType {
  if (type.dtype !== 'int32' || type.bytes < 4) return type.dtype;
  if (integers === 'float64') return 'float64';
  let dtype: DType = 'int32';
  for (let i = 0; i < count; i++) {
    const at = start + i * type.bytes;
    const value = type.read(view, at, little);
    if (value === (value | 0)) continue;
    if (integers === 'int32') fail('integers that fit in int32', `${value} (omit \`integers\` to get float64)`, at);
    if (Math.abs(value) > Number.MAX_SAFE_INTEGER)
      fail('integers below 2^53', `${value} (\`integers: "float64"\` rounds it)`, at);
    dtype = 'float64';
  }
  return dtype;
}

/** Reorders column-major values to row-major. */
function rowMajor(values: TypedArray, shape: readonly number[], dtype: DType): TypedArray {
  const sorted = allocate(dtype, values.length);
  const strides = shape.map((_, axis) => sizeOf(shape.slice(0, axis)));
  const index = shape.map(() => 0);
  let from = 0;
  for (let to = 0; to < values.length; to++) {
    sorted[to] = values[from]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!;
      index[axis]! += 1;
      if (index[axis]! < shape[axis]!) break;
      from -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return sorted;
}
