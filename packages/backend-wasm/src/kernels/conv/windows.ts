import { type FunctionBuilder, i32, type I32, type Local } from '../../asm/index.ts';
import type { Convolution } from './convolution.ts';

/** Callbacks that emit code for a window. */
export interface WindowVisitor {
  /** For a window inside the image; `at` is the address of its first pixel. */
  readonly whole: (at: Local<'i32'>) => void;
  /** For each pixel of any other window, in order: in the image, with its address, or in the padding. */
  readonly inImage: (at: Local<'i32'>) => void;
  readonly inPadding: () => void;
  /** Between two windows. */
  readonly next: () => void;
}

/** Contiguous elements of a window: byte offsets from the window's first pixel, and from the start of its patch. */
export interface PixelRun {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

const maxRuns = 32;

/** The runs of a window; `undefined` if there are too many for straight-line code. */
export function runsOf({
  inputSize: [, h, w],
  kernelSize,
  dilations,
  channels,
  groupChannels,
}: Convolution): PixelRun[] | undefined {
  const isDense = dilations[2] === 1 && groupChannels === channels;
  const [across, count] = isDense ? [1, kernelSize[2] * groupChannels] : [kernelSize[2], groupChannels];
  if (kernelSize[0] * kernelSize[1] * across > maxRuns) return undefined;
  const runs: PixelRun[] = [];
  for (let d = 0; d < kernelSize[0]; d++) {
    for (let i = 0; i < kernelSize[1]; i++) {
      for (let j = 0; j < across; j++) {
        const from = ((d * dilations[0] * h + i * dilations[1]) * w + j * dilations[2]) * channels * 4;
        runs.push({ from, to: runs.length * count * 4, count });
      }
    }
  }
  return runs;
}

/** Everything that code for the windows of a convolution depends on. */
export function windowKey(conv: Convolution): string {
  const { inputSize, kernelSize, outputSize, strides, dilations, paddingBefore, channels, groupChannels } = conv;
  return [inputSize, kernelSize, outputSize, strides, dilations, paddingBefore, [channels, groupChannels]].join(' ');
}

/**
 * Emits a loop over `count` windows, from number `first` on. Windows are numbered across all images. `x` is the address
 * of a group's first channel in the first image. The code for a window inside the image is straight-line; a window that
 * reaches over an edge is a loop over its pixels.
 */
export function eachWindow(
  f: FunctionBuilder,
  conv: Convolution,
  x: I32,
  first: I32,
  count: I32,
  visitor: WindowVisitor,
): void {
  const [image, n] = f.locals('i32', 2);
  const out = f.locals('i32', 3);
  const start = f.locals('i32', 3);
  locate(f, conv, x, first, image, out, start);
  const at = f.local('i32');
  f.for(n, 0, count, 1, () => {
    const step = conv.channels * 4;
    const toFirstPixel = (): void => f.set(at, i32.add(image, i32.mul(pixelNumber(conv, start), i32.const(step))));
    const byPixel = (): void => eachPixel(f, conv, image, start, visitor);
    if (!runsOf(conv)) byPixel();
    else if (allInside(conv)) {
      toFirstPixel();
      visitor.whole(at);
    } else {
      f.if(
        isInside(conv, start),
        () => {
          toFirstPixel();
          visitor.whole(at);
        },
        byPixel,
      );
    }
    visitor.next();
    advance(f, conv, image, out, start);
  });
}

/** Whether all windows lie inside the image. */
function allInside(conv: Convolution): boolean {
  return conv.paddingBefore.every(
    (before, i) =>
      before === 0 &&
      (conv.outputSize[i]! - 1) * conv.strides[i]! + (conv.kernelSize[i]! - 1) * conv.dilations[i]! <
        conv.inputSize[i]!,
  );
}

function isInside(conv: Convolution, start: readonly I32[]): I32 {
  const tests = start.map((at, i) =>
    i32.leU(at, i32.const(conv.inputSize[i]! - 1 - (conv.kernelSize[i]! - 1) * conv.dilations[i]!)),
  );
  // On an axis that is shorter than the window, no window fits inside the image.
  if (conv.kernelSize.some((size, i) => (size - 1) * conv.dilations[i]! >= conv.inputSize[i]!)) return i32.const(0);
  return tests
    .filter((_, i) => conv.outputSize[i]! > 1 || conv.paddingBefore[i]! > 0 || i === 2)
    .reduce((a, b) => i32.and(a, b));
}

function pixelNumber({ inputSize: [, h, w] }: Convolution, [d, i, j]: readonly I32[]): I32 {
  return i32.add(i32.mul(i32.add(i32.mul(d!, i32.const(h)), i!), i32.const(w)), j!);
}

function locate(
  f: FunctionBuilder,
  conv: Convolution,
  x: I32,
  window: I32,
  image: Local<'i32'>,
  out: readonly Local<'i32'>[],
  start: readonly Local<'i32'>[],
): void {
  const rest = f.let(i32.remU(window, i32.const(conv.windows)));
  f.set(image, i32.add(x, i32.mul(i32.divU(window, i32.const(conv.windows)), i32.const(conv.imageBytes))));
  for (const axis of [2, 1, 0]) {
    f.set(out[axis]!, i32.remU(rest, i32.const(conv.outputSize[axis]!)));
    f.set(rest, i32.divU(rest, i32.const(conv.outputSize[axis]!)));
    f.set(
      start[axis]!,
      i32.sub(i32.mul(out[axis]!, i32.const(conv.strides[axis]!)), i32.const(conv.paddingBefore[axis]!)),
    );
  }
}

/** Advances to the next window: along the last axis, and at its end along the axis before. */
function advance(
  f: FunctionBuilder,
  conv: Convolution,
  image: Local<'i32'>,
  out: readonly Local<'i32'>[],
  start: readonly Local<'i32'>[],
  axis = 2,
): void {
  if (axis < 0) return f.increase(image, conv.imageBytes);
  f.increase(out[axis]!, 1);
  f.increase(start[axis]!, conv.strides[axis]!);
  f.if(i32.eq(out[axis]!, i32.const(conv.outputSize[axis]!)), () => {
    f.set(out[axis]!, i32.const(0));
    f.set(start[axis]!, i32.const(-conv.paddingBefore[axis]!));
    advance(f, conv, image, out, start, axis - 1);
  });
}

function eachPixel(
  f: FunctionBuilder,
  conv: Convolution,
  image: I32,
  start: readonly I32[],
  { inImage, inPadding }: WindowVisitor,
): void {
  const position = f.locals('i32', 3);
  const offset = f.locals('i32', 3);
  const at = f.local('i32');
  const along = (axis: number): void => {
    f.set(position[axis]!, start[axis]!);
    f.for(offset[axis]!, 0, conv.kernelSize[axis]!, 1, () => {
      if (axis < 2) along(axis + 1);
      else {
        f.if(
          position.map((p, i) => i32.ltU(p, i32.const(conv.inputSize[i]!))).reduce((a, b) => i32.and(a, b)),
          () => {
            f.set(at, i32.add(image, i32.mul(pixelNumber(conv, position), i32.const(conv.channels * 4))));
            inImage(at);
          },
          inPadding,
        );
      }
      f.increase(position[axis]!, conv.dilations[axis]!);
    });
  };
  along(0);
}
