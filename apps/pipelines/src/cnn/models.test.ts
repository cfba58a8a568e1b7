import { zeros } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { digitsNet, textbookNet } from './models.ts';

// Numbers from Keras' model.summary() for the same networks.
describe('the networks', () => {
  test('digitsNet has 72 + 32 + 1,152 + 64 + 4,010 parameters, half of the normalizations’ not trainable', () => {
    expect(digitsNet().build().countParameters()).toEqual({ total: 5330, trainable: 5330 - 16 - 32 });
  });

  test('textbookNet has 280 + 605,824 + 1,290 parameters', () => {
    const model = textbookNet().build();
    expect(model.countParameters()).toEqual({ total: 607_394, trainable: 607_394 });
    expect(`\n${model.summary()}\n`).toMatchInlineSnapshot(`
      "
      Layer (type)           Output shape  Param #
      ────────────────────────────────────────────
      rescaling (rescaling)  [?,28,28,1]         0
      conv2d (conv2d)        [?,26,26,28]      280
      maxPool2d (maxPool2d)  [?,13,13,28]        0
      flatten (flatten)      [?,4732]            0
      dense (dense)          [?,128]       605,824
      dropout (dropout)      [?,128]             0
      dense_1 (dense)        [?,10]          1,290
      ────────────────────────────────────────────
      Total params: 607,394
      Trainable params: 607,394
      Non-trainable params: 0
      "
    `);
  });

  test('return ten logits for a uint8 image', () => {
    for (const model of [digitsNet(), textbookNet()]) {
      const logits = model.build().call(zeros([2, 28, 28, 1], 'uint8'));
      expect([logits.shape, logits.dtype]).toEqual([[2, 10], 'float32']);
    }
  });
});
