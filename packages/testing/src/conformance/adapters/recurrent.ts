import * as recurrent from '@chainrule/layers-recurrent';
import type { Layer } from '@chainrule/layers-core';
import { type Tensor, zeros } from '@chainrule/tensor';
import { type Adapter, type Compute, type Adapters, exported, given, op } from '../adapter.ts';
import type { Attrs, Inputs } from '../given.ts';
import { callLayer, holdWeights } from '../layers.ts';

type Factory = (units: number, options: Record<string, unknown>) => Layer;

/** `x` and the initial states, which are 0 unless the case gives them. */
function sequenceAndStates(inputs: Inputs, names: readonly string[]): Tensor[] {
  const states = names.map((name) => inputs.find(name));
  const like = states.find((state) => state !== undefined);
  return [inputs.get('x'), ...(like ? states.map((state) => state ?? zeros(like.shape)) : [])];
}

/** The activations that the case names; `linear` is the identity. */
function activations(attrs: Attrs, ...names: readonly string[]): Record<string, unknown> {
  const find = (name: string | undefined): unknown => (name === 'linear' ? (x: Tensor): Tensor => x : name && op(name));
  return given(Object.fromEntries(names.map((name) => [name, find(attrs.text(name))])));
}

/** A layer whose weights have the names of the inputs of the case. Its outputs are the sequence and the last states. */
function recurrentLayer(
  name: string,
  states: Readonly<Record<string, string>>,
  biases: readonly string[],
  optionsOf: (attrs: Attrs) => Record<string, unknown>,
): Adapter {
  return {
    prepare(inputs, attrs) {
      const [kernel, recurrentKernel] = [inputs.get('kernel'), inputs.get('recurrentKernel')];
      const weights = given({
        kernel,
        recurrentKernel,
        ...Object.fromEntries(biases.map((bias) => [bias, inputs.find(bias)])),
      }) as Record<string, Tensor>;
      const layer = exported<Factory>(recurrent, name)(recurrentKernel.shape[0], {
        returnSequences: true,
        returnState: true,
        goBackwards: attrs.boolean('goBackwards'),
        ...optionsOf(attrs),
      });
      const firsts = Object.keys(states);
      const held = holdWeights(layer, sequenceAndStates(inputs, firsts), weights);
      const compute: Compute = (symbols) => {
        const [sequence, ...last] = callLayer(layer, sequenceAndStates(symbols, firsts)) as [Tensor, ...Tensor[]];
        return { sequence, ...Object.fromEntries(Object.values(states).map((state, i) => [state, last[i]!])) };
      };
      return { weights: held, compute };
    },
  };
}

export const recurrentLayers: Adapters = {
  simpleRnn: recurrentLayer('simpleRnn', { h0: 'state' }, ['bias'], (attrs) => activations(attrs, 'activation')),
  lstm: recurrentLayer('lstm', { h0: 'state', c0: 'cellState' }, ['bias'], (attrs) => ({
    ...activations(attrs, 'activation', 'recurrentActivation'),
    unitForgetBias: false,
  })),
  gru: recurrentLayer('gru', { h0: 'state' }, ['bias', 'recurrentBias'], (attrs) => ({
    ...activations(attrs, 'activation', 'recurrentActivation'),
    resetAfter: attrs.boolean('resetAfter', true),
  })),
};
