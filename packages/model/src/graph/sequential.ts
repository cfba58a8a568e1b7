import { ChainruleError, OptionError, StateError } from '@chainrule/errors';
import { aBoolean, aCount, checkOptions, refuse } from '@chainrule/errors/check';
import type { BuildContext, Context, Layer, WithShapeRule } from '@chainrule/layers-core';
import { Generator, type Shape, type Variable } from '@chainrule/tensor';
import type { Trainer } from '../training/trainer.ts';
import type { Input } from './input.ts';
import type { BuildOptions, Model } from './model.ts';
import { buildChecks } from '../training/optionChecks.ts';
import { summarize } from './summary.ts';
import { trainerOf } from '../training/makeTrainer.ts';
import type { TrainingOptions } from '../training/trainingOptions.ts';
import { givenWeights } from './weights.ts';
import type { Batched, CheckedLayers, ModelRule, SequentialOutput } from './types.ts';

/** A stack of layers with its variables and random state. */
export interface Sequential<In extends Shape = Shape, Out extends Shape = Shape>
  extends Model<Out>, WithShapeRule<ModelRule<In, Out>> {
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
  compile(options: TrainingOptions): Trainer;
}

/**
 * Stacks layers to a model. The type checker checks literal shapes, and reports an error at the wrong layer. All shapes are
 * also checked at run time.
 *
 * @param input - the shape of a sample
 * @param layers - layers with one input and one output
 * @throws ShapeError from the layer that does not fit
 * @example
 * const model = sequential(input([28, 28, 1]), flatten(), dense(10));
 * model.build({ seed: 1 }).countParameters().total; // => 7850
 */
export function sequential<S extends Shape, const L extends readonly WithShapeRule[]>(
  input: Input<S>,
  ...layers: CheckedLayers<Batched<S>, L>
): Sequential<Batched<S>, SequentialOutput<Batched<S>, L>> {
  checkParts(input, layers);
  return makeSequential(input, named(layers as unknown as readonly Layer[])) as unknown as Sequential<
    Batched<S>,
    SequentialOutput<Batched<S>, L>
  >;
}

/**
 * Stacks a list of layers that is only known at run time, as {@link sequential} does.
 *
 * @throws ShapeError from the layer that does not fit
 * @example
 * const layers = [8, 8, 3].map((units) => dense(units));
 * sequentialOf(input([2]), layers).shapes.at(-1); // => 1,3
 */
export function sequentialOf(input: Input, layers: readonly Layer[]): Sequential {
  if (!Array.isArray(layers)) refuse('sequentialOf', 'layers', 'a list of layers', layers);
  checkParts(input, layers);
  return makeSequential(input, named(layers)) as unknown as Sequential;
}

/** The methods of a trainer that a model lacks. For JavaScript callers, each throws an error that names the trainer. */
const trainerMethods: object = /* @__PURE__ */ Object.fromEntries(
  ['fit', 'evaluate', 'predict', 'trainStep'].map((name) => [
    name,
    () => {
      throw new StateError(
        `${name}: a model has no \`${name}\`; \`compile\` returns the trainer that has it: \`const trainer = model.compile({ … })\``,
      );
    },
  ]),
);

interface NamedLayer {
  readonly path: string;
  readonly layer: Layer;
}

