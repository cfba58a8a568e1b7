import type { Point, Range } from '../figure.ts';

const gap: Point = [NaN, NaN];

/**
 * The parts of a path inside a rectangle, with NaN between them: each segment p + t·(q − p) is cut to the t for which both
 * coordinates are in range (Liang & Barsky 1984). Segments with NaN or infinities are left out.
 */
export function clipPath(points: readonly Point[], x: Range, y: Range): Point[] {
  const clipped: Point[] = [];
  for (let i = 1; i < points.length; i++) {
    const part = clipSegment(points[i - 1]!, points[i]!, [x, y]);
    const last = clipped.at(-1);
    if (!part) continue;
    if (last && (last[0] !== part[0][0] || last[1] !== part[0][1])) clipped.push(gap);
    if (!last || clipped.at(-1) === gap) clipped.push(part[0]);
    clipped.push(part[1]);
  }
  return clipped;
}

function clipSegment(p: Point, q: Point, ranges: readonly [Range, Range]): readonly [Point, Point] | undefined {
  if (![...p, ...q].every(Number.isFinite)) return undefined;
  let [from, to] = [0, 1];
  for (const axis of [0, 1] as const) {
    const slope = q[axis] - p[axis];
    const [a, b] = ranges[axis].map((bound) => (bound - p[axis]) / slope) as [number, number];
    if (slope === 0) {
      if (p[axis] < ranges[axis][0] || p[axis] > ranges[axis][1]) return undefined;
    } else [from, to] = [Math.max(from, Math.min(a, b)), Math.min(to, Math.max(a, b))];
  }
  if (from > to) return undefined;
  const at = (t: number): Point => (t === 0 ? p : t === 1 ? q : [p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])]);
  return [at(from), at(to)];
}
