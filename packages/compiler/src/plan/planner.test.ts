import {
  add,
  concat,
  exp,
  matmul,
  mean,
  mul,
  pad,
  relu,
  slice,
  softmax,
  sqrt,
  square,
  sub,
  sum,
  tanh,
  type Tensor,
  transpose,
  Variable,
  zeros,
} from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { compile } from '../compile/compile.ts';
import { planGraph } from './planner.ts';
import type { Plan, PlanStep } from './planStep.ts';

/** The plan of a function of tensors of these shapes. */
function plan(fn: (...xs: Tensor[]) => unknown, shapes: readonly (readonly number[])[], fuse = true): Plan {
  const f = compile(fn, { fuse });
  f(...shapes.map((shape) => zeros(shape) as Tensor));
  const { program } = f.programs()[0]!;
  return planGraph(program.graph, { fuse, results: program.results, loops: () => true });
}

const kinds = ({ steps }: Plan): string[] =>
  steps.map((step: PlanStep) =>
    step.kind === 'loop' ? `loop [${step.space.join()}]` : step.kind === 'node' ? step.node.kind : 'scan',
  );

describe('planGraph', () => {
  test('joins elementwise work and sibling sums in one loop', () => {
    const { steps } = plan(
      (x, b) => [relu(add(x, b)), sum(add(x, b), { axis: 0 }), sum(square(x), { axis: 0 })],
      [[8, 4], [4]],
    );
    expect(steps.map((step) => step.outputs.length)).toEqual([3]);
  });

  test('keeps nodes apart if one waits for a sum of the other', () => {
    expect(kinds(plan((x) => softmax(x), [[8, 4]]))).toEqual(['loop [8,4]', 'loop [8,4]', 'loop [8,4]']);
    expect(kinds(plan((x) => sub(x, mean(x)), [[8]]))).toEqual(['loop [8]', 'loop []', 'loop [8]']);
  });

  test('makes one loop of an optimizer’s update, as soon as the gradient is there', () => {
    const [w, m, v] = [1, 2, 3].map((i) => new Variable(zeros([5, i === 0 ? 1 : 4]) as Tensor)) as [
      Variable,
      Variable,
      Variable,
    ];
    const step = (x: Tensor, y: Tensor): Tensor => {
      const g = matmul(transpose(x) as never, y as never) as Tensor;
      const later = sum(exp(matmul(x as never, w.value as never) as Tensor));
      m.assign(add(mul(m.value, 0.9), mul(g, 0.1)));
      v.assign(add(mul(v.value, 0.99), mul(square(g), 0.01)));
      w.assign(sub(w.value, mul(m.value, sqrt(v.value))));
      return later;
    };
    const { steps } = plan(step, [
      [8, 5],
      [8, 4],
    ]);
    const updates = steps.filter((s) => s.kind === 'loop' && s.outputs.length === 3);
    expect(updates.length).toBe(1);
    expect(steps.indexOf(updates[0]!)).toBe(
      1 +
        steps.findIndex(
          (s) =>
            (s.kind === 'node' && s.node.kind === 'matmul' && s.inputs[0]!.shape[0] === 5) ||
            (s.kind === 'node' && s.node.kind === 'matmul'),
        ),
    );
  });

  test('reads through views, and copies them for steps that need their inputs contiguous', () => {
    expect(kinds(plan((x) => tanh(transpose(x)), [[8, 4]]))).toEqual(['loop [4,8]']);
    expect(
      kinds(plan((x) => matmul(slice(x, [0, 0], [4, 2]) as never, slice(x, [0, 2], [2, 2]) as never), [[4, 4]])),
    ).toEqual(['loop [4,2]', 'loop [2,2]', 'matmul']);
  });

  test('computes the parts of a concatenation where they belong', () => {
    expect(
      kinds(
        plan(
          (x, y) => concat([tanh(x), exp(y)], 1),
          [
            [8, 4],
            [8, 2],
          ],
        ),
      ),
    ).toEqual(['loop [8,4]', 'loop [8,2]']);
    expect(
      kinds(
        plan(
          (x, y) => concat([x, exp(y)], 1),
          [
            [8, 4],
            [8, 2],
          ],
        ),
      ),
    ).toEqual(['loop [8,2]', 'concat']);
  });

  test('takes a sum of padded parts for a concatenation, and slices of a sum for sums of slices', () => {
    const gates = (x: Tensor, y: Tensor): Tensor =>
      add(
        pad(
          tanh(x),
          [
            [0, 0],
            [0, 4],
          ],
          0,
        ),
        pad(
          exp(y),
          [
            [0, 0],
            [4, 0],
          ],
          0,
        ),
      );
    expect(
      kinds(
        plan(gates, [
          [8, 4],
          [8, 4],
        ]),
      ),
    ).toEqual(['loop [8,4]', 'loop [8,4]']);
    const many = (x: Tensor): Tensor =>
      Array.from({ length: 100 }, (_, i) => pad(tanh(mul(x, i)), [[i, 99 - i]], 0) as Tensor).reduce((a, b) =>
        add(a, b),
      );
    expect(kinds(plan(many, [[1]])).filter((kind) => !kind.startsWith('loop [1]'))).toEqual([]);
    const cell = (x: Tensor, y: Tensor): Tensor => {
      const z = add(x, y);
      return mul(tanh(slice(z, [0, 0], [8, 4])), exp(slice(z, [0, 4], [8, 4])));
    };
    expect(kinds(plan(cell, [[8, 8], [8]]))).toEqual(['loop [8,4]']);
  });

  test('computes every node by itself where nothing is to be joined', () => {
    expect(plan((x) => sum(relu(add(x, 1))), [[8]], false).steps.length).toBe(3);
  });

  test('gives every assigned variable memory of its own', () => {
    const [a, b] = [new Variable(zeros([3])), new Variable(zeros([3]))];
    const { outputs, views } = plan(
      (x) => {
        const y = add(x, 1);
        a.assign(y);
        b.assign(y);
      },
      [[3]],
    );
    expect(new Set(outputs.map((t) => views.get(t)!.root)).size).toBe(2);
  });
});
