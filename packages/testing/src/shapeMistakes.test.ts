// The same mistake has the same message at compile time and at run time.
import { luongAttention, multiHeadAttention, sinusoidalPositions } from '@chainrule/layers-attention';
import {
  averagePool1d,
  conv1d,
  conv1dTranspose,
  conv2d,
  conv3d,
  cropping1d,
  cropping2d,
  depthwiseConv2d,
  globalAveragePool2d,
  globalMaxPool1d,
  maxPool2d,
  separableConv2d,
  upSampling3d,
  zeroPadding2d,
} from '@chainrule/layers-conv';
import type { Layer, OutputShape, ShapeRule } from '@chainrule/layers-core';
import { dense, masking, permute, repeatVector, reshape, spatialDropout2d } from '@chainrule/layers-dense';
import { bidirectional, gru, lstm, rnn, simpleRnn, simpleRnnCell, timeDistributed } from '@chainrule/layers-recurrent';
import type { Shape, ShapeMistake } from '@chainrule/tensor';
import { expect, test } from 'vitest';

/** Takes only the message that the layer's rule gives for the shape. */
function mistake<R extends ShapeRule, const S extends Shape>(
  layer: Layer<R>,
  shape: S,
  message: OutputShape<R, S> extends ShapeMistake<infer Message> ? Message : never,
): readonly [message: string, layer: Layer, shape: Shape] {
  return [message, layer, shape];
}

const remedy =
  '; set `returnSequences: true` on a recurrent layer before it, or put `embedding` before it for token indices';

test.each([
  mistake(dense(2), [8], 'dense: expects rank 2 or more [batch,…,features], got [8]'),
  mistake(reshape([5]), [8, 6], 'reshape: [6] has 6 elements, [5] has 5'),
  mistake(reshape([-1, 4]), [8, 6], 'reshape: [6] does not divide into [-1,4]'),
  mistake(permute([2, 1]), [8, 2, 3, 4], 'permute: dims [2,1] do not fit [8,2,3,4]'),
  mistake(repeatVector(3), [8, 2, 3], 'repeatVector: expects rank 2 [batch,features], got [8,2,3]'),
  mistake(spatialDropout2d(0.5), [8, 2], 'spatialDropout2d: expects rank 4 [batch,height,width,channels], got [8,2]'),
  mistake(masking(), [8, 2, 3, 4], 'masking: expects rank 3 [batch,time,features], got [8,2,3,4]'),
  mistake(conv1d({ filters: 4, kernelSize: 9 }), [8, 5, 3], 'conv1d: window 9 is larger than the input [5]'),
  mistake(
    conv2d({ filters: 4, kernelSize: 3, dilations: 4 }),
    [8, 5, 9, 3],
    'conv2d: window 3x3 is larger than the input [5,9]',
  ),
  mistake(
    conv3d({ filters: 4, kernelSize: 3 }),
    [8, 5],
    'conv3d: expects rank 5 [batch,depth,height,width,channels], got [8,5]',
  ),
  mistake(
    conv1dTranspose({ filters: 4, kernelSize: 3 }),
    [8],
    'conv1dTranspose: expects rank 3 [batch,width,channels], got [8]',
  ),
  mistake(
    depthwiseConv2d({ kernelSize: 9 }),
    [8, 5, 9, 3],
    'depthwiseConv2d: window 9x9 is larger than the input [5,9]',
  ),
  mistake(
    separableConv2d({ filters: 2, kernelSize: 3 }),
    [8, 5, 9],
    'separableConv2d: expects rank 4 [batch,height,width,channels], got [8,5,9]',
  ),
  mistake(maxPool2d({ poolSize: [2, 7] }), [8, 5, 5, 3], 'maxPool2d: window 2x7 is larger than the input [5,5]'),
  mistake(averagePool1d(), [8, 5], 'averagePool1d: expects rank 3 [batch,width,channels], got [8,5]'),
  mistake(globalMaxPool1d(), [8, 5], 'globalMaxPool1d: expects rank 3 [batch,width,channels], got [8,5]'),
  mistake(
    globalAveragePool2d({ keepDims: true }),
    [8, 5],
    'globalAveragePool2d: expects rank 4 [batch,height,width,channels], got [8,5]',
  ),
  mistake(cropping1d({ cropping: [2, 3] }), [8, 5, 3], 'cropping1d: nothing is left of [8,5,3]'),
  mistake(cropping2d({ cropping: 3 }), [8, 5, 9, 3], 'cropping2d: nothing is left of [8,5,9,3]'),
  mistake(zeroPadding2d(), [8, 5], 'zeroPadding2d: expects rank 4 [batch,height,width,channels], got [8,5]'),
  mistake(upSampling3d(), [8, 5], 'upSampling3d: expects rank 5 [batch,depth,height,width,channels], got [8,5]'),
  mistake(lstm(4), [8, 5], `lstm: expects rank 3 [batch,time,features], got [8,5]${remedy}`),
  mistake(gru(4), [8, 5, 2, 2], 'gru: expects rank 3 [batch,time,features], got [8,5,2,2]'),
  mistake(simpleRnn(4), [8, 5], `simpleRnn: expects rank 3 [batch,time,features], got [8,5]${remedy}`),
  mistake(rnn(simpleRnnCell(4)), [8], 'rnn: expects rank 3 [batch,time,features], got [8]'),
  mistake(bidirectional(gru(4)), [8, 5], `gru: expects rank 3 [batch,time,features], got [8,5]${remedy}`),
  mistake(timeDistributed(dense(2)), [8], 'timeDistributed: expects rank 2 or more [batch,time,…], got [8]'),
  mistake(luongAttention(), [8, 5], `luongAttention: expects rank 3 [batch,time,features], got [8,5]${remedy}`),
  mistake(
    multiHeadAttention({ numHeads: 2, keyDim: 2 }),
    [8, 5, 2, 2],
    'multiHeadAttention: expects rank 3 [batch,time,features], got [8,5,2,2]',
  ),
  mistake(
    sinusoidalPositions(),
    [8, 5],
    `sinusoidalPositions: expects rank 3 [batch,time,features], got [8,5]${remedy}`,
  ),
])('%s', (message, layer, shape) => {
  expect(() => layer.outputShape([shape])).toThrow(expect.objectContaining({ message }) as Error);
});

test('another message does not compile', () => {
  // @ts-expect-error the rule gives another message
  mistake(dense(2), [8], 'dense: expects rank 3, got [8]');
  // @ts-expect-error the shape fits
  mistake(dense(2), [8, 3], 'dense: expects rank 2 or more [batch,…,features], got [8,3]');
});
