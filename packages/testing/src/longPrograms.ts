import { valueAndGrad } from '@chainrule/autograd';
import {
  add,
  concat,
  exp,
  Generator,
  matmul,
  mean,
  mul,
  randomNormal,
  reshape,
  sin,
  slice,
  sub,
  sum,
  tanh,
  transpose,
  type Tensor,
  zeros,
} from '@chainrule/tensor';

/** A function whose graph has about the given number of nodes, and its arguments. */
export interface LongProgram {
  readonly fn: (...args: Tensor[]) => Tensor | readonly Tensor[];
  readonly args: readonly Tensor[];
}

const draw = (seed: number, shape: readonly number[]): Tensor => randomNormal(new Generator(seed), shape, { std: 0.3 });

/** A recurrence written out step by step, over slices of a sequence. */
function unrolled(xs: Tensor, w: Tensor): Tensor {
  let h: Tensor = zeros([2, 4]);
  for (let i = 0; i < xs.shape[0]; i++)
    h = tanh(add(matmul(h as never, w as never) as Tensor, reshape(slice(xs, [i, 0, 0], [1, 2, 4]), [2, 4])));
  return h;
}

function sumUp(parts: readonly Tensor[]): Tensor {
  return parts.reduce((all, part) => add(all, part));
}

const scaled = (x: Tensor, count: number): Tensor[] =>
  Array.from({ length: count }, (_, i) => exp(mul(x, i / count - 1)) as Tensor);

/** Programs for which a pass over the graph could be slow or recurse too deeply. */
export const longPrograms: Readonly<Record<string, (nodes: number) => LongProgram>> = {
  'a chain of elementwise operations': (nodes) => ({
    args: [draw(1, [6])],
    fn: (x) =>
      Array.from({ length: nodes }).reduce<Tensor>(
        (y, _, i) => (i % 3 === 0 ? sin(y) : i % 3 === 1 ? add(y, 0.1) : mul(y, 0.9)),
        x,
      ),
  }),
  'a chain with its gradient': (nodes) => ({
    args: [draw(2, [6])],
    fn: (x) =>
      valueAndGrad((v: Tensor) => {
        let y = v;
        for (let i = 0; i < nodes / 2.5; i++) y = i % 2 === 0 ? sin(y) : sub(mul(y, 0.9), 0.1);
        return sum(y);
      })(x),
  }),
  'squares of squares': (nodes) => ({
    args: [draw(3, [6])],
    fn: (x) => Array.from({ length: nodes }).reduce<Tensor>((y, _, i) => (i % 2 === 0 ? mul(y, y) : sin(y)), x),
  }),
  'values that two later ones read': (nodes) => ({
    args: [draw(4, [6])],
    fn: (x) => {
      let [a, b]: [Tensor, Tensor] = [x, sin(x)];
      for (let i = 0; i < nodes / 2; i++) [a, b] = [b, mul(add(a, b), 0.5)];
      return b;
    },
  }),
  'a recurrence with the gradient of its weights': (nodes) => ({
    args: [draw(5, [Math.ceil(nodes / 9), 2, 4]), draw(6, [4, 4])],
    fn: (xs, w) => valueAndGrad((u: Tensor) => mean(unrolled(xs, u)) as Tensor)(w),
  }),
  'branches that are added up': (nodes) => ({
    args: [draw(7, [6])],
    fn: (x) => sumUp(scaled(x, Math.ceil(nodes / 3))),
  }),
  'sums of branches': (nodes) => ({
    args: [draw(8, [6])],
    fn: (x) => sumUp(scaled(x, Math.ceil(nodes / 4)).map((part) => sum(part) as Tensor)),
  }),
  'many results': (nodes) => ({ args: [draw(9, [6])], fn: (x) => scaled(x, Math.ceil(nodes / 2)) }),
  'many parts of a concatenation': (nodes) => ({
    args: [draw(10, [6])],
    fn: (x) => concat(scaled(x, Math.ceil(nodes / 2)) as never) as Tensor,
  }),
  'many arguments': (nodes) => ({
    args: Array.from({ length: Math.ceil(nodes / 2) }, (_, i) => draw(i, [3])),
    fn: (...xs) => sumUp(xs),
  }),
  'a mixed graph': (nodes) => mixedGraph(nodes, 1),
};

/**
 * The parts of a mixed graph: how often each occurs in 20 nodes, and its function of the newest value and an older one.
 */
const parts: readonly (readonly [often: number, make: (a: Tensor, b: Tensor) => Tensor])[] = [
  [3, (a, b) => matmul(sin(a) as never, mul(b, 0.1) as never)],
  [3, (a, b) => sub(a, mean(b, { axis: 1, keepDims: true } as never))],
  [6, (a) => mul(a, 0.5)],
  [6, (a, b) => add(mul(a, 0.5), mul(b, 0.5))],
  [1, (a, b) => mul(slice(concat([a, b] as never, 1), [0, 3], [4, 4]), 0.9)],
  [1, (a, b) => tanh(add(transpose(a), b))],
];

/** A graph in which each node reads the last one, and at times an older one, which may be far back. */
export function mixedGraph(nodes: number, from: number): LongProgram {
  return {
    args: [draw(11, [4, 4])],
    fn: (x) => {
      const all = [x];
      let seed = from % 2147483647 || 1;
      const next = (below: number): number => (seed = (seed * 48271) % 2147483647) % below;
      // Some graphs read nearby values only, others the first ones again and again.
      const reach = [8, 100, 1e9][next(3)]!;
      // An iteration adds 2.25 nodes on average.
      while (all.length <= nodes / 2.25) {
        const b = all[reach === 1e9 && next(2) === 0 ? 0 : all.length - 1 - next(Math.min(reach, all.length))]!;
        let at = next(20);
        const [, make] = parts.find(([often]) => (at -= often) < 0)!;
        all.push(make(all.at(-1)!, b));
      }
      return all.at(-1)!;
    },
  };
}

/** The gradient of a function of the slices of a sequence, which is a sum of padded parts. */
export const sliceGradient = (steps: number): LongProgram => ({
  args: [draw(12, [steps, 2, 4]), draw(13, [4, 4])],
  fn: (xs, w) => valueAndGrad((v: Tensor) => mean(unrolled(v, w)) as Tensor)(xs),
});
