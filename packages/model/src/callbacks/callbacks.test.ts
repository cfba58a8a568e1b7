import { describe, expect, test } from 'vitest';
import type { Callbacks } from './callbacks.ts';
import { batch, pretend, pretender } from '../../testing/model.ts';

const two = Object.assign([batch(2, 1), batch(4, 1)], { size: 2 });

/** Notes each call; the notes of a slow one come late, unless it is waited for. */
function noting(calls: string[], name: string): Callbacks {
  const note = async (call: string): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    calls.push(`${name} ${call}`);
  };
  return {
    onTrainBegin: () => note('train'),
    onEpochBegin: ({ epoch, epochs, batches }) => note(`epoch ${epoch}/${epochs} of ${batches}`),
    onBatchBegin: ({ batch: number }) => note(`batch ${number}`),
    onBatchEnd: ({ epoch, epochs, batches, batch: number, logs }) =>
      note(`batch ${number} of ${batches} in ${epoch}/${epochs}: ${logs['loss']}`),
    onValidationBegin: ({ epoch }) => note(`validation ${epoch}`),
    onValidationEnd: (logs) => note(`validation: ${JSON.stringify(logs)}`),
    onEpochEnd: ({ epoch, loss, valLoss }) => note(`epoch ${epoch}: ${loss} ${valLoss}`),
    onTrainEnd: (history) => note(`train: ${history.length}`),
    onTrainError: (error) => note(`failed: ${(error as Error).message}`),
  };
}

describe('callbacks', () => {
  test('are called at every stage, in order, with averages so far; promises are waited for', async () => {
    const calls: string[] = [];
    await pretend(pretender(), two, { epochs: 1, validation: [], ...noting(calls, 'a') });
    expect(calls).toEqual([
      'a train',
      'a epoch 0/1 of 2',
      'a batch 0',
      'a batch 0 of 2 in 0/1: 2',
      'a batch 1',
      'a batch 1 of 2 in 0/1: 3',
      'a validation 0',
      'a validation: {"valLoss":7,"valAccuracy":0.5}',
      'a epoch 0: 3 7',
      'a train: 1',
    ]);
  });

  test('may be several: those of the options first, then the list in its order', async () => {
    const calls: string[] = [];
    await pretend(pretender(), [batch(2, 1)], {
      ...noting(calls, 'a'),
      callbacks: [noting(calls, 'b'), {}, noting(calls, 'c')],
    });
    expect(calls.map((call) => call[0]).join('')).toBe('abc'.repeat(6));
    expect(calls.filter((call) => call.startsWith('c'))).toEqual(
      calls.filter((call) => call.startsWith('a')).map((call) => `c${call.slice(1)}`),
    );
  });

  test('hear of a failure in place of the end, and fit throws it after that', async () => {
    const calls: string[] = [];
    const failing = pretend(pretender(), [batch(NaN, 1)], { ...noting(calls, 'a'), callbacks: [noting(calls, 'b')] });
    await expect(failing).rejects.toThrow('fit: the loss must be finite');
    expect(calls.slice(-2).map((call) => call.slice(0, 16))).toEqual(['a failed: fit: t', 'b failed: fit: t']);
    expect(calls.some((call) => call.includes('train:'))).toBe(false);
  });

  test('begin and end also where there is nothing to do', async () => {
    const calls: string[] = [];
    await pretend(pretender(), two, { epochs: 2, initialEpoch: 2, ...noting(calls, 'a') });
    expect(calls).toEqual(['a train', 'a train: 0']);
  });

  test('get the trainer, and end training after the batch: the epoch has averages of its batches, and no end', async () => {
    const pretending = pretender();
    const calls: string[] = [];
    const history = await pretend(pretending, two, {
      epochs: 9,
      onBatchEnd({ epoch, batch: number }, control) {
        expect(control.trainer).toBe(pretending.trainer);
        if (epoch === 1 && number === 0) control.stop();
      },
      onEpochEnd: ({ epoch }) => void calls.push(`epoch ${epoch}`),
      callbacks: [{ onTrainEnd: ({ length }) => void calls.push(`end after ${length}`) }],
    });
    expect(history).toEqual([
      { epoch: 0, loss: 3, accuracy: 0.375 },
      { epoch: 1, loss: 2, accuracy: 0.5 },
    ]);
    expect(calls).toEqual(['epoch 0', 'end after 2']);
    expect(pretending.seen).toEqual(['train 2', 'train 4', 'train 2']);
  });

  test('can end training before it begins', async () => {
    const pretending = pretender();
    expect(await pretend(pretending, two, { epochs: 3, onTrainBegin: ({ stop }) => stop() })).toEqual([]);
    expect(pretending.seen).toEqual([]);
  });
});

describe('initialEpoch', () => {
  test('is the number of the first epoch', async () => {
    const pretending = pretender();
    const history = await pretend(pretending, [batch(1, 1)], { initialEpoch: 3, epochs: 5 });
    expect(history.map(({ epoch }) => epoch)).toEqual([3, 4]);
    expect(pretending.seen).toHaveLength(2);
  });

  test.each([-1, 0.5, Infinity])('cannot be %s', async (initialEpoch) => {
    await expect(pretend(pretender(), two, { initialEpoch })).rejects.toThrow(
      `fit: \`initialEpoch\` must be an integer of at least 0, got ${initialEpoch}`,
    );
  });
});
