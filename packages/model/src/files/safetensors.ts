import { FormatError, showShape, showValue } from '@chainrule/errors';
import { aString, checkOptions, oneOf } from '@chainrule/errors/check';
import { type DType, type Shape, Tensor, type TypedArray } from '@chainrule/tensor';
import { byteSize, sizeOf } from '@chainrule/tensor/graph';
import { bytesOfFile, namedTensors, namedTexts } from './savedChecks.ts';
import { bitsOf, convertForeign, ownDType } from './foreignDTypes.ts';
import { type Header, HeaderProblem, parseHeader } from './safetensorsHeader.ts';

const codes: Readonly<Record<DType, string>> = {
  float32: 'F32',
  float64: 'F64',
  int32: 'I32',
  uint8: 'U8',
  bool: 'BOOL',
};
const largestHeader = 100_000_000;

/** What a safetensors file holds. */
export interface Safetensors {
  readonly tensors: Readonly<Record<string, Tensor>>;
  readonly metadata: Readonly<Record<string, string>>;
  /** Tensors in dtypes that Chainrule does not have, unless they were converted. */
  readonly raw: Readonly<Record<string, RawTensor>>;
}

/**
 * Writes tensors in the safetensors format: a length, a JSON header, the values in little-endian order.
 *
 * Format: https://github.com/huggingface/safetensors
 *
 * @param tensors - the tensors by name
 * @param metadata - strings by name
 * @throws FormatError for a tensor named `__metadata__`
 * @example
 * decodeSafetensors(encodeSafetensors({ w: tensor([1, 2]) })).tensors.w.toArray(); // => 1,2
 */
export function encodeSafetensors(
  tensors: Readonly<Record<string, Tensor>>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  namedTensors('encodeSafetensors', 'tensors', tensors);
  namedTexts('encodeSafetensors', 'metadata', metadata);
  if (Object.hasOwn(tensors, '__metadata__'))
    throw new FormatError('save: a tensor must have a name other than __metadata__, which the format takes for itself');
  let offset = 0;
  const entries = Object.entries(tensors).map(([name, t]) => {
    const begin = offset;
    offset += t.size * byteSize(t.dtype);
    return [name, { dtype: codes[t.dtype], shape: t.shape, data_offsets: [begin, offset] }] as const;
  });
  const header = {
    ...(Object.keys(metadata).length > 0 && { __metadata__: metadata }),
    ...Object.fromEntries(entries),
  };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = 8 + Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(start + offset);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(start - 8), true);
  bytes.fill(0x20, 8, start);
  bytes.set(text, 8);
  for (const [
    name,
    {
      data_offsets: [begin],
    },
  ] of entries) {
    const values = tensors[name]!['~values'];
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), start + begin);
  }
  return bytes;
}

/** A tensor as the file holds it, in a dtype that Chainrule does not have. */
export interface RawTensor {
  /** As the format names it, such as `BF16`. */
  readonly dtype: string;
  readonly shape: Shape;
  /** Little-endian. */
  readonly bytes: Uint8Array;
}

/** Options of {@link decodeSafetensors}. */
export interface SafetensorsOptions {
  /** Of the file, for errors. */
  readonly name?: string;
  /**
   * How to read dtypes that Chainrule lacks. 'convert' (default) turns F16, BF16 and F8 into float32, and I8, I16, U16, U32, I64
   * and U64 into int32 if all values fit, else into float64. 'keep' puts them into `raw`. Dtypes that lose digits in a
   * conversion (C64, F4, F6, integers beyond 2⁵³) always go to `raw`.
   */
  readonly otherDTypes?: 'convert' | 'keep';
}

/**
 * Reads a safetensors file.
 *
 * @param bytes - the whole file
 * @param options - `name` ('safetensors'), `otherDTypes` ('convert'); a string is the name
 * @returns tensors and metadata by name, and `raw` for tensors in other dtypes
 * @throws FormatError that names the place for a file that is truncated, oversized or malformed
 * @example
 * Object.keys(decodeSafetensors(encodeSafetensors({ b: zeros([3]) })).tensors); // => b
 */
