import type { Figure, GraphEdge, GraphFigure, Path, Series } from './figure.ts';

/** The text alternative of a figure: its own description, or what its data say. */
export function describe(figure: Figure): string {
  return figure.description ?? described(figure);
}

function described(figure: Figure): string {
  switch (figure.kind) {
    case 'lines':
      return `${figure.y} over ${figure.x}. ${figure.series.map(course).join(' ')}`.trim();
    case 'cells':
      return `${figure.scale} of ${figure.rows.length} rows (${figure.y}) and ${figure.columns.length} columns (${figure.x}), ${range(figure.values.flat())}.`;
    case 'points':
      return `${figure.points.length} points: ${figure.y} over ${figure.x}.`;
    case 'bars':
      return `${figure.y} over ${figure.x} in ${figure.edges.length - 1} bins${figure.bars.length > 1 ? ` of ${listed(figure.bars.map(({ name }) => name))}` : ''}, ${range(figure.bars.flatMap(({ counts }) => counts))}.`;
    case 'categories':
      return figure.bars.map((group) => lengths(figure.names, group)).join(' ') || `${figure.x} of no ${figure.y}.`;
    case 'surface':
      return `${figure.scale} over ${figure.x} and ${figure.y}, ${range(figure.heights.values.flat())}. ${(figure.paths ?? []).map(journey).join(' ')}`.trim();
    case 'parallel': {
      const scores = figure.axes.at(-1);
      if (!scores) return 'No axes.';
      const others = listed(figure.axes.slice(0, -1).map(({ name }) => name));
      return `${scores.values.length} trials by ${others}; ${scores.name}: ${range(scores.values.map(Number))}.`;
    }
    case 'tokens':
      return `${figure.scale} of ${figure.tokens.length} words, ${range(figure.weights)}. ${heaviest(figure.tokens, figure.weights)}`.trim();
    case 'images':
      return `${figure.images.length} images: ${listed(figure.images.map(({ caption }) => caption))}.`;
    case 'graph':
      return `${figure.nodes.length} boxes and ${figure.edges.length} arrows: ${listed(figure.edges.map((edge) => arrowOf(figure, edge)))}.`;
    case 'panels':
      return figure.panels.map((panel) => `${panel.title}: ${describe(panel)}`).join(' ');
  }
}

function arrowOf({ nodes }: GraphFigure, { from, to, label }: GraphEdge): string {
  return `${nodes[from]!.title} to ${nodes[to]!.title}${label ? ` (${label})` : ''}`;
}

function course({ name, points }: Series): string {
  const finite = points.filter(([, value]) => Number.isFinite(value));
  const [first, last] = [finite[0], finite.at(-1)];
  if (!first || !last) return `${name}: no values.`;
  return `${name}: from ${short(first[1])} to ${short(last[1])}, ${range(finite.map(([, value]) => value))}.`;
}

function lengths(
  names: readonly string[],
  { name, values }: { readonly name: string; readonly values: readonly number[] },
): string {
  const all = names.map((one, i) => `${one} ${short(values[i]!)}`);
  return `${name ? `${name}: ` : ''}${listed(all)}.`;
}

function journey({ name, points }: Path): string {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return `${name}: no steps.`;
  const place = (point: Path['points'][number]): string => `(${point.map(short).join(', ')})`;
  return `${name}: ${points.length - 1} steps from ${place(first)} to ${place(last)}.`;
}

/** The words with the largest and the least weight. */
function heaviest(tokens: readonly string[], weights: readonly number[]): string {
  const order = [...weights.keys()]
    .filter((i) => Number.isFinite(weights[i]))
    .sort((a, b) => weights[b]! - weights[a]!);
  const [most, least] = [order[0], order.at(-1)];
  return most === undefined ? '' : `Most: ${tokens[most]}; least: ${tokens[least!]}.`;
}

function range(values: readonly number[]): string {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return 'without values';
  const least = finite.reduce((a, b) => Math.min(a, b));
  return `at least ${short(least)}, at most ${short(finite.reduce((a, b) => Math.max(a, b)))}`;
}

function listed(names: readonly string[]): string {
  return names.length > 20 ? `${names.slice(0, 20).join(', ')} and ${names.length - 20} more` : names.join(', ');
}

function short(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(4))) : '?';
}
