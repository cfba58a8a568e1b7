import { lstm as lstmLayer } from '@chainrule/layers-recurrent';
import { type Tensor, zeros } from '@chainrule/tensor';
import { type Adapter, type Adapters, type Compute, given } from '../adapter.ts';
import type { Inputs } from '../given.ts';
import { callLayer, holdWeights } from '../layers.ts';

/** `x`, and the first states where one is given; the other starts at 0. */
function sequenceAndStates(inputs: Inputs): Tensor[] {
  const [x, h0, c0] = [inputs.get('x'), inputs.find('h0'), inputs.find('c0')];
  const like = h0 ?? c0;
  return like ? [x, h0 ?? zeros(like.shape), c0 ?? zeros(like.shape)] : [x];
}

const lstm: Adapter = {
  prepare(inputs, attrs) {
    const [kernel, recurrentKernel, bias] = [inputs.get('kernel'), inputs.get('recurrentKernel'), inputs.find('bias')];
    attrs.only('activation', 'tanh');
    attrs.only('recurrentActivation', 'sigmoid');
    const layer = lstmLayer(recurrentKernel.shape[0]!, {
      returnSequences: true, returnState: true, unitForgetBias: false, goBackwards: attrs.boolean('goBackwards'),
    });
    const weights = holdWeights(layer, sequenceAndStates(inputs), given({ kernel, recurrentKernel, bias }) as Record<string, Tensor>);
    const compute: Compute = (symbols) => {
      const [sequence, state, cellState] = callLayer(layer, sequenceAndStates(symbols)) as [Tensor, Tensor, Tensor];
      return { sequence, state, cellState };
    };
    return { weights, compute };
  },
};

export const recurrentLayers: Adapters = { lstm };
