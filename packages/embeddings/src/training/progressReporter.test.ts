import { ValueError } from '@chainrule/errors';
import { tensor } from '@chainrule/tensor';
import { expect, test, vi } from 'vitest';
import { type Progress, ProgressReporter, type StepReport } from './progressReporter.ts';

const step = (loss: number, weight: number, done: number, force = false): StepReport => ({
  loss: tensor(loss),
  weight: tensor(weight),
  done,
  at: { epoch: 2, done, learningRate: 0.5 },
  force,
});

test('a report holds the mean loss since the last report, and the position of the newest step', async () => {
  const reports: Progress[] = [];
  const reporter = new ProgressReporter('word2vec', (progress) => reports.push(progress));
  await reporter.add(step(6, 2, 10));
  await reporter.add(step(2, 2, 20, true));
  await reporter.add(step(5, 1, 30, true));
  expect(reports.map(({ epoch, done, learningRate, loss }) => ({ epoch, done, learningRate, loss }))).toEqual([
    { epoch: 2, done: 20, learningRate: 0.5, loss: 2 },
    { epoch: 2, done: 30, learningRate: 0.5, loss: 5 },
  ]);
});

test('steps without weight have loss 0', async () => {
  const reports: Progress[] = [];
  const reporter = new ProgressReporter('word2vec', (progress) => reports.push(progress));
  await reporter.add(step(0, 0, 10, true));
  expect(reports[0]!.loss).toBe(0);
});

test('a report follows 250 ms after the last one, with the speed since the start', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  try {
    const reports: Progress[] = [];
    const reporter = new ProgressReporter('glove', (progress) => reports.push(progress));
    vi.advanceTimersByTime(249);
    await reporter.add(step(1, 1, 100));
    expect(reports).toEqual([]);
    vi.advanceTimersByTime(251);
    await reporter.add(step(3, 1, 300));
    expect(reports).toMatchObject([{ loss: 2, perSecond: 600 }]);
    vi.advanceTimersByTime(249);
    await reporter.add(step(1, 1, 400));
    expect(reports).toHaveLength(1);
  } finally {
    vi.useRealTimers();
  }
});

test.each([NaN, Infinity])('a loss of %s throws before it is reported', async (loss) => {
  const report = vi.fn();
  const reporter = new ProgressReporter('glove', report);
  await reporter.add(step(1, 1, 1));
  await expect(reporter.add(step(loss, 1, 2, true))).rejects.toThrow(ValueError);
  expect(report).not.toHaveBeenCalled();
});

test('training waits for what the callback returns, and for its error', async () => {
  const order: string[] = [];
  const reporter = new ProgressReporter('glove', async () => {
    await new Promise((resolve) => setTimeout(resolve));
    order.push('reported');
  });
  await reporter.add(step(1, 1, 1, true));
  order.push('continued');
  expect(order).toEqual(['reported', 'continued']);
  const failing = new ProgressReporter('glove', () => Promise.reject(new Error('stop')));
  await expect(failing.add(step(1, 1, 1, true))).rejects.toThrow('stop');
});
