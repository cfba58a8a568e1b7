import { dense, dropout, flatten } from '@chainrule/layers-dense';
import { subtract } from '@chainrule/layers-merge';
import { batchNormalization } from '@chainrule/layers-normalization';
import { activation } from '@chainrule/layers-dense';
import { binaryCrossEntropy } from '@chainrule/losses';
import { apply, functional, input, sequential } from '@chainrule/model';
import { adam } from '@chainrule/optim';
import { abs, cast, equal, flip, relu } from '@chainrule/tensor';
import { type Block, stripes } from './block.ts';

/** Tells whether two images are of one kind, from the distance of what one encoder makes of both (Bromley et al. 1993). */
export function siamese(): Block {
  const [left, right] = [input([8, 8, 1], { name: 'left' }), input([8, 8, 1], { name: 'right' })];
  const encoder = sequential(
    input([8, 8, 1]),
    flatten(),
    dense(32, { activation: relu }),
    batchNormalization(),
    dropout(0.1),
    dense(8),
  );
  const distance = apply([apply(left, encoder), apply(right, encoder)], subtract(), activation(abs), dense(1));
  const trainer = functional({ left, right }, { same: distance }).compile({
    optimizer: adam({ learningRate: 0.02 }),
    loss: { same: binaryCrossEntropy },
    seed: 1,
  });
  const { x, y } = stripes(33);
  const [other, labels] = [flip(x, { axis: 0 }), flip(y, { axis: 0 })];
  return {
    trainer,
    data: { x: { left: x, right: other }, y: { same: cast(equal(y, labels), 'float32') } },
    epochs: 20,
  };
}
