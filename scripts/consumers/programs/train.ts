// A program as a user of the published packages writes it; check-consumers.mjs compiles, bundles and runs it.
import { grad } from '@chainrule/autograd';
import { compile } from '@chainrule/compiler';
import { Dataset, digits } from '@chainrule/data-loaders';
import { conv2d, maxPool2d } from '@chainrule/layers-conv';
import { dense, flatten, rescaling } from '@chainrule/layers-dense';
import { batchNormalization } from '@chainrule/layers-normalization';
import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { sparseCategoricalAccuracy } from '@chainrule/metrics';
import { input, sequential } from '@chainrule/model';
import { adam } from '@chainrule/optim';
import { matmul, mul, relu, sum, tanh, type Tensor, tensor, zeros } from '@chainrule/tensor';

/** Fits a small CNN to a few digits: the loss of each epoch, and the last accuracy. */
async function train(): Promise<number[]> {
  const model = sequential(
    input([28, 28, 1]),
    rescaling(1 / 255),
    conv2d({ filters: 4, kernelSize: 3, strides: 2, activation: relu }),
    batchNormalization(),
    maxPool2d(),
    flatten(),
    dense(10),
  );
  const trainer = model.compile({
    seed: 1,
    optimizer: adam({ learningRate: 0.02 }),
    loss: sparseCategoricalCrossEntropy,
    metrics: { accuracy: sparseCategoricalAccuracy() },
  });
  const { images, labels } = digits({ count: 64, seed: 1 });
  const history = await trainer.fit(Dataset.fromTensors({ x: images, y: labels }).shuffle(1).batch(16), { epochs: 3 });
  return [...history.map((logs) => logs['loss']!), history.at(-1)!['accuracy']!];
}

/** A gradient, compiled: the tensor, autograd and compiler packages alone. */
function slopes(): number[] {
  const f = (x: Tensor): Tensor => sum(mul(x, tanh(x)));
  return [...compile(grad(f))(tensor([0, 1])).data];
}

// Literal shapes are known to the type checker, from the declarations as they are published.
const product: Tensor<[2, 4]> = matmul(zeros([2, 3]), zeros([3, 4]));
// @ts-expect-error it is [2, 4]
export const other: Tensor<[2, 5]> = product;
// @ts-expect-error the inner sizes 3 and 5 differ
export const mistake = (): unknown => matmul(zeros([2, 3]), zeros([5, 4]));
export const misfit = (): unknown =>
  // @ts-expect-error a kernel of 9 does not fit into an image of 4
  sequential(input([4, 4, 1]), conv2d({ filters: 1, kernelSize: 9 }), flatten(), dense(1));

void train().then((history) => console.log(JSON.stringify({ slopes: slopes(), history, shape: product.shape })));
