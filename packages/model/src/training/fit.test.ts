import { Dataset } from '@chainrule/data-loaders';
import { sub, sum, type Tensor } from '@chainrule/tensor';
import { describe, expect, test, vi } from 'vitest';
import { input } from '../graph/input.ts';
import { sequential } from '../graph/sequential.ts';
import { affine, batch, descent, inBatches, pretend, pretender, twoBlobs } from '../../testing/model.ts';

describe('fit', () => {
  test('goes through the batches once an epoch, in their order, and validates after each', async () => {
    const pretending = pretender();
    await pretend(pretending, [batch(1, 2), batch(2, 2)], { epochs: 2, validation: [] });
    expect(pretending.seen).toEqual(['train 1', 'train 2', 'evaluate', 'train 1', 'train 2', 'evaluate']);
  });

  test('averages over samples, so that a small last batch counts less', async () => {
    const [logs] = await pretend(pretender(), [batch(1, 3), batch(2, 1)], {});
    expect(logs).toEqual({ epoch: 0, loss: (3 * 1 + 2) / 4, accuracy: (3 * 1 + 0.5) / 4 });
  });

  test('reports validation as valLoss, valAccuracy', async () => {
    const [logs] = await pretend(pretender(), [batch(1, 1)], { validation: [] });
    expect(logs).toEqual({ epoch: 0, loss: 1, accuracy: 1, valLoss: 7, valAccuracy: 0.5 });
  });

  test('warns once of a validation loss that is NaN, and trains on', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const trainer = sequential(input([2]), affine(1)).compile({ optimizer: descent(0.01), loss: (p) => sum(p) });
    const [good] = inBatches(twoBlobs(4), 4);
    const broken = { x: [[NaN, 0]], y: [[0]] };
    const history = await trainer.fit(good!, { epochs: 3, validation: broken });
    const texts = warn.mock.calls.map(([text]) => text as string).filter((text) => text.includes('NaN'));
    expect(texts).toEqual([
      'fit: the validation loss of epoch 1 is NaN; look for NaN in the validation data, or for weights that are all 0',
    ]);
    expect(history.map(({ valLoss }) => valLoss)).toEqual([NaN, NaN, NaN]);
    warn.mockRestore();
  });

  test('returns the logs of all epochs, which are those that onEpochEnd got', async () => {
    const seen: unknown[] = [];
    const history = await pretend(pretender(), [batch(1, 1)], {
      epochs: 3,
      onEpochEnd: (logs) => void seen.push(logs),
    });
    expect(history).toEqual(seen);
    expect(history.map(({ epoch }) => epoch)).toEqual([0, 1, 2]);
  });

  test('waits for batches that come later', async () => {
    const pretending = pretender();
    const later = Dataset.from([1, 2, 3])
      .map((first) => Promise.resolve(batch(first, 1)))
      .prefetch(2);
    const [logs] = await pretend(pretending, later, { onEpochEnd: ({ loss }) => expect(loss).toBe(2) });
    expect([pretending.seen, logs!['loss']]).toEqual([['train 1', 'train 2', 'train 3'], 2]);
    const only = {
      async *[Symbol.asyncIterator]() {
        yield* [batch(5, 1), await Promise.resolve(batch(6, 1))];
      },
    };
    expect((await pretend(pretending, only, {}))[0]!['loss']).toBe(5.5);
    const real = sequential(input([2]), affine(1)).compile({ optimizer: descent(0), loss: (p) => sum(p) });
    const whole = inBatches(twoBlobs(6), 2);
    expect(await real.evaluate(Dataset.from(whole).map((item) => Promise.resolve(item)))).toEqual(
      await real.evaluate(whole),
    );
  });

  test('does nothing in no epochs', async () => {
    const pretending = pretender();
    expect(await pretend(pretending, [batch(1, 1)], { epochs: 0 })).toEqual([]);
    expect(pretending.seen).toEqual([]);
  });

  test('ends with the error of a callback', async () => {
    const failing = pretend(pretender(), [batch(1, 1)], { onBatchEnd: () => Promise.reject(new Error('disk full')) });
    await expect(failing).rejects.toThrow('disk full');
  });
});

describe('fit stops', () => {
  test('where the loss is NaN, and says where', async () => {
    const pretending = pretender();
    await expect(
      pretend(pretending, [batch(1, 1), batch(NaN, 1), batch(3, 1)], {}),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[TrainingError: fit: the loss must be finite, got NaN in epoch 1, batch 2; the weights from before stay; look for NaN in the data, or lower the learning rate; the callback \`findNonFinite()\` says where]`,
    );
    expect(pretending.seen).toEqual(['train 1', 'train NaN']);
  });

  test('where training runs away', async () => {
    const far = (p: Tensor): Tensor => sum(sub(p, 1e30));
    const trainer = sequential(input([2]), affine(1)).compile({ optimizer: descent(1e38), loss: far });
    await expect(trainer.fit(inBatches(twoBlobs(8), 4), { epochs: 9 })).rejects.toThrow(
      /^fit: the gradients and the new weights must be finite, got NaN or Infinity at a loss of -.* in epoch 1, batch 1;/,
    );
  });

  test('where there are no batches, as in a generator’s second epoch', async () => {
    await expect(pretend(pretender(), [], {})).rejects.toThrowErrorMatchingInlineSnapshot(
      `[StateError: fit: an epoch must have at least one batch, got none; a Dataset can be iterated again, a generator cannot]`,
    );
    const once = (function* () {
      yield batch(1, 1);
    })();
    await expect(pretend(pretender(), once, { epochs: 2 })).rejects.toThrow('a generator cannot');
  });

  test.each([-1, 1.5, NaN])('at once for %s epochs', async (epochs) => {
    const fit = pretend(pretender(), [batch(1, 1)], { epochs });
    await expect(fit).rejects.toThrow(`fit: \`epochs\` must be an integer of at least 0, got ${epochs}`);
  });
});
