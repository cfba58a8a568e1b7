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
  /** What messages call the bytes, such as the file's name; by default `bytes`. */
  readonly name?: string;
  /**
   * How to read integers of 32 and 64 bits: `int32` refuses those that don't fit; `float64` rounds those beyond 2^53.
   * By default an array becomes int32 if all its values fit, else float64 if all are exact there.
   */
  readonly integers?: 'int32' | 'float64';
}

/** Options of {@link readNpz}. */
export interface ReadNpzOptions extends ReadZipOptions, Pick<ReadNpyOptions, 'integers'> {
  /** Called with the name of each member that isn't an array; by default a warning names them. */
  readonly onSkip?: (file: string) => void;
}

const mostElements = 2 ** 31 - 1;

/**
 * Reads an array that NumPy's `save` wrote. Nothing is allocated before the shape in the header is found to match the
 * number of bytes, and no object is unpickled.
 *
 * Source: NumPy, "NEP 1: A simple file format for NumPy arrays", versions 1.0 to 3.0.
 *
 * @returns a tensor with a copy of the values in row-major order: uint8 and bool as they are; other integers as
 * `integers` says; float16 and float32 as float32; float64
 * @throws FormatError with the offset if the bytes are truncated, go on after the last value, or hold another type or
 * an integer that `integers` refuses
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
  if (!shape.every(Number.isSafeInteger) || count > mostElements)
    fail(`at most ${mostElements} elements`, `shape ${showShape(shape)}`, 10);
  const end = start + count * type.bytes;
  if (bytes.length !== end) {
    const got = bytes.length < end ? 'the end of the bytes' : `${bytes.length - end} more`;
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
 * Reads the arrays that NumPy's `savez` or `savez_compressed` wrote. Members whose names don't end in `.npy` are not
 * arrays and are skipped.
 *
 * @returns the tensors by their names, without `.npy`
 * @throws FormatError as {@link readZip} and {@link readNpy} do; `only` leaves members out
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
      `readNpz: ${name}: skipped ${skipped.map((file) => showValue(file)).join(', ')}: not named *.npy, so not an array; \`onSkip\` gets the names`,
    );
  return Object.fromEntries(
    files.map(([file, content]) => [
      file.slice(0, -4),
      readNpy(content, { name: `${name}: ${JSON.stringify(file)}`, ...(integers && { integers }) }),
    ]),
  );
}

/** The type of the tensor; looks at the values only if they may not fit. */
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
    if (integers === 'int32')
      fail('integers that fit in int32', `${value}; leave \`integers\` out to get float64,`, at);
    if (Math.abs(value) > Number.MAX_SAFE_INTEGER)
      fail('integers below 2^53', `${value}; \`integers: "float64"\` rounds them,`, at);
    dtype = 'float64';
  }
  return dtype;
}

/** Column-major values in row-major order. */
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
