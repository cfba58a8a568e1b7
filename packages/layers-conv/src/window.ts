import type { Padding, PerAxis, Shape, SpatialRank } from '@chainrule/tensor';
import { perAxis, resolveWindow, windowPositions } from '@chainrule/tensor/graph';
import type { Numbers } from './spatial.ts';

/** Strides, padding and dilations with their defaults. `valid` and `same` stay words until the input's size is known. */
export interface ConvolutionWindow<N extends SpatialRank> {
  readonly strides: PerAxis<N>;
  readonly padding: Padding;
  readonly dilations: PerAxis<N>;
}

/** The window of a convolution; `causal` becomes padding before the first position. */
export function windowOf<N extends SpatialRank>(
  type: string,
  axes: N,
  size: readonly number[],
  options: { readonly strides?: Numbers; readonly padding?: Padding | 'causal'; readonly dilations?: Numbers },
): ConvolutionWindow<N> {
  const { padding = 'valid' } = options;
  const strides = perAxis(type, 'strides', options.strides ?? 1, axes);
  const dilations = perAxis(type, 'dilations', options.dilations ?? 1, axes);
  const before = padding === 'causal' && axes === 1 ? ([[(size[0]! - 1) * dilations[0]!, 0]] as const) : undefined;
  return { strides, dilations, padding: before ?? padding } as unknown as ConvolutionWindow<N>;
}

/** The spatial sizes of the output for an input `[batch, ...spatial, channels]`. */
export function convolvedSizes(
  type: string,
  input: Shape,
  size: readonly number[],
  window: ConvolutionWindow<SpatialRank>,
): number[] {
  const spatial = input.slice(1, -1);
  return windowPositions(type, spatial, size, resolveWindow(type, spatial, size, window));
}
