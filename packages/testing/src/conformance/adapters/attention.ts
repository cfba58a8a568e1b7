import { additiveAttention, dotProductAttention } from '@chainrule/layers-attention';
import type { Tensor } from '@chainrule/tensor';
import type { Adapters } from '../adapter.ts';
import type { Inputs } from '../given.ts';

const operands = (inputs: Inputs): [Tensor, Tensor, Tensor] => [
  inputs.get('query'),
  inputs.get('key'),
  inputs.get('value'),
];

export const attentions: Adapters = {
  dotProductAttention: (inputs, attrs) => dotProductAttention(...operands(inputs), { scale: attrs.boolean('scale') }),
  additiveAttention(inputs) {
    const scale = inputs.find('scale');
    return additiveAttention(...operands(inputs), scale ? { scale } : {});
  },
};
