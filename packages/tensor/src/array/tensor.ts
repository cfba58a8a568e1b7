import {
  AsyncValueError,
  CaptureError,
  DuplicatePackageError,
  ShapeError,
  showByString,
  showShape,
} from '@chainrule/errors';
import { foreignMethods, refuse } from '@chainrule/errors/check';
import type { Matches, Shape } from '../types/tensor.ts';
import { arrayName, type DType, isDType, type TypedArray } from './dtype.ts';
import { checkShape, sizeOf } from './shape.ts';
import { showTensor } from './show.ts';

/** Values that a device holds. */
export interface Pending {
  /** The elements, if they are available without waiting. */
  data(): TypedArray | undefined;
  read(): Promise<TypedArray>;
}

/** The capture that owns a symbolic tensor. */
export interface Scope {
  readonly scope: string;
  closed: boolean;
}

type Source = TypedArray | Pending | Scope;

/** A tensor as JSON. Numbers that JSON cannot express are strings: 'NaN', 'Infinity', '-Infinity', '-0'. */
export interface TensorJSON {
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly data: readonly (number | string)[];
}

/** Nested arrays of numbers (booleans for bool tensors). */
export type Nested = number | boolean | readonly Nested[];

/** Methods that tensors of other libraries have. */
const foreign = /* @__PURE__ */ foreignMethods('a tensor', [
  [
    'operations are functions: write `NAME(x, …)`',
    'abs add argmax cast concat div exp expandDims log matmul max mean min mul neg pow relu reshape sigmoid slice softmax sqrt square squeeze sub sum tanh transpose',
  ],
  ['write `matmul(x, y)`', 'matMul mm'],
  ['write `argmax(x)`', 'argMax'],
  ['write `reshape(x, shape)`', 'view'],
  ['write `expandDims(x, axis)`', 'unsqueeze'],
  ["write `cast(x, 'float32')`", 'asType toFloat'],
  ['read values with `x.toArray()`', 'array arraySync numpy tolist'],
  ['read values with `x.data`', 'dataSync'],
  ['write `console.log(x)`', 'print'],
  ['the garbage collector frees tensors', 'dispose'],
  ['write `stopGradient(x)`', 'detach'],
  ['write `grad(fn)(x)`', 'backward'],
]);

/**
 * The sizes of a tensor's axes. `x.shape[1]` is a number, also with `noUncheckedIndexedAccess`, for the first eight axes of any
 * rank: an axis that a tensor lacks gives undefined when the program runs. `shapeOf` gives the sizes of a literal shape as
 * literals, and no others. A property cannot, because a tensor of unknown shape would not fit in its place.
 */
export interface Sizes extends ReadonlyArray<number> {
  readonly 0: number;
  readonly 1: number;
  readonly 2: number;
  readonly 3: number;
  readonly 4: number;
  readonly 5: number;
  readonly 6: number;
  readonly 7: number;
}

/** The nested arrays of a shape and a dtype: `number[][]` for rank 2. */
export type NestedOf<S extends Shape, D extends DType> = number extends S['length']
  ? Nested
  : S extends readonly [unknown, ...infer Rest extends Shape]
    ? NestedOf<Rest, D>[]
    : D extends 'bool'
      ? boolean
      : number;

/** Each copy of this module has its own symbol, so that tensors of another copy are detected. */
const packageCopy: symbol = Symbol('@chainrule/tensor');

/**
 * An immutable n-dimensional array. The garbage collector frees its values; there is nothing to dispose of. Under
 * `compile`, a tensor is symbolic: it has a shape and a dtype but no values.
 *
 * @example
 * const x = tensor([[1, 2, 3], [4, 5, 6]]);
 * x.shape; // => 2,3
 */
export class Tensor<S extends Shape = Shape, D extends DType = DType> {
  declare readonly '~shape': Matches<S, D>;
  readonly '~copy': symbol = packageCopy;
  readonly shape: Sizes;
  readonly dtype: DType;
  readonly size: number;
  /**
   * The values, or the object that provides them. An own property, so that test runners and `deepStrictEqual` compare tensors by value.
   */
  readonly '~source': Source;

  /**
   * Keeps `source` without copying it. Usually you call `tensor`, which copies and converts.
   *
   * @throws ShapeError for an invalid shape; OptionError unless `source` has the elements of a tensor of this shape and
   *   dtype
   */
  constructor(shape: readonly number[], dtype: D, source: Source) {
    if (!Array.isArray(shape)) checkShape('Tensor', shape);
    checkParts(shape, dtype, source);
    this.shape = shape as Sizes;
    this.dtype = dtype;
    this.size = sizeOf(shape);
    this['~source'] = source;
  }

  /** The number of axes. */
  get rank(): number {
    return this.shape.length;
  }

  /** The capture that owns this symbolic tensor; undefined for a tensor with values. */
  get '~scope'(): Scope | undefined {
    const source = this['~source'];
    return 'scope' in source ? source : undefined;
  }

