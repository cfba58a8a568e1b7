import { OptionError, ShapeError, showShape, showValue } from '@chainrule/errors';
import { anything, type Checks } from '@chainrule/errors/check';
import type { Window } from '../graph/node.ts';
import type { Padding } from '../types/window.ts';

export interface WindowOptions {
  readonly strides?: number | readonly number[];
  readonly padding?: Padding;
  readonly dilations?: number | readonly number[];
}

/** {@link resolveWindow} checks the values. */
export const windowChecks: Checks<WindowOptions> = { strides: anything, padding: anything, dilations: anything };

/**
 * Expands one number to all axes and checks a list of numbers.
 *
 * @example
 * perAxis('conv2d', 'strides', 2, 2); // => 2,2
 */
export function perAxis(op: string, name: string, value: number | readonly number[], axes: number): readonly number[] {
  const list: unknown = typeof value === 'number' ? new Array<number>(axes).fill(value) : value;
  if (
    !Array.isArray(list) ||
    list.length !== axes ||
    list.some((n: unknown) => !Number.isInteger(n) || (n as number) < 1)
  ) {
    throw new OptionError(`${op}: \`${name}\` must be a positive integer or ${axes} of them, got ${showValue(value)}`);
  }
  return [...(list as readonly number[])];
}

/** The extent of a window of `size` cells with a dilation. */
export function extent(size: number, dilation: number): number {
  return (size - 1) * dilation + 1;
}

/**
 * Resolves strides, padding and dilations for each spatial axis. `same` gives `ceil(n / stride)` positions; an odd cell
 * of padding goes to the end, as in TensorFlow. `full` gives a position to each window that overlaps the input.
 *
 * @example
 * resolveWindow('conv2d', [28, 28], [3, 3], { padding: 'same' }).padding; // => [[1,1],[1,1]]
 */
export function resolveWindow(
  op: string,
  spatial: readonly number[],
  size: readonly number[],
  options: WindowOptions,
): Window {
  const axes = spatial.length;
  const strides = perAxis(op, 'strides', options.strides ?? 1, axes);
  const dilations = perAxis(op, 'dilations', options.dilations ?? 1, axes);
  const { padding = 'valid' } = options;
  if (padding === 'full') {
    const edges = spatial.map((_, i) => extent(size[i]!, dilations[i]!) - 1);
    return { strides, dilations, padding: edges.map((n) => [n, n] as const) };
  }
  if (padding === 'valid') return { strides, dilations, padding: spatial.map(() => [0, 0] as const) };
  if (padding === 'same') {
    const total = spatial.map((n, i) => {
      const positions = Math.ceil(n / strides[i]!);
      return Math.max(0, (positions - 1) * strides[i]! + extent(size[i]!, dilations[i]!) - n);
    });
    return { strides, dilations, padding: total.map((t) => [Math.floor(t / 2), Math.ceil(t / 2)] as const) };
  }
  const pairs =
    Array.isArray(padding) &&
    padding.length === axes &&
    !padding.includes(undefined) &&
    padding.every(
      (p) => Array.isArray(p) && p.length === 2 && [p[0], p[1]].every((n) => Number.isInteger(n) && n >= 0),
    );
  if (!pairs)
    throw new OptionError(
      `${op}: \`padding\` must be "valid", "same", "full" or ${axes} pairs of integers of at least 0, got ${showValue(padding)}`,
    );
  return { strides, dilations, padding: padding.map(([before, after]) => [before, after] as const) };
}

/**
 * Returns the number of window positions along each spatial axis.
 *
 * @example
 * windowPositions('conv2d', [28, 28], [3, 3], resolveWindow('conv2d', [28, 28], [3, 3], {})); // => 26,26
 */
export function windowPositions(
  op: string,
  spatial: readonly number[],
  size: readonly number[],
  window: Window,
): number[] {
  return spatial.map((n, i) => {
    const [before, after] = window.padding[i]!;
    const room = n + before + after - extent(size[i]!, window.dilations[i]!);
    if (room < 0)
      throw new ShapeError(`${op}: window ${size.join('x')} is larger than the input ${showShape(spatial)}`);
    return Math.floor(room / window.strides[i]!) + 1;
  });
}

/** Adds leading spatial axes of size `fill` until there are three. */
export function toThreeAxes(list: readonly number[], fill = 1): [number, number, number] {
  return [...new Array<number>(3 - list.length).fill(fill), ...list] as [number, number, number];
}

export interface PoolOptions extends WindowOptions {
  readonly poolSize: number | readonly number[];
}

/** Resolves the window of a pooling. The default stride is the size of the window. */
export function resolvePool(
  op: string,
  spatial: readonly number[],
  options: PoolOptions,
): Window & { readonly size: readonly number[] } {
  const size = perAxis(op, 'poolSize', options.poolSize, spatial.length);
  return { size, ...resolveWindow(op, spatial, size, { ...options, strides: options.strides ?? size }) };
}
