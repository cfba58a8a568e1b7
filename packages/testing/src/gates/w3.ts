import { valueAndGrad } from '@chainrule/autograd';
import { type Backend, compile } from '@chainrule/compiler';
import { conv2d, maxPool2d } from '@chainrule/layers-conv';
import { activation, dense, flatten } from '@chainrule/layers-dense';
import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { input, sequential, type Sequential } from '@chainrule/model';
import { adam, applyUpdates } from '@chainrule/optim';
import { cast, floor, Generator, leakyRelu, mul, randomUniform, type Tensor, type Variable } from '@chainrule/tensor';

const leaky = (x: Tensor): Tensor => leakyRelu(x as never, { negativeSlope: 0.1 });
const block = (filters: number) => [
  conv2d({ filters, kernelSize: 3, padding: 'same' }),
  activation(leaky),
  maxPool2d({ padding: 'same' }),
];

/** The benchmark's W3: three convolutions on images of 28 × 28, two dense layers. */
export function makeW3(): Sequential {
  return (sequential as (...layers: unknown[]) => Sequential)(
    input([28, 28, 1]),
    ...block(32),
    ...block(64),
    ...block(128),
    flatten(),
    dense(128),
    activation(leaky),
    dense(10),
  ).build({ seed: 1 });
}

/**
 * The hash of all weights after 20 steps in reproducible mode, on every machine. It changes if a kernel adds in another
 * order.
 */
export const w3Hash = 'b73cd0071b7ff9fe484643b4ab79b3eaea07eb2388d60b717a68ca17433b81ee';

/** The outcome of some steps of Adam on random images. */
export interface W3Result {
  readonly losses: readonly number[];
  /** SHA-256 of all weights. */
  readonly hash: string;
}

/** Trains W3 for some steps in batches of 64. */
export async function trainW3(backend: Backend, steps = 20): Promise<W3Result> {
  const model = makeW3();
  const optimizer = adam({ learningRate: 0.001 });
  const variables = model.trainableVariables();
  const state = optimizer.init(variables);
  const rng = new Generator(2);
  const step = compile(
    (x: Tensor, y: Tensor) => {
      const [loss, gradients] = valueAndGrad((_: readonly Variable[]) =>
        sparseCategoricalCrossEntropy(model.call(x, { training: true }), y),
      )(variables);
      applyUpdates(variables, optimizer.update(gradients, state, variables));
      return loss;
    },
    { backend },
  );
  const losses: number[] = [];
  for (let i = 0; i < steps; i++) {
    optimizer.tick(state, i);
    const x = randomUniform(rng, [64, 28, 28, 1]) as Tensor;
    const y = cast(floor(mul(randomUniform(rng, [64]), 10)) as Tensor, 'int32') as Tensor;
    losses.push(step(x, y).item());
  }
  return { losses, hash: await hashOf(variables) };
}

async function hashOf(variables: readonly Variable[]): Promise<string> {
  const bytes = variables.flatMap((v) => [...new Uint8Array(v.value.data.buffer as ArrayBuffer)]);
  const digest = await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
