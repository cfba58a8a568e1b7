import { i32, memory } from '../../asm/index.ts';
import { type ComputeKernel, kernelParams, type Lowered } from '../common/kernel.ts';
import { unitStart } from '../common/partition.ts';
import type { Convolution } from './convolution.ts';

/** Returns the same convolution of images that include their padding. Returns `conv` itself if it does not pad. */
export function padImages(conv: Convolution): Convolution {
  const inputSize = conv.outputSize.map((n, i) =>
    Math.max(
      (n - 1) * conv.strides[i]! + (conv.kernelSize[i]! - 1) * conv.dilations[i]! + 1,
      conv.paddingBefore[i]! + conv.inputSize[i]!,
    ),
  ) as unknown as Convolution['inputSize'];
  if (inputSize.every((n, i) => n === conv.inputSize[i])) return conv;
  const imageBytes = inputSize.reduce((a, b) => a * b) * conv.channels * 4;
  return { ...conv, inputSize, imageBytes, paddingBefore: [0, 0, 0], maxPadding: 0 };
}

/** Adds a first step, which pads buffer 0, to the steps that were lowered for padded images. */
export function afterPadding(conv: Convolution, padded: Convolution, lowered: Lowered): Lowered {
  if (padded === conv) return lowered;
  const { temporaries, steps } = lowered;
  const images = 3 + temporaries.length;
  return {
    temporaries: [...temporaries, conv.batch * padded.imageBytes],
    steps: [
      { kernel: padKernel(conv, padded), buffers: [0, images] },
      ...steps.map((step) => ({ ...step, buffers: step.buffers.map((b) => (b === 0 ? images : b)) })),
    ],
  };
}

/** Copies images and surrounds them with zeros. A unit is one or more images. Buffers: x, padded x. */
function padKernel(conv: Convolution, padded: Convolution): ComputeKernel {
  const { batch, inputSize, channels, paddingBefore } = conv;
  const [from, to] = [conv.imageBytes, padded.imageBytes];
  const images = Math.max(1, Math.floor(65536 / to), Math.ceil(batch / 64));
  const [, paddedHeight, paddedWidth] = padded.inputSize;
  const [row, paddedRow] = [inputSize[2] * channels * 4, paddedWidth * channels * 4];
  return {
    key: `pad ${JSON.stringify(conv)}`,
    name: `pad ${batch}x${inputSize.join('x')}x${channels}`,
    buffers: 2,
    units: Math.ceil(batch / images),
    flops: 0,
    bytes: batch * (from + to),
    scratch: 0,
    emit: (module) =>
      module.func(kernelParams(2), [], (f, x, out, _scratch, begin, end) => {
        const stop = unitStart(f, end, images, batch);
        const [image, d, h] = f.locals('i32', 3);
        f.for(image, i32.mul(begin, i32.const(images)), stop, 1, () => {
          const source = f.let(i32.add(x, i32.mul(image, i32.const(from))));
          const target = f.let(i32.add(out, i32.mul(image, i32.const(to))));
          f.add(memory.fill(target, i32.const(0), i32.const(to)));
          f.increase(
            target,
            ((paddingBefore[0] * paddedHeight + paddingBefore[1]) * paddedWidth + paddingBefore[2]) * channels * 4,
          );
          f.for(d, 0, inputSize[0], 1, () => {
            f.for(h, 0, inputSize[1], 1, () => {
              f.add(memory.copy(target, source, i32.const(row)));
              f.increase(source, row);
              f.increase(target, paddedRow);
            });
            f.increase(target, (paddedHeight - inputSize[1]) * paddedRow);
          });
        });
      }),
  };
}
