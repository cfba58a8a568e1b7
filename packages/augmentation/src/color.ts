import { ShapeError, showShape } from '@chainrule/errors';
import { concat, map, scalar as e, slice, type Tensor } from '@chainrule/tensor';
import { opName } from '@chainrule/tensor/graph';

/** Red, green and blue, `[batch, height, width, 1]` each. */
export function channelsOf(images: Tensor): [Tensor, Tensor, Tensor] {
  const { shape } = images;
  if (shape[3] !== 3)
    throw new ShapeError(`${opName()}: \`images\` expects 3 channels (red, green, blue), got ${showShape(shape)}`);
  const size = [...shape.slice(0, 3), 1];
  return [0, 1, 2].map((k) => slice(images, [0, 0, 0, k], size)) as [Tensor, Tensor, Tensor];
}

/** The channels as one tensor. */
export function joined(channels: readonly Tensor[]): Tensor {
  return concat(channels, 3);
}

/** Luma of ITU-R BT.601: 0.2989 red + 0.587 green + 0.114 blue. */
export function grayOf(images: Tensor): Tensor {
  return map((r, g, b) => e.add(e.add(e.mul(0.2989, r), e.mul(0.587, g)), e.mul(0.114, b)), channelsOf(images));
}
