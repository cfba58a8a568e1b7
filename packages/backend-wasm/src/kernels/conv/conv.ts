import type { Lowered, LoweringOptions } from '../common/kernel.ts';
import { lowerGemm } from '../gemm/matmul.ts';
import type { Convolution } from './convolution.ts';
import { lowerDepthwise, maxDepthwiseTerms } from './depthwise.ts';
import { isDirect, lowerDirect } from './direct.ts';
import { lowerForward } from './forward.ts';
import { lowerInputGradient } from './inputGradient.ts';
import { lowerKernelGradient } from './kernelGradient.ts';
import { afterPadding, padImages } from './padImages.ts';

/**
 * Lowers a float32 convolution without changing its arithmetic: each element of the result is the sum of k products
 * that the definition names. k is the patch length for the forward pass, times the filters for the input gradient; for
 * the kernel gradient it is the number of windows. The error is at most (k + 1)·2⁻²⁴·Σ|a||b|.
 */
export function lowerConv(conv: Convolution, options: LoweringOptions): Lowered {
  if (isPointwise(conv)) return lowerPointwise(conv, options);
  if (isDepthwise(conv)) return lowerDepthwise(conv);
  if (conv.pass === 'inputGradient') return lowerInputGradient(conv, options);
  const padded = conv.channels <= maxPaddedChannels ? padImages(conv) : conv;
  return afterPadding(conv, padded, lowerPatches(padded, options));
}

/** With at most this many channels, images are padded first: the copy costs less than the checks at the edges. */
const maxPaddedChannels = 4;

function lowerPatches(conv: Convolution, options: LoweringOptions): Lowered {
  if (conv.pass === 'kernelGradient') return lowerKernelGradient(conv, options);
  return conv.channels <= maxPaddedChannels && isDirect(conv)
    ? lowerDirect(conv, options)
    : lowerForward(conv, options);
}

/** Whether every window is one pixel, and every pixel is a window. */
function isPointwise({ groups, kernelSize, strides, paddingBefore, inputSize, outputSize }: Convolution): boolean {
  return (
    groups === 1 &&
    kernelSize.every((n, i) => n === 1 && strides[i] === 1 && paddingBefore[i] === 0 && inputSize[i] === outputSize[i])
  );
}

/** Matrix products over all pixels: y = x·k, ∂x = ∂y·kᵀ, ∂k = xᵀ·∂y. */
function lowerPointwise({ pass, name, ...conv }: Convolution, options: LoweringOptions): Lowered {
  const [pixels, c, n] = [conv.batch * conv.windows, conv.channels, conv.filters];
  const product = { name, batch: [], batchA: [], batchB: [], transposeA: false, transposeB: false };
  switch (pass) {
    case 'forward':
      return lowerGemm({ ...product, m: pixels, k: c, n }, options);
    case 'inputGradient':
      return lowerGemm({ ...product, m: pixels, k: n, n: c, transposeB: true }, options);
    case 'kernelGradient':
      return lowerGemm({ ...product, m: c, k: pixels, n, transposeA: true }, options);
  }
}

/** Whether each channel has one filter of its own, and sums are short enough to be added in float32. */
function isDepthwise({ pass, groups, groupChannels, groupFilters, patchLength }: Convolution): boolean {
  return (
    groups > 1 &&
    groupChannels === 1 &&
    groupFilters === 1 &&
    (pass === 'kernelGradient' || patchLength <= maxDepthwiseTerms)
  );
}
