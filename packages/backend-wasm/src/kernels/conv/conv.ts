import type { ConvPass, NodeOf } from '@chainrule/tensor/graph';
import { isDirect, lowerConvDirect } from './direct.ts';
import { lowerConvInput } from './inputGradient.ts';
import { lowerConvKernel } from './kernelGradient.ts';
import { lowerConvOutput } from './forward.ts';
import { convName, type ConvShape, convShapeOf } from './convShape.ts';
import { lowerDepthwise, mostTerms } from './depthwise.ts';
import type { Lowered, LoweringOptions } from '../common/kernel.ts';
import { lowerProduct } from '../gemm/matmul.ts';
import { afterPadding, padded } from './padImages.ts';

/**
 * Convolutions of float32 that are sums of products in the order of their definition: each element of a result is a sum of
 * k products (k the elements of a window, times the filters for `inputGradient`, times the windows for `kernelGradient`), and
 * errs by at most (k + 1)·2⁻²⁴·Σ|a||b|.
 */
export function lowerConv(node: NodeOf<'conv'>, options: LoweringOptions): Lowered | undefined {
  if (node.types[0]!.dtype !== 'float32') return undefined;
  const s = convShapeOf(node);
  const { pass } = node.attrs;
  if (isPointwise(s)) return lowerPointwise(pass, s, options);
  if (s.width === 1 && s.groupFilters === 1 && s.groups > 1 && (pass === 'kernelGradient' || s.depth <= mostTerms))
    return lowerDepthwise(pass, s);
  if (pass === 'inputGradient') return lowerConvInput(s, options);
  const isNarrow = s.channels <= narrow;
  const whole = isNarrow ? padded(s) : s;
  const lowered =
    pass === 'kernelGradient'
      ? lowerConvKernel(whole, options)
      : isNarrow && isDirect(s)
        ? lowerConvDirect(whole, options)
        : lowerConvOutput(whole, options);
  return whole.input.every((n, i) => n === s.input[i]) ? lowered : afterPadding(s, lowered);
}

/** Channels up to which images are padded first: windows at an edge cost more than the copy. */
const narrow = 4;

/** Whether every window is one cell, and every cell a window. */
function isPointwise(s: ConvShape): boolean {
  return (
    s.groups === 1 &&
    s.size.every((n, i) => n === 1 && s.strides[i] === 1 && s.before[i] === 0 && s.input[i] === s.output[i])
  );
}

/** y = x·k, x = y·kᵀ, k = xᵀ·y of all cells. */
function lowerPointwise(pass: ConvPass, s: ConvShape, options: LoweringOptions): Lowered {
  const [cells, c, n] = [s.batch * s.positions, s.channels, s.filters];
  const none = { name: convName(pass, s), batch: [], batchA: [], batchB: [], transposeA: false, transposeB: false };
  if (pass === 'forward') return lowerProduct({ ...none, m: cells, k: c, n }, options);
  if (pass === 'inputGradient') return lowerProduct({ ...none, m: cells, k: n, n: c, transposeB: true }, options);
  return lowerProduct({ ...none, m: c, k: cells, n, transposeA: true }, options);
}
