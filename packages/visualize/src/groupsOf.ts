import type { GraphFigure, PointFigure } from './figure.ts';

/** The groups of points or boxes, in the order of their colors. */
export function groupsOf(figure: GraphFigure | PointFigure): readonly string[] {
  const members = figure.kind === 'points' ? figure.points : figure.nodes;
  return figure.groups ?? [...new Set(members.flatMap(({ group }) => group ?? []))];
}
