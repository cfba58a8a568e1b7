import { map, reshape, scalar as e, type Tensor } from '@chainrule/tensor';
import { gridAxis } from './grid.ts';
import type { Scene } from './scene.ts';

/** A rectangle in each image, `[batch, 1, 1]` each: pixels from the first edge to before the second. */
export interface Rectangle {
  readonly left: Tensor;
  readonly right: Tensor;
  readonly top: Tensor;
  readonly bottom: Tensor;
}

/** Returns a bool `[batch, height, width]`: true for pixels in the rectangle of their image. */
export function insideOf(scene: Scene, { left, right, top, bottom }: Rectangle): Tensor {
  const [height, width] = scene.size;
  const within = (v: e.Scalar, from: e.Scalar, to: e.Scalar): e.Scalar => e.and(e.le(from, v), e.lt(v, to));
  const inside = map(
    (x, y, l, r, t, b) => e.cast(e.and(within(x, l, r), within(y, t, b)), 'bool'),
    [gridAxis(width, 1, scene.dtype), gridAxis(height, 0, scene.dtype), left, right, top, bottom],
  );
  return reshape(inside, [scene.batch, height, width]);
}