function makeSequential(input: Input, layers: readonly NamedLayer[]): Omit<Sequential, '~rule'> {
  aCount('sequential', 'layers.length', layers.length);
  const shapes = propagate(
    [1, ...input.shape],
    layers.map(({ layer }) => layer),
  );
  let rng: Generator | undefined;
  const generator = (): Generator => {
    if (!rng)
      throw new StateError('sequential: must be built before it is used; call `build`, or `compile`, which does');
    return rng;
  };
  return {
    ...trainerMethods,
    input,
    layers: layers.map(({ layer }) => layer),
    shapes,
    get rng() {
      return generator();
    },
    build(options: BuildOptions = {}) {
      checkOptions('build', options, buildChecks);
      const { seed = 0, dtype = 'float32', weights } = options;
      if (rng) return this as never;
      const at: BuildContext = { rng: new Generator(seed), dtype };
      const given = weights && givenWeights(weights, dtype);
      layers.forEach(({ layer, path }, i) => {
        const values = given && ((name: string, shape: Shape) => given.take(`${path}/${name}`, shape));
        layer.build([shapes[i]!], { ...at, rng: at.rng.stream(path), ...(values && { values }) });
      });
      given?.checkAllTaken();
      rng = at.rng;
      return this as never;
    },
    variables() {
      generator();
      return layers.flatMap(({ layer, path }) =>
        layer.variables().map(({ name, value }) => ({ name: `${path}/${name}`, value })),
      );
    },
    trainableVariables() {
      return this.variables()
        .map(({ value }) => value)
        .filter((v) => v.trainable);
    },
    penalties: () => layers.flatMap(({ layer }) => layer.penalties?.() ?? []),
    constraints: () => layers.flatMap(({ layer }) => layer.constraints?.() ?? []),
    call(x, options) {
      return this.run(x, options).data;
    },
    run(x, options) {
      checkOptions('run', options, { training: aBoolean });
      const training = options?.training ?? false;
      const root = generator();
      return layers.reduce(
        (values, { layer, path }) => {
          const context: Context = { training, rng: root.stream(path) };
          return layer.call(values, context);
        },
        [{ data: x }] as ReturnType<Layer['call']>,
      )[0]!;
    },
    countParameters() {
      const count = (all: readonly Variable[]): number => all.reduce((sum, v) => sum + v.value.size, 0);
      return { total: count(this.variables().map(({ value }) => value)), trainable: count(this.trainableVariables()) };
    },
    summary() {
      return summarize(
        layers.map(({ layer, path }, i) => ({
          path,
          type: layer.type,
          shape: shapes[i + 1]!,
          variables: rng && layer.variables(),
        })),
      );
    },
    compile(options) {
      return trainerOf(this, options);
    },
  };
}

/** Throws for an input or layers of the wrong kind, and suggests the likely remedy. */
function checkParts(input: unknown, layers: readonly unknown[]): void {
  if (!Array.isArray((input as Partial<Input> | undefined)?.shape)) {
    refuse(
      'sequential',
      'input',
      'what `input(shape)` gives',
      input,
      Array.isArray(input)
        ? 'pass the input and the layers one after the other, not as a list'
        : 'begin with `input([features])`, without the batch',
    );
  }
  layers.forEach((layer, i) => {
    const remedy = Array.isArray(layer)
      ? 'pass the layers one after the other, or use `sequentialOf(input, layers)`'
      : typeof layer !== 'function'
        ? undefined
        : 'op' in layer
          ? `write \`activation(${(layer.op as { readonly name: string }).name})\``
          : `call it: \`${layer.name}(…)\``;
    if (typeof (layer as Partial<Layer> | undefined)?.outputShape !== 'function')
      refuse('sequential', `layers[${i}]`, 'a layer', layer, remedy);
  });
}

/** Numbers repeated names, as Keras does: dense, dense_1, dense_2. */
function named(layers: readonly Layer[]): NamedLayer[] {
  const used = new Set<string>();
  return layers.map((layer, i) => {
    const first = layers.indexOf(layer);
    if (first < i)
      throw new OptionError(
        `sequential: layers ${first} and ${i} are one and the same (${layer.name}); make a layer for each place`,
      );
    let path = layer.name;
    for (let n = 1; used.has(path); n++) path = `${layer.name}_${n}`;
    used.add(path);
    return { layer, path };
  });
}

function propagate(start: Shape, layers: readonly Layer[]): Shape[] {
  const shapes = [start];
  for (const [i, layer] of layers.entries()) shapes.push(outputShapeOf(layer, i, shapes.at(-1)!));
  return shapes;
}

/** The output shape of the layer at index `i`. Errors name the index, as they do at compile time. */
function outputShapeOf(layer: Layer, i: number, input: Shape): Shape {
  try {
    return layer.outputShape([input])[0]!;
  } catch (error) {
    if (!(error instanceof ChainruleError)) throw error;
    const Kind = error.constructor as typeof ChainruleError;
    throw new Kind(`layer ${i}: ${error.message}`, { cause: error });
  }
}
