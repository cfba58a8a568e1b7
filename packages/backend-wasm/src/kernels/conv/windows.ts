import { type FunctionBuilder, i32, type I32, type Local } from '../../asm/index.ts';
import { type ConvShape, imageBytes } from './convShape.ts';

/** What is done with one window after the other. */
export interface WindowVisitor {
  /** The window lies inside the image: `at` is the address of its first cell. */
  readonly whole: (at: Local<'i32'>) => void;
  /** A cell of another window, in order: its address, inside the image or in the padding. */
  readonly inside: (at: Local<'i32'>) => void;
  readonly outside: () => void;
  /** Between a window and the next. */
  readonly next: () => void;
}

/** Adjacent elements of a window that lies inside the image: bytes from its first cell, and from the start of its row of patches. */
export interface Run {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

const mostRuns = 32;

/** The runs of a window, as far apart as the image's rows; `undefined` where they are too many to be code. */
export function runsOf({ input: [, h, w], size, dilations, channels, width }: ConvShape): Run[] | undefined {
  const isDense = dilations[2] === 1 && width === channels;
  const [across, count] = isDense ? [1, size[2] * width] : [size[2], width];
  if (size[0] * size[1] * across > mostRuns) return undefined;
  const runs: Run[] = [];
  for (let d = 0; d < size[0]; d++) {
    for (let i = 0; i < size[1]; i++) {
      for (let j = 0; j < across; j++) {
        const from = ((d * dilations[0] * h + i * dilations[1]) * w + j * dilations[2]) * channels * 4;
        runs.push({ from, to: runs.length * count * 4, count });
      }
    }
  }
  return runs;
}

/**
 * Visits `count` windows from number `position` on, which counts over all images, where `x` is the address of the first
 * image's first channel of a group. Windows inside the image are straight code, those that reach over its edges loops
 * over their cells.
 */
export function eachWindow(
  f: FunctionBuilder,
  s: ConvShape,
  x: I32,
  position: I32,
  count: I32,
  visitor: WindowVisitor,
): void {
  const [image, n] = f.locals('i32', 2);
  const out = f.locals('i32', 3);
  const start = f.locals('i32', 3);
  decode(f, s, x, position, image, out, start);
  const at = f.local('i32');
  f.for(n, 0, count, 1, () => {
    const step = s.channels * 4;
    const first = (): void => f.set(at, i32.add(image, i32.mul(flat(s, start), i32.const(step))));
    const edges = (): void => eachCell(f, s, image, start, visitor);
    if (!runsOf(s)) edges();
    else if (fits(s)) {
      first();
      visitor.whole(at);
    } else {
      f.if(
        isInside(s, start),
        () => {
          first();
          visitor.whole(at);
        },
        edges,
      );
    }
    visitor.next();
    advance(f, s, image, out, start);
  });
}

/** Whether no window reaches into the padding. */
function fits(s: ConvShape): boolean {
  return s.before.every(
    (before, i) =>
      before === 0 && (s.output[i]! - 1) * s.strides[i]! + (s.size[i]! - 1) * s.dilations[i]! < s.input[i]!,
  );
}

function isInside(s: ConvShape, start: readonly I32[]): I32 {
  const tests = start.map((at, i) => i32.leU(at, i32.const(s.input[i]! - 1 - (s.size[i]! - 1) * s.dilations[i]!)));
  // No window fits along an axis that is shorter than the window.
  if (s.size.some((size, i) => (size - 1) * s.dilations[i]! >= s.input[i]!)) return i32.const(0);
  return tests.filter((_, i) => s.output[i]! > 1 || s.before[i]! > 0 || i === 2).reduce((a, b) => i32.and(a, b));
}

function flat({ input: [, h, w] }: ConvShape, [d, i, j]: readonly I32[]): I32 {
  return i32.add(i32.mul(i32.add(i32.mul(d!, i32.const(h)), i!), i32.const(w)), j!);
}

function decode(
  f: FunctionBuilder,
  s: ConvShape,
  x: I32,
  position: I32,
  image: Local<'i32'>,
  out: readonly Local<'i32'>[],
  start: readonly Local<'i32'>[],
): void {
  const rest = f.let(i32.remU(position, i32.const(s.positions)));
  f.set(image, i32.add(x, i32.mul(i32.divU(position, i32.const(s.positions)), i32.const(imageBytes(s)))));
  for (const axis of [2, 1, 0]) {
    f.set(out[axis]!, i32.remU(rest, i32.const(s.output[axis]!)));
    f.set(rest, i32.divU(rest, i32.const(s.output[axis]!)));
    f.set(start[axis]!, i32.sub(i32.mul(out[axis]!, i32.const(s.strides[axis]!)), i32.const(s.before[axis]!)));
  }
}

/** To the next window: along the last axis, and at its end along the one before. */
function advance(
  f: FunctionBuilder,
  s: ConvShape,
  image: Local<'i32'>,
  out: readonly Local<'i32'>[],
  start: readonly Local<'i32'>[],
  axis = 2,
): void {
  if (axis < 0) return f.increase(image, imageBytes(s));
  f.increase(out[axis]!, 1);
  f.increase(start[axis]!, s.strides[axis]!);
  f.if(i32.eq(out[axis]!, i32.const(s.output[axis]!)), () => {
    f.set(out[axis]!, i32.const(0));
    f.set(start[axis]!, i32.const(-s.before[axis]!));
    advance(f, s, image, out, start, axis - 1);
  });
}

function eachCell(
  f: FunctionBuilder,
  s: ConvShape,
  image: I32,
  start: readonly I32[],
  { inside, outside }: WindowVisitor,
): void {
  const place = f.locals('i32', 3);
  const cell = f.locals('i32', 3);
  const at = f.local('i32');
  const along = (axis: number): void => {
    f.set(place[axis]!, start[axis]!);
    f.for(cell[axis]!, 0, s.size[axis]!, 1, () => {
      if (axis < 2) along(axis + 1);
      else {
        f.if(
          place.map((p, i) => i32.ltU(p, i32.const(s.input[i]!))).reduce((a, b) => i32.and(a, b)),
          () => {
            f.set(at, i32.add(image, i32.mul(flat(s, place), i32.const(s.channels * 4))));
            inside(at);
          },
          outside,
        );
      }
      f.increase(place[axis]!, s.dilations[axis]!);
    });
  };
  along(0);
}
