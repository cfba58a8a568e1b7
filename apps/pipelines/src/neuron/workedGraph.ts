import { grad } from '@chainrule/autograd';
import { add, tensor, type Tensor } from '@chainrule/tensor';
import { type Figure, plotGradients } from '@chainrule/visualize';

/** A computation step by step: numbers, and nodes that are computed from them in turn. The last node is the result. */
export interface WorkedGraph {
  readonly title: string;
  readonly inputs: Readonly<Record<string, number>>;
  readonly nodes: readonly GraphNode[];
}

/** A node with its formula for the table, and the same as code. */
export interface GraphNode {
  readonly name: string;
  readonly formula: string;
  readonly compute: (values: Readonly<Record<string, Tensor>>) => Tensor;
}

/** A row of the table: ∂result / ∂node by back-propagation and by finite differences. */
export interface NodeDerivative {
  readonly name: string;
  readonly formula: string;
  readonly value: number;
  readonly derivative: number;
  readonly difference: number;
}

/** The value of every input and node, and the derivative of the result by it, in two ways. */
export function derivativesOf(graph: WorkedGraph): NodeDerivative[] {
  const step = 1e-5;
  return backPropagate(graph).map((row, i, { length }) => {
    const moved = (by: number): number =>
      evaluate(
        graph,
        Array.from({ length }, (_, k) => (k === i ? by : 0)),
      )
        .at(-1)!
        .item();
    return { ...row, difference: (moved(step) - moved(-step)) / (2 * step) };
  });
}

/** A number that is added to a node changes the result as the node itself does, so one backward pass has all derivatives. */
function backPropagate(graph: WorkedGraph): Omit<NodeDerivative, 'difference'>[] {
  const names = namesOf(graph);
  const zeros = names.map(() => scalar(0));
  const derivatives = grad((offsets: readonly Tensor[]) => evaluate(graph, offsets).at(-1)!)(zeros);
  return evaluate(graph, zeros).map((value, i) => ({
    name: names[i]!,
    formula: graph.nodes.find(({ name }) => name === names[i])?.formula ?? '',
    value: value.item(),
    derivative: derivatives[i]!.item(),
  }));
}

/** The same graph after a step of gradient descent on some inputs. */
export function descend(graph: WorkedGraph, parameters: readonly string[], learningRate: number): WorkedGraph {
  const steps = backPropagate(graph)
    .filter(({ name }) => parameters.includes(name))
    .map(({ name, value, derivative }) => [name, value - learningRate * derivative] as const);
  return { ...graph, inputs: { ...graph.inputs, ...Object.fromEntries(steps) } };
}

export function resultOf(graph: WorkedGraph): number {
  return evaluate(
    graph,
    namesOf(graph).map(() => 0),
  )
    .at(-1)!
    .item();
}

function namesOf({ inputs, nodes }: WorkedGraph): string[] {
  return [...Object.keys(inputs), ...nodes.map(({ name }) => name)];
}

/** The values of inputs and nodes, to each of which an offset is added. */
function evaluate({ inputs, nodes }: WorkedGraph, offsets: readonly (number | Tensor)[]): Tensor[] {
  const values: Record<string, Tensor> = {};
  let next = 0;
  const keep = (name: string, value: Tensor): void => void (values[name] = add(value, offsets[next++]!));
  for (const [name, value] of Object.entries(inputs)) keep(name, scalar(value));
  for (const { name, compute } of nodes) keep(name, compute(values));
  return Object.values(values);
}

/** The graph as a figure. */
export function graphFigure({ title, inputs, nodes }: WorkedGraph): Figure {
  const result = (given: Readonly<Record<string, Tensor>>): Tensor => {
    const values = { ...given };
    for (const { name, compute } of nodes) values[name] = compute(values);
    return values[nodes.at(-1)!.name]!;
  };
  const given = Object.entries(inputs).map(([name, value]) => [name, scalar(value)] as const);
  return plotGradients(result, Object.fromEntries(given), { title });
}

const scalar = (value: number): Tensor => tensor(value, [], 'float64');
