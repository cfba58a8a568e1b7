import type { Tensor } from '@chainrule/tensor';
import { type Adapter, type Adapters, given, op } from '../adapter.ts';
import type { Attrs, Inputs } from '../given.ts';
import { paddingOf } from '../padding.ts';

function withBias(y: Tensor, inputs: Inputs): Tensor {
  const bias = inputs.find('bias');
  return bias ? op('add')(y, bias) : y;
}

function windowOf(attrs: Attrs): Record<string, unknown> {
  return given({ strides: attrs.numbers('strides'), padding: paddingOf(attrs), dilations: attrs.numbers('dilations') });
}

const conv2d: Adapter = (inputs, attrs) => {
  const options = given({ ...windowOf(attrs), groups: attrs.number('groups') });
  return withBias(op('conv2d')(inputs.get('x'), inputs.get('kernel'), options), inputs);
};

/** One filter a channel is a group a channel: the same numbers in the same order. */
const depthwiseConv2d: Adapter = (inputs, attrs) => {
  const kernel = inputs.get('kernel');
  const [height, width, channels, multiplier] = kernel.shape as [number, number, number, number];
  const flat = op('reshape')(kernel, [height, width, 1, channels * multiplier]);
  return withBias(op('conv2d')(inputs.get('x'), flat, { ...windowOf(attrs), groups: channels }), inputs);
};

/** An image of one row. */
const conv1d: Adapter = (inputs, attrs) => {
  const kernel = inputs.get('kernel');
  const [stride, dilation] = ['strides', 'dilations'].map((name) => [attrs.numbers(name) ?? 1].flat()[0]!) as [number, number];
  const options = given({
    strides: [1, stride],
    dilations: [1, dilation],
    padding: rowPadding(attrs, (kernel.shape[0]! - 1) * dilation),
    groups: attrs.number('groups'),
  });
  const y = op('conv2d')(op('expandDims')(inputs.get('x'), 1), op('expandDims')(kernel, 0), options);
  return withBias(op('squeeze')(y, 1), inputs);
};

function rowPadding(attrs: Attrs, reach: number): unknown {
  if (attrs.find('padding') === 'causal') return [[0, 0], [reach, 0]];
  const padding = paddingOf(attrs);
  return Array.isArray(padding) ? [[0, 0], ...(padding as unknown[])] : padding;
}

export const convolutions: Adapters = { conv1d, conv2d, depthwiseConv2d };
