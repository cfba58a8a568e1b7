import { reference } from '@chainrule/compiler';
import { describe, expect, test } from 'vitest';
import { modelOf, prepareChainrule } from './chainrule.ts';
import { UnsupportedTaskError } from './job.ts';
import { makeProblem, weightShapes } from './problem.ts';
import { type Net, type Task, tasks, withoutDropout } from './workloads.ts';

type TrainTask = Extract<Task, { readonly net: Net }>;
const training = tasks.filter((task): task is TrainTask => task.kind === 'train');

describe('makeProblem', () => {
  test.each(training)('makes the weights that $name has here, and samples that fit', (task) => {
    const { net } = task;
    const { x, y, weights } = makeProblem(net, 2);
    expect([x.shape, y.shape[0]]).toEqual([[2, ...net.input], 2]);
    for (const { shape, data } of [x, y, ...weights]) expect(data.length).toBe(shape.reduce((a, b) => a * b, 1));
    const model = cannotOr(() => modelOf(net, weights));
    if (model)
      expect(model.trainableVariables().map((v) => v.shape)).toEqual(weightShapes(net).map(({ shape }) => shape));
  });

  test('is the same for the same seed, and the same with and without dropout', () => {
    const { net } = training[8]!;
    expect(makeProblem(net, 2)).toEqual(makeProblem(net, 2));
    const dropping: Net = { ...net, layers: [{ type: 'dropout', rate: 0.5 }, ...net.layers] };
    expect(withoutDropout(dropping)).toEqual(net);
    expect(makeProblem(dropping, 2)).toEqual(makeProblem(net, 2));
    expect(makeProblem(net, 2, 3).x).not.toEqual(makeProblem(net, 2).x);
  });

  test('labels are classes, tokens are in the vocabulary', () => {
    const labels = makeProblem(training[0]!.net, 500).y.data as Int32Array;
    expect([...new Set(labels)].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const { x, y } = makeProblem(training[7]!.net, 4);
    expect(Math.max(...x.data)).toBeGreaterThan(7000);
    expect(Math.max(...x.data)).toBeLessThan(8000);
    expect([...y.data].every((target) => target === 0 || target === 1)).toBe(true);
  });
});

describe('prepareChainrule', () => {
  test('trains W9, and computes a forward pass and a product', async () => {
    const w9 = training[8]!;
    const subject = await prepareChainrule(w9, reference());
    expect(await subject.step()).toBeGreaterThan(await subject.step());
    const forward = await prepareChainrule({ ...w9, kind: 'forward' }, reference());
    expect(await forward.step()).toBe(await forward.step());
    const product = await prepareChainrule({ kind: 'matmul', name: '', title: '', size: 8 }, reference());
    expect(await product.step()).toBeGreaterThan(0);
  });

  test('augments images, in each step anew', async () => {
    const task = { kind: 'augment', name: '', title: '', images: [2, 6, 6, 1] } as const;
    const subject = await prepareChainrule(task, reference());
    expect(await subject.step()).not.toBe(await subject.step());
  });

  test.each(tasks.filter((task) => task.kind === 'compile'))(
    '$name compiles a program, anew in each step',
    async (task) => {
      const subject = await prepareChainrule({ ...task, nodes: 60 }, reference());
      const first = await subject.step();
      expect(Number.isFinite(first)).toBe(true);
      expect(await subject.step()).toBe(first);
    },
  );
});

function cannotOr<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof UnsupportedTaskError) return undefined;
    throw error;
  }
}
