import { adam, sgd } from '@chainrule/optim';
import { model } from './examples.ts';
import type { Mistake } from './mistake.ts';

/** Mistakes with optimizers. */
export const optimizers: readonly Mistake[] = [
  [
    // @ts-expect-error the compiler refuses it, too
    () => sgd(0.1),
    'sgd: `options` must be an object such as { learningRate, momentum, nesterov }, got 0.1; write `{ learningRate: 0.1 }`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => adam(0.001),
    'adam: `options` must be an object such as { learningRate, beta1, beta2, epsilon, biasCorrection }, got 0.001; write `{ learningRate: 0.001 }`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => adam({ lr: 0.1 }),
    'adam: unknown option `lr`; did you mean `learningRate`? Known: { learningRate, beta1, beta2, epsilon, biasCorrection }',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => adam({ learning_rate: 0.1 }),
    'adam: unknown option `learning_rate`; did you mean `learningRate`? Known: { learningRate, beta1, beta2, epsilon, biasCorrection }',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => adam({ betas: [0.9, 0.999] }),
    'adam: unknown option `betas`; did you mean `beta1`? Known: { learningRate, beta1, beta2, epsilon, biasCorrection }',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => adam({ weightDecay: 0.1 }),
    'adam: unknown option `weightDecay`; use `adamW`, or a regularizer such as `l2()`. Known: { learningRate, beta1, beta2, epsilon, biasCorrection }',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => adam(model(), { learningRate: 0.1 }),
    'adam: `options` must be an object such as { learningRate, beta1, beta2, epsilon, biasCorrection }, got Object',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => sgd({ learningRate: '0.1' }),
    'sgd: `learningRate` must be a finite number of at least 0 or a schedule, got "0.1"',
  ],
  [() => sgd({ learningRate: -1 }), 'sgd: `learningRate` must be a finite number of at least 0 or a schedule, got -1'],
];
