import type { Tensor } from '@chainrule/tensor';
import { type Adapter, type Adapters, given, op } from '../adapter.ts';
import type { Attrs, Inputs } from '../given.ts';
import { paddingOf } from '../padding.ts';

function withBias(y: Tensor, inputs: Inputs): Tensor {
  const bias = inputs.find('bias');
  return bias ? op('add')(y, bias) : y;
}

function windowOf(attrs: Attrs): Record<string, unknown> {
  const padding = attrs.find('padding') === 'causal' ? 'causal' : paddingOf(attrs);
  return given({ strides: attrs.numbers('strides'), padding, dilations: attrs.numbers('dilations') });
}

/** An op of `x` and `kernel`, with the options that all convolutions have, and the named ones. */
const convolution =
  (name: string, ...options: readonly string[]): Adapter =>
  (inputs, attrs) =>
    withBias(
      op(name)(inputs.get('x'), inputs.get('kernel'), { ...windowOf(attrs), ...attrs.options(...options) }),
      inputs,
    );

export const convolutions: Adapters = {
  conv1d: convolution('conv1d', 'groups'),
  conv2d: convolution('conv2d', 'groups'),
  conv3d: convolution('conv3d', 'groups'),
  depthwiseConv2d: convolution('depthwiseConv2d'),
  conv1dTranspose: convolution('conv1dTranspose', 'groups', 'outputPadding'),
  conv2dTranspose: convolution('conv2dTranspose', 'groups', 'outputPadding'),
};
