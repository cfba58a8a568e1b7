import type { DType, TypedArray } from '@chainrule/tensor';

/** Values in a dtype that Chainrule converts to one of its own. */
export interface Converted {
  readonly dtype: DType;
  readonly values: TypedArray;
}

/** Bits of an element of each dtype that a safetensors file may name. */
export const bitsOf: ReadonlyMap<string, number> = new Map(
  Object.entries({
    BOOL: 8,
    U8: 8,
    I8: 8,
    F8_E5M2: 8,
    F8_E4M3: 8,
    F8_E8M0: 8,
    U16: 16,
    I16: 16,
    F16: 16,
    BF16: 16,
    U32: 32,
    I32: 32,
    F32: 32,
    U64: 64,
    I64: 64,
    F64: 64,
    C64: 64,
    F4: 4,
    F6_E2M3: 6,
    F6_E3M2: 6,
  }),
);

const ownCodes: Readonly<Record<string, DType>> = {
  F32: 'float32',
  F64: 'float64',
  I32: 'int32',
  U8: 'uint8',
  BOOL: 'bool',
};

/** Chainrule's dtype for a code of the format, if it has one. */
export function ownDType(code: string): DType | undefined {
  return Object.hasOwn(ownCodes, code) ? ownCodes[code] : undefined;
}

/**
 * The values in a dtype of Chainrule: small floats become float32, integers become int32 if they all fit, else float64.
 * Undefined for other dtypes, and for integers of which one has no exact float64.
 *
 * @param bytes - little-endian, of whole elements, aligned for any typed array
 */
export function convertForeign(code: string, bytes: Uint8Array): Converted | undefined {
  const { buffer } = bytes;
  switch (code) {
    case 'F16':
      return floats(code, new Uint16Array(buffer), (bits) => smallFloat(bits, 5, 10));
    case 'BF16':
      return brainFloats(new Uint16Array(buffer));
    case 'F8_E5M2':
      return floats(code, bytes, (bits) => smallFloat(bits, 5, 2));
    case 'F8_E4M3':
      return floats(code, bytes, finiteFloat8);
    case 'F8_E8M0':
      return floats(code, bytes, (bits) => (bits === 255 ? NaN : 2 ** (bits - 127)));
    case 'I8':
      return { dtype: 'int32', values: new Int32Array(new Int8Array(buffer)) };
    case 'I16':
      return { dtype: 'int32', values: new Int32Array(new Int16Array(buffer)) };
    case 'U16':
      return { dtype: 'int32', values: new Int32Array(new Uint16Array(buffer)) };
    case 'U32':
      return integers(new Uint32Array(buffer));
    case 'I64':
      return longIntegers(new BigInt64Array(buffer));
    case 'U64':
      return longIntegers(new BigUint64Array(buffer));
    default:
      return undefined;
  }
}

/** The values of all bit patterns of a dtype. */
const tables = new Map<string, Float32Array>();

/** Small floats, looked up: `TypedArray.from` would take ten times the memory of the values. */
function floats(code: string, patterns: Uint8Array | Uint16Array, valueOf: (bits: number) => number): Converted {
  const count = 2 ** (8 * patterns.BYTES_PER_ELEMENT);
  const table = tables.get(code) ?? Float32Array.from({ length: count }, (_, bits) => valueOf(bits));
  tables.set(code, table);
  const values = new Float32Array(patterns.length);
  for (let i = 0; i < values.length; i++) values[i] = table[patterns[i]!]!;
  return { dtype: 'float32', values };
}

/** The upper halves of float32 values. */
function brainFloats(patterns: Uint16Array): Converted {
  const bits = new Uint32Array(patterns.length);
  for (let i = 0; i < bits.length; i++) bits[i] = patterns[i]! << 16;
  return { dtype: 'float32', values: new Float32Array(bits.buffer) };
}

function integers(values: Uint32Array | Float64Array): Converted {
  return values.every((v) => v === (v | 0))
    ? { dtype: 'int32', values: new Int32Array(values) }
    : { dtype: 'float64', values: new Float64Array(values) };
}

/** 64-bit integers, of which most tensors hold small ones: those need no arithmetic with big integers. */
function longIntegers(given: BigInt64Array | BigUint64Array): Converted | undefined {
  const halves = new Int32Array(given.buffer, given.byteOffset, 2 * given.length);
  const isSigned = given instanceof BigInt64Array;
  const values = new Float64Array(given.length);
  for (let i = 0; i < values.length; i++) {
    const [low, high] = [halves[2 * i]! >>> 0, isSigned ? halves[2 * i + 1]! : halves[2 * i + 1]! >>> 0];
    // The sum of the halves is rounded as the whole would be.
    const value = high * 2 ** 32 + low;
    if (!Number.isSafeInteger(value) && BigInt(value) !== given[i]) return undefined;
    values[i] = value;
  }
  return integers(values);
}

/** An IEEE float with `exponent` and `fraction` bits, and infinities. */
function smallFloat(bits: number, exponent: number, fraction: number): number {
  const sign = bits >> (exponent + fraction) ? -1 : 1;
  const [power, rest] = [(bits >> fraction) & ((1 << exponent) - 1), bits & ((1 << fraction) - 1)];
  const bias = (1 << (exponent - 1)) - 1;
  if (power === (1 << exponent) - 1) return rest ? NaN : sign * Infinity;
  return sign * (power === 0 ? rest * 2 ** (1 - bias - fraction) : (1 + rest / (1 << fraction)) * 2 ** (power - bias));
}

/** E4M3 without infinities (Micikevicius et al. 2022): only S.1111.111 is NaN, and 448 is the largest value. */
function finiteFloat8(bits: number): number {
  const [sign, power, rest] = [bits >> 7 ? -1 : 1, (bits >> 3) & 15, bits & 7];
  if (power === 15 && rest === 7) return NaN;
  return sign * (power === 0 ? rest * 2 ** -9 : (1 + rest / 8) * 2 ** (power - 7));
}
