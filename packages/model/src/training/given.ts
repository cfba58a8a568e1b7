import { ChainruleError, OptionError } from '@chainrule/errors';
import { anything, checkOptions, refuse } from '@chainrule/errors/check';
import { type DType, isTensor, reshape, type Shape, tensor, type Tensor } from '@chainrule/tensor';
import { isBranch, sizeOf, treeLeaves } from '@chainrule/tensor/graph';
import { flattenLike } from '../graph/flattenLike.ts';
import { type Graph, innerGraph } from '../graph/graph.ts';
import type { Model } from '../graph/model.ts';
import type { SymbolicTensor } from '../graph/symbolicTensor.ts';
import {
  FlatBatch,
  type FlatBatches,
  type GivenBatch,
  isBatches,
  type Samples,
  type SamplesTree,
  type TrainingData,
} from './batches.ts';
import type { TrainedOutput } from './trainedOutputs.ts';

/** Converts the arguments of a trainer to lists of tensors. Errors name the method. */
export interface Conversion {
  samples(op: string, x: SamplesTree): Tensor[];
  batch(op: string, batch: GivenBatch): FlatBatch;
  data(op: string, data: TrainingData | FlatBatch): FlatBatches | FlatBatch;
}

/**
 * The conversion for a model and the outputs that are trained. Tensors stay as they are. Arrays take the dtype of the weights,
 * except that labels and inputs of an `embedding` become int32. A typed array as `x` holds the samples one after the other.
 */
export function conversionFor(model: Model, outputs: readonly TrainedOutput[]): Conversion {
  const float = model.variables().find(({ value: { dtype } }) => dtype === 'float64') ? 'float64' : 'float32';
  const inputs = treeLeaves(model.inputs, 'x').map(({ path, leaf }) => {
    const { dtype, shape } = leaf as SymbolicTensor;
    const given = dtype ?? (feedsEmbedding(model['~graph'], leaf as SymbolicTensor) ? 'int32' : float);
    return { path, shape, dtype: given };
  });
  const all = treeLeaves(model.outputs).length;
  const targets = outputs.length === all ? model.outputs : byName(outputs, () => outputs[0]!.symbol);
  const paths = treeLeaves(targets, 'y').map(({ path }) => path);
  const samples = (op: string, x: SamplesTree): Tensor[] =>
    flattenLike<Samples>(op, 'x', model.inputs, x).map((each, i) => {
      const { path, dtype, shape } = inputs[i]!;
      return toTensor(op, path, each, dtype, shape);
    });
  const batch = (op: string, given: GivenBatch): FlatBatch => {
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
    return new FlatBatch(
      samples(op, x),
      flattenLike<Samples>(op, 'y', targets, y).map((each, i) =>
        toTensor(op, paths[i]!, each, outputs[i]!.loss.targets === 'labels' ? 'int32' : float),
      ),
      sampleWeight === undefined
        ? undefined
        : weightsByOutput(op, model, outputs, sampleWeight).map((each) =>
            each === undefined ? undefined : toTensor(op, 'sampleWeight', each, float),
          ),
    );
  };
  return {
    samples,
    batch,
    data: (op, data) => {
      if (data instanceof FlatBatch) return data;
      const areBatches = typeof data === 'object' && data !== null && isBatches(data);
      // Samples, or a pair of samples and targets, are lists, too.
      return areBatches && !(Array.isArray(data) && isSamples(data[0])) ? data : batch(op, data as GivenBatch);
    },
  };
}

function byName<T>(outputs: readonly TrainedOutput[], value: (name: string) => T): Record<string, T> {
  return Object.fromEntries(outputs.map(({ name }) => [name, value(name)]));
}

/** Weights for each output: those of its name, of its place in a list, or those for all outputs. */
function weightsByOutput(
  op: string,
  model: Model,
  outputs: readonly TrainedOutput[],
  given: SamplesTree,
): (Samples | undefined)[] {
  if (Array.isArray(model.outputs) && Array.isArray(given) && given.some(isSamples))
    return flattenLike<Samples>(
      op,
      'sampleWeight',
      outputs.map(() => undefined),
      given,
    );
  if (!isBranch(given) || Array.isArray(given)) return outputs.map(() => given as Samples);
  checkOptions(
    op,
    given,
    byName(outputs, () => anything),
  );
  return outputs.map(({ name }) => (given as Readonly<Record<string, Samples>>)[name]);
}

/** Whether an input is what an `embedding` looks up, also in an inner model. */
function feedsEmbedding({ nodes }: Graph, input: SymbolicTensor): boolean {
  return nodes.some(({ layer, inputs }) => {
    const at = inputs.indexOf(input);
    if (at < 0) return false;
    const inner = innerGraph(layer);
    return inner ? feedsEmbedding(inner, inner.inputs[at]!) : layer.type === 'embedding';
  });
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
    return sample && ArrayBuffer.isView(value) && Number.isInteger(made.size / sizeOf(sample))
      ? reshape(made, [-1, ...sample])
      : made;
  } catch (error) {
    if (!(error instanceof ChainruleError)) throw error;
    throw new OptionError(`${op}: \`${name}\` must hold numbers of one shape: ${error.message}`, { cause: error });
  }
}
