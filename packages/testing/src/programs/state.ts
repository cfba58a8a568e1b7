import { checkpoint, stopGradient } from '@chainrule/autograd';
import { randomNormal, randomUniform, scan, type Tensor, tensor } from '@chainrule/tensor';
import type { Instruction } from './instruction.ts';
import { isFloating, op } from './dynamic.ts';

/** Instructions with random numbers, variables, and custom gradients. */
export const state: Readonly<Record<string, Instruction>> = {
  random: (a, _, k, { rng }) =>
    isFloating(a)
      ? op('add')(
          a,
          op('cast')(k % 2 ? randomUniform(rng, a.shape) : randomNormal(rng.stream(`s${k % 3}`), a.shape), a.dtype),
        )
      : undefined,
  randomInLoop: (a, _, k, { rng }) =>
    isFloating(a) && a.rank > 0 && a.shape[0] < 40
      ? scan(
          (c: Tensor, x: Tensor) => [c, op('mul')(x, op('cast')(randomUniform(rng, x.shape), x.dtype))] as const,
          tensor(k),
          a,
        )[1]
      : undefined,
  variable: (a, _, k, { variable }) =>
    isFloating(a) ? op('mul')(a, op('cast')(variable.value, a.dtype)) : k % 2 ? variable.value : undefined,
  assign(a, _, _k, { variable }) {
    if (!isFloating(a) || a.size === 0) return undefined;
    variable.assign(op('cast')(op('tanh')(op('mean')(a)), variable.dtype));
    return variable.value;
  },
  checkpoint: (a) =>
    isFloating(a) ? checkpoint((x: Tensor) => op('tanh')(op('exp')(op('neg')(op('square')(x)))))(a) : undefined,
  stopGradient: (a) => (isFloating(a) ? op('mul')(a, stopGradient(op('tanh')(a))) : undefined),
};
