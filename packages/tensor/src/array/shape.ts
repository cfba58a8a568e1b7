import { ShapeError, showShape, showValue } from '@chainrule/errors';

/**
 * Returns the number of elements.
 *
 * @example
 * sizeOf([2, 3]); // => 6
 */
export function sizeOf(shape: readonly number[]): number {
  let size = 1;
  for (const n of shape) size *= n;
  return size;
}

/**
 * Returns the row-major strides, in elements.
 *
 * @example
 * stridesOf([2, 3, 4]); // => 12,4,1
 */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    strides[i] = stride;
    stride *= shape[i]!;
  }
  return strides;
}

/**
 * Tells whether two shapes are equal.
 *
 * @example
 * sameShape([2, 3], [2, 3]); // => true
 */
export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((n, i) => n === b[i]);
}

/**
 * Returns the shape that both broadcast to under NumPy's rules. Throws a {@link ShapeError} in the name of `op` if they
 * do not broadcast.
 *
 * @example
 * broadcastShapes('add', [2, 1], [3]); // => 2,3
 */
export function broadcastShapes(op: string, a: readonly number[], b: readonly number[]): readonly number[] {
  if (sameShape(a, b)) return a;
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const x = a[a.length - rank + i] ?? 1;
    const y = b[b.length - rank + i] ?? 1;
    if (x !== y && x !== 1 && y !== 1) {
      throw new ShapeError(`${op}: cannot broadcast ${showShape(a)} with ${showShape(b)}`);
    }
    return x === 1 ? y : x;
  });
}

/** Strides that read a tensor of `shape` as if it had shape `target`. Broadcast axes have stride 0. */
export function broadcastStrides(shape: readonly number[], target: readonly number[]): number[] {
  const strides = stridesOf(shape);
  const offset = target.length - shape.length;
  return target.map((_, i) => (i < offset || shape[i - offset] === 1 ? 0 : strides[i - offset]!));
}

/**
 * Counts `axis` from the start. Throws in the name of `op` if the axis does not exist.
 *
 * @example
 * normalizeAxis('sum', -1, 3); // => 2
 */
export function normalizeAxis(op: string, axis: number | undefined, rank: number): number {
  const at = axis! < 0 ? axis! + rank : axis!;
  if (!Number.isInteger(axis) || at < 0 || at >= rank) {
    throw new ShapeError(`${op}: \`axis\` must be an integer in [${-rank}, ${rank}), got ${axis}`);
  }
  return at;
}

/**
 * Sorts the axes and counts them from the start; without `axis`, returns all of them.
 *
 * @example
 * normalizeAxes('sum', [-1, 0], 3); // => 0,2
 */
export function normalizeAxes(op: string, axis: number | readonly number[] | undefined, rank: number): number[] {
  if (axis === undefined) return Array.from({ length: rank }, (_, i) => i);
  const given = [axis].flat();
  const axes = given.map((a) => normalizeAxis(op, a, rank));
  if (new Set(axes).size !== axes.length)
    throw new ShapeError(`${op}: \`axis\` must name each axis once, got ${showShape(given)}`);
  return axes.sort((a, b) => a - b);
}

/** Throws unless all sizes are integers of at least 0 and there are at most 2³¹ − 1 elements. */
export function checkShape(op: string, shape: readonly number[]): void {
  if (!Array.isArray(shape) || shape.includes(undefined) || shape.some((n) => !Number.isInteger(n) || n < 0)) {
    const remedy = typeof shape === 'number' ? `; write a list, as in \`[${showValue(shape)}]\`` : '';
    throw new ShapeError(`${op}: \`shape\` must hold integers of at least 0, got ${showValue(shape)}${remedy}`);
  }
  checkSize(op, shape);
}

/** Throws for more than 2³¹ − 1 elements: indices have 32 bits. */
export function checkSize(op: string, shape: readonly number[]): void {
  if (sizeOf(shape) > 0x7fffffff)
    throw new ShapeError(`${op}: expects at most 2147483647 elements, got shape ${showShape(shape)}`);
}
