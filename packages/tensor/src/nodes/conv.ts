import { ShapeError, showShape } from '@chainrule/errors';
import { checkFloat, checkSameDType } from '../array/checkDType.ts';
import { allocate, type TypedArray } from '../array/dtype.ts';
import type { ConvPass, NodeOf, Window } from '../graph/node.ts';
import { opName } from '../graph/opName.ts';
import { sizeOf } from '../array/shape.ts';
import type { Tensor } from '../array/tensor.ts';
import { emit } from '../graph/trace.ts';
import { multiplyPacked, pack } from './kernels/gemm.ts';
import { gatherPatches, type Geometry, geometry, scatterPatches } from './kernels/patches.ts';
import { windowPositions } from './window.ts';

/** The window of a convolution, and its number of groups. */
export type ConvWindow = Window & { readonly groups: number };

/**
 * Node `conv`: one of the three passes of a convolution y of an input x and a kernel k. `forward` computes y from (x, k),
 * `inputGradient` x from (y, k), and `kernelGradient` k from (x, y). All three are derivatives of the same trilinear form
 * Σ x·k·y, so the gradients of each pass are the other two passes.
 *
 * Input `[batch, …spatial, channels]`, kernel `[…size, channels / groups, filters]`, output `[batch, …positions, filters]`.
 *
 * @param shape - the shape of the result, which `inputGradient` and `kernelGradient` cannot infer
 */
export function convNode(pass: ConvPass, a: Tensor, b: Tensor, window: ConvWindow, shape?: readonly number[]): Tensor {
  checkFloat(opName(), a.dtype);
  checkSameDType(opName(), a.dtype, b.dtype);
  const output = pass === 'forward' ? convShape(a.shape, b.shape, window) : shape!;
  const { strides, padding, dilations, groups } = window;
  return emit(
    'conv',
    { pass, strides, padding, dilations, groups },
    [a, b],
    [{ shape: output, dtype: a.dtype }],
    evaluateConv,
  )[0]!;
}

/** Returns the shape of the output. Throws if channels, filters or groups do not match. */
function convShape(x: readonly number[], kernel: readonly number[], window: ConvWindow): number[] {
  const op = opName();
  const channels = x.at(-1)!;
  const filters = kernel.at(-1)!;
  if (channels % window.groups !== 0 || filters % window.groups !== 0) {
    throw new ShapeError(
      `${op}: \`groups\` ${window.groups} must divide the ${channels} channels of \`x\` and the ${filters} filters of \`kernel\``,
    );
  }
  if (kernel.at(-2) !== channels / window.groups) {
    throw new ShapeError(
      `${op}: \`kernel\` must have ${channels / window.groups} input channels to match \`x\` ${showShape(x)}, got ${showShape(kernel)}`,
    );
  }
  return [x[0]!, ...windowPositions(op, x.slice(1, -1), kernel.slice(0, -2), window), filters];
}

/** The sizes of one group of a convolution, for the evaluators. */
interface ConvSizes {
  readonly g: Geometry;
  readonly batch: number;
  readonly groups: number;
  /** Channels of the input in a group; filters in a group. */
  readonly width: number;
  readonly filters: number;
  /** Windows in an image; cells of a window times channels; elements of an image. */
  readonly positions: number;
  readonly depth: number;
  readonly image: number;
}

/** The number of windows that are gathered at once, about 256 kB of patches. */
function blockRows(sizes: ConvSizes): number {
  return Math.max(8, Math.min(sizes.positions, Math.floor(32768 / Math.max(1, sizes.depth))));
}

function convSizes(
  attrs: ConvWindow,
  x: readonly number[],
  kernel: readonly number[],
  y: readonly number[],
): ConvSizes {
  const g = geometry(attrs, x.slice(1, -1), kernel.slice(0, -2), y.slice(1, -1), x.at(-1)!);
  const width = kernel.at(-2)!;
  return {
    g,
    batch: x[0]!,
    groups: attrs.groups,
    width,
    filters: y.at(-1)! / attrs.groups,
    positions: sizeOf(y.slice(1, -1)),
    depth: sizeOf(kernel.slice(0, -1)),
    image: sizeOf(x.slice(1)),
  };
}

