import { type FunctionBuilder, i32, type Local, v128, lanes32 } from '../../asm/index.ts';
import { type ComputeKernel, kernelParams } from '../common/kernel.ts';
import { linearMap } from './linearMap.ts';
import { type Matrix, tileTransforms } from './matrices.ts';
import { oddCacheLines, tilePoints } from './inputTransform.ts';

/** The transformed convolution kernel: 36 matrices `depth × columns`, in panels of 8 columns. */
export interface TransformedKernel {
  readonly depth: number;
  readonly columns: number;
  /** Whether the kernel is `[3, 3, columns, depth]` and rotated by 180°, for the input gradient. */
  readonly adjoint: boolean;
}

export function transformedKernelBytes({ depth, columns }: Pick<TransformedKernel, 'depth' | 'columns'>): {
  readonly panel: number;
  readonly matrix: number;
  readonly all: number;
} {
  const panel = depth * 32;
  const matrix = oddCacheLines(Math.ceil(columns / 8) * panel);
  return { panel, matrix, all: tilePoints ** 2 * matrix };
}

const taps = 3;
/** The depth that is transformed at once. The code transposes this many channels in registers. */
const depthGroup = 4;

/** The kernel `(kernel, panels)`, which computes G·g·Gᵀ for every pair of channels. */
export function kernelTransformKernel(p: TransformedKernel): ComputeKernel {
  const transform = tileTransforms.kernel;
  const groups = p.depth / depthGroup;
  const groupsPerUnit = Math.ceil(groups / Math.min(8, Math.max(1, Math.floor((p.depth * p.columns) / 2048))));
  const name = `winograd kernel ${p.depth}x${p.columns}${p.adjoint ? ' adjoint' : ''}`;
  return {
    key: name,
    name,
    buffers: 2,
    units: Math.ceil(groups / groupsPerUnit),
    flops: p.depth * p.columns * (taps + tilePoints) * 20,
    bytes: p.depth * p.columns * (taps ** 2 + tilePoints ** 2) * 4,
    scratch: (taps ** 2 * depthGroup + tilePoints * taps) * 16,
    emit: (module, { vector: l }) =>
      module.func(kernelParams(2), [], (f, kernel, panels, scratch, begin, end) => {
        const [d, last, x, q] = f.locals('i32', 4);
        f.set(last, i32.mul(end, i32.const(groupsPerUnit)));
        f.set(last, i32.select(i32.ltU(last, i32.const(groups)), last, i32.const(groups)));
        f.for(d, i32.mul(begin, i32.const(groupsPerUnit)), last, 1, () => {
          f.for(x, 0, p.columns / 4, 1, () => {
            loadTaps(f, p, kernel, d, x, scratch);
            const from = f.let(scratch);
            const inPanel = i32.add(
              i32.mul(d, i32.const(depthGroup * 32)),
              i32.mul(i32.and(x, i32.const(1)), i32.const(16)),
            );
            const to = f.let(
              i32.add(panels, i32.add(i32.mul(i32.shrU(x, i32.const(1)), i32.const(p.depth * 32)), inPanel)),
            );
            f.for(q, 0, depthGroup, 1, () => {
              const middle = f.let(i32.add(scratch, i32.const(taps ** 2 * depthGroup * 16)));
              transformOne(f, l, transform, from, middle, to, transformedKernelBytes(p).matrix);
              f.increase(from, 16);
              f.increase(to, 32);
            });
          });
        });
      }),
  };
}

/** Copies 9 taps of 4 × 4 channels to scratch: `[tap][4 of depth][4 columns]`. */
function loadTaps(
  f: FunctionBuilder,
  { depth, columns, adjoint }: TransformedKernel,
  kernel: Local<'i32'>,
  d: Local<'i32'>,
  x: Local<'i32'>,
  scratch: Local<'i32'>,
): void {
  const [row, column, length] = adjoint ? [x, d, depth] : [d, x, columns];
  const from = f.let(
    i32.add(kernel, i32.add(i32.mul(row, i32.const(depthGroup * length * 4)), i32.mul(column, i32.const(16)))),
  );
  const to = f.let(scratch);
  const tap = f.local('i32');
  const bytes = depth * columns * 4;
  if (adjoint) f.increase(from, (taps ** 2 - 1) * bytes);
  f.for(tap, 0, taps ** 2, 1, () => {
    const block = [0, 1, 2, 3].map((q) => f.let(v128.load(from, q * length * 4)));
    (adjoint ? transpose(f, block) : block).forEach((v, q) => f.add(v128.store(to, v, q * 16)));
    f.increase(from, adjoint ? -bytes : bytes);
    f.increase(to, depthGroup * 16);
  });
}

function transpose(f: FunctionBuilder, [a, b, c, d]: readonly Local<'v128'>[]): Local<'v128'>[] {
  const zip = (x: Local<'v128'>, y: Local<'v128'>, ...lanes: number[]): Local<'v128'> =>
    f.let(v128.shuffle(x, y, lanes32(...lanes)));
  const [ab, cd] = [zip(a!, b!, 0, 4, 1, 5), zip(c!, d!, 0, 4, 1, 5)];
  const [ef, gh] = [zip(a!, b!, 2, 6, 3, 7), zip(c!, d!, 2, 6, 3, 7)];
  return [zip(ab, cd, 0, 1, 4, 5), zip(ab, cd, 2, 3, 6, 7), zip(ef, gh, 0, 1, 4, 5), zip(ef, gh, 2, 3, 6, 7)];
}

/**
 * Transforms the columns of the 3 × 3 taps at `from` into `middle` (6 × 3), then its rows into the matrices at `to`.
 */
function transformOne(
  f: FunctionBuilder,
  l: Parameters<typeof linearMap>[1],
  transform: Matrix,
  from: Local<'i32'>,
  middle: Local<'i32'>,
  to: Local<'i32'>,
  matrixBytes: number,
): void {
  const tapBytes = depthGroup * 16;
  const [s, i] = f.locals('i32', 2);
  const [a, b, c] = [f.let(from), f.let(middle), f.let(to)];
  f.for(s, 0, taps, 1, () => {
    const column = [0, 1, 2].map((r) => f.let(l.load(a, r * taps * tapBytes)));
    linearMap(f, l, transform, column).forEach((v, k) => f.add(l.store(b, v, k * taps * 16)));
    f.increase(a, tapBytes);
    f.increase(b, 16);
  });
  f.set(b, middle);
  f.for(i, 0, tilePoints, 1, () => {
    const row = [0, 1, 2].map((k) => f.let(l.load(b, k * 16)));
    linearMap(f, l, transform, row).forEach((v, j) => f.add(l.store(c, v, j * matrixBytes)));
    f.increase(b, taps * 16);
    f.increase(c, tilePoints * matrixBytes);
  });
}
