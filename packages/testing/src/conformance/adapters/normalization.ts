import {
  batchNormalization,
  normalizeGroups,
  normalizeInstances,
  normalizeLayer,
  normalizeRms,
} from '@chainrule/layers-normalization';
import type { Tensor } from '@chainrule/tensor';
import { type Adapter, type Adapters, type Compute, given } from '../adapter.ts';
import type { Inputs } from '../given.ts';
import { callLayer, holdWeights, variableOf } from '../layers.ts';

function affine(inputs: Inputs): { options: Record<string, boolean>; weights: Record<string, Tensor> } {
  const [gamma, beta] = [inputs.find('gamma'), inputs.find('beta')];
  return {
    options: { scale: gamma !== undefined, center: beta !== undefined },
    weights: given({ gamma, beta }) as Record<string, Tensor>,
  };
}

/** With momentum 0 the moving statistics are those of the batch. */
const batchNormTraining: Adapter = {
  prepare(inputs, attrs) {
    const { options, weights } = affine(inputs);
    const momentum = attrs.number('momentum');
    const layer = batchNormalization({
      ...options,
      ...given({ epsilon: attrs.number('epsilon') }),
      momentum: momentum ?? 0,
    });
    const moving = given({
      movingMean: inputs.find('movingMean'),
      movingVariance: inputs.find('movingVariance'),
    }) as Record<string, Tensor>;
    const held = holdWeights(layer, [inputs.get('x')], { ...weights, ...moving });
    const compute: Compute = (symbols) => {
      const output = callLayer(layer, [symbols.get('x')], true)[0]!;
      const [mean, variance] = [variableOf(layer, 'movingMean').value, variableOf(layer, 'movingVariance').value];
      return momentum === undefined
        ? { output, batchMean: mean, batchVariance: variance }
        : { output, movingMean: mean, movingVariance: variance };
    };
    return { weights: held, compute };
  },
};

const batchNormInference: Adapter = {
  prepare(inputs, attrs) {
    const { options, weights } = affine(inputs);
    const layer = batchNormalization({ ...options, ...given({ epsilon: attrs.number('epsilon') }) });
    const moving = { movingMean: inputs.get('movingMean'), movingVariance: inputs.get('movingVariance') };
    const held = holdWeights(layer, [inputs.get('x')], { ...weights, ...moving });
    return { weights: held, compute: (symbols) => callLayer(layer, [symbols.get('x')])[0]! };
  },
};

/** The options that all cases have; `gamma` and `beta` are inputs. */
const normalization =
  (normalize: (x: Tensor, options: object) => Tensor, ...names: readonly string[]): Adapter =>
  (inputs, attrs) =>
    normalize(
      inputs.get('x'),
      given({ ...attrs.options('epsilon', ...names), gamma: inputs.find('gamma'), beta: inputs.find('beta') }),
    );

export const normalizations: Adapters = {
  batchNormTraining,
  batchNormInference,
  layerNorm: normalization(normalizeLayer, 'axis'),
  rmsNorm: (inputs, attrs) =>
    normalizeRms(inputs.get('x'), { ...attrs.options('epsilon', 'axis'), gamma: inputs.find('gamma') }),
  groupNorm: normalization(normalizeGroups, 'groups'),
  instanceNorm: normalization(normalizeInstances),
};
