import type { TypedArray } from '../../array/dtype.ts';
import type { Window } from '../../graph/node.ts';
import { toThreeAxes } from '../window.ts';

/** The geometry of a sliding window, shared by convolution and pooling. All sizes have three spatial axes. */
export interface Geometry {
  readonly input: readonly [number, number, number];
  readonly size: readonly [number, number, number];
  readonly output: readonly [number, number, number];
  readonly strides: readonly [number, number, number];
  readonly dilations: readonly [number, number, number];
  readonly before: readonly [number, number, number];
  readonly channels: number;
}

export function geometry(
  window: Window,
  input: readonly number[],
  size: readonly number[],
  output: readonly number[],
  channels: number,
): Geometry {
  return {
    input: toThreeAxes(input),
    size: toThreeAxes(size),
    output: toThreeAxes(output),
    strides: toThreeAxes(window.strides),
    dilations: toThreeAxes(window.dilations),
    before: toThreeAxes(
      window.padding.map(([before]) => before),
      0,
    ),
    channels,
  };
}

/**
 * Visits the cells of the window at one output position that lie inside the input, in row-major order.
 *
 * @param visit - called with the index of the cell in the window and its position in the input
 */
export function eachCell(g: Geometry, position: number, visit: (cell: number, at: number) => void): void {
  const [, oh, ow] = g.output;
  const [id, ih, iw] = g.input;
  const d0 = Math.floor(position / (oh * ow)) * g.strides[0] - g.before[0];
  const h0 = (Math.floor(position / ow) % oh) * g.strides[1] - g.before[1];
  const w0 = (position % ow) * g.strides[2] - g.before[2];
  let cell = 0;
  for (let kd = 0; kd < g.size[0]; kd++) {
    const d = d0 + kd * g.dilations[0];
    for (let kh = 0; kh < g.size[1]; kh++) {
      const h = h0 + kh * g.dilations[1];
      const inside = d >= 0 && d < id && h >= 0 && h < ih;
      for (let kw = 0; kw < g.size[2]; kw++, cell++) {
        const w = w0 + kw * g.dilations[2];
        if (inside && w >= 0 && w < iw) visit(cell, (d * ih + h) * iw + w);
      }
    }
  }
}

/**
 * Copies the windows at output positions `from … from + rows` of one image into the rows of a matrix
 * `[rows, cells * width]` (im2col). Cells in the padding are zero.
 *
 * @param start - the first channel of `x`; `width` is the number of channels
 */
export function gatherPatches(
  g: Geometry,
  x: TypedArray,
  base: number,
  start: number,
  width: number,
  from: number,
  rows: number,
  out: Float64Array,
): void {
  const depth = g.size[0] * g.size[1] * g.size[2] * width;
  out.fill(0, 0, rows * depth);
  for (let r = 0; r < rows; r++) {
    eachCell(g, from + r, (cell, at) => {
      const source = base + at * g.channels + start;
      const to = r * depth + cell * width;
      for (let c = 0; c < width; c++) out[to + c] = x[source + c]!;
    });
  }
}

/** The adjoint of {@link gatherPatches} (col2im): adds the rows to the cells that they were read from. */
export function scatterPatches(
  g: Geometry,
  patches: Float64Array,
  from: number,
  rows: number,
  start: number,
  width: number,
  image: Float64Array,
): void {
  const depth = g.size[0] * g.size[1] * g.size[2] * width;
  for (let r = 0; r < rows; r++) {
    eachCell(g, from + r, (cell, at) => {
      const to = at * g.channels + start;
      const source = r * depth + cell * width;
      for (let c = 0; c < width; c++) image[to + c]! += patches[source + c]!;
    });
  }
}
