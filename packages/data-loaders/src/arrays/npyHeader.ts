import type { DType } from '@chainrule/tensor';

/** How to read the elements of a NumPy type. */
export interface ElementType {
  readonly bytes: number;
  /** `int32` also stands for integer types whose values may not fit it. */
  readonly dtype: DType;
  read(view: DataView, at: number, little: boolean): number;
}

/** The header of an array. */
export interface NpyHeader {
  readonly little: boolean;
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly isFortran: boolean;
  /** The offset of the first value. */
  readonly start: number;
}

export type Fail = (expectation: string, got: string, offset: number) => never;

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

/** Other names of the same types in NumPy. */
const names: Readonly<Record<string, string>> = {
  '?': 'b1',
  b: 'i1',
  B: 'u1',
  h: 'i2',
  H: 'u2',
  i: 'i4',
  I: 'u4',
  q: 'i8',
  Q: 'u8',
  e: 'f2',
  f: 'f4',
  d: 'f8',
  bool: 'b1',
  int8: 'i1',
  uint8: 'u1',
  int16: 'i2',
  uint16: 'u2',
  int32: 'i4',
  uint32: 'u4',
  int64: 'i8',
  uint64: 'u8',
  float16: 'f2',
  float32: 'f4',
  float64: 'f8',
};

/** NumPy itself rejects longer headers in files that it does not trust. */
const maxHeaderBytes = 10_000;
const magic = '\x93NUMPY';
const textOf = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to));

/** Reads the header of an array, which is a dictionary in Python syntax. */
export function readNpyHeader(bytes: Uint8Array, view: DataView, fail: Fail): NpyHeader {
  if (bytes.length < 10) fail('a header of at least 10 bytes', 'the end of the data', bytes.length);
  if (textOf(bytes, 0, 6) !== magic)
    fail('0x93 and "NUMPY"', textOf(bytes, 0, 2) === 'PK' ? 'a zip archive (use `readNpz`)' : 'something else', 0);
  const version = view.getUint8(6);
  if (version < 1 || version > 3) fail('version 1, 2 or 3', String(version), 6);
  const from = version === 1 ? 10 : 12;
  if (bytes.length < from) fail('a header of at least 12 bytes', 'the end of the data', bytes.length);
  const start = from + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (bytes.length < start) fail(`a header of ${start - from} bytes`, 'the end of the data', bytes.length);
  if (start - from > maxHeaderBytes) fail(`a header of at most ${maxHeaderBytes} bytes`, String(start - from), 8);
  const { descr, fortran_order: order, shape, ...others } = readDictionary(textOf(bytes, from, start), from, fail);
  const [other] = Object.keys(others);
  if (other !== undefined)
    fail('the keys `descr`, `fortran_order` and `shape`', JSON.stringify(other.slice(0, 40)), others[other]!.at);
  if (!descr || !order || !shape)
    return fail('the keys `descr`, `fortran_order` and `shape`', 'only some of them', from);
  if (typeof order.value !== 'boolean')
    return fail('`fortran_order` True or False', JSON.stringify(order.value), order.at);
  if (!Array.isArray(shape.value)) return fail('a `shape` in parentheses', JSON.stringify(shape.value), shape.at);
  if (shape.value.length > 32) fail('at most 32 dimensions', String(shape.value.length), shape.at);
  return { ...elementType(descr, fail), shape: shape.value, isFortran: order.value, start };
}

function elementType({ value, at }: Entry, fail: Fail): Pick<NpyHeader, 'little' | 'type'> {
  const [, order, code = ''] = typeof value === 'string' ? (/^([<>|=]?)(.*)$/s.exec(value) ?? []) : [];
  const key = Object.hasOwn(names, code) ? names[code]! : code;
  if (!Object.hasOwn(types, key))
    return fail('a type of bool, integers or floats, such as "<f4"', JSON.stringify(value).slice(0, 40), at);
  // Almost all machines are little-endian, so `=` and no mark mean that.
  return { little: order !== '>', type: types[key]! };
}

/** A value of the dictionary, with its offset in the file. */
interface Entry {
  readonly value: string | boolean | readonly number[];
  readonly at: number;
}

/** The tokens of Python syntax that NumPy writes: strings in either quotes, tuples of integers, True and False. */
const token = /\s*(?:'([^'\\]*)'|"([^"\\]*)"|(True|False)\b|\(([^()]*)\)|([{}:,]))/y;

function readDictionary(header: string, from: number, fail: Fail): Record<string, Entry> {
  const entries: Record<string, Entry> = Object.create(null) as Record<string, Entry>;
  token.lastIndex = 0;
  const next = (
    expectation: string,
  ): { readonly value?: Entry['value']; readonly mark?: string; readonly at: number } => {
    const begin = token.lastIndex;
    const at = from + begin + /^\s*/.exec(header.slice(begin))![0].length;
    const found = token.exec(header) ?? fail(expectation, JSON.stringify(header.slice(at - from, at - from + 40)), at);
    const [, single, double, truth, tuple, mark] = found;
    if (mark) return { mark, at };
    return { value: single ?? double ?? (truth ? truth === 'True' : sizesIn(tuple!, at, fail)), at };
  };
  const expect = (mark: string): void => {
    const found = next(`"${mark}" in the header`);
    if (found.mark !== mark) fail(`"${mark}" in the header`, JSON.stringify(found.mark ?? found.value), found.at);
  };
  expect('{');
  for (let key = next('a key'); key.mark !== '}'; key = next('a key')) {
    if (typeof key.value !== 'string') return fail('a key in quotes', JSON.stringify(key.mark ?? key.value), key.at);
    expect(':');
    const { value, at } = next('a value');
    if (value === undefined || Object.hasOwn(entries, key.value))
      return fail('unique keys', JSON.stringify(key.value), at);
    entries[key.value] = { value, at };
    const after = next('"," or "}"');
    if (after.mark === '}') break;
    if (after.mark !== ',') return fail('"," or "}"', JSON.stringify(after.mark ?? after.value), after.at);
  }
  const rest = header.slice(token.lastIndex);
  if (rest.trim())
    fail('the end of the header after "}"', JSON.stringify(rest.trim().slice(0, 40)), from + token.lastIndex);
  return entries;
}

/** Parses the sizes in a tuple. Python 2 wrote `2L`; a single size needs a comma, or it is not a tuple. */
function sizesIn(tuple: string, at: number, fail: Fail): number[] {
  const parts = tuple.split(',').map((part) => part.trim());
  if (parts.at(-1) === '') parts.pop();
  else if (parts.length === 1) fail('a comma after the only size of a `shape`', JSON.stringify(tuple.slice(0, 40)), at);
  return parts.map((part) =>
    /^\d+L?$/.test(part) ? parseInt(part, 10) : fail('sizes in a `shape`', JSON.stringify(part.slice(0, 40)), at),
  );
}

/** Decodes a 16-bit number (IEEE 754 binary16). */
function half(bits: number): number {
  const [exponent, fraction] = [(bits >>> 10) & 31, bits & 1023];
  const size =
    exponent === 0
      ? fraction * 2 ** -24
      : exponent < 31
        ? (1 + fraction / 1024) * 2 ** (exponent - 15)
        : fraction
          ? NaN
          : Infinity;
  return bits >>> 15 ? -size : size;
}
