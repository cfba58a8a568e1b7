import { add, mul, sigmoid, square, sub, tensor, type Tensor } from '@chainrule/tensor';
import type { GraphNode, WorkedGraph } from './workedGraph.ts';

const node = (name: string, formula: string, compute: GraphNode['compute']): GraphNode => ({ name, formula, compute });

/** f = (x + y) · z at (−2, 5, −4). */
export const sumTimes: WorkedGraph = {
  title: 'f = (x + y) · z',
  inputs: { x: -2, y: 5, z: -4 },
  nodes: [node('q', 'x + y', ({ x, y }) => add(x!, y!)), node('f', 'q · z', ({ q, z }) => mul(q!, z!))],
};

/** A neuron of two inputs with a sigmoid. */
export const sigmoidNeuron: WorkedGraph = {
  title: 'y = σ(w₁x₁ + w₂x₂ + b)',
  inputs: { w1: 2, x1: -1, w2: -3, x2: -2, b: -3 },
  nodes: [
    node('p1', 'w1 · x1', ({ w1, x1 }) => mul(w1!, x1!)),
    node('p2', 'w2 · x2', ({ w2, x2 }) => mul(w2!, x2!)),
    node('s', 'p1 + p2', ({ p1, p2 }) => add(p1!, p2!)),
    node('a', 's + b', ({ s, b }) => add(s!, b!)),
    node('y', 'σ(a)', ({ a }) => sigmoid(a!)),
  ],
};

/** A net of two inputs, two sigmoid units and a sigmoid output, with the squared error of one sample. */
export const smallNet: WorkedGraph = {
  title: 'E = ½ (t − y)² of a 2-2-1 net',
  inputs: {
    x1: 1,
    x2: 0.5,
    w11: 0.4,
    w12: 0.2,
    b1: 0.1,
    w21: -0.3,
    w22: 0.6,
    b2: -0.2,
    v1: 0.7,
    v2: -0.5,
    c: 0.3,
    t: 1,
  },
  nodes: [
    node('a1', 'w11·x1 + w12·x2 + b1', ({ w11, w12, b1, x1, x2 }) => weighted(w11!, x1!, w12!, x2!, b1!)),
    node('a2', 'w21·x1 + w22·x2 + b2', ({ w21, w22, b2, x1, x2 }) => weighted(w21!, x1!, w22!, x2!, b2!)),
    node('h1', 'σ(a1)', ({ a1 }) => sigmoid(a1!)),
    node('h2', 'σ(a2)', ({ a2 }) => sigmoid(a2!)),
    node('a', 'v1·h1 + v2·h2 + c', ({ v1, v2, c, h1, h2 }) => weighted(v1!, h1!, v2!, h2!, c!)),
    node('y', 'σ(a)', ({ a }) => sigmoid(a!)),
    node('E', '½ (t − y)²', ({ t, y }) => mul(tensor(0.5, [], 'float64'), square(sub(t!, y!)))),
  ],
};

/** What gradient descent changes in {@link smallNet}. */
export const smallNetParameters = ['w11', 'w12', 'b1', 'w21', 'w22', 'b2', 'v1', 'v2', 'c'] as const;

/** w x + v y + b */
function weighted(w: Tensor, x: Tensor, v: Tensor, y: Tensor, b: Tensor): Tensor {
  return add(add(mul(w, x), mul(v, y)), b);
}
