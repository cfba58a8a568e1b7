import { ShapeError, showShape, ValueError } from '@chainrule/errors';
import { allocate, isFloat, type TypedArray } from '../array/dtype.ts';
import type { NodeOf, ViewAttrs } from '../graph/node.ts';
import { opName } from '../graph/opName.ts';
import { broadcastStrides, checkShape, sameShape, sizeOf, stridesOf } from '../array/shape.ts';
import type { Tensor } from '../array/tensor.ts';
import { emit } from '../graph/trace.ts';

function view(x: Tensor, attrs: ViewAttrs, shape: readonly number[]): Tensor {
  return emit('view', attrs, [x], [{ shape: [...shape], dtype: x.dtype }], evaluateView)[0]!;
}

/**
 * Node `view`, reshape: the same elements in row-major order with another shape.
 *
 * @example
 * reshapeNode(tensor([[1, 2]]), [2]).toArray(); // => 1,2
 */
export function reshapeNode(x: Tensor, shape: readonly number[]): Tensor {
  checkShape(opName(), shape);
  if (sizeOf(shape) !== x.size) {
    throw new ShapeError(
      `${opName()}: ${showShape(x.shape)} has ${x.size} elements, ${showShape(shape)} has ${sizeOf(shape)}`,
    );
  }
  return view(x, { view: 'reshape' }, shape);
}

/**
 * Node `view`, transpose: axis i of the result is axis `axes[i]` of `x`.
 *
 * @example
 * transposeNode(zeros([2, 3]), [1, 0]).shape; // => 3,2
 */
export function transposeNode(x: Tensor, axes: readonly number[]): Tensor {
  if (axes.length !== x.rank || new Set(axes).size !== x.rank || axes.some((a) => !(a in x.shape))) {
    throw new ShapeError(
      `${opName()}: \`axes\` must be a permutation of the axes of ${showShape(x.shape)}, got ${showShape(axes)}`,
    );
  }
  return view(
    x,
    { view: 'transpose', axes },
    axes.map((a) => x.shape[a]!),
  );
}

/**
 * Node `view`, broadcast: repeats axes of size 1 and adds leading axes.
 *
 * @example
 * broadcastNode(tensor([1]), [3]).toArray(); // => 1,1,1
 */
export function broadcastNode(x: Tensor, shape: readonly number[]): Tensor {
  checkShape(opName(), shape);
  const offset = shape.length - x.rank;
  if (offset < 0 || x.shape.some((n, i) => n !== 1 && n !== shape[i + offset])) {
    throw new ShapeError(`${opName()}: cannot broadcast ${showShape(x.shape)} to ${showShape(shape)}`);
  }
  return sameShape(x.shape, shape) ? x : view(x, { view: 'broadcast' }, shape);
}

/**
 * Node `view`, slice: takes `size` elements `begin + i * stride` along each axis. Strides are positive.
 *
 * @example
 * sliceNode(tensor([1, 2, 3]), [1], [2]).toArray(); // => 2,3
 */
export function sliceNode(
  x: Tensor,
  begin: readonly number[],
  size: readonly number[],
  strides: readonly number[] = x.shape.map(() => 1),
): Tensor {
  checkShape(opName(), size);
  x.shape.forEach((n, i) => {
    const last = begin[i]! + Math.max(0, size[i]! - 1) * strides[i]!;
    const areIntegers = Number.isInteger(begin[i]) && Number.isInteger(strides[i]);
    if (!(areIntegers && begin[i]! >= 0 && strides[i]! >= 1 && (size[i] === 0 ? begin[i]! <= n : last < n))) {
      throw new ShapeError(
        `${opName()}: axis ${i} of ${showShape(x.shape)} does not contain begin ${begin[i]}, size ${size[i]}${strides[i] === 1 ? '' : `, stride ${strides[i]}`}`,
      );
    }
  });
  return view(x, { view: 'slice', begin: [...begin], strides: [...strides] }, size);
}

/**
 * Node `view`, pad: puts `before` copies of `value` before each axis and `interior` copies between neighbors. The
 * number of copies after each axis follows from `shape`.
 *
 * @example
 * padNode(tensor([1]), [1], [3]).toArray(); // => 0,1,0
 */
