import { conv2d, globalAveragePool2d } from '@chainrule/layers-conv';
import { activation, dense } from '@chainrule/layers-dense';
import { add } from '@chainrule/layers-merge';
import { batchNormalization } from '@chainrule/layers-normalization';
import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { type AnyFunctional, apply, functional, input, type SymbolicTensor } from '@chainrule/model';
import { sgd } from '@chainrule/optim';
import { relu } from '@chainrule/tensor';
import { type Block, stripes } from './block.ts';

type Image = SymbolicTensor<[number, number, number]>;

const convolve = (filters: number, kernelSize: number, strides: number) =>
  conv2d({ filters, kernelSize, strides, padding: 'same', useBias: false });
const normalize = () => batchNormalization({ momentum: 0.9 });

/** Two convolutions whose result is added to their input, unless `shortcuts` is false (He, Zhang, Ren, Sun 2016). */
export function residualBlock(x: Image, filters: number, strides = 1, shortcuts = true): Image {
  const changed = apply(
    x,
    convolve(filters, 3, strides),
    normalize(),
    activation(relu),
    convolve(filters, 3, 1),
    normalize(),
  );
  if (!shortcuts) return apply(changed, activation(relu));
  const isSame = strides === 1 && x.shape[2] === filters;
  const shortcut = isSame ? x : apply(x, convolve(filters, 1, strides), normalize());
  return apply([shortcut, changed], add(), activation(relu));
}

/** What {@link resNet} is made of. */
export interface ResNetOptions {
  /** Blocks in each of the three stages. Default 3, which makes ResNet-20. */
  readonly blocks?: number;
  /** Filters of the first stage. Default 16. */
  readonly filters?: number;
  /** Whether blocks add their input. Default true. */
  readonly shortcuts?: boolean;
}

/** A residual network of 6·blocks + 2 layers for small images. */
export function resNet(
  shape: readonly [number, number, number],
  classes: number,
  { blocks = 3, filters = 16, shortcuts = true }: ResNetOptions = {},
): AnyFunctional {
  const image = input(shape);
  let x = apply(image, convolve(filters, 3, 1), normalize(), activation(relu)) as Image;
  for (const stage of [0, 1, 2])
    for (let i = 0; i < blocks; i++)
      x = residualBlock(x, filters * 2 ** stage, stage > 0 && i === 0 ? 2 : 1, shortcuts);
  return functional(image, apply(x, globalAveragePool2d(), dense(classes)));
}

function train(model: AnyFunctional): Block {
  const trainer = model.compile({
    optimizer: sgd({ learningRate: 0.05, momentum: 0.9 }),
    loss: sparseCategoricalCrossEntropy,
    seed: 1,
  });
  return { trainer, data: stripes(16), epochs: 8 };
}

export const residual = (): Block => train(resNet([8, 8, 1], 2, { blocks: 1, filters: 8 }));
export const resNet20 = (): Block => train(resNet([8, 8, 1], 2));
