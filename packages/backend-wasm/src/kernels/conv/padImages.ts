import { i32, memory } from '../../asm/index.ts';
import { type ConvShape, imageBytes } from './convShape.ts';
import { type Kernel, kernelParams, type Lowered } from '../common/kernel.ts';
import { unitStart } from '../common/partition.ts';

/** The same convolution of images that have their padding around them. */
export function padded(s: ConvShape): ConvShape {
  const reach = s.output.map((n, i) =>
    Math.max((n - 1) * s.strides[i]! + (s.size[i]! - 1) * s.dilations[i]! + 1, s.before[i]! + s.input[i]!),
  );
  return { ...s, input: reach as unknown as ConvShape['input'], before: [0, 0, 0] };
}

/** What is lowered for padded images, after a step that pads buffer 0. */
export function afterPadding(s: ConvShape, { temporaries, steps }: Lowered): Lowered {
  const at = 3 + temporaries.length;
  const kernel = padKernel(s);
  return {
    temporaries: [...temporaries, s.batch * imageBytes(padded(s))],
    steps: [
      { kernel, buffers: [0, at] },
      ...steps.map((step) => ({ ...step, buffers: step.buffers.map((b) => (b === 0 ? at : b)) })),
    ],
  };
}

/** Copies images into the middle of zeros, an image a unit or more. Buffers: x, padded x. */
function padKernel(s: ConvShape): Kernel {
  const [from, to] = [imageBytes(s), imageBytes(padded(s))];
  const images = Math.max(1, Math.floor(65536 / to), Math.ceil(s.batch / 64));
  const [row, paddedRow] = [s.input[2] * s.channels * 4, padded(s).input[2] * s.channels * 4];
  return {
    key: `pad ${JSON.stringify(s)}`,
    name: `pad ${s.batch}x${s.input.join('x')}x${s.channels}`,
    buffers: 2,
    units: Math.ceil(s.batch / images),
    flops: 0,
    bytes: s.batch * (from + to),
    scratch: 0,
    emit: (module) =>
      module.func(kernelParams(2), [], (f, x, out, _scratch, begin, end) => {
        const stop = unitStart(f, end, images, s.batch);
        const [image, d, h] = f.locals('i32', 3);
        f.for(image, i32.mul(begin, i32.const(images)), stop, 1, () => {
          const source = f.let(i32.add(x, i32.mul(image, i32.const(from))));
          const target = f.let(i32.add(out, i32.mul(image, i32.const(to))));
          f.add(memory.fill(target, i32.const(0), i32.const(to)));
          f.increase(
            target,
            ((s.before[0] * padded(s).input[1] + s.before[1]) * padded(s).input[2] + s.before[2]) * s.channels * 4,
          );
          f.for(d, 0, s.input[0], 1, () => {
            f.for(h, 0, s.input[1], 1, () => {
              f.add(memory.copy(target, source, i32.const(row)));
              f.increase(source, row);
              f.increase(target, paddedRow);
            });
            f.increase(target, (padded(s).input[1] - s.input[1]) * paddedRow);
          });
        });
      }),
  };
}
