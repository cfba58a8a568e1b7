import { FormatError, showShape } from '@chainrule/errors';
import { allocate, type DType, sizeOf, Tensor, type TypedArray } from '@chainrule/tensor';
import { readZip, type ReadZipOptions } from '../archives/readZip.ts';

/** Options of {@link readNpy}. */
export interface ReadNpyOptions {
  /** What messages call the bytes, such as the file's name; by default `bytes`. */
  readonly name?: string;
}

type Fail = (expectation: string, got: string, offset: number) => never;

/** How the elements of one of NumPy's types are read. */
interface ElementType {
  readonly bytes: number;
  readonly dtype: DType;
  read(view: DataView, at: number, little: boolean): number;
}

const types: Readonly<Record<string, ElementType>> = {
  b1: { bytes: 1, dtype: 'bool', read: (view, at) => view.getUint8(at) },
  u1: { bytes: 1, dtype: 'uint8', read: (view, at) => view.getUint8(at) },
  i1: { bytes: 1, dtype: 'int32', read: (view, at) => view.getInt8(at) },
  u2: { bytes: 2, dtype: 'int32', read: (view, at, little) => view.getUint16(at, little) },
  i2: { bytes: 2, dtype: 'int32', read: (view, at, little) => view.getInt16(at, little) },
  u4: { bytes: 4, dtype: 'int32', read: (view, at, little) => view.getUint32(at, little) },
  i4: { bytes: 4, dtype: 'int32', read: (view, at, little) => view.getInt32(at, little) },
  u8: { bytes: 8, dtype: 'int32', read: (view, at, little) => Number(view.getBigUint64(at, little)) },
  i8: { bytes: 8, dtype: 'int32', read: (view, at, little) => Number(view.getBigInt64(at, little)) },
  f2: { bytes: 2, dtype: 'float32', read: (view, at, little) => half(view.getUint16(at, little)) },
  f4: { bytes: 4, dtype: 'float32', read: (view, at, little) => view.getFloat32(at, little) },
  f8: { bytes: 8, dtype: 'float64', read: (view, at, little) => view.getFloat64(at, little) },
};

const mostElements = 2 ** 31 - 1;
/** NumPy itself reads no longer header of a file that it does not trust. */
const mostHeader = 10_000;
const magic = '\x93NUMPY';

/**
 * Reads an array that NumPy's `save` wrote. Nothing is allocated before the shape in the header is found to match the
 * number of bytes, and no object is unpickled.
 *
 * Source: NumPy, "NEP 1: A simple file format for NumPy arrays", versions 1.0 to 3.0.
 *
 * @returns a tensor with a copy of the values in row-major order: uint8 and bool as they are; other integers as int32,
 * if they fit; float16 and float32 as float32; float64
 * @throws FormatError when the bytes are truncated, go on after the last value, hold another type or an integer beyond
 * int32
 * @example
 * const header = "{'descr': '<i2', 'fortran_order': False, 'shape': (2,), }".padEnd(69) + '\n';
 * const text = `\x93NUMPY\x01\0${String.fromCharCode(header.length)}\0${header}`;
 * readNpy(Uint8Array.from([...text].map((c) => c.charCodeAt(0)).concat([1, 0, 2, 0]))).toArray(); // => [1,2]
 */
export function readNpy(bytes: Uint8Array, options: ReadNpyOptions = {}): Tensor {
  const { name = 'bytes' } = options;
  const fail: Fail = (expectation, got, offset) => {
    throw new FormatError(`readNpy: ${name}: expected ${expectation}, got ${got} at offset ${offset}`);
  };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { little, type, shape, isFortran, start } = readHeader(bytes, view, fail);
  const count = sizeOf(shape);
  if (!shape.every(Number.isSafeInteger) || count > mostElements) fail(`at most ${mostElements} elements`, `shape ${showShape(shape)}`, 10);
  const end = start + count * type.bytes;
  if (bytes.length !== end) {
    const got = bytes.length < end ? 'the end of the bytes' : `${bytes.length - end} more`;
    fail(`${end} bytes for shape ${showShape(shape)} of ${type.bytes} bytes each`, got, Math.min(bytes.length, end));
  }
  const values = allocate(type.dtype, count);
  const isWide = type.dtype === 'int32' && type.bytes >= 4;
  for (let i = 0; i < count; i++) {
    const value = type.read(view, start + i * type.bytes, little);
    if (isWide && value !== (value | 0)) fail('integers that fit in int32', String(value), start + i * type.bytes);
    if (type.dtype === 'bool' && value > 1) fail('0 or 1 for a bool', String(value), start + i);
    values[i] = value;
  }
  return new Tensor(shape, type.dtype, isFortran && shape.length > 1 ? rowMajor(values, shape, type.dtype) : values);
}