  /** The elements without a copy, for evaluators and backends. Never write to them. */
  get '~values'(): TypedArray {
    const source = this['~source'];
    if (ArrayBuffer.isView(source)) return source;
    if ('scope' in source) throw symbolicError(this, source);
    const data = source.data();
    if (!data) throw new AsyncValueError('tensor: this value lives on an asynchronous device; write `await t.read()`');
    return data;
  }

  /**
   * A copy of the elements in row-major order.
   *
   * @throws AsyncValueError if an asynchronous device holds the values; `await t.read()` always works
   * @throws CaptureError for a symbolic tensor
   */
  get data(): TypedArray {
    return this['~values'].slice();
  }

  /** A copy of the elements, wherever they live. */
  async read(): Promise<TypedArray> {
    const source = this['~source'];
    if (!ArrayBuffer.isView(source) && !('scope' in source)) return (await source.read()).slice();
    return this.data;
  }

  /**
   * The value of a tensor with one element.
   *
   * @throws ShapeError unless there is exactly one element
   */
  item(): number {
    if (this.size !== 1)
      throw new ShapeError(
        `item: expects one element, got shape ${showShape(this.shape)}; read all of them with \`toArray\``,
      );
    return this['~values'][0]!;
  }

  /**
   * The elements as nested arrays; booleans for bool. A scalar gives its value.
   *
   * @example
   * const rows: number[][] = tensor([[1, 2], [3, 4]]).toArray();
   * rows; // => [[1,2],[3,4]]
   */
  // The type is the default of a parameter, because method types would otherwise forbid a tensor of unknown rank in place
  // of one of known rank.
  toArray<T = NestedOf<S, D>>(): NoInfer<T> {
    const values = this['~values'];
    const bool = this.dtype === 'bool';
    let at = 0;
    const level = (axis: number): Nested => {
      if (axis === this.shape.length) {
        const value = values[at++]!;
        return bool ? value !== 0 : value;
      }
      return Array.from({ length: this.shape[axis]! }, () => level(axis + 1));
    };
    return level(0) as NoInfer<T>;
  }

  /** The form that `JSON.stringify` writes; `tensorFromJSON` restores it bit for bit. */
  toJSON(): TensorJSON {
    const spell = (value: number): number | string =>
      !Number.isFinite(value) ? String(value) : Object.is(value, -0) ? '-0' : value;
    return { shape: this.shape, dtype: this.dtype, data: Array.from(this['~values'], spell) };
  }

  /** Shape, dtype and an excerpt of the values. */
  toString(): string {
    return showTensor(this, this['~scope'] ? undefined : this['~values']);
  }

  /** Converts a tensor with one element to a number. Throws under capture, where code cannot branch on a value. */
  [Symbol.toPrimitive](hint: string): number | string {
    const scope = this['~scope'];
    if (scope && hint !== 'string') throw symbolicError(this, scope);
    if (hint !== 'string' && this.size !== 1)
      throw new ShapeError(
        `tensor: operators such as + need one element, got shape ${showShape(this.shape)}; operations are functions: write \`add(x, y)\` for \`x + y\``,
      );
    return hint === 'string' ? this.toString() : this.item();
  }

  static {
    showByString(this);
    for (const name in foreign) Object.defineProperty(this.prototype, name, { value: foreign[name] });
  }
}

function checkParts(shape: readonly number[], dtype: DType, source: Source): void {
  const remedy = 'write `tensor(values)`';
  if (typeof source !== 'object' || source === null) refuse('Tensor', 'source', 'a typed array', source, remedy);
  if (!isDType(dtype)) refuse('Tensor', 'dtype', 'a dtype', dtype);
  if ('scope' in source || ('read' in source && !('~source' in source))) return;
  const elements = source as Partial<Pick<Float32Array, 'length' | typeof Symbol.toStringTag>>;
  // The tag also identifies arrays of other realms, such as those of a test runner.
  const isRight = elements[Symbol.toStringTag] === arrayName(dtype) && elements.length === sizeOf(shape);
  if (!isRight) refuse('Tensor', 'source', `${arrayName(dtype)} of ${sizeOf(shape)} elements`, source, remedy);
}

function symbolicError(t: Tensor, source: Scope): CaptureError {
  const what = `${t.dtype} tensor ${showShape(t.shape)}`;
  return source.closed
    ? new CaptureError(
        `tensor: this ${what} is a symbol of a finished capture; return it from the ${source.scope} instead of keeping it`,
      )
    : new CaptureError(
        `tensor: a symbolic ${what} has no value inside a ${source.scope}; to choose between values use \`where\`, to read one return it`,
      );
}

/**
 * Tells whether `value` is a tensor. Throws if it belongs to a second copy of the package.
 *
 * @example
 * isTensor(tensor([1])); // => true
 */
export function isTensor(value: unknown): value is Tensor {
  if (value instanceof Tensor) return true;
  if (typeof value === 'object' && value !== null && '~copy' in value && value['~copy'] !== packageCopy) {
    throw new DuplicatePackageError(
      'tensor: got a value of a second copy of @chainrule/tensor; install one version for all packages (`npm ls @chainrule/tensor` shows who brings the other)',
    );
  }
  return false;
}

/** The symbol of this copy, which {@link isTensor} compares. */
export const copyMark: symbol = packageCopy;
