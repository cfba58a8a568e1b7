import type { Lowered, LoweringOptions } from '../common/kernel.ts';
import type { Convolution } from '../conv/convolution.ts';
import { gradientKernel, type KernelGradient, partialsOf, partialSumsKernel } from './kernelGradient.ts';
import { convolutionKernel, type ImageConvolution } from './convolution.ts';
import { type TransformedKernel, transformedKernelBytes, kernelTransformKernel } from './kernelTransform.ts';
import { type Images, tileSize } from './inputTransform.ts';

/**
 * Lowers a convolution with a 3 × 3 kernel by Winograd's minimal filtering: 36 products for each tile of 4 × 4 pixels
 * and each pair of channels, instead of 144. The forward pass and the input gradient are F(4×4, 3×3); the kernel
 * gradient is F(3×3, 4×4) over the same tiles.
 *
 * Returns undefined if results must be reproducible, without SIMD, if channels are not multiples of 4, for other
 * strides, dilations or groups, for more than 2 pixels of padding, and if im2col would be faster.
 *
 * **Error.** The values of a tile depend on all its pixels, so the error is relative to the largest element: `c·k·ε·max
 * Σ|a||b|` with c = 1 and k = 9 · channels, or all pixels for the kernel gradient. On normal random numbers c was below
 * 0.03 in the convolutions of a CNN: 4–10e-6 of the rms at most and 4–9e-7 in the mean, compared with 2–5e-6 and 3e-7
 * for im2col. Therefore F(2×2, 3×3), which takes 1.3 to 1.8 times as long, is not needed. If values differ much in size
 * within a tile, the bound is `157·(channels + 30)·ε·Σ (max|x| in the tile)(Σ|kernel|)`, summed over channels: 157 =
 * 12.5² and 12.5 = max Σₚ |Aₚᵢ||Gₚₖ|Σⱼ|Bₚⱼ|. One NaN or infinity spoils its whole tile.
 *
 * @returns steps on the node's two inputs, its output, and one temporary
 */
export function lowerWinograd(conv: Convolution, { reproducible, simd }: LoweringOptions): Lowered | undefined {
  if (reproducible || !simd || !isSupported(conv) || !isFaster(conv)) return undefined;
  const [x, y] = [imagesOf(conv, conv.inputSize, conv.channels), imagesOf(conv, conv.outputSize, conv.filters)];
  const [, top, left] = conv.paddingBefore;
  switch (conv.pass) {
    case 'forward':
      return lowerImages({ from: x, to: y, top, left }, false);
    case 'inputGradient':
      // The adjoint is a convolution with the kernel rotated by 180° and a padding of 2 − padding.
      return lowerImages({ from: y, to: x, top: 2 - top, left: 2 - left }, true);
    case 'kernelGradient':
      return lowerGradient({ x, y, top, left });
  }
}

function imagesOf({ batch }: Convolution, [, height, width]: readonly number[], channels: number): Images {
  return { batch, height: height!, width: width!, channels };
}

function lowerImages(images: ImageConvolution, adjoint: boolean): Lowered {
  const panels: TransformedKernel = { depth: images.from.channels, columns: images.to.channels, adjoint };
  return {
    temporaries: [transformedKernelBytes(panels).all],
    steps: [
      { kernel: kernelTransformKernel(panels), buffers: [1, 3] },
      { kernel: convolutionKernel(images), buffers: [0, 3, 2] },
    ],
  };
}

function lowerGradient(gradient: KernelGradient): Lowered {
  const partials = partialsOf(gradient);
  return {
    temporaries: [partials.count * partials.bytes],
    steps: [
      { kernel: partialSumsKernel(gradient, partials), buffers: [0, 1, 3] },
      { kernel: gradientKernel(gradient, partials), buffers: [3, 2] },
    ],
  };
}

function isSupported(conv: Convolution): boolean {
  return (
    conv.rank === 2 &&
    conv.groups === 1 &&
    conv.kernelSize[1] === 3 &&
    conv.kernelSize[2] === 3 &&
    [...conv.strides, ...conv.dilations].every((n) => n === 1) &&
    conv.maxPadding <= 2 &&
    conv.channels % 4 === 0 &&
    conv.filters % 4 === 0
  );
}

/**
 * Whether Winograd needs fewer products than im2col, which computes products at about the same rate. Transforming a
 * tile costs as much as 3 more channels of input and output, and transforming the kernel as much as 6 more tiles. These
 * costs are measured: for 64 images of 16 × 16 and 4 to 4 channels, both algorithms are equally fast.
 */
function isFaster({ pass, batch, inputSize, outputSize, channels, filters }: Convolution): boolean {
  const [, height, width] = pass === 'inputGradient' ? inputSize : outputSize;
  const tiles = batch * Math.ceil(height / tileSize) * Math.ceil(width / tileSize);
  const winograd = 36 * ((tiles + 6) * channels * filters + tiles * 3 * (channels + filters));
  return winograd < 9 * batch * height * width * channels * filters;
}
