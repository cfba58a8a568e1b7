import type { PointFigure } from './figure.ts';

/** The groups of points, in the order of their colors. */
export function groupsOf({ groups, points }: PointFigure): readonly string[] {
  return groups ?? [...new Set(points.flatMap(({ group }) => group ?? []))];
}
