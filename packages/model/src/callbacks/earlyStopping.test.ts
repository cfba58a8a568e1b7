import { tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import type { TrainerBase } from '../training/trainerBase.ts';
import { earlyStopping, type EarlyStoppingOptions } from './earlyStopping.ts';
import { modelCheckpoint } from './modelCheckpoint.ts';
import { batch, pretend, pretender } from '../../testing/model.ts';

const data = [batch(1, 1)];

/** How many epochs there are where `name` takes these values. */
async function epochsOf(values: readonly number[], options: EarlyStoppingOptions = {}, name = 'loss'): Promise<number> {
  const pretending = pretender(values.map((value) => ({ [name]: value })));
  return (
    await pretend(pretending, data, { epochs: values.length, validation: [], callbacks: [earlyStopping(options)] })
  ).length;
}

describe('earlyStopping', () => {
  test.each<[string, number, readonly number[], EarlyStoppingOptions]>([
    ['at the first epoch that is no better', 3, [3, 2, 2, 1], {}],
    ['not while it gets better', 4, [4, 3, 2, 1], {}],
    ['after as many epochs as patience says', 5, [3, 2, 4, 3, 2, 1], { patience: 3 }],
    ['counting anew after each better epoch', 6, [5, 6, 4, 5, 3, 4], { patience: 2 }],
    ['where a change is smaller than minDelta', 2, [3, 2.75, 1], { minDelta: 0.5 }],
    ['where it is exactly minDelta', 2, [3, 2.5, 1], { minDelta: 0.5 }],
    ['by the best, not the last: small steps add up', 4, [3, 2.75, 2.25, 2], { minDelta: 0.5, patience: 2 }],
    ['not before startFromEpoch', 4, [1, 5, 6, 6], { startFromEpoch: 2 }],
    ['after epochs of NaN', 2, [NaN, NaN, 1], { patience: 2 }],
    ['upwards when told so', 2, [3, 2, 1], { mode: 'max' }],
  ])('stops %s', async (_, expected, values, options) => {
    expect(await epochsOf(values, options)).toBe(expected);
  });

  test.each(['accuracy', 'topKAccuracy', 'auc', 'precision', 'recall', 'fScore', 'r2'])(
    'takes more of %s for better',
    async (name) => {
      const monitor = `val${name[0]!.toUpperCase()}${name.slice(1)}`;
      expect(await epochsOf([1, 2, 3, 3], { monitor }, name)).toBe(4);
      expect(await epochsOf([3, 2, 1], { monitor }, name)).toBe(2);
      expect(await epochsOf([3, 2, 1], { monitor, mode: 'min' }, name)).toBe(3);
    },
  );

  test('says which names there are', async () => {
    const fit = pretend(pretender(), data, { callbacks: [earlyStopping()] });
    await expect(fit).rejects.toThrowErrorMatchingInlineSnapshot(
      `[OptionError: earlyStopping: \`monitor\` must be one of epoch, loss, accuracy, got valLoss; with \`validation\`, \`fit\` adds valLoss and the like]`,
    );
  });

  test('puts the weights of the best epoch back, also where training comes to its end', async () => {
    const run = async (epochs: number, restoreBestWeights: boolean): Promise<number> => {
      const pretending = pretender([5, 3, 4, 4, 4].map((loss) => ({ loss })));
      const bias = pretending.trainer.model.variables()[1]!.value;
      const stopping = earlyStopping({ patience: 2, restoreBestWeights });
      await pretend(pretending, data, {
        epochs,
        validation: [],
        callbacks: [stopping],
        onEpochBegin: ({ epoch }) => bias.assign(tensor([epoch + 1])),
      });
      return bias.value.item();
    };
    expect([await run(9, true), await run(3, true), await run(9, false)]).toEqual([2, 2, 4]);
  });

  test('can be used for a second training', async () => {
    const stopping = earlyStopping({ patience: 1, restoreBestWeights: true });
    const run = async (losses: readonly number[]): Promise<number> =>
      (
        await pretend(pretender(losses.map((loss) => ({ loss }))), data, {
          epochs: losses.length,
          validation: [],
          callbacks: [stopping],
        })
      ).length;
    expect([await run([1, 2, 2]), await run([9, 8, 7])]).toEqual([2, 3]);
  });
});

describe('modelCheckpoint', () => {
  const savesOf = async (
    options: Parameters<typeof modelCheckpoint>[1],
    pretending = pretender([3, 4, 2, 2, 1].map((loss) => ({ loss }))),
  ): Promise<number[]> => {
    const saved: number[] = [];
    const save = async (given: TrainerBase, { epoch }: { readonly epoch: number }): Promise<void> => {
      expect(given).toBe(pretending.trainer);
      await new Promise((resolve) => setTimeout(resolve, 1));
      saved.push(epoch);
    };
    await pretend(pretending, data, { epochs: 5, validation: [], callbacks: [modelCheckpoint(save, options)] });
    return saved;
  };

  test('saves after every epoch, and waits for it', async () => {
    expect(await savesOf({})).toEqual([0, 1, 2, 3, 4]);
    expect(await savesOf({ monitor: 'nothing' })).toHaveLength(5);
  });

  test('saves only what is the best so far', async () => {
    expect(await savesOf({ saveBestOnly: true })).toEqual([0, 2, 4]);
    expect(await savesOf({ saveBestOnly: true, mode: 'max' })).toEqual([0, 1]);
    expect(await savesOf({ saveBestOnly: true, minDelta: 1.5 })).toEqual([0, 4]);
  });

  test('says which names there are', async () => {
    await expect(savesOf({ saveBestOnly: true, monitor: 'valAuc' })).rejects.toThrow(
      'modelCheckpoint: `monitor` must be one of epoch, loss, accuracy, valLoss, got valAuc',
    );
  });

  test('ends training where saving fails', async () => {
    const failing = pretend(pretender(), data, {
      callbacks: [modelCheckpoint(() => Promise.reject(new Error('disk full')))],
    });
    await expect(failing).rejects.toThrow('disk full');
  });
});