export function evaluateConv(node: NodeOf<'conv'>, [a, b]: readonly TypedArray[]): TypedArray[] {
  const { shape, dtype } = node.types[0]!;
  const [sa, sb] = [node.inputs[0]!.shape, node.inputs[1]!.shape];
  const out = allocate(dtype, shape, node.op);
  if (out.length === 0 || a!.length === 0 || b!.length === 0) return [out];
  if (node.attrs.pass === 'forward') convolve(convSizes(node.attrs, sa, sb, shape), a!, b!, out);
  else if (node.attrs.pass === 'inputGradient') inputGradient(convSizes(node.attrs, shape, sb, sa), a!, b!, out);
  else kernelGradient(convSizes(node.attrs, sa, shape, sb), a!, b!, out);
  return [out];
}

/** Calls `visit` for every block of windows of every image. */
function eachBlock(sizes: ConvSizes, visit: (image: number, from: number, rows: number) => void): void {
  const rows = blockRows(sizes);
  for (let image = 0; image < sizes.batch; image++) {
    for (let from = 0; from < sizes.positions; from += rows) visit(image, from, Math.min(rows, sizes.positions - from));
  }
}

/** y = patches(x) · k */
function convolve(sizes: ConvSizes, x: TypedArray, kernel: TypedArray, y: TypedArray): void {
  const { g, groups, width, filters, depth, positions } = sizes;
  const all = filters * groups;
  const patches = new Float64Array(blockRows(sizes) * depth);
  for (let group = 0; group < groups; group++) {
    const packed = pack({ data: kernel, offset: group * filters, row: 1, column: all }, filters, depth);
    eachBlock(sizes, (image, from, rows) => {
      gatherPatches(g, x, image * sizes.image, group * width, width, from, rows, patches);
      const left = pack({ data: patches, offset: 0, row: depth, column: 1 }, rows, depth);
      multiplyPacked(left, packed, rows, filters, depth, y, (image * positions + from) * all + group * filters, all);
    });
  }
}

/** x = patches⁻ᵀ(y · kᵀ): adds the product of each window to the cells that the window reads. */
function inputGradient(sizes: ConvSizes, y: TypedArray, kernel: TypedArray, x: TypedArray): void {
  const { g, groups, width, filters, depth, positions, image: size } = sizes;
  const all = filters * groups;
  const patches = new Float64Array(blockRows(sizes) * depth);
  const total = new Float64Array(size);
  for (let image = 0; image < sizes.batch; image++) {
    total.fill(0);
    for (let group = 0; group < groups; group++) {
      const packed = pack({ data: kernel, offset: group * filters, row: all, column: 1 }, depth, filters);
      eachBlock({ ...sizes, batch: 1 }, (_, from, rows) => {
        const left = pack(
          { data: y, offset: (image * positions + from) * all + group * filters, row: all, column: 1 },
          rows,
          filters,
        );
        patches.fill(0);
        multiplyPacked(left, packed, rows, depth, filters, patches, 0, depth);
        scatterPatches(g, patches, from, rows, group * width, width, total);
      });
    }
    x.set(total, image * size);
  }
}

/** k = patches(x)ᵀ · y, summed over all images in float64. */
function kernelGradient(sizes: ConvSizes, x: TypedArray, y: TypedArray, kernel: TypedArray): void {
  const { g, groups, width, filters, depth, positions } = sizes;
  const all = filters * groups;
  const patches = new Float64Array(blockRows(sizes) * depth);
  const total = new Float64Array(depth * all);
  for (let group = 0; group < groups; group++) {
    eachBlock(sizes, (image, from, rows) => {
      gatherPatches(g, x, image * sizes.image, group * width, width, from, rows, patches);
      const left = pack({ data: patches, offset: 0, row: 1, column: depth }, depth, rows);
      const right = pack(
        { data: y, offset: (image * positions + from) * all + group * filters, row: 1, column: all },
        filters,
        rows,
      );
      multiplyPacked(left, right, depth, filters, rows, total, group * filters, all);
    });
  }
  kernel.set(total);
}
