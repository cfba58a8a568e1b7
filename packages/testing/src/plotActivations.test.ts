import { activation } from '@chainrule/layers-dense';
import { input, sequential } from '@chainrule/model';
import { mul, type Tensor, tensor } from '@chainrule/tensor';
import { plotActivations } from '@chainrule/visualize';
import { expect, test } from 'vitest';

const scaledBy = (factor: number) => activation((x: Tensor) => mul(x, factor));
const image = tensor([0, 0.5, 0.75, 1], [2, 2, 1]);

test.each([0.1, 1, 4, 1000])(
  'shows maps of a layer from 0 in black to the largest value in white, here %s',
  (factor) => {
    const model = sequential(input([2, 2, 1]), scaledBy(factor)).build();
    const [panel] = plotActivations(model, image).panels;
    expect([...panel!.images[0]!.data]).toEqual([0, 128, 191, 255]);
  },
);

test('shows maps with negative values from the least in black to the largest in white, and maps of zeros in black', () => {
  const [negative] = plotActivations(sequential(input([2, 2, 1]), scaledBy(-3)).build(), image).panels;
  expect([...negative!.images[0]!.data]).toEqual([255, 128, 64, 0]);
  const [zero] = plotActivations(sequential(input([2, 2, 1]), scaledBy(0)).build(), image).panels;
  expect([...zero!.images[0]!.data]).toEqual([0, 0, 0, 0]);
});
