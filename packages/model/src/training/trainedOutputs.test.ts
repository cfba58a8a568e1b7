import { mean, ones } from '@chainrule/tensor';
import { expect, test } from 'vitest';
import { affine, descent } from '../../testing/model.ts';
import { apply } from '../graph/apply.ts';
import { functional } from '../graph/functional.ts';
import { input } from '../graph/input.ts';

test.each(['toString', 'constructor', '__proto__'])(
  'an output named %s has no loss and no metrics of its own unless they are given',
  async (name) => {
    const x = input([2]);
    const outputs = Object.fromEntries(['p', 'q', name].map((key) => [key, apply(x, affine(1))] as const));
    const trainer = functional(x, outputs).compile({
      optimizer: descent(0.1),
      loss: { p: (predictions) => mean(predictions), q: (predictions) => mean(predictions) },
    });
    const y = ones([4, 1]);
    const logs = await trainer.trainStep({ x: ones([4, 2]), y: { p: y, q: y } });
    expect(Object.keys(logs)).toEqual(['loss', 'pLoss', 'qLoss']);
  },
);
