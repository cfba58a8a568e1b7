import { FormatError, showShape, showValue } from '@chainrule/errors';
import { Tensor } from '@chainrule/tensor';
import { sameShape, sizeOf } from '@chainrule/tensor/graph';

/** A tensor in the format of golden files. */
export interface GoldenTensor {
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32';
  readonly data: readonly number[];
}

export type GoldenTensors = Readonly<Record<string, GoldenTensor>>;

/** One case of a file in format golden-cases/1; `packages/testing/golden/README.md` describes them. */
export interface GoldenCase {
  readonly op: string;
  readonly name: string | undefined;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly inputs: GoldenTensors;
  readonly outputs: GoldenTensors;
  readonly cotangents: GoldenTensors;
  readonly gradients: GoldenTensors;
  readonly tolerance: number;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Checks a case that was read from a file.
 *
 * @throws FormatError with the place inside the case
 */
export function checkCase(value: unknown): GoldenCase {
  const fields = fieldsOf(value, 'the case');
  const { op, name, tolerance, attrs = {} } = fields;
  if (typeof op !== 'string' || op === '') throw new FormatError(`op: must be a name, got ${showValue(op)}`);
  if (name !== undefined && typeof name !== 'string')
    throw new FormatError(`name: must be a string, got ${showValue(name)}`);
  if (typeof tolerance !== 'number' || !(tolerance >= 0 && tolerance < Infinity)) {
    throw new FormatError(`tolerance: must be a finite number of at least 0, got ${showValue(tolerance)}`);
  }
  const [inputs, outputs, cotangents, gradients] = ['inputs', 'outputs', 'cotangents', 'gradients'].map((key) =>
    checkTensors(fields[key] ?? {}, key),
  ) as [GoldenTensors, GoldenTensors, GoldenTensors, GoldenTensors];
  if (Object.keys(outputs).length === 0) throw new FormatError('outputs: must name at least one, got none');
  checkCounterparts('cotangents', cotangents, 'outputs', outputs);
  checkCounterparts('gradients', gradients, 'inputs', inputs);
  if (Object.keys(gradients).length > 0 && Object.keys(cotangents).length === 0) {
    throw new FormatError('cotangents: gradients need at least one, got none');
  }
  return { op, name, attrs: fieldsOf(attrs, 'attrs'), inputs, outputs, cotangents, gradients, tolerance };
}

/** A tensor of the values. */
export function toTensor({ shape, dtype, data }: GoldenTensor): Tensor {
  return new Tensor(shape, dtype, dtype === 'int32' ? Int32Array.from(data) : Float32Array.from(data));
}

/** An object with string keys. */
export function fieldsOf(value: unknown, place: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new FormatError(`${place}: must be an object, got ${showValue(value)}`);
  return value as Fields;
}

function checkTensors(value: unknown, place: string): GoldenTensors {
  return Object.fromEntries(
    Object.entries(fieldsOf(value, place)).map(([name, found]) => [name, checkTensor(found, `${place}.${name}`)]),
  );
}

function checkTensor(value: unknown, place: string): GoldenTensor {
  const { shape, dtype, data } = fieldsOf(value, place);
  if (!Array.isArray(shape) || !shape.every((n) => Number.isSafeInteger(n) && n >= 0)) {
    throw new FormatError(`${place}.shape: must be a list of sizes, got ${showValue(shape)}`);
  }
  if (dtype !== 'float32' && dtype !== 'int32')
    throw new FormatError(`${place}.dtype: must be float32 or int32, got ${showValue(dtype)}`);
  if (!Array.isArray(data)) throw new FormatError(`${place}.data: must be a list of numbers, got ${showValue(data)}`);
  const sizes = shape as number[];
  if (data.length !== sizeOf(sizes))
    throw new FormatError(`${place}.data: shape ${showShape(sizes)} needs ${sizeOf(sizes)} values, got ${data.length}`);
  return { shape: sizes, dtype, data: data.map((item, i) => checkNumber(item, dtype, `${place}.data[${i}]`)) };
}

/** In files of standard JSON, NaN and the infinities are strings. */
const spelt: Readonly<Record<string, number>> = { NaN, Infinity, '-Infinity': -Infinity };

function checkNumber(item: unknown, dtype: 'float32' | 'int32', place: string): number {
  const value = typeof item === 'string' && Object.hasOwn(spelt, item) ? spelt[item] : item;
  if (typeof value !== 'number') throw new FormatError(`${place}: must be a number, got ${showValue(item)}`);
  if (dtype === 'int32' && value !== (value | 0)) throw new FormatError(`${place}: must be an int32, got ${value}`);
  return value;
}

/** Checks that cotangents have the names and shapes of outputs, and gradients those of inputs. */
function checkCounterparts(place: string, found: GoldenTensors, wholePlace: string, whole: GoldenTensors): void {
  for (const [name, { shape }] of Object.entries(found)) {
    const other = Object.hasOwn(whole, name) ? whole[name] : undefined;
    if (!other) throw new FormatError(`${place}.${name}: is not a name in ${wholePlace}`);
    if (!sameShape(shape, other.shape))
      throw new FormatError(
        `${place}.${name}.shape: must be that of ${wholePlace}.${name}, ${showShape(other.shape)}, got ${showShape(shape)}`,
      );
    if (other.dtype !== 'float32')
      throw new FormatError(`${place}.${name}: ${wholePlace}.${name} must be float32, got ${other.dtype}`);
  }
}
