import type { Figure, PanelFigure } from '@chainrule/visualize';
import { describe, expect, test } from 'vitest';
import type { Summary } from '../report.ts';
import { runOnce } from '../../testing/runOnce.ts';
import { testSurroundings } from '../../testing/surroundings.ts';
import type { Task } from '../task.ts';
import { augment } from './augment.ts';
import { fashion } from './fashion.ts';
import { inception } from './inception.ts';
import { resnet } from './resnet.ts';
import { strided } from './strided.ts';

const { printed } = testSurroundings('comparisons');

/** Parameters of each variant, by hand: (height · width · inputs + 1) · filters for a convolution, (inputs + 1) · units for a dense layer. */
const blocks = 10 * 16 + (9 * 16 + 1) * 32;
const halving = 10 * 8 + (9 * 8 + 1) * 16 + (9 * 16 + 1) * 32;
const stages = (size: number): number =>
  [3, 16, 32].reduce((sum, inputs, i) => sum + (size * size * inputs + 1) * [16, 32, 48][i]!, 0) + 49 * 6;
/** A module of n filters: 1 × 1 four times, from the input, and 3 × 3 and 5 × 5 from n channels. */
const modules =
  [3, 16, 32].reduce((sum, inputs, i) => {
    const n = [4, 8, 12][i]!;
    return sum + 4 * (inputs + 1) * n + (9 * n + 1) * n + (25 * n + 1) * n;
  }, 0) +
  49 * 6;
const cases: readonly (readonly [Task, variants: readonly string[], parameters: readonly number[]])[] = [
  [fashion, ['without dropout', 'dropout'], Array<number>(2).fill(blocks + 801 * 128 + 1290)],
  [
    strided,
    ['average pooling', 'max pooling', 'strides'],
    [halving + (3 * 3 * 32 + 1) * 10, halving + (3 * 3 * 32 + 1) * 10, halving + (4 * 4 * 32 + 1) * 10],
  ],
  [inception, ['small filters', 'large filters', 'inception modules'], [stages(3), stages(5), modules]],
  [
    augment,
    ['without augmentation', 'augmentation'],
    Array<number>(2).fill(26 * 16 + (9 * 16 + 1) * 32 + 801 * 64 + 650),
  ],
];

describe('tasks that compare networks', () => {
  test.each(cases.map(([task, ...rest]) => [task.name, task, ...rest] as const))(
    'cnn %s trains its networks on the same images',
    async (name, task, variants, parameters) => {
      const figures: Figure[] = [];
      const report = (await runOnce(task, { limit: 12, epochs: 2 }, figures)) as Summary;
      expect(report.tasks.map((one) => one.task)).toEqual(variants.map((variant) => `cnn ${name} ${variant}`));
      expect(report.tasks.map((one) => one.parameters)).toEqual(parameters);
      expect(report.metrics['testAccuracy']).toBe(report.tasks.at(-1)!.metrics['testAccuracy']);
      expect(report.tasks.every(({ epochs }) => epochs[1]!['loss']! !== epochs[0]!['loss'])).toBe(true);
      expect(printed[0]).toContain(`cnn ${name}, ${variants[0]}: 12 training samples`);
      const curves = figures.find((figure): figure is PanelFigure => figure.kind === 'panels')!;
      expect(curves.panels.map(({ title }) => title)).toEqual(['loss', 'accuracy']);
    },
  );

  test('cnn resnet compares as many layers with shortcuts and without', async () => {
    const report = (await runOnce(resnet, { limit: 6, epochs: 1 })) as Summary;
    // 32 layers with weights, as in the paper: a convolution, 5 blocks of 2 convolutions in each of 3 stages, a dense layer.
    const convolutions = [
      3 * 8,
      ...[8, 16, 32].flatMap((n, i) => [(i ? n / 2 : n) * n, ...Array<number>(9).fill(n * n)]),
    ];
    const normalized = 8 * 11 + 16 * 10 + 32 * 10;
    const plain = 9 * convolutions.reduce((sum, size) => sum + size, 0) + 4 * normalized + 33 * 6;
    const projections = 8 * 16 + 16 * 32 + 4 * (16 + 32);
    expect(convolutions).toHaveLength(31);
    expect(report.tasks.map(({ parameters }) => parameters)).toEqual([plain, plain + projections]);
  });
});
