import { ShapeError, showShape } from '@chainrule/errors';
import { aBoolean, anything, type Checks } from '@chainrule/errors/check';
import type { Tensor } from '../../array/tensor.ts';
import { averagePoolNode, maxPoolNode, type PoolWindow } from '../../nodes/pool.ts';
import { padNode } from '../../nodes/view.ts';
import { type PoolOptions, resolvePool } from '../../nodes/window.ts';

export interface AveragePoolOptions extends PoolOptions {
  /** Whether zeros of the padding count. Default false, as in TensorFlow; PyTorch's default is true. */
  readonly countIncludePad?: boolean;
}

/** {@link poolWindow} checks the values. */
export const poolChecks: Checks<PoolOptions> = {
  poolSize: anything,
  strides: anything,
  padding: anything,
  dilations: anything,
};

export const averagePoolChecks: Checks<AveragePoolOptions> = {
  poolSize: anything,
  strides: anything,
  padding: anything,
  dilations: anything,
  countIncludePad: aBoolean,
};

const layouts = ['', '[batch,width,channels]', '[batch,height,width,channels]', '[batch,depth,height,width,channels]'];

function poolWindow(op: string, axes: number, x: Tensor, options: PoolOptions): PoolWindow {
  if (x.rank !== axes + 2)
    throw new ShapeError(`${op}: \`x\` expects rank ${axes + 2} ${layouts[axes]!}, got ${showShape(x.shape)}`);
  return resolvePool(op, x.shape.slice(1, -1), options);
}

/** The largest element of windows over `axes` spatial axes. */
export function maxPooling(op: string, axes: number, x: Tensor, options: PoolOptions): Tensor {
  return maxPoolNode(x, poolWindow(op, axes, x, options)).values;
}

/** The mean of windows over `axes` spatial axes. Padding that counts is added to the input as zeros. */
export function averagePooling(op: string, axes: number, x: Tensor, options: AveragePoolOptions): Tensor {
  const window = poolWindow(op, axes, x, options);
  if (!options.countIncludePad || window.padding.every(([before, after]) => before + after === 0))
    return averagePoolNode(x, window);
  const pairs = [[0, 0], ...window.padding, [0, 0]] as const;
  const padded = padNode(
    x,
    pairs.map(([before]) => before),
    x.shape.map((n, i) => n + pairs[i]![0] + pairs[i]![1]),
  );
  return averagePoolNode(padded, { ...window, padding: window.padding.map(() => [0, 0] as const) });
}
