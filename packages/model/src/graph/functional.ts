import { OptionError, StateError } from '@chainrule/errors';
import { aBoolean, aName, aString, checkOptions, integerFrom } from '@chainrule/errors/check';
import type { Layer, Value, WithShapeRule } from '@chainrule/layers-core';
import { type DType, Generator, type Tensor, type Variable } from '@chainrule/tensor';
import { aTensor, treeMap } from '@chainrule/tensor/graph';
import { terminalColumns } from '../terminalColumns.ts';
import { trainerOf } from '../training/makeTrainer.ts';
import { buildChecks } from '../training/optionChecks.ts';
import type { AnyTrainer, Trainer } from '../training/trainer.ts';
import type { TargetsOf, TrainingLosses, TrainingOptions } from '../training/trainingOptions.ts';
import { checkSymbolic, symbolicsOf } from './apply.ts';
import { flattenLike } from './flattenLike.ts';
import { Graph } from './graph.ts';
import type { BuildOptions, CallOptions, Model, LayerOutputOptions } from './model.ts';
import { modelPrototype } from './modelPrototype.ts';
import { modelLayer } from './modelLayer.ts';
import { checkPreprocessing, type Preprocessing } from './preprocessing.ts';
import { summarize } from './summary.ts';
import type { SymbolicTensor, SymbolicTree } from './symbolicTensor.ts';
import type { DTypesOf, ModelRule, ShapesOf, ShapeTree, Unmeasured } from './types.ts';
import { givenWeights } from './weights.ts';

/**
 * A model, which `compile` makes ready to train. `In` and `Out` are trees of shapes, with the batch, and `D` is the dtype of
 * samples or, for several inputs, a tree of dtypes.
 */
export interface Functional<In = ShapeTree, Out = ShapeTree, D = DType>
  extends Model<In, Out>, WithShapeRule<ModelRule<In, Out>> {
  // First, so that models are compared member by member: see `graph/types.ts`.
  readonly '~in'?: { -readonly [K in keyof In]-?: unknown };
  readonly '~out'?: { -readonly [K in keyof Out]-?: unknown };
  readonly '~dtypes'?: Unmeasured<D>;
  /**
   * Joins the model, an optimizer and a loss, as in Keras, but returns a trainer. Compiles training, evaluation and prediction
   * at their first use.
   *
   * @param options - `optimizer`, `loss`, `metrics`, `backend`; `seed` and `dtype` to build the model, unless it is built
   * @throws OptionError for metrics without a name, with the same name, or named `loss` or `epoch`
   * @example
   * const trainer = sequential(input([2]), dense(2)).compile({ optimizer: adam(), loss: sparseCategoricalCrossEntropy });
   * const { loss } = await trainer.trainStep({ x: zeros([4, 2]), y: zeros([4], 'int32') });
   * loss; // => 0.6931471824645996
   */
  compile<const L extends TrainingLosses>(options: TrainingOptions<L, Out>): Trainer<In, Out, TargetsOf<Out, L>, D>;
}

/** A model with any inputs and outputs, for annotations: each model is one. */
export interface AnyFunctional extends Model {
  /** See {@link Functional}. */
  compile(options: TrainingOptions): AnyTrainer;
}

/** Options of {@link functional}. */
export interface FunctionalOptions {
  /** The name of the model as a layer of another one. Default `functional`. */
  readonly name?: string;
}

/**
 * Makes a model of any graph of layers.
 *
 * @param inputs - what `input` returned: one, a list, or an object of them
 * @param outputs - what `apply` returned, in the same forms. `call`, `fit`, `evaluate` and `predict` take and return tensors in
 *   the forms of `inputs` and `outputs`
 * @throws OptionError for inputs that are missing or not needed
 * @example
 * const [left, right] = [input([4], { name: 'left' }), input([4], { name: 'right' })];
 * const encoder = dense(8);
 * const distance = apply([apply(left, encoder), apply(right, encoder)], subtract(), dense(1));
 * const model = functional({ left, right }, { distance }).build({ seed: 1 });
 * model.call({ left: zeros([2, 4]), right: zeros([2, 4]) }).distance.shape; // => 2,1
 */
export function functional<const I extends SymbolicTree, const O extends SymbolicTree>(
  inputs: I,
  outputs: O,
  options: FunctionalOptions = {},
): Functional<ShapesOf<I>, ShapesOf<O>, DTypesOf<I>> {
  checkOptions('functional', options, { name: aName });
  checkSymbolic('functional', 'inputs', inputs);
  checkSymbolic('functional', 'outputs', outputs);
  return modelOf('functional', options.name ?? 'functional', inputs, outputs) as unknown as Functional<
    ShapesOf<I>,
    ShapesOf<O>,
    DTypesOf<I>
  >;
}

/**
 * The model between inputs and outputs.
 *
 * @param op - the public function that makes it, for errors
 */