/**
 * Reads the arrays that NumPy's `savez` or `savez_compressed` wrote.
 *
 * @returns the tensors by their names, without `.npy`
 * @throws FormatError as {@link readZip} and {@link readNpy} do, and for a file that is no array
 * @example
 * await readNpz(Uint8Array.from([0x50, 0x4b, 5, 6, ...new Uint8Array(18)])); // => {}
 */
export async function readNpz(bytes: Uint8Array, options: ReadZipOptions = {}): Promise<Record<string, Tensor>> {
  const { name = 'bytes' } = options;
  const files = [...(await readZip(bytes, { ...options, name }))];
  return Object.fromEntries(
    files.map(([file, content]) => {
      if (!file.endsWith('.npy')) throw new FormatError(`readNpz: ${name}: expected files named *.npy, got ${JSON.stringify(file)}`);
      return [file.slice(0, -4), readNpy(content, { name: `${name}: ${JSON.stringify(file)}` })];
    }),
  );
}

interface Header {
  readonly little: boolean;
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly isFortran: boolean;
  readonly start: number;
}

function readHeader(bytes: Uint8Array, view: DataView, fail: Fail): Header {
  if (bytes.length < 10) fail('a header of at least 10 bytes', 'the end of the bytes', bytes.length);
  const text = (from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to));
  if (text(0, 6) !== magic) {
    const zip = text(0, 2) === 'PK' ? 'a zip archive, which `readNpz` reads,' : 'something else';
    fail('0x93 and "NUMPY"', zip, 0);
  }
  const version = view.getUint8(6);
  if (version < 1 || version > 3) fail('version 1, 2 or 3', String(version), 6);
  const from = version === 1 ? 10 : 12;
  if (bytes.length < from) fail('a header of at least 12 bytes', 'the end of the bytes', bytes.length);
  const start = from + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (bytes.length < start) fail(`a header of ${start - from} bytes`, 'the end of the bytes', bytes.length);
  const header = text(from, Math.min(start, from + mostHeader));
  const entry = (key: string, value: string): string => new RegExp(`[{,]\\s*'${key}':\\s*${value}\\s*[,}]`).exec(header)?.[1] ?? fail(`\`${key}\` of an array`, JSON.stringify(header.slice(0, 80)), from);
  const descr = entry('descr', "'([^']*)'");
  const type = Object.hasOwn(types, descr.slice(1)) ? types[descr.slice(1)] : undefined;
  if (!type || !'<>|='.includes(descr[0]!)) return fail('a type of bool, integers or floats, such as "<f4"', JSON.stringify(descr.slice(0, 40)), from);
  const sizes = entry('shape', '\\(([\\d\\s,]*)\\)').split(',').map((part) => part.trim());
  const shape = sizes.filter((part) => part !== '').map(Number);
  if (shape.length > 32) fail('at most 32 dimensions', String(shape.length), from);
  return { little: descr[0] !== '>', type, shape, isFortran: entry('fortran_order', '(True|False)') === 'True', start };
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

/** A number of 16 bits (IEEE 754 binary16). */
function half(bits: number): number {
  const [exponent, fraction] = [(bits >>> 10) & 31, bits & 1023];
  const size = exponent === 0 ? fraction * 2 ** -24 : exponent < 31 ? (1 + fraction / 1024) * 2 ** (exponent - 15) : fraction ? NaN : Infinity;
  return bits >>> 15 ? -size : size;
}
