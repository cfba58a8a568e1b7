import { ShapeError, showShape, showValue, ValueError } from '@chainrule/errors';
import { isPromise } from '@chainrule/errors/check';
import { allocate, type DType, isFloat, type TypedArray } from './dtype.ts';
import { sameShape } from './shape.ts';
import { isTensor } from './tensor.ts';

type View = ArrayLike<number> | BigInt64Array | BigUint64Array;

/** The shape of nested arrays. The innermost rows may be typed arrays. */
export function nestedShape(values: unknown): readonly number[] {
  return shapeOf(values) ?? throwRagged(values, []);
}

/** Returns undefined if rows differ. */
function shapeOf(values: unknown): readonly number[] | undefined {
  if (isView(values)) return [values.length];
  if (!Array.isArray(values)) return scalarShape;
  const inner = values.length > 0 ? shapeOf(values[0]) : scalarShape;
  for (let i = 1; inner && i < values.length; i++) {
    const other = shapeOf(values[i]);
    if (!other || !sameShape(other, inner)) return undefined;
  }
  return inner && [values.length, ...inner];
}

/** The dtype of a typed array, or of the first row that is a typed array; float32 for all other values. */
export function dtypeOf(values: unknown): DType {
  if (Array.isArray(values)) return values.length > 0 ? dtypeOf(values[0]) : 'float32';
  if (values instanceof Float64Array) return 'float64';
  if (values instanceof Int32Array) return 'int32';
  return values instanceof Uint8Array || values instanceof Uint8ClampedArray ? 'uint8' : 'float32';
}

const scalarShape: readonly number[] = [];

function isView(values: unknown): values is View {
  return ArrayBuffer.isView(values) && !(values instanceof DataView);
}

/** Finds the innermost list whose rows differ. */
function throwRagged(values: unknown, path: readonly number[]): never {
  const rows = values as readonly unknown[];
  rows.forEach((row, i) => shapeOf(row) ?? throwRagged(row, [...path, i]));
  const shapes = rows.map((row) => shapeOf(row)!);
  const other = shapes.findIndex((shape) => !sameShape(shape, shapes[0]!));
  const show = (shape: readonly number[]): string => (shape.length === 0 ? 'one number' : showShape(shape));
  throw new ShapeError(
    `tensor: \`values\` must be nested evenly, got rows of ${show(shapes[0]!)} and ${show(shapes[other]!)} at ${showShape([...path, other])}`,
  );
}

/**
 * Copies the values of nested arrays in row-major order.
 *
 * @throws ValueError if a value is not a number, or if the dtype cannot hold it
 */
export function flatValues(values: unknown, dtype: DType, size: number): TypedArray {
  const data = allocate(dtype, size, 'tensor');
  copyValues(data, values, 0, dtype);
  return data;
}

function copyValues(data: TypedArray, values: unknown, at: number, dtype: DType): number {
  if (Array.isArray(values)) {
    let next = at;
    for (const row of values) next = copyValues(data, row, next, dtype);
    return next;
  }
  if (!isView(values)) {
    if (typeof values !== 'number' && typeof values !== 'boolean')
      throw new ValueError(`tensor: \`values\` must be numbers, got ${showValue(values)}${remedyFor(values)}`);
    data[at] = Number(values);
    if (!isFloat(dtype)) checkStored(data, values, at, dtype);
    return at + 1;
  }
  const isBig = values instanceof BigInt64Array || values instanceof BigUint64Array;
  if (!isBig) data.set(values, at);
  for (let i = 0; (isBig || !isFloat(dtype)) && i < values.length; i++) {
    if (isBig) data[at + i] = Number(values[i]);
    checkStored(data, values[i]!, at + i, dtype);
  }
  return at + values.length;
}

/** Checks that an element holds its value. Integer arrays wrap silently, and a float may lose digits of a bigint. */
function checkStored(data: TypedArray, value: number | bigint | boolean, at: number, dtype: DType): void {
  const held = data[at]!;
  const isHeld = typeof value === 'bigint' ? BigInt(held) === value : held === Number(value);
  if (isHeld && !(dtype === 'bool' && held > 1)) return;
  const remedy = typeof value === 'bigint' ? '; round it with `Array.from(values, Number)`' : '';
  throw new ValueError(
    `tensor: ${dtype} cannot hold ${String(value)}${data.length > 1 ? ` (value ${at})` : ''}${remedy}`,
  );
}

function remedyFor(value: unknown): string {
  if (typeof value === 'string')
    return value.trim() !== '' && Number.isFinite(Number(value))
      ? '; convert strings with `Number`'
      : '; number the classes with `ordinalEncoder`';
  if (typeof value === 'bigint') return '; convert it with `Number`';
  if (isTensor(value)) return '; join tensors with `stack` or `concat`';
  return isPromise(value) ? '; did you forget `await`?' : '';
}
