import { aConstraint, anActivation, anInitializer, aRegularizer } from '@chainrule/layers-core';
import { afterAll, describe, expect, test } from 'vitest';
import * as chainrule from './index.ts';

const { dense, input, meanSquaredError, sequential, sgd } = chainrule;
const model = sequential(input([1]), dense(1));

// Test files share modules: others expect no default backend, which `sequential` of the umbrella sets.
afterAll(() => chainrule.setDefaultBackend(undefined));

/** The message for a string in place of an object. */
function messageOf(check: (value: never) => unknown, value: string): string {
  try {
    check(value as never);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error(`${value} was accepted`);
}

/** Keras' strings for what we export, and its class names. */
const strings: Readonly<Record<string, readonly [check: (value: never) => unknown, names: string]>> = {
  optimizers: [
    (optimizer) => model.compile({ optimizer, loss: meanSquaredError }),
    'sgd SGD rmsprop RMSprop adam Adam adamw AdamW adadelta Adadelta adagrad Adagrad adamax Adamax nadam Nadam',
  ],
  losses: [
    (loss) => model.compile({ optimizer: sgd(), loss }),
    'mse MSE mae mape msle kld mean_squared_error MeanSquaredError mean_absolute_error mean_absolute_percentage_error ' +
      'mean_squared_logarithmic_error binary_crossentropy BinaryCrossentropy categorical_crossentropy ' +
      'sparse_categorical_crossentropy SparseCategoricalCrossentropy binary_focal_crossentropy kl_divergence ' +
      'KLDivergence poisson huber log_cosh LogCosh hinge squared_hinge cosine_similarity',
  ],
  metrics: [
    (metric) => model.compile({ optimizer: sgd(), loss: meanSquaredError, metrics: [metric] }),
    'accuracy binary_accuracy categorical_accuracy sparse_categorical_accuracy top_k_categorical_accuracy AUC ' +
      'precision Precision recall root_mean_squared_error',
  ],
  activations: [
    (activation) => anActivation('dense', 'activation', activation),
    'relu relu6 sigmoid tanh softmax softplus softsign elu selu gelu silu swish mish leaky_relu hard_sigmoid log_softmax',
  ],
  initializers: [
    (initializer) => anInitializer('dense', 'kernelInitializer', initializer),
    'zeros ones glorot_uniform GlorotUniform glorot_normal he_normal HeNormal he_uniform lecun_normal orthogonal',
  ],
  regularizers: [(regularizer) => aRegularizer('dense', 'kernelRegularizer', regularizer), 'l1 l2 L2 l1_l2 L1L2'],
  constraints: [
    (constraint) => aConstraint('dense', 'kernelConstraint', constraint),
    'max_norm MaxNorm non_neg NonNeg unit_norm',
  ],
};

describe.each(Object.entries(strings))('advice for %s given as a string', (_, [check, names]) => {
  test.each(names.split(' '))('%s names an import that exists', (name) => {
    const message = messageOf(check, name);
    const imported = /import \{ (\w+) \}/.exec(message)?.[1];
    expect(imported, message).toBeDefined();
    expect(Object.keys(chainrule), message).toContain(imported);
  });
});
