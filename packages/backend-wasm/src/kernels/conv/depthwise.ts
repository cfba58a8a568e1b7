import type { ConvPass } from '@chainrule/tensor/graph';
import { i32, type I32, memory } from '../../asm/index.ts';
import type { Floats } from '../../lanes/lanes.ts';
import { sumPartialsKernel } from '../common/sumPartials.ts';
import { type ComputeKernel, kernelParams, type Lowered } from '../common/kernel.ts';
import { partition, unitsFor } from '../common/partition.ts';
import type { Convolution } from './convolution.ts';
import { eachVectorAt } from './patches.ts';
import { eachWindow, runsOf } from './windows.ts';

/**
 * The most products that are added in one float32. A sum runs over the windows of a unit for the kernel gradient, and
 * over the pixels of a window otherwise.
 */
export const maxDepthwiseTerms = 256;

/**
 * Lowers a convolution of each channel with a filter of its own. Vectors lie along the channels. All three passes are
 * the same loop over windows and their pixels: y += x·k, ∂x += ∂y·k, or ∂k += x·∂y. A unit computes whole images. For
 * the kernel gradient, it computes a partial result of a range of windows.
 */
export function lowerDepthwise(given: Convolution): Lowered {
  // Runs of a window go across all channels.
  const conv = { ...given, groupChannels: given.channels };
  const { pass, batch, windows } = conv;
  const units = unitsFor(conv.flops, 32, 2e5);
  if (pass !== 'kernelGradient') {
    const images = partition(batch, batch / units);
    const kernel = depthwiseKernel(conv, images.size * windows, images.parts);
    return { temporaries: [], steps: [{ kernel, buffers: [0, 1, 2] }] };
  }
  const ranges = partition(batch * windows, Math.min(maxDepthwiseTerms, (batch * windows) / units));
  const kernel = depthwiseKernel(conv, ranges.size, ranges.parts);
  if (ranges.parts === 1) return { temporaries: [], steps: [{ kernel, buffers: [0, 1, 2] }] };
  const size = conv.patchLength * conv.channels;
  return {
    temporaries: [ranges.parts * size * 4],
    steps: [
      { kernel, buffers: [0, 1, 3] },
      { kernel: sumPartialsKernel(ranges.parts, size), buffers: [3, 2] },
    ],
  };
}

/** The operand that a pass computes: 0 for x, 1 for the convolution kernel, 2 for y. */
const resultOf: Record<ConvPass, 0 | 1 | 2> = { inputGradient: 0, kernelGradient: 1, forward: 2 };

/** @param unitWindows - windows of a unit; except for the kernel gradient, a unit has the windows of whole images */
function depthwiseKernel(conv: Convolution, unitWindows: number, units: number): ComputeKernel {
  const { pass, batch, windows, patchLength, channels, imageBytes } = conv;
  const [row, kernelBytes] = [channels * 4, patchLength * channels * 4];
  const result = resultOf[pass];
  return {
    key: `depthwise ${unitWindows} ${JSON.stringify(conv)}`,
    name: `depthwise ${conv.name}`,
    buffers: 3,
    units,
    flops: conv.flops,
    bytes: batch * (imageBytes + windows * row) + kernelBytes,
    scratch: 0,
    emit: (module, { vector, scalar }) =>
      module.func(kernelParams(3), [], (f, left, right, out, _scratch, begin, end) => {
        const [x, weights, y] = (
          {
            forward: [left, right, out],
            inputGradient: [out, right, left],
            kernelGradient: [left, out, right],
          } as const
        )[pass];
        const unit = f.local('i32');
        f.for(unit, begin, end, 1, () => {
          const first = f.let(i32.mul(unit, i32.const(unitWindows)));
          const count = f.let(i32.sub(i32.const(batch * windows), first));
          f.set(count, i32.select(i32.ltS(count, i32.const(unitWindows)), count, i32.const(unitWindows)));
          const output = f.let(i32.add(y, i32.mul(first, i32.const(row))));
          const filters = f.let(
            pass === 'kernelGradient' ? i32.add(weights, i32.mul(unit, i32.const(kernelBytes))) : weights,
          );
          f.add(memory.fill(...resultRange(conv, { x, output, filters, first, count })));
          const weight = f.let(filters);
          /** Adds the products of all channels of a pixel. x is 0 outside the image. */
          const addProducts = (at: readonly I32[], offsets: readonly number[], isInside = true): void => {
            const full = Math.floor(channels / vector.width);
            for (const [l, vectors, skip] of [
              [vector, full, 0],
              [scalar, channels % vector.width, full * vector.width * 4],
            ] as const) {
              const shifted = offsets.map((o) => o + skip);
              eachVectorAt(f, l, vectors, at, shifted, (p, o) => {
                const value = (i: number): Floats => (i === 0 && !isInside ? l.const(0) : l.load(p[i]!, o[i]));
                const [a, b] = [0, 1, 2].filter((i) => i !== result).map(value) as [Floats, Floats];
                f.add(l.store(p[result]!, l.madd(a, b, value(result)), o[result]));
              });
            }
          };
          eachWindow(f, conv, x, first, count, {
            whole: (pixel) =>
              pixelsOf(conv).forEach((offset, i) => addProducts([pixel, filters, output], [offset, i * row, 0])),
            inImage: (pixel) => {
              addProducts([pixel, weight, output], [0, 0, 0]);
              f.increase(weight, row);
            },
            // The product of 0 and an infinity or NaN is NaN, so products with padding are not left out.
            inPadding: () => {
              if (pass !== 'inputGradient') addProducts([output, weight, output], [0, 0, 0], false);
              f.increase(weight, row);
            },
            next: () => {
              f.increase(output, row);
              f.set(weight, filters);
            },
          });
        });
      }),
  };
}

/** The arguments that fill the result of a unit with zeros: address, 0, bytes. */
function resultRange(
  { pass, windows, channels, patchLength, imageBytes }: Convolution,
  { x, output, filters, first, count }: Readonly<Record<'x' | 'output' | 'filters' | 'first' | 'count', I32>>,
): [I32, I32, I32] {
  const images = (n: I32): I32 => i32.mul(i32.divU(n, i32.const(windows)), i32.const(imageBytes));
  switch (pass) {
    case 'forward':
      return [output, i32.const(0), i32.mul(count, i32.const(channels * 4))];
    case 'inputGradient':
      return [i32.add(x, images(first)), i32.const(0), images(count)];
    case 'kernelGradient':
      return [filters, i32.const(0), i32.const(patchLength * channels * 4)];
  }
}

/** Byte offsets of the pixels of a window from the first. */
function pixelsOf(conv: Convolution): number[] {
  return runsOf(conv)!.flatMap(({ from, count }) =>
    Array.from({ length: count / conv.channels }, (_, i) => from + i * conv.channels * 4),
  );
}
