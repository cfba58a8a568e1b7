import * as optim from '@chainrule/optim';
import { adam as adamOf, addDecayedWeights, applyUpdates, type Optimizer } from '@chainrule/optim';
import { type Tensor, Variable } from '@chainrule/tensor';
import { treeLeaves } from '@chainrule/tensor/graph';
import { type Adapter, type Adapters, exported, op } from '../adapter.ts';
import { type Attrs, type Inputs, Unsupported } from '../given.ts';

/**
 * Takes a step with each gradient, to which it adds `l2` times the parameter. `step1`, `step2`, … are the parameter
 * after each step.
 */
function steps(
  optimizer: Optimizer,
  inputs: Inputs,
  variable: Variable,
  state: optim.OptimizerState,
  l2: number,
): Record<string, Tensor> {
  const numbered = inputs.numbered('gradient');
  const gradients = numbered.length > 0 ? numbered : [inputs.get('gradient')];
  const decay = addDecayedWeights(l2);
  return Object.fromEntries(
    gradients.map((gradient, i) => {
      const pulled = l2 === 0 ? [gradient] : decay.update([gradient], [], [variable]);
      applyUpdates([variable], optimizer.update(pulled, state, [variable]));
      return [`step${i + 1}`, variable.value];
    }),
  );
}

/**
 * An optimizer whose factory takes these attributes as options. The case gives the first link's state `trace` or so
 * before the steps as `key0`, and gets it after them as `key1`.
 */
function optimizer(
  name: string,
  options: readonly string[],
  [key, path]: readonly string[] = [],
  defaults: object = {},
): Adapter {
  return {
    prepare(inputs, attrs) {
      const make = exported<(options: object) => Optimizer>(optim, name);
      const made = make({ ...defaults, ...attrs.options(...options) });
      const variable = new Variable(inputs.get('parameter'));
      const state = made.init([variable]);
      const kept = treeLeaves(state).find((at) => at.path === path)?.leaf as Variable | undefined;
      if (kept) assignFirst(kept, inputs.find(`${key}0`));
      const l2 = attrs.number('l2') ?? 0;
      return {
        compute: (symbols) => {
          const after = steps(made, symbols, variable, state, l2);
          return kept ? { ...after, [`${key}1`]: kept.value } : after;
        },
      };
    },
  };
}

/** Clips the inputs together; outputs have the inputs' names. */
const clipByGlobalNorm: Adapter = {
  prepare(inputs, attrs) {
    const maxNorm = attrs.number('maxNorm') ?? 1;
    inputs.operands();
    return {
      compute: (symbols) => {
        const clipped = optim.clipByGlobalNorm(maxNorm).update(symbols.operands(), [], []);
        return Object.fromEntries(clipped.map((t, i) => [String.fromCharCode(97 + i), t]));
      },
    };
  },
};

/** Adam, also from the middle of a training: `m0`, `v0` and `step`, the number of the step. */
const adam: Adapter = {
  prepare(inputs, attrs) {
    const made = adamOf(attrs.options('learningRate', 'beta1', 'beta2', 'epsilon', 'biasCorrection'));
    const variable = new Variable(inputs.get('parameter'));
    const state = made.init([variable]);
    const [scaling] = state;
    const [m, v] = [scaling.m[0]!, scaling.v[0]!];
    assignFirst(m, inputs.find('m0'));
    assignFirst(v, inputs.find('v0'));
    startAt(scaling.step, attrs);
    const l2 = attrs.number('l2') ?? 0;
    return {
      compute: (symbols) => {
        const after = steps(made, symbols, variable, state, l2);
        return { ...after, m1: m.value, v1: v.value };
      },
    };
  },
};

function startAt(counter: Variable, attrs: Attrs): void {
  const step = attrs.number('step') ?? 1;
  const first = attrs.boolean('biasCorrection', true) ? 1 : 0;
  if (!Number.isInteger(step) || step < first) throw new Unsupported(`not supported: attribute \`step\` ${step}`);
  counter.assign(op('cast')(op('add')(counter.value, step - 1), 'int32'));
}

function assignFirst(variable: Variable, value: Tensor | undefined): void {
  if (value) variable.assign(value);
}

const velocity = ['velocity', '[0].trace[0]'];

export const optimizers: Adapters = {
  adam,
  clipByGlobalNorm,
  sgd: optimizer('sgd', ['learningRate', 'momentum', 'nesterov'], velocity),
  sgdMomentum: optimizer('sgd', ['learningRate', 'momentum', 'nesterov'], velocity),
  sgdNesterov: optimizer('sgd', ['learningRate', 'momentum', 'nesterov'], velocity, { nesterov: true }),
  adagrad: optimizer(
    'adagrad',
    ['learningRate', 'epsilon', 'initialAccumulator'],
    ['accumulator', '[0].accumulator[0]'],
  ),
  adadelta: optimizer('adadelta', ['learningRate', 'rho', 'epsilon']),
  rmsprop: optimizer('rmsprop', ['learningRate', 'rho', 'epsilon', 'momentum', 'centered', 'biasCorrection']),
  adamw: optimizer('adamW', ['learningRate', 'beta1', 'beta2', 'epsilon', 'weightDecay']),
  lion: optimizer('lion', ['learningRate', 'beta1', 'beta2', 'weightDecay']),
  lamb: optimizer('lamb', ['learningRate', 'weightDecay']),
  adafactor: optimizer('adafactor', ['learningRate', 'relativeStep', 'clipThreshold', 'minimumScale']),
  adamax: optimizer('adamax', ['learningRate', 'beta1', 'beta2', 'epsilon']),
  nadam: optimizer('nadam', ['learningRate', 'beta1', 'beta2', 'epsilon', 'momentumDecay']),
};
