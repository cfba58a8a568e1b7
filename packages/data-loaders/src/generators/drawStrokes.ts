import type { Stroke } from './digitStrokes.ts';

/** The distance over which ink fades into paper, in pixels. */
const soft = 1;

/**
 * Draws strokes with a round pen into an image of `width` × `width` values, from 0 for paper to 1 for ink. Overwrites the
 * image. The value of a pixel decreases with the distance from its center to the nearest stroke.
 *
 * @param strokes - polylines in pixels
 * @param radius - half the width of the pen, in pixels
 */
export function drawStrokes(image: Float32Array, width: number, strokes: readonly Stroke[], radius: number): void {
  image.fill(0);
  for (const stroke of strokes) {
    for (let i = 1; i < stroke.length; i++) {
      const [x0, y0] = stroke[i - 1]!;
      const [x1, y1] = stroke[i]!;
      drawSegment(image, width, x0, y0, x1, y1, radius);
    }
  }
}

function drawSegment(
  image: Float32Array,
  width: number,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  radius: number,
): void {
  const reach = radius + soft / 2;
  const left = Math.max(0, Math.ceil(Math.min(x0, x1) - reach - 0.5));
  const right = Math.min(width - 1, Math.floor(Math.max(x0, x1) + reach - 0.5));
  const top = Math.max(0, Math.ceil(Math.min(y0, y1) - reach - 0.5));
  const bottom = Math.min(width - 1, Math.floor(Math.max(y0, y1) + reach - 0.5));
  const dx = x1 - x0;
  const dy = y1 - y0;
  const lengthSquared = dx * dx + dy * dy || 1;
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      const px = column + 0.5 - x0;
      const py = row + 0.5 - y0;
      const along = Math.min(1, Math.max(0, (px * dx + py * dy) / lengthSquared));
      const ex = px - along * dx;
      const ey = py - along * dy;
      const ink = Math.min(1, (reach - Math.sqrt(ex * ex + ey * ey)) / soft);
      const at = row * width + column;
      if (ink > image[at]!) image[at] = ink;
    }
  }
}