export function decodeSafetensors(bytes: Uint8Array, options: SafetensorsOptions | string = {}): Safetensors {
  bytesOfFile('decodeSafetensors', 'bytes', bytes);
  const given = typeof options === 'string' ? { name: options } : options;
  checkOptions('decodeSafetensors', given, { name: aString, otherDTypes: oneOf('convert', 'keep') });
  const { name = 'safetensors', otherDTypes = 'convert' }: SafetensorsOptions = given;
  const refuse = (problem: string): FormatError => new FormatError(`load: ${name}: ${problem}`);
  if (bytes.length < 8) throw refuse(`must have a header of 8 bytes, got ${bytes.length}`);
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (length > Math.min(largestHeader, bytes.length - 8))
    throw refuse(`the header must end within the file of ${bytes.length} bytes, got a length of ${length} at offset 0`);
  const { entries, metadata } = readHeader(bytes.subarray(8, 8 + length), refuse);
  const data = bytes.subarray(8 + length);
  checkOffsets(entries, data.length, refuse);
  const tensors: [string, Tensor][] = [];
  const raw: [string, RawTensor][] = [];
  for (const [
    key,
    {
      dtype: code,
      shape,
      offsets: [begin, end],
    },
  ] of entries) {
    const values = new Uint8Array(data.subarray(begin, end)); // a copy, aligned for every array
    const own = ownDType(code);
    if (own === 'bool' && values.some((v) => v > 1))
      throw refuse(`${key} must hold 0 and 1, got ${values.find((v) => v > 1)}`);
    const read = own
      ? { dtype: own, values: typedArray(own, values) }
      : otherDTypes === 'convert'
        ? convertForeign(code, values)
        : undefined;
    if (read) tensors.push([key, new Tensor(shape, read.dtype, read.values)]);
    else raw.push([key, { dtype: code, shape, bytes: values }]);
  }
  return { tensors: Object.fromEntries(tensors), metadata, raw: Object.fromEntries(raw) };
}

type Refuse = (problem: string) => FormatError;

function readHeader(bytes: Uint8Array, refuse: Refuse): Header {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw refuse('the header must be UTF-8');
  }
  try {
    return parseHeader(text);
  } catch (error) {
    if (!(error instanceof HeaderProblem)) throw error;
    const offset = 8 + new TextEncoder().encode(text.slice(0, error.offset)).length;
    throw refuse(`the header ${error.message}, at offset ${offset}`);
  }
}

/** Tensors fill the data without gaps and overlaps, each with the bytes that its shape takes. */
function checkOffsets(entries: Header['entries'], length: number, refuse: Refuse): void {
  const found = [...entries].map(([key, entry]) => {
    const {
      dtype,
      shape,
      offsets: [begin, end],
    } = entry;
    const bits = bitsOf.get(dtype);
    if (bits === undefined)
      throw refuse(`the dtype of ${key} must be one of ${[...bitsOf.keys()].join(', ')}, got ${showValue(dtype)}`);
    const size = (sizeOf(shape) * bits) / 8;
    if (end - begin !== size || end > length) {
      throw refuse(
        `${key} ${showShape(shape)} must take ${size} bytes within the ${length} of the file, got ${begin} to ${end}`,
      );
    }
    return { key, begin, end };
  });
  let used = 0;
  for (const { key, begin, end } of found.sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== used) throw refuse(`${key} must begin at ${used}, where the tensor before it ends, got ${begin}`);
    used = end;
  }
  if (used !== length) throw refuse(`the tensors must fill the ${length} bytes after the header, got ${used}`);
}

function typedArray(dtype: DType, { buffer }: Uint8Array): TypedArray {
  if (dtype === 'float32') return new Float32Array(buffer);
  if (dtype === 'float64') return new Float64Array(buffer);
  if (dtype === 'int32') return new Int32Array(buffer);
  return new Uint8Array(buffer);
}
