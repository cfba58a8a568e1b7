import { showShape } from '@chainrule/errors';
import { aFunction, aString, checkOptions, oneOf, refuse } from '@chainrule/errors/check';
import type { Tensor } from '@chainrule/tensor';
import { figureOf, type GraphFigure, type GraphNode } from '../figure.ts';
import { derivativesOf, type RecordedGraph, recordGraph } from './recordGraph.ts';

/** Options of {@link plotGradients}. */
export interface GradientsOptions {
  /** Where arrows point, by default down. A graph that is too wide for `right` points down, too. */
  readonly direction?: 'down' | 'right';
  readonly title?: string;
}

/** A figure has no room for more. */
const mostBoxes = 200;

/**
 * The computational graph of a function: a box for each argument and each operation, with its value and the derivative of the
 * result by it (0 for an argument that the function does not use), which back-propagation finds from the result back to the arguments (Rumelhart, Hinton, Williams 1986). Variables
 * that the function reads, and constants, have boxes, too.
 *
 * @param f - a function to one element, as for `grad`
 * @param inputs - its argument: a tensor, a variable, or a tree of them, whose keys are the names
 * @throws ShapeError if the result has more than one element
 * @throws DTypeError if the result or an argument is not float32 or float64
 * @throws OptionError for a graph of more than 200 boxes
 * @example
 * const f = ({ x, y, z }) => mul(add(x, y), z);
 * const { nodes } = plotGradients(f, { x: tensor(-2), y: tensor(5), z: tensor(-4) });
 * nodes.map(({ title, lines }) => [title, ...lines]); // => [['x','value −2','derivative −4'],['y','value 5','derivative −4'],['z','value −4','derivative 3'],['add','value 3','derivative −4'],['mul','value −12','derivative 1']]
 */
export function plotGradients<T>(f: (inputs: T) => Tensor, inputs: T, options: GradientsOptions = {}): GraphFigure {
  const op = 'plotGradients';
  aFunction(op, 'f', f);
  checkOptions(op, options, { direction: oneOf('down', 'right'), title: aString });
  const { direction = 'down', title = 'gradients' } = options;
  const graph = recordGraph(op, f, inputs);
  const { result, leaves, operations } = graph;
  const boxes = leaves.length + operations.length;
  if (boxes > mostBoxes) refuse(op, 'f', `a function of at most ${mostBoxes} operations and arguments`, boxes);
  const derivatives = derivativesOf(graph);
  const nodes = [
    ...leaves.map((leaf): GraphNode => {
      return { title: leaf.name, lines: linesOf(leaf.value, derivatives), group: leaf.kind };
    }),
    ...operations.map(({ name, outputs }): GraphNode => {
      const lines = outputs.flatMap((value) => linesOf(value, derivatives));
      return { title: name, lines, ...(outputs.includes(result) && { group: 'result' }) };
    }),
  ];
  return figureOf({
    kind: 'graph',
    title,
    description: describeGradients(graph, derivatives),
    nodes,
    edges: edgesOf(graph),
    groups: ['input', 'result', 'variable', 'constant'],
    direction,
  });
}

function linesOf(value: Tensor, derivatives: ReadonlyMap<Tensor, Tensor>): string[] {
  const derivative = derivatives.get(value);
  return [`value ${excerpt(value)}`, ...(derivative ? [`derivative ${excerpt(derivative)}`] : [])];
}

function edgesOf({ leaves, operations }: RecordedGraph): GraphFigure['edges'] {
  const places = new Map<Tensor, number>(leaves.map(({ value }, i) => [value, i]));
  operations.forEach(({ outputs }, i) => outputs.forEach((value) => places.set(value, leaves.length + i)));
  return operations.flatMap(({ inputs }, i) =>
    inputs.map((value) => ({ from: places.get(value)!, to: leaves.length + i })),
  );
}

function describeGradients({ result, leaves, operations }: RecordedGraph, derivatives: ReadonlyMap<Tensor, Tensor>) {
  const slopes = leaves.flatMap(({ name, value }) => {
    const slope = derivatives.get(value);
    return slope ? [`${excerpt(slope)} by ${name}`] : [];
  });
  return `${operations.length} operations with the result ${excerpt(result)}. Its derivative is ${slopes.join(', ')}.`;
}

/** A number, or the shape and the first elements. */
function excerpt({ shape, size, data }: Tensor): string {
  const first = [...data.subarray(0, 3)].map(short).join(', ');
  return size === 1 && shape.length === 0 ? first : `${showShape(shape)}: ${first}${size > 3 ? ', …' : ''}`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(4))).replace('-', '−');
}