export function padNode(
  x: Tensor,
  before: readonly number[],
  shape: readonly number[],
  options: { interior?: readonly number[]; value?: number } = {},
): Tensor {
  checkShape(opName(), shape);
  const { interior = x.shape.map(() => 0), value = 0 } = options;
  x.shape.forEach((n, i) => {
    if (
      !(Number.isInteger(before[i]) && before[i]! >= 0) ||
      before[i]! + Math.max(0, n + (n - 1) * interior[i]!) > shape[i]!
    ) {
      throw new ShapeError(
        `${opName()}: ${showShape(x.shape)} with ${showShape(before)} before does not fit into ${showShape(shape)}`,
      );
    }
  });
  const held = allocate(x.dtype, 1).fill(value)[0]!;
  if (!isFloat(x.dtype) && (held !== value || (x.dtype === 'bool' && held > 1))) {
    throw new ValueError(`${opName()}: ${x.dtype} cannot hold \`value\` ${value}`);
  }
  return view(x, { view: 'pad', before, interior, value }, shape);
}

/**
 * Node `view`, flip: reverses the order along `axes`.
 *
 * @example
 * flipNode(tensor([1, 2]), [0]).toArray(); // => 2,1
 */
export function flipNode(x: Tensor, axes: readonly number[]): Tensor {
  return view(x, { view: 'flip', axes }, x.shape);
}

export function evaluateView(node: NodeOf<'view'>, [x]: readonly TypedArray[]): TypedArray[] {
  const { attrs } = node;
  const { shape } = node.inputs[0]!;
  const { shape: target, dtype } = node.types[0]!;
  if (attrs.view === 'reshape') return [x!];
  const out = allocate(dtype, target, node.op);
  if (attrs.view === 'pad') {
    if (attrs.value !== 0) out.fill(attrs.value);
    const outer = stridesOf(target);
    const strides = outer.map((s, i) => s * (1 + attrs.interior[i]!));
    copyIn(x!, shape, out, dot(attrs.before, outer), strides);
  } else {
    copyOut(x!, out, target, ...stridedView(attrs, shape, target));
  }
  return [out];
}

/** The offset of a view's first element in its operand, and the strides of the view. */
function stridedView(
  attrs: Exclude<ViewAttrs, { view: 'reshape' | 'pad' }>,
  shape: readonly number[],
  target: readonly number[],
): [start: number, strides: readonly number[]] {
  const strides = stridesOf(shape);
  switch (attrs.view) {
    case 'transpose':
      return [0, attrs.axes.map((a) => strides[a]!)];
    case 'broadcast':
      return [0, broadcastStrides(shape, target)];
    case 'slice':
      return [dot(attrs.begin, strides), strides.map((s, i) => s * attrs.strides[i]!)];
    case 'flip': {
      const last = shape.map((n, i) => (attrs.axes.includes(i) ? n - 1 : 0));
      return [dot(last, strides), strides.map((s, i) => (attrs.axes.includes(i) ? -s : s))];
    }
  }
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, x, i) => sum + x * b[i]!, 0);
}

/** Reads `x` with `strides`, starting at `start`, into the contiguous `out` of shape `target`. */
function copyOut(
  x: TypedArray,
  out: TypedArray,
  target: readonly number[],
  start: number,
  strides: readonly number[],
): void {
  const inner = target.at(-1) ?? 1;
  const step = strides.at(-1) ?? 0;
  eachRow(target, strides, start, (from, row) => {
    const at = row * inner;
    if (step === 1) for (let i = 0; i < inner; i++) out[at + i] = x[from + i]!;
    else for (let i = 0, p = from; i < inner; i++, p += step) out[at + i] = x[p]!;
  });
}

/** Writes the contiguous `x` of `shape` into `out` with `strides`, starting at `start`. */
function copyIn(
  x: TypedArray,
  shape: readonly number[],
  out: TypedArray,
  start: number,
  strides: readonly number[],
): void {
  const inner = shape.at(-1) ?? 1;
  const step = strides.at(-1) ?? 0;
  eachRow(shape, strides, start, (to, row) => {
    const at = row * inner;
    for (let i = 0, p = to; i < inner; i++, p += step) out[p] = x[at + i]!;
  });
}

/** Calls `visit` with the strided offset of each innermost row, in row-major order. */
function eachRow(
  shape: readonly number[],
  strides: readonly number[],
  start: number,
  visit: (offset: number, row: number) => void,
): void {
  if (shape.includes(0)) return;
  const outer = shape.length - 1;
  const index = new Array<number>(Math.max(0, outer)).fill(0);
  let offset = start;
  for (let row = 0; ; row++) {
    visit(offset, row);
    let axis = outer - 1;
    for (; axis >= 0; axis--) {
      offset += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      offset -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
    if (axis < 0) return;
  }
}
