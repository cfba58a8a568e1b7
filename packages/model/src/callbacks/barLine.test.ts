import { describe, expect, test } from 'vitest';
import { type BarState, barLine } from './barLine.ts';

const state: BarState = {
  head: 'epoch 3/30',
  value: 94,
  total: 188,
  counted: true,
  logs: { loss: 0.03456, accuracy: 0.98765 },
  left: 12.2,
};
const many = { ...state, logs: { loss: 0.1, accuracy: 0.9, top5: 0.99, auc: 0.97, valLoss: 0.2, valAccuracy: 0.8 } };

describe('barLine', () => {
  test.each([
    [120, `epoch 3/30 ${'█'.repeat(20)}${'░'.repeat(20)} 94/188  loss 0.0346  accuracy 0.9877  13 s left`],
    [80, `epoch 3/30 ${'█'.repeat(10)}${'░'.repeat(10)} 94/188  loss 0.0346  accuracy 0.9877  13 s left`],
    [65, 'epoch 3/30  94/188  loss 0.0346  accuracy 0.9877  13 s left'],
    [55, 'epoch 3/30  loss 0.0346  accuracy 0.9877  13 s left'],
    [40, 'epoch 3/30 loss 0.03 accuracy 0.99 13 s'],
    [38, 'epoch 3/30 loss 0.03 … 13 s'],
    [26, 'epoch 3/30 13 s'],
    [12, 'epoch … 13 s'],
  ])('in %i columns', (columns, expected) => {
    expect(barLine(state, columns)).toBe(expected);
  });

  test.each([1, 2, 5, 10, 20, 40, 60, 80, 100, 200])(
    'is never longer than %i columns, and ends with the time',
    (columns) => {
      for (const one of [state, many, { ...state, logs: {} }, { ...state, counted: false }]) {
        const line = barLine(one, columns);
        expect(line.length).toBeLessThanOrEqual(columns);
        if (columns >= 20) expect(line).toMatch(/13 s( left)?$/);
      }
    },
  );

  test('keeps every metric before it keeps the bar', () => {
    for (const name of Object.keys(many.logs)) expect(barLine(many, 110)).toContain(name);
  });

  test('shows long times in minutes and hours, and none for an estimate that is not finite', () => {
    const time = (left: number): string => barLine({ ...state, logs: {}, left }, 40);
    expect([0, 99, 600, 7200, NaN, Infinity].map((left) => /(\S+ \S+) left$/.exec(time(left))![1])).toEqual([
      '0 s',
      '99 s',
      '10 min',
      '2 h',
      '? s',
      '? s',
    ]);
  });

  test('takes a bar of nothing', () => {
    expect(barLine({ ...state, value: 0, total: 0 }, 80)).toContain('░░');
  });
});
