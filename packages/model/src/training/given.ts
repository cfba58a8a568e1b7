import { ChainruleError, OptionError } from '@chainrule/errors';
import { anything, checkOptions, refuse } from '@chainrule/errors/check';
import type { TrainingLoss } from '@chainrule/losses';
import { type DType, isTensor, reshape, type Shape, tensor, type Tensor } from '@chainrule/tensor';
import { sizeOf } from '@chainrule/tensor/graph';
import {
  type Batches,
  type GivenBatch,
  isBatches,
  type Samples,
  type TrainingBatch,
  type TrainingData,
} from './batches.ts';
import type { Model } from '../graph/model.ts';

/** Converts the arguments of a trainer to tensors. Errors name the method. */
export interface Conversion {
  samples(op: string, x: Samples): Tensor;
  batch(op: string, batch: GivenBatch): TrainingBatch;
  data(op: string, data: TrainingData): Batches | TrainingBatch;
}

/**
 * The conversion for a model and its loss. Tensors stay as they are. Arrays take the dtype of the weights, except that labels
 * and the input of a model that begins with an `embedding` become int32. A typed array as `x` holds the samples one after the
 * other.
 */
export function conversionFor(model: Model, loss: TrainingLoss): Conversion {
  const float = model.variables().find(({ value: { dtype } }) => dtype === 'float64') ? 'float64' : 'float32';
  const sample = model.input.shape;
  const input = model.layers[0]!.type === 'embedding' ? 'int32' : float;
  const batch = (op: string, given: GivenBatch): TrainingBatch => {
    if (typeof given !== 'object' || given === null || given.x === undefined || given.y === undefined) {
      refuse(
        op,
        'data',
        '`{ x, y }`, or batches of that form',
        given,
        `pass all samples as \`${op}({ x, y })\`, or a Dataset`,
      );
    }
    checkOptions(op, given, { x: anything, y: anything, sampleWeight: anything });
    const { x, y, sampleWeight } = given;
    return {
      x: toTensor(op, 'x', x, input, sample),
      y: toTensor(op, 'y', y, loss.targets === 'labels' ? 'int32' : float),
      ...(sampleWeight !== undefined && { sampleWeight: toTensor(op, 'sampleWeight', sampleWeight, float) }),
    };
  };
  return {
    samples: (op, x) => toTensor(op, 'x', x, input, sample),
    batch,
    data: (op, data) => (typeof data === 'object' && data !== null && isBatches(data) ? data : batch(op, data)),
  };
}

/** Whether a value may be samples: a tensor, a nested array or a typed array. */
export function isSamples(value: unknown): value is Samples {
  return isTensor(value) || Array.isArray(value) || ArrayBuffer.isView(value);
}

function toTensor(op: string, name: string, value: Samples, dtype: DType, sample?: Shape): Tensor {
  if (isTensor(value)) return value;
  if (!isSamples(value)) refuse(op, name, 'a tensor, a nested array or a typed array', value);
  try {
    const made = tensor(value as never, undefined, dtype) as Tensor;
    // A typed array holds the samples one after the other.
    return sample && ArrayBuffer.isView(value) && made.size % sizeOf(sample) === 0
      ? reshape(made, [-1, ...sample])
      : made;
  } catch (error) {
    if (!(error instanceof ChainruleError)) throw error;
    throw new OptionError(`${op}: \`${name}\` must hold numbers of one shape: ${error.message}`, { cause: error });
  }
}
