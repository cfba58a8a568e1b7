import type { NodeOf } from '@chainrule/tensor';
import type { Lowered, LoweringOptions } from './kernel.ts';
import { finishGradient, type KernelGradient, partialsOf, sumTiles } from './winogradGradient.ts';
import { convolveImages, type ImageConv } from './winogradImages.ts';
import { type KernelPanels, kernelPanelBytes, transformKernel } from './winogradKernel.ts';
import { toomCook } from './winogradMatrices.ts';
import { type Images, step } from './winogradTiles.ts';

/**
 * A convolution of 3 × 3 kernels by Winograd's minimal filtering, F(4×4, 3×3): 36 products for each pair of channels and
 * tile of 4 × 4 pixels instead of 144. Channels must come in fours. Undefined where this is not so, where the machine has no SIMD, where results must be
 * reproducible, and where too much of the tiles lies outside small images.
 */
export function lowerWinograd(node: NodeOf<'conv'>, options: LoweringOptions): Lowered | undefined {
  if (options.reproducible || !options.simd || !fits(node)) return undefined;
  const { x, y, top, left } = shapes(node);
  switch (node.attrs.face) {
    case 'output':
      return lowerImages({ from: x, to: y, top, left }, false);
    case 'input':
      // The adjoint is the convolution with the turned kernel whose padding is what is left of 2.
      return lowerImages({ from: y, to: x, top: 2 - top, left: 2 - left }, true);
    case 'kernel':
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
function shapes({ attrs: { face, padding }, inputs, types }: NodeOf<'conv'>): KernelGradient {
  const [a, b] = inputs.map((t) => t.shape) as [number[], number[]];
  const own = types[0]!.shape;
  const [x, y] = face === 'output' ? [a, own] : face === 'input' ? [own, a] : [a, b];
  const images = ([batch, height, width, channels]: readonly number[]): Images => ({ batch: batch!, height: height!, width: width!, channels: channels! });
  return { x: images(x!), y: images(y!), top: padding[0]![0], left: padding[1]![0] };
}

function fits(node: NodeOf<'conv'>): boolean {
  const { face, strides, dilations, padding, groups } = node.attrs;
  if (strides.length !== 2 || groups !== 1 || node.types[0]!.dtype !== 'float32') return false;
  const kernel = face === 'kernel' ? node.types[0]!.shape : node.inputs[1]!.shape;
  if (kernel[0] !== 3 || kernel[1] !== 3 || [...strides, ...dilations].some((n) => n !== 1) || padding.flat().some((n) => n > 2)) return false;
  const { x, y } = shapes(node);
  return x.channels % 4 === 0 && y.channels % 4 === 0 && pays(face === 'input' ? y : x, face === 'input' ? x : y);
}

/**
 * Whether the multiply-adds are fewer than with patches of 9 pixels. The transforms of a tile cost about as much as 8
 * more channels on either side; that of the kernel as much as 8 more tiles.
 */
function pays({ channels }: Images, { batch, height, width, channels: filters }: Images): boolean {
  const tiles = batch * Math.ceil(height / step) * Math.ceil(width / step);
  const winograd = 36 * ((tiles + 8) * channels * filters + tiles * 8 * (channels + filters));
  return winograd < 9 * batch * height * width * channels * (filters + 2);
}
