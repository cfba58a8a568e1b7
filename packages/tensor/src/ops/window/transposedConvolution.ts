import { OptionError, ShapeError, showShape, showValue } from '@chainrule/errors';
import { anything, type Checks } from '@chainrule/errors/check';
import type { Window } from '../../graph/node.ts';
import type { Tensor } from '../../array/tensor.ts';
import { convNode } from '../../nodes/conv.ts';
import { extent, resolveWindow } from '../../nodes/window.ts';
import { checkConvolution, convChecks, type ConvOptions } from './convolution.ts';

export interface ConvTransposeOptions extends ConvOptions {
  /**
   * Rows and columns added at the end, fewer than the stride. A convolution shrinks inputs of several sizes to the same
   * output size; this selects one of them. By default Keras' choice.
   */
  readonly outputPadding?: number | readonly number[];
}

export const transposeChecks: Checks<ConvTransposeOptions> = {
  ...convChecks,
  outputPadding: anything,
};

/**
 * The transposed convolution, which is the gradient of a convolution by its input. Sizes are those of Keras:
 *
 * | padding | outputPadding | size |
 * | --- | --- | --- |
 * | same | absent | n·s |
 * | valid | absent | n·s + max(k − s, 0) |
 * | same | given | (n − 1)·s + k mod 2 + outputPadding |
 * | valid, pairs | given, or 0 | (n − 1)·s + k − before − after + outputPadding |
 *
 * where k is the dilated size of the kernel.
 */
export function transposedConvolution(
  op: string,
  axes: number,
  x: Tensor,
  kernel: Tensor,
  options: ConvTransposeOptions = {},
): Tensor {
  checkConvolution(op, axes, x, kernel, 'out,in');
  const { groups = 1 } = options;
  const channels = kernel.shape.at(-1)!;
  if (x.shape.at(-1) !== channels)
    throw new ShapeError(
      `${op}: \`kernel\` must have the ${x.shape.at(-1)!} channels of \`x\` ${showShape(x.shape)} last, got ${showShape(kernel.shape)}`,
    );
  if (channels % groups !== 0)
    throw new ShapeError(`${op}: \`groups\` ${groups} must divide the ${channels} channels of \`x\``);
  const spatial = x.shape.slice(1, -1);
  if (spatial.includes(0))
    throw new ShapeError(`${op}: \`x\` must have at least one position, got ${showShape(x.shape)}`);
  const { size, window } = transposedWindow(op, spatial, kernel.shape.slice(0, -2), options);
  return convNode('inputGradient', x, kernel, { ...window, groups }, [
    x.shape[0],
    ...size,
    kernel.shape.at(-2)! * groups,
  ]);
}

/** The size of the result, and the window of the convolution that would lead back from it. */
function transposedWindow(
  op: string,
  spatial: readonly number[],
  size: readonly number[],
  options: ConvTransposeOptions,
): { size: number[]; window: Window } {
  const { strides, dilations, padding } = resolveWindow(op, spatial, size, options);
  const more = outputPaddings(op, options.outputPadding, strides);
  const grown = spatial.map((n, i) => {
    const [s, k] = [strides[i]!, extent(size[i]!, dilations[i]!)];
    const [before, after] = padding[i]!;
    const full = (n - 1) * s + k;
    if (options.padding === 'same') return more ? full - k + (k % 2) + more[i]! : n * s;
    if (options.padding === undefined || options.padding === 'valid')
      return full + (more ? more[i]! : Math.max(0, s - k));
    return full - before - after + (more?.[i] ?? 0);
  });
  if (grown.some((n) => n < 1))
    throw new ShapeError(
      `${op}: \`padding\` must leave at least one position of ${showShape(spatial)}, got ${showValue(options.padding)}`,
    );
  const pairs = grown.map((n, i) => {
    const total = (spatial[i]! - 1) * strides[i]! + extent(size[i]!, dilations[i]!) - n;
    const before = options.padding === 'same' ? Math.max(0, Math.floor(total / 2)) : padding[i]![0];
    return [before, Math.max(0, total - before)] as const;
  });
  return { size: grown, window: { strides, dilations, padding: pairs } };
}

function outputPaddings(
  op: string,
  value: number | readonly number[] | undefined,
  strides: readonly number[],
): readonly number[] | undefined {
  if (value === undefined) return undefined;
  const list = typeof value === 'number' ? strides.map(() => value) : value;
  const fits =
    Array.isArray(list) &&
    list.length === strides.length &&
    list.every((n, i) => Number.isInteger(n) && n >= 0 && n < strides[i]!);
  if (!fits) {
    throw new OptionError(
      `${op}: \`outputPadding\` must be an integer of at least 0 below the strides ${showShape(strides)}, or ${strides.length} of them, got ${showValue(value)}`,
    );
  }
  return list as readonly number[];
}
