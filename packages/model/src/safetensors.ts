import { FormatError, showShape, showValue } from '@chainrule/errors';
import { byteSize, type DType, type Shape, sizeOf, Tensor, type TypedArray } from '@chainrule/tensor';

const codes: Readonly<Record<DType, string>> = { float32: 'F32', float64: 'F64', int32: 'I32', uint8: 'U8', bool: 'BOOL' };
const dtypes: ReadonlyMap<unknown, DType> = new Map(Object.entries(codes).map(([dtype, code]) => [code, dtype as DType]));
const largestHeader = 100_000_000;

/** What a safetensors file holds. */
export interface Safetensors {
  readonly tensors: Readonly<Record<string, Tensor>>;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Writes tensors in the safetensors format: a length, a JSON header, the values in little-endian order.
 *
 * Format: https://github.com/huggingface/safetensors
 *
 * @param tensors - by name
 * @param metadata - strings by name
 * @throws FormatError for a tensor called `__metadata__`
 * @example
 * decodeSafetensors(encodeSafetensors({ w: tensor([1, 2]) })).tensors.w.toArray(); // => 1,2
 */
export function encodeSafetensors(tensors: Readonly<Record<string, Tensor>>, metadata: Readonly<Record<string, string>> = {}): Uint8Array {
  if (Object.hasOwn(tensors, '__metadata__')) throw new FormatError('save: a tensor must have a name other than __metadata__, which the format takes for itself');
  let offset = 0;
  const entries = Object.entries(tensors).map(([name, t]) => {
    const begin = offset;
    offset += t.size * byteSize(t.dtype);
    return [name, { dtype: codes[t.dtype], shape: t.shape, data_offsets: [begin, offset] }] as const;
  });
  const header = { ...(Object.keys(metadata).length > 0 && { __metadata__: metadata }), ...Object.fromEntries(entries) };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = 8 + Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(start + offset);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(start - 8), true);
  bytes.fill(0x20, 8, start);
  bytes.set(text, 8);
  for (const [name, { data_offsets: [begin] }] of entries) {
    const values = tensors[name]!['~values'];
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), start + begin);
  }
  return bytes;
}

/**
 * Reads a safetensors file.
 *
 * @param bytes - the whole file
 * @param name - of the file, for errors
 * @throws FormatError that names the place for a file that is truncated, oversized or malformed
 * @example
 * Object.keys(decodeSafetensors(encodeSafetensors({ b: zeros([3]) })).tensors); // => b
 */
export function decodeSafetensors(bytes: Uint8Array, name = 'safetensors'): Safetensors {
  const refuse = (problem: string): FormatError => new FormatError(`load: ${name}: ${problem}`);
  if (bytes.length < 8) throw refuse(`must have a header of 8 bytes, got ${bytes.length}`);
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (length > Math.min(largestHeader, bytes.length - 8)) throw refuse(`the header must end within the file of ${bytes.length} bytes, got a length of ${length} at offset 0`);
  const header = parseHeader(bytes.subarray(8, 8 + length), refuse);
  const data = bytes.subarray(8 + length);
  const { __metadata__: metadata = {}, ...entries } = header;
  const found = Object.entries(entries).map(([key, entry]) => readEntry(key, entry, data.length, refuse));
  let used = 0;
  for (const { key, begin, end } of [...found].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== used) throw refuse(`${key} must begin at ${used}, where the tensor before it ends, got ${begin}`);
    used = end;
  }
  if (used !== data.length) throw refuse(`the tensors must fill the ${data.length} bytes after the header, got ${used}`);
  const tensors = found.map(({ key, dtype, shape, begin, end }) => {
    const values = typedCopy(dtype, data.subarray(begin, end));
    if (dtype === 'bool' && values.some((v) => v > 1)) throw refuse(`${key} must hold 0 and 1, got ${values.find((v) => v > 1)}`);
    return [key, new Tensor(shape, dtype, values)] as const;
  });
  return { tensors: Object.fromEntries(tensors), metadata: metadata as Readonly<Record<string, string>> };
}

function parseHeader(bytes: Uint8Array, refuse: (problem: string) => FormatError): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw refuse(`the header must be JSON: ${(error as Error).message}`);
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header)) throw refuse(`the header must be an object, got ${showPart(header)}`);
  const { __metadata__: metadata = {} } = header as Record<string, unknown>;
  const strings = typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata) && Object.values(metadata).every((v) => typeof v === 'string');
  if (!strings) throw refuse('`__metadata__` must hold strings');
  return header as Record<string, unknown>;
}

/** Where the values of a tensor are. */
interface Entry {
  readonly key: string;
  readonly dtype: DType;
  readonly shape: Shape;
  readonly begin: number;
  readonly end: number;
}

function readEntry(key: string, entry: unknown, length: number, refuse: (problem: string) => FormatError): Entry {
  const { dtype: code, shape, data_offsets: offsets } = (entry ?? {}) as { dtype?: unknown; shape?: unknown; data_offsets?: unknown };
  const dtype = dtypes.get(code);
  if (!dtype) throw refuse(`the dtype of ${key} must be F32, F64, I32, U8 or BOOL, got ${showPart(code)}`);
  if (!isCounts(shape)) throw refuse(`${key} must have a shape, got ${showPart(shape)}`);
  if (!isCounts(offsets) || offsets.length !== 2) throw refuse(`${key} must have two offsets, got ${showPart(offsets)}`);
  const [begin, end] = offsets as readonly [number, number];
  const size = sizeOf(shape) * byteSize(dtype);
  if (end - begin !== size || end > length) {
    throw refuse(`${key} ${showShape(shape)} must take ${size} bytes within the ${length} of the file, got ${begin} to ${end}`);
  }
  return { key, dtype, shape, begin, end };
}

/** What a header holds may be nested beyond any stack, and so cannot be shown in full. */
function showPart(value: unknown): string {
  if (typeof value !== 'object' || value === null) return showValue(value);
  return Array.isArray(value) ? `a list of ${value.length}` : 'an object';
}

function isCounts(value: unknown): value is Shape {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}

function typedCopy(dtype: DType, bytes: Uint8Array): TypedArray {
  const { buffer } = new Uint8Array(bytes);
  if (dtype === 'float32') return new Float32Array(buffer);
  if (dtype === 'float64') return new Float64Array(buffer);
  if (dtype === 'int32') return new Int32Array(buffer);
  return new Uint8Array(buffer);
}
