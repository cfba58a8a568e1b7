import {
  broadcastTo,
  expandDims,
  type FloatDType,
  full,
  map,
  reshape,
  sampleImage,
  scalar as e,
  slice,
  squeeze,
  stack,
  type Tensor,
} from '@chainrule/tensor';
import { adjugate, type Entry, type Matrix, transform } from './matrix.ts';
import { gridAxis } from './grid.ts';
import type { ImageBatch } from './imageBatch.ts';
import type { Sampling } from './sampling.ts';

/** Geometric changes that were made and not sampled yet. */
export interface Pending {
  readonly matrix: Matrix;
  /** Height and width of the result. */
  readonly size: readonly [number, number];
  /** Undefined if all changes so far are exact, such as flips. */
  readonly sampling: Sampling | undefined;
}

/** Sampling for exact changes. */
const plain: Sampling = { fillMode: 'nearest', interpolation: 'bilinear', fillValue: 0 };

/** Shifts of the places that pixels show, `[batch, height, width]` along columns and rows. */
export interface Offsets {
  readonly x: Tensor;
  readonly y: Tensor;
}

/** Reads images and masks at the places that their pixels show, and moves boxes. */
export function sampleFields(fields: ImageBatch, pending: Pending, offsets?: Offsets): ImageBatch {
  const { images, masks, boxes } = fields;
  const { fillMode, interpolation, fillValue } = pending.sampling ?? plain;
  const dtype = images.dtype === 'float64' ? 'float64' : 'float32';
  const at = placesOf(images.shape[0], pending, dtype, offsets);
  return {
    ...fields,
    images: sampleImage(images, at, { fillMode, interpolation, fillValue }),
    ...(masks && { masks: sampleMasks(masks, at, fillMode) }),
    ...(boxes && { boxes: moveBoxes(boxes, pending, offsets) }),
  };
}

/** The places that the pixels of the result show: `[batch, height, width, 2]`. */
function placesOf(batch: number, { matrix, size }: Pending, dtype: FloatDType, offsets?: Offsets): Tensor {
  const [height, width] = size;
  const grid = [gridAxis(width, 1, dtype), gridAxis(height, 0, dtype)] as const;
  const [x, y] = offsets ? grid.map((axis, k) => map(e.add, [axis, k === 0 ? offsets.x : offsets.y])) : grid;
  const places = transform(matrix, x, y).map((place) => spread(place, [batch, height, width], dtype));
  return stack([places[1]!, places[0]!], 3);
}

function spread(place: Entry, shape: readonly number[], dtype: FloatDType): Tensor {
  return typeof place === 'number' ? full(shape, place, dtype) : broadcastTo(place, shape);
}

/** Masks keep their values: each pixel shows the nearest one. */
function sampleMasks(masks: Tensor, at: Tensor, fillMode: Sampling['fillMode']): Tensor {
  const options = { fillMode, interpolation: 'nearest' } as const;
  if (masks.rank === 4) return sampleImage(masks, at, options);
  return squeeze(sampleImage(expandDims(masks, 3), at, options), 3);
}

/** Moves the corners of boxes, and returns the boxes around them, cut at the borders of the image. */
function moveBoxes(boxes: Tensor, { matrix, size: [height, width] }: Pending, offsets?: Offsets): Tensor {
  const edges = [0, 1, 2, 3].map((k) => {
    const [batch, count] = boxes.shape;
    return reshape(slice(boxes, [0, 0, k], [batch, count, 1]), [batch, count, 1]);
  }) as [Tensor, Tensor, Tensor, Tensor];
  const [left, top, right, bottom] = edges;
  const corners = [
    [left, top],
    [right, top],
    [left, bottom],
    [right, bottom],
  ] as const;
  const dtype = boxes.dtype === 'float64' ? 'float64' : 'float32';
  // The corner of an image is half a pixel before the center of its first pixel.
  const back = adjugate(matrix);
  const moved = corners.map(([x, y]) => {
    const centered = (v: Tensor): Tensor => map((u) => e.sub(u, 0.5), [v]);
    const places = transform(back, centered(x), centered(y)).map((place) => spread(place, x.shape, dtype));
    return shifted([places[0]!, places[1]!], offsets);
  });
  const extreme = (axis: 0 | 1, pick: typeof e.min, limit: number): Tensor =>
    map(
      (a, b, c, d) => e.max(0, e.min(e.add(pick(pick(a, b), pick(c, d)), 0.5), limit)),
      moved.map((corner) => corner[axis]),
    );
  return reshape(
    stack(
      [extreme(0, e.min, width), extreme(1, e.min, height), extreme(0, e.max, width), extreme(1, e.max, height)],
      2,
    ),
    boxes.shape,
  );
}

/** Offsets move a place by −offset, to first order. */
function shifted([x, y]: readonly [Tensor, Tensor], offsets?: Offsets): readonly [Tensor, Tensor] {
  if (!offsets) return [x, y];
  const at = stack([y, x], 3);
  const offset = sampleImage(stack([offsets.x, offsets.y], 3), at, { fillMode: 'nearest' });
  const part = (k: number): Tensor => reshape(slice(offset, [0, 0, 0, k], [...x.shape, 1]), x.shape);
  return [map(e.sub, [x, part(0)]), map(e.sub, [y, part(1)])];
}
