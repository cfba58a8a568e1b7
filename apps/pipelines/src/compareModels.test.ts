import { dense } from '@chainrule/layers-dense';
import { meanSquaredError } from '@chainrule/losses';
import { meanAbsoluteError } from '@chainrule/metrics';
import { input, sequential } from '@chainrule/model';
import { sgd } from '@chainrule/optim';
import { tensor } from '@chainrule/tensor';
import type { Figure, PanelFigure, LineFigure } from '@chainrule/visualize';
import { describe, expect, test } from 'vitest';
import { testSurroundings } from '../testing/surroundings.ts';
import { runOnce } from '../testing/runOnce.ts';
import { type Compared, compareModels } from './compareModels.ts';
import type { Summary } from './report.ts';
import type { Task } from './task.ts';

const { printed } = testSurroundings('compare');

const samples = { x: tensor([[0], [1], [2]]), y: tensor([[1], [3], [5]]) };

/** Fits a line with three learning rates, and keeps what the comparison returns. */
function lines(
  epochs: number,
  main?: 'fast' | 'slow',
): { task: Task; compared: () => Compared<'slow' | 'fast' | 'L2, none'> } {
  let compared: Compared<'slow' | 'fast' | 'L2, none'>;
  const variant = (learningRate: number) => ({
    model: sequential(input([1]), dense(1)),
    train: samples,
    test: samples,
    optimizer: sgd({ learningRate }),
    loss: meanSquaredError,
    metrics: { error: meanAbsoluteError() },
    epochs,
    batchSize: 3,
  });
  const task: Task = {
    pipeline: 'mlp',
    name: 'rates',
    about: 'compares rates',
    dataSets: ['line'],
    async run(run) {
      compared = await compareModels(run, {
        name: 'mlp rates',
        title: 'three rates',
        variants: { slow: variant(0.001), fast: variant(0.1), 'L2, none': variant(0.01) },
        ...(main && { main }),
      });
      return compared.summary;
    },
  };
  return { task, compared: () => compared };
}

describe('compareModels', () => {
  test('trains all variants from the same weights, and shows their curves and a table', async () => {
    const figures: Figure[] = [];
    const { task, compared } = lines(3);
    const report = (await runOnce(task, {}, figures)) as Summary;
    const [slow, fast, none] = report.tasks;
    expect(report.tasks.map((one) => one.task)).toEqual(['mlp rates slow', 'mlp rates fast', 'mlp rates L2, none']);
    expect(new Set(report.tasks.map(({ epochs }) => epochs[0]!['loss'])).size).toBe(1);
    expect(fast!.metrics['testLoss']).toBeLessThan(slow!.metrics['testLoss']!);
    expect(Object.entries(report.metrics)).toEqual([
      ['testError', none!.metrics['testError']],
      ['testLoss', none!.metrics['testLoss']],
      ['slowTestError', slow!.metrics['testError']],
      ['fastTestError', fast!.metrics['testError']],
    ]);
    expect(report.parameters).toBe(6);
    const [figure] = figures as [PanelFigure<LineFigure>];
    expect([figures.length, figure.title]).toEqual([1, 'three rates']);
    expect(figure.panels.map(({ series }) => series.length)).toEqual([6, 6]);
    expect(compared().trained.fast.predictions.shape).toEqual([3, 1]);
    const table = printed.find((line) => line.startsWith('model'))!.split('\n');
    expect(table[0]).toMatch(/^model +parameters +test error +test loss +epochs +time$/);
    expect(table[2]).toMatch(/^fast +2 +\d\.\d{4} +\d\.\d{4} +3 +\d\.\d s$/);
  });

  test('begins the report with the main variant, and has no figure of one epoch', async () => {
    const figures: Figure[] = [];
    const report = await runOnce(lines(1, 'slow').task, {}, figures);
    expect(Object.keys(report.metrics)).toEqual(['testError', 'testLoss', 'fastTestError', 'l2NoneTestError']);
    expect(figures).toEqual([]);
  });

  test('measures models that are not trained', async () => {
    const { tasks } = (await runOnce(lines(0).task)) as Summary;
    expect(tasks.map(({ epochs }) => epochs)).toEqual([[], [], []]);
    expect(tasks[0]!.metrics['testError']).toBe(tasks[1]!.metrics['testError']);
  });
});
