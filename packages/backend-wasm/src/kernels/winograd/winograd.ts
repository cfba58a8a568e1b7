import type { NodeOf } from '@chainrule/tensor/graph';
import type { Lowered, LoweringOptions } from '../common/kernel.ts';
import { finishGradient, type KernelGradient, partialsOf, sumTiles } from './kernelGradient.ts';
import { convolveImages, type ImageConv } from './images.ts';
import { type KernelPanels, kernelPanelBytes, transformKernel } from './kernelTransform.ts';
import { toomCook } from './matrices.ts';
import { type Images, step } from './tiles.ts';

/**
 * A convolution with a 3 × 3 kernel by Winograd's minimal filtering: 36 products a tile of 4 × 4 pixels for each pair of
 * channels instead of 144. The passes `forward` and `inputGradient` are F(4×4, 3×3), `kernelGradient` is F(3×3, 4×4) over the same tiles.
 *
 * Undefined where results must be reproducible, where the machine has no SIMD, where channels do not come in fours, for
 * other strides, dilations, groups or more than 2 pixels of padding, and where patches of pixels would be faster.
 *
 * **Error.** The values of a tile depend on all its pixels, so that the tolerance is that of the largest element:
 * `c·k·ε·max Σ|a||b|` with c = 1 and k = 9 · channels, or all pixels for the kernel. On normal numbers c was below 0.03 in
 * the convolutions of a CNN: 4–10e-6 of the rms at most, 4–9e-7 in the mean, where patches have 2–5e-6 and 3e-7. So F(2×2,
 * 3×3), which takes 1.3 to 1.8 times as long, is not needed. For values of very different sizes within a tile the bound is
 * `157·(channels + 30)·ε·Σ (max|x| in the tile)(Σ|kernel|)` over channels: 157 = 12.5², 12.5 = max Σₚ |Aₚᵢ||Gₚₖ|Σⱼ|Bₚⱼ|. One
 * NaN or infinity spoils its tile.
 *
 * @returns steps on the node's two inputs, its output, and one temporary
 */
export function lowerWinograd(node: NodeOf<'conv'>, options: LoweringOptions): Lowered | undefined {
  if (options.reproducible || !options.simd || !fits(node)) return undefined;
  const { x, y, top, left } = shapes(node);
  switch (node.attrs.pass) {
    case 'forward':
      return lowerImages({ from: x, to: y, top, left }, false);
    case 'inputGradient':
      // The adjoint is the convolution with the turned kernel whose padding is what is left of 2.
      return lowerImages({ from: y, to: x, top: 2 - top, left: 2 - left }, true);
    case 'kernelGradient':
      return lowerGradient({ x, y, top, left });
  }
}

function lowerImages(conv: ImageConv, adjoint: boolean): Lowered {
  const panels: KernelPanels = { depth: conv.from.channels, columns: conv.to.channels, adjoint };
  return {
    temporaries: [kernelPanelBytes(panels).all],
    steps: [
      { kernel: transformKernel(panels, toomCook(step, 3).kernel), buffers: [1, 3] },
      { kernel: convolveImages(conv), buffers: [0, 3, 2] },
    ],
  };
}

function lowerGradient(gradient: KernelGradient): Lowered {
  const { count, bytes } = partialsOf(gradient);
  return {
    temporaries: [count * bytes],
    steps: [
      { kernel: sumTiles(gradient), buffers: [0, 1, 3] },
      { kernel: finishGradient(gradient), buffers: [3, 2] },
    ],
  };
}

/** Both images of a convolution. */
function shapes({ attrs: { pass, padding }, inputs, types }: NodeOf<'conv'>): KernelGradient {
  const [a, b] = [inputs[0]!.shape, inputs[1]!.shape];
  const own = types[0]!.shape;
  const [x, y] = pass === 'forward' ? [a, own] : pass === 'inputGradient' ? [own, a] : [a, b];
  const images = ([batch, height, width, channels]: readonly number[]): Images => ({
    batch: batch!,
    height: height!,
    width: width!,
    channels: channels!,
  });
  return { x: images(x), y: images(y), top: padding[0]![0], left: padding[1]![0] };
}

function fits(node: NodeOf<'conv'>): boolean {
  const { pass, strides, dilations, padding, groups } = node.attrs;
  if (strides.length !== 2 || groups !== 1 || node.types[0]!.dtype !== 'float32') return false;
  const kernel = pass === 'kernelGradient' ? node.types[0]!.shape : node.inputs[1]!.shape;
  if (
    kernel[0] !== 3 ||
    kernel[1] !== 3 ||
    [...strides, ...dilations].some((n) => n !== 1) ||
    padding.flat().some((n) => n > 2)
  )
    return false;
  const { x, y } = shapes(node);
  return (
    x.channels % 4 === 0 &&
    y.channels % 4 === 0 &&
    pays(pass === 'inputGradient' ? y : x, pass === 'inputGradient' ? x : y)
  );
}

/**
 * Whether the products are fewer than with patches of 9 pixels, at about the same rate. The transforms of a tile cost as
 * much as 3 more channels on either side, that of the kernel as much as 6 more tiles (measured; on 64 images of 16 × 16
 * from 4 to 4 channels both ways are equally fast).
 */
function pays({ channels }: Images, { batch, height, width, channels: filters }: Images): boolean {
  const tiles = batch * Math.ceil(height / step) * Math.ceil(width / step);
  const winograd = 36 * ((tiles + 6) * channels * filters + tiles * 3 * (channels + filters));
  return winograd < 9 * batch * height * width * channels * filters;
}
