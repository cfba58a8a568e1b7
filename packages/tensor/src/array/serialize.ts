import { FormatError, showShape, showValue } from '@chainrule/errors';
import { allocate, type DType, isDType, isFloat, type TypedArray } from './dtype.ts';
import { aTensor } from './checks.ts';
import { sizeOf } from './shape.ts';
import { Tensor } from './tensor.ts';

/** The largest number of axes that a file may have. */
const maxRank = 64;

/** A tensor as a plain object that `postMessage` and `structuredClone` accept. */
export interface TransferableTensor {
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly data: TypedArray;
}

/** Checks shape, dtype and the number of elements before anything is allocated. */
function readHeader(op: string, value: unknown): { shape: readonly number[]; dtype: DType; data: ArrayLike<unknown> } {
  if (typeof value !== 'object' || value === null)
    throw new FormatError(`${op}: expects { shape, dtype, data }, got ${showValue(value)}`);
  const { shape, dtype, data } = value as Readonly<Record<string, unknown>>;
  if (!Array.isArray(shape) || shape.length > maxRank || !shape.every((n) => Number.isSafeInteger(n) && n >= 0)) {
    throw new FormatError(`${op}: \`shape\` must be a list of at most ${maxRank} sizes, got ${showValue(shape)}`);
  }
  if (!isDType(dtype))
    throw new FormatError(`${op}: \`dtype\` must be float32, float64, int32, uint8 or bool, got ${showValue(dtype)}`);
  if (!Array.isArray(data) && !(ArrayBuffer.isView(data) && 'length' in data))
    throw new FormatError(`${op}: \`data\` must be a list of numbers, got ${showValue(data)}`);
  const sizes = shape as readonly number[];
  const list = data as ArrayLike<unknown>;
  if (list.length !== sizeOf(sizes))
    throw new FormatError(`${op}: \`shape\` ${showShape(sizes)} needs ${sizeOf(sizes)} elements, got ${list.length}`);
  return { shape: [...sizes], dtype, data: list };
}

/** Numbers that JSON cannot express. */
const namedNumbers: Readonly<Record<string, number>> = { NaN, Infinity, '-Infinity': -Infinity, '-0': -0 };

/**
 * Restores the tensor that `JSON.stringify(tensor)` wrote, bit for bit.
 *
 * @param value - the result of `JSON.parse`
 * @throws FormatError unless `value` has a shape, a dtype and the matching number of elements
 * @example
 * tensorFromJSON(JSON.parse(JSON.stringify(tensor([1, NaN])))).toArray(); // => 1,NaN
 */
export function tensorFromJSON(value: unknown): Tensor {
  const { shape, dtype, data } = readHeader('tensorFromJSON', value);
  const held = allocate(dtype, data.length);
  for (let i = 0; i < data.length; i++) {
    const given = data[i];
    const item = typeof given === 'string' && Object.hasOwn(namedNumbers, given) ? namedNumbers[given] : given;
    if (typeof item !== 'number')
      throw new FormatError(`tensorFromJSON: element ${i} must be a number, got ${showValue(given)}`);
    held[i] = item;
    if (!isStored(held[i]!, item, dtype))
      throw new FormatError(`tensorFromJSON: ${dtype} cannot hold element ${i}, ${item}`);
  }
  return new Tensor(shape, dtype, held);
}

/** Floats may round but not overflow. */
function isStored(held: number, given: number, dtype: DType): boolean {
  if (isFloat(dtype)) return Number.isFinite(held) || !Number.isFinite(given);
  return held === given && (dtype !== 'bool' || held <= 1);
}

/**
 * Turns a tensor into a plain object for another thread. The elements are copied once, and `transfer` moves the copy.
 *
 * @returns the message `value`, and `transfer`, the buffers that move with it
 * @throws CaptureError for a symbolic tensor; AsyncValueError if an asynchronous device holds the values
 * @example
 * const { value, transfer } = tensorToTransferable(tensor([1, 2]));
 * tensorFromTransferable(structuredClone(value, { transfer })).toArray(); // => 1,2
 */
export function tensorToTransferable(x: Tensor): { value: TransferableTensor; transfer: ArrayBuffer[] } {
  aTensor('tensorToTransferable', 'x', x);
  const data = x.data;
  return { value: { shape: [...x.shape], dtype: x.dtype, data }, transfer: [data.buffer as ArrayBuffer] };
}

/**
 * Restores a tensor that {@link tensorToTransferable} sent. The tensor keeps the array: do not write to it afterwards.
 *
 * @throws FormatError unless shape and dtype are valid and the array has the matching type and size
 * @example
 * tensorFromTransferable({ shape: [2], dtype: 'int32', data: Int32Array.of(3, 4) }).toArray(); // => 3,4
 */
export function tensorFromTransferable(value: unknown): Tensor {
  const { shape, dtype, data } = readHeader('tensorFromTransferable', value);
  const expected = allocate(dtype, 0).constructor as new () => TypedArray;
  if (!(data instanceof expected))
    throw new FormatError(
      `tensorFromTransferable: \`data\` must be a ${expected.name} for ${dtype}, got ${showValue(data)}`,
    );
  if (dtype === 'bool' && data.some((n) => n > 1))
    throw new FormatError('tensorFromTransferable: bool holds bytes 0 and 1 alone');
  return new Tensor(shape, dtype, data);
}
