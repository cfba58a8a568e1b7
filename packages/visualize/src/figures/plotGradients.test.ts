import {
  add,
  div,
  exp,
  matmul,
  mean,
  mul,
  neg,
  scan,
  sigmoid,
  square,
  sub,
  sum,
  tanh,
  type Tensor,
  tensor,
  Variable,
} from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import type { GraphFigure } from '../figure.ts';
import { toText } from '../toText.ts';
import { plotGradients } from './plotGradients.ts';

/** Value and derivative at each box, by its title. */
const numbers = ({ nodes }: GraphFigure): Record<string, readonly string[]> =>
  Object.fromEntries(nodes.map(({ title, lines = [] }) => [title, lines.map((line) => line.replace(/^\w+ /, ''))]));

describe('plotGradients', () => {
  test('gives the numbers of the worked example (x + y)·z', () => {
    const figure = plotGradients(({ x, y, z }: Record<'x' | 'y' | 'z', Tensor>) => mul(add(x, y), z), {
      x: tensor(-2),
      y: tensor(5),
      z: tensor(-4),
    });
    expect(numbers(figure)).toEqual({
      x: ['−2', '−4'],
      y: ['5', '−4'],
      z: ['−4', '3'],
      add: ['3', '−4'],
      mul: ['−12', '1'],
    });
    expect(figure.edges.map(({ from, to }) => [from, to])).toEqual([[0, 3], [1, 3], [3, 4], [2, 4]]); // prettier-ignore
    expect(figure.nodes.at(-1)!.group).toBe('result');
    expect(figure.description).toBe('2 operations with the result −12. Its derivative is −4 by x, −4 by y, 3 by z.');
  });

  test('gives the numbers of a sigmoid neuron 1 / (1 + exp(−(w0·x0 + w1·x1 + w2))), step by step', () => {
    const scalars = (given: Record<string, number>) =>
      Object.fromEntries(Object.entries(given).map(([name, value]) => [name, tensor(value)]));
    const neuron = ({ w0, x0, w1, x1, w2 }: Record<string, Tensor>) => {
      const z = add(add(mul(w0!, x0!), mul(w1!, x1!)), w2!);
      return div(1, add(1, exp(neg(z)))) as Tensor;
    };
    const figure = plotGradients(neuron, scalars({ w0: 2, x0: -1, w1: -3, x1: -2, w2: -3 }));
    const round = (text: string): number => Number(Number(text.replace('−', '-')).toFixed(2));
    const found = figure.nodes.map(({ title, lines = [] }) => [
      title,
      ...lines.map((line) => round(line.replace(/^\w+ /, ''))),
    ]);
    // Karpathy, "Backpropagation, intuitions", course notes of CS231n, with its two digits.
    expect(found).toEqual([
      ['w0', 2, -0.2],
      ['w1', -3, -0.39],
      ['w2', -3, 0.2],
      ['x0', -1, 0.39],
      ['x1', -2, -0.59],
      ['mul', -2, 0.2],
      ['mul', 6, 0.2],
      ['add', 4, 0.2],
      ['add', 1, 0.2],
      ['neg', -1, -0.2],
      ['exp', 0.37, -0.53],
      ['add(1, ·)', 1.37, -0.53],
      ['div(1, ·)', 0.73, 1],
    ]);
  });

  test('shows shapes and the first elements of tensors, and names variables', () => {
    const w = new Variable(tensor([[1], [2]]), { name: 'kernel' });
    const b = new Variable(tensor([0.5]), { name: 'bias' });
    const x = tensor([[1, 2], [3, 4], [5, 6]]); // prettier-ignore
    const figure = plotGradients(() => mean(square(add(matmul(x, w.value), b.value))), { w });
    const all = numbers(figure);
    // y = x·w + b = 5.5, 11.5, 17.5; the derivative of the mean of squares is 2·y / 3, and by w xᵀ·(2·y / 3).
    expect(all['w']).toEqual(['[2,1]: 1, 2', '[2,1]: 85, 108']);
    expect(all['bias']).toEqual(['[1]: 0.5', '[1]: 23']);
    expect(all['constant']).toEqual(['[3,2]: 1, 2, 3, …']);
    expect(all['add']).toEqual(['[3,1]: 5.5, 11.5, 17.5', '[3,1]: 3.667, 7.667, 11.67']);
    expect(figure.nodes.map(({ group }) => group).slice(0, 3)).toEqual(['input', 'variable', 'constant']);
    expect(toText(figure)).toContain('from');
  });

  test('runs ops with gradients of their own, loops, and values that are used twice', () => {
    expect(numbers(plotGradients((x: Tensor) => mul(x, x), tensor(3)))['x']).toEqual(['3', '6']);
    const softened = plotGradients((x: Tensor) => tanh(sigmoid(x)), tensor(0));
    // (1 − tanh²(½))·¼
    expect(numbers(softened)['x']).toEqual(['0', '0.1966']);
    const loop = plotGradients(
      (x: Tensor) =>
        sum(scan((state: Tensor, each: Tensor) => [mul(state, each), []] as const, tensor(1), x)[0] as Tensor),
      tensor([2, 3]),
    );
    expect(numbers(loop)['x']).toEqual(['[2]: 2, 3', '[2]: 3, 2']);
  });

  test('gives 0 where the result does not depend on a value, and the argument itself as a result', () => {
    const figure = plotGradients(({ x, y }: Record<'x' | 'y', Tensor>) => add(x, mul(y, 0)), {
      x: tensor(1),
      y: tensor(2),
    });
    expect(numbers(figure)['y']).toEqual(['2', '0']);
    expect(plotGradients((x: Tensor) => x, tensor(1)).nodes).toEqual([
      { title: 'x', lines: ['value 1', 'derivative 1'], group: 'input' },
    ]);
  });

  test('shows arguments that the function does not use', () => {
    const w = new Variable(tensor([1, 2]), { name: 'kernel' });
    const figure = plotGradients(({ x }: Record<'x' | 'y', Tensor> & { w: Variable }) => mul(x, x), {
      x: tensor(3),
      y: tensor(4),
      w,
    });
    expect(numbers(figure)).toEqual({ x: ['3', '6'], y: ['4', '0'], w: ['[2]: 1, 2', '[2]: 0, 0'], mul: ['9', '1'] });
    expect(figure.nodes.map(({ group }) => group)).toEqual(['input', 'input', 'input', 'result']);
    expect(figure.edges.map(({ from, to }) => [from, to])).toEqual([[0, 3], [0, 3]]); // prettier-ignore
    expect(figure.description).toContain('6 by x, 0 by y, [2]: 0, 0 by w.');
    // Read, without effect on the result.
    const both = plotGradients(
      ({ x, v }: { x: Tensor; v: Variable }) => {
        square(v.value);
        return mul(x, 2);
      },
      { x: tensor(3), v: w },
    );
    expect(both.nodes.map(({ title }) => title)).toEqual(['x', 'v', 'mul(·, 2)']);
    expect(numbers(plotGradients(() => tensor(7), { x: tensor(1) }))).toEqual({ x: ['1', '0'], constant: ['7'] });
  });

  test('refuses other results, arguments, and large graphs', () => {
    expect(() => plotGradients((x: Tensor) => x, tensor([1, 2]))).toThrow(
      'plotGradients: `f` must return one element, got shape [2]',
    );
    expect(() => plotGradients(() => 1 as never, tensor(1))).toThrow('`f` must return a tensor, got 1');
    expect(() => plotGradients((x) => x as never, { x: 1 })).toThrow('`inputs` must hold tensors and variables, got 1');
    expect(() => plotGradients(() => tensor(1), [])).toThrow('`inputs` must hold a tensor or a variable, got []');
    const long = (x: Tensor): Tensor => Array.from({ length: 300 }).reduce<Tensor>((y) => sub(y, 1), x);
    expect(() => plotGradients(long, tensor(1))).toThrow('a function of at most 200 operations and arguments, got 301');
  });
});