export function modelOf(op: string, name: string, inputs: SymbolicTree, outputs: SymbolicTree): Functional {
  const graph = new Graph(op, symbolicsOf(inputs), symbolicsOf(outputs));
  const random = new RandomState(op, graph);
  let layer: Layer | undefined;
  let preprocessing: Preprocessing = {};
  const model: Omit<Functional, '~rule'> = {
    name,
    inputs: inputs,
    outputs: outputs,
    layers: graph.layers.map((each) => each.layer),
    '~graph': graph,
    get '~layer'() {
      return (layer ??= modelLayer(model));
    },
    get trainable() {
      return graph.layers.some((each) => each.layer.trainable);
    },
    set trainable(value: boolean) {
      aBoolean(name, 'trainable', value);
      for (const each of graph.layers) each.layer.trainable = value;
    },
    get preprocessing() {
      return preprocessing;
    },
    set preprocessing(given: Preprocessing) {
      checkPreprocessing(name, given);
      preprocessing = given;
    },
    get rng() {
      return random.generator();
    },
    layer: (path) => layerAt(graph, path),
    output: (path, given = {}) => outputAt(graph, path, given),
    build(options: BuildOptions = {}) {
      random.build(options);
      return this as never;
    },
    variables() {
      random.generator();
      return graph.variables();
    },
    trainableVariables() {
      return this.variables()
        .map(({ value }) => value)
        .filter((v) => v.trainable);
    },
    penalties: () => graph.penalties(),
    constraints: () => graph.constraints(),
    call: (x, options) => treeOf(outputs, runTree(x, options), ({ data }) => data) as never,
    run: (x, options) => treeOf(outputs, runTree(x, options), (value) => value) as never,
    countParameters() {
      const count = (all: readonly Variable[]): number => all.reduce((sum, v) => sum + v.value.size, 0);
      return { total: count(this.variables().map(({ value }) => value)), trainable: count(this.trainableVariables()) };
    },
    summary(options) {
      checkOptions('summary', options, { columns: integerFrom(40) });
      return summarize(graph, random.isBuilt(), options?.columns ?? terminalColumns());
    },
    compile(options) {
      return trainerOf(this, options);
    },
  };
  const runTree = (x: unknown, options: CallOptions | undefined): Value[] => {
    checkOptions('run', options, { training: aBoolean });
    const tensors = flattenLike<Tensor>('call', 'x', inputs, x);
    tensors.forEach((each) => aTensor('call', 'x', each));
    return graph.run(
      tensors.map((data) => ({ data })),
      options?.training ?? false,
      random.generator(),
    );
  };
  return Object.setPrototypeOf(model, modelPrototype) as Functional;
}

/** The generator of a model, which `build` makes. */
class RandomState {
  readonly #op: string;
  readonly #graph: Graph;
  #rng: Generator | undefined;

  constructor(op: string, graph: Graph) {
    this.#op = op;
    this.#graph = graph;
  }

  /** A model whose layers are all built, by other models, is as good as built. */
  isBuilt(): boolean {
    return this.#rng !== undefined || this.#graph.layers.every(({ layer }) => layer.built);
  }

  build(options: BuildOptions): void {
    checkOptions('build', options, buildChecks);
    const { seed = 0, dtype = 'float32', weights } = options;
    if (this.#rng) return;
    const rng = new Generator(seed);
    const given = weights && givenWeights(weights, dtype);
    this.#graph.build({ rng, dtype, ...(given && { values: (name, shape) => given.take(name, shape) }) });
    given?.checkAllTaken();
    this.#rng = rng;
  }

  generator(): Generator {
    if (!this.#rng && this.isBuilt()) this.build({});
    if (!this.#rng)
      throw new StateError(`${this.#op}: must be built before it is used; call \`build\`, or \`compile\`, which does`);
    return this.#rng;
  }
}

/** The values in the form of a tree of outputs. */
function treeOf<T>(tree: SymbolicTree, values: readonly T[], map: (value: T) => unknown): unknown {
  let next = 0;
  return treeMap(tree, () => map(values[next++]!));
}

function layerAt(graph: Graph, path: string): Layer {
  aString('layer', 'name', path);
  const found = graph.layers.find((each) => each.path === path);
  if (!found)
    throw new OptionError(
      `layer: \`name\` must be one of the model's layers, got ${path}; they are ${graph.layers.map((each) => each.path).join(', ')}`,
    );
  return found.layer;
}

function outputAt(graph: Graph, path: string, options: LayerOutputOptions): SymbolicTensor {
  aString('output', 'name', path);
  checkOptions('output', options, { application: integerFrom(0), index: integerFrom(0) });
  const { application = 0, index = 0 } = options;
  const given = graph.inputNames.indexOf(path);
  if (given >= 0 && !graph.layers.some((each) => each.path === path)) return graph.inputs[given]!;
  const layer = layerAt(graph, path);
  const found = graph.nodes.filter((node) => node.layer === layer)[application]?.outputs[index];
  if (!found)
    throw new OptionError(
      `output: \`application\` and \`index\` must be those of an output of ${path}, got ${application} and ${index}`,
    );
  return found;
}
