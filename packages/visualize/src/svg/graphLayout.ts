import { Graph, layout } from '@dagrejs/dagre';
import type { GraphFigure } from '../figure.ts';

/** The texts of a box, in lines. */
export interface BoxText {
  readonly title: readonly string[];
  readonly lines: readonly string[];
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A box around its middle. */
export interface Place extends Size {
  readonly x: number;
  readonly y: number;
}

/** Where the boxes and arrows of a graph are. */
export interface GraphLayout extends Size {
  readonly nodes: readonly Place[];
  readonly edges: readonly {
    readonly points: readonly (readonly [x: number, y: number])[];
    /** The text beside the arrow; `x` and `y` are where its baseline begins. */
    readonly label?: { readonly text: string; readonly x: number; readonly y: number };
  }[];
}

/** Places boxes in ranks, so that arrows point in one direction and few cross (Gansner et al., 1993, by dagre). */
export function layoutGraph(
  { nodes, edges }: Pick<GraphFigure, 'nodes' | 'edges'>,
  sizes: readonly Size[],
  direction: 'down' | 'right',
  labelSize: (label: string) => Size,
): GraphLayout {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: direction === 'down' ? 'TB' : 'LR', nodesep: 20, ranksep: 34, edgesep: 14 });
  nodes.forEach((_, i) => graph.setNode(String(i), { ...sizes[i]! }));
  edges.forEach(({ from, to, label }, i) =>
    graph.setEdge(
      String(from),
      String(to),
      label ? { ...labelSize(label), labelpos: 'r', labeloffset: 6 } : {},
      String(i),
    ),
  );
  layout(graph);
  keepOrder(graph, direction);
  const { width = 0, height = 0 } = graph.graph() as Partial<Size>;
  const places = nodes.map((_, i) => graph.node(String(i)) as Place);
  return {
    width: finite(width),
    height: finite(height),
    nodes: places,
    edges: edges.map(({ from, to, label }, i) => {
      const edge = graph.edge(String(from), String(to), String(i)) as Place & { points: { x: number; y: number }[] };
      return {
        points: around(edge.points.slice(1, -1), places, [places[from]!, places[to]!], direction),
        ...(label && { label: { text: label, x: edge.x - edge.width / 2 + 2, y: edge.y + 4 } }),
      };
    }),
  };
}

/** How far an arrow runs straight before and behind a rank. */
const straight = 7;

/**
 * The course of an arrow over the bends that dagre chose. It leaves and enters boxes at their facing sides, and crosses a rank
 * straight, between its boxes, so that it runs behind none of them.
 */
function around(
  bends: readonly { readonly x: number; readonly y: number }[],
  places: readonly Place[],
  [from, to]: readonly [Place, Place],
  direction: 'down' | 'right',
): (readonly [x: number, y: number])[] {
  const down = direction === 'down';
  const [side, along, breadth, length] = down
    ? (['x', 'y', 'width', 'height'] as const)
    : (['y', 'x', 'height', 'width'] as const);
  // Boxes of a rank share their middle.
  const reach = (middle: number): number =>
    places.reduce((most, at) => (Math.abs(at[along] - middle) < 1 ? Math.max(most, at[length] / 2) : most), 0);
  const facing = (box: Place, toward: number): number =>
    box[side] + Math.max(-0.35 * box[breadth], Math.min(0.35 * box[breadth], toward - box[side]));
  const [first, last] = [bends[0] ?? to, bends.at(-1) ?? from];
  const [start, end] = [facing(from, first[side]), facing(to, last[side])];
  const course: (readonly [across: number, at: number])[] = [
    [start, from[along] + from[length] / 2],
    [start, from[along] + reach(from[along]) + straight],
    ...bends.flatMap((bend): [number, number][] => {
      const half = reach(bend[along]);
      return half === 0 ? [[bend[side], bend[along]]] : [-half, half].map((by) => [bend[side], bend[along] + by]);
    }),
    [end, to[along] - reach(to[along]) - straight],
    [end, to[along] - to[length] / 2],
  ];
  return course.map(([across, at]) => (down ? [across, at] : [at, across]));
}

interface Spot {
  x: number;
  y: number;
  readonly points?: Spot[];
}

/** Mirrors the graph where most boxes side by side are in the opposite order of their numbers: left is then on the right. */
function keepOrder(graph: Graph, direction: 'down' | 'right'): void {
  const [side, along] = direction === 'down' ? (['x', 'y'] as const) : (['y', 'x'] as const);
  const boxes = graph.nodes().map((id) => graph.node(id) as Spot);
  const swapped = boxes.reduce(
    (sum, a, i) =>
      sum + boxes.slice(i + 1).reduce((n, b) => n + (a[along] === b[along] ? Math.sign(a[side] - b[side]) : 0), 0),
    0,
  );
  if (swapped <= 0) return;
  const size = (graph.graph() as Size)[direction === 'down' ? 'width' : 'height'];
  const edges = graph.edges().map((edge) => graph.edge(edge) as Spot);
  for (const spot of [...boxes, ...edges, ...edges.flatMap(({ points = [] }) => points)])
    if (spot[side] !== undefined) spot[side] = size - spot[side];
}

/** The size of a graph without boxes is −∞. */
function finite(value: number): number {
  return Number.isFinite(value) ? value : 0;
}
