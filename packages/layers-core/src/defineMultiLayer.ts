import { ShapeError, showShape, StateError } from '@chainrule/errors';
import {
  aBoolean,
  aFunction,
  aName,
  anything,
  aString,
  type Checks,
  checkOptions,
  checkThat,
  listOf,
} from '@chainrule/errors/check';
import { Generator, type Shape, type Tensor, Variable } from '@chainrule/tensor';
import { aTensor, numbers, sameShape, withOpName } from '@chainrule/tensor/graph';
import type { Constraint } from './constraints.ts';
import type { Initializer } from './initializers.ts';
import type { BuildContext, ConstrainedVariable, Context, Layer, LayerContext, Named, Value } from './layer.ts';
import type { Regularizer } from './regularizers.ts';
import type { ShapeRule } from './shapeRule.ts';

/** Options of a weight. */
export interface WeightOptions {
  /** Whether training updates the weight. Default true. */
  readonly trainable?: boolean;
  /** Penalty on the weight, added to the loss; see `penalties` of the layer. */
  readonly regularizer?: Regularizer | undefined;
  /** Constraint applied to the weight after each update; see `constraints` of the layer. */
  readonly constraint?: Constraint | undefined;
}

/** Creates the weights of a layer during `build`. */
export interface WeightBuilder extends BuildContext {
  /** Creates the variable `name` of the layer. */
  weight(name: string, shape: Shape, initializer: Initializer, options?: WeightOptions): Variable;
  /** Builds an inner layer. Its variables, penalties and constraints become part of this layer, with names that begin with `name/`. */
  layer(name: string, inner: Layer, inputs: readonly Shape[]): void;
}

/** A layer with any number of inputs and outputs; see {@link Layer} for the rest. */
export interface MultiLayerSpec {
  readonly type: string;
  /** Default the type. A model numbers layers with equal names. Not empty and without /, which separates the parts of paths. */
  readonly name?: string | undefined;
  /** The arguments of the factory. */
  readonly args: readonly unknown[];
  /** Computes the output shapes. Throws for a wrong number of inputs or wrong shapes. */
  outputShape(inputs: readonly Shape[]): Shape[];
  /** Creates weights with `at.weight`, and builds inner layers with `at.layer`. */
  build?(inputs: readonly Shape[], at: WeightBuilder): void;
  call(inputs: readonly Value[], context: LayerContext): Value[];
}

/**
 * Creates a layer with any number of inputs and outputs. The layer stores its variables and those of inner layers, with their
 * penalties and constraints, and throws clear errors if it is used before it is built or with other shapes. For one
 * input and one output, use `defineLayer`.
 *
 * @param spec - the parts that differ between layers
 * @example
 * const plus = defineMultiLayer({ type: 'plus', args: [], outputShape: ([s]) => [s], call: ([a, b]) => [{ data: add(a.data, b.data) }] });
 * plus.outputShape([[32, 10], [32, 10]]); // => 32,10
 */
export function defineMultiLayer<R extends ShapeRule = ShapeRule>(spec: MultiLayerSpec): Layer<R> {
  checkOptions('defineMultiLayer', spec, multiLayerChecks, 'type', 'args', 'outputShape', 'call');
  const { type, name = spec.type, args } = spec;
  aName(type, 'name', name);
  const weights = new Weights(name);
  let built: readonly Shape[] | undefined;
  const layer = {
    type,
    name,
    get trainable() {
      return weights.trainable;
    },
    set trainable(trainable: boolean) {
      aBoolean(name, 'trainable', trainable);
      weights.trainable = trainable;
    },
    get built() {
      return built !== undefined;
    },
    config: () => args,
    outputShape(inputs: readonly Shape[]) {
      shapes(name, 'inputs', inputs);
      return spec.outputShape(inputs);
    },
    variables: () => {
      checkBuilt(name, built);
      return [...weights.variables];
    },
    penalties: () => weights.penalties(),
    constraints: () => weights.constraints(),
    build(inputs: readonly Shape[], at: BuildContext) {
      layer.outputShape(inputs);
      aContext(name, 'at', at);
      if (built) return spec.build && checkRebuild(name, built, inputs);
      spec.build?.(inputs, weights.builder(at));
      built = inputs;
    },
    call(inputs: readonly Value[], context: Context): Value[] {
      values(name, 'inputs', inputs);
      aContext(name, 'context', context);
      checkBuilt(name, spec.build ? built : []);
      return withOpName(name, () => spec.call(inputs, { ...context, trainable: weights.trainable }));
    },
  };
  return layer as unknown as Layer<R>;
}

export const multiLayerChecks: Checks<MultiLayerSpec> = /* @__PURE__ */ (() => ({
  type: aString,
  name: aString,
  args: listOf('a list of arguments', anything),
  outputShape: aFunction,
  build: aFunction,
  call: aFunction,
}))();
const shapes = /* @__PURE__ */ listOf('a list of shapes', numbers);
const values = /* @__PURE__ */ listOf('a list of values', (op, name, value) =>
  aTensor(op, `${name}.data`, (value as Partial<Value> | null | undefined)?.data),
);
const aContext = /* @__PURE__ */ checkThat(
  'an object with `rng`',
  (value) => (value as Partial<Context> | null | undefined)?.rng instanceof Generator,
);

/** The variables of one layer with their options. */
class Weights {
  readonly variables: Named<Variable>[] = [];
  readonly #own: { readonly variable: Variable; readonly options: WeightOptions }[] = [];
  readonly #inner: Layer[] = [];
  readonly #name: string;
  #trainable = true;

  constructor(name: string) {
    this.#name = name;
  }

  get trainable(): boolean {
    return this.#trainable;
  }

  /** Freezes the weights, or unfreezes those that are trainable by default. */
  set trainable(trainable: boolean) {
    this.#trainable = trainable;
    for (const { variable, options } of this.#own) variable.trainable = trainable && (options.trainable ?? true);
    for (const layer of this.#inner) layer.trainable = trainable;
  }

  builder(at: BuildContext): WeightBuilder {
    return {
      ...at,
      weight: (name, shape, initializer, options = {}) => {
        if (shape.includes(Infinity))
          throw new ShapeError(
            `${this.#name}: the axes that \`${name}\` depends on must have known sizes, got ${showShape(shape)}; give \`input\` a size instead of null`,
          );
        const variable = new Variable(at.values?.(name, shape) ?? initializer.make(shape, at), {
          name: `${this.#name}/${name}`,
          trainable: this.#trainable && (options.trainable ?? true),
        });
        this.variables.push({ name, value: variable });
        this.#own.push({ variable, options });
        return variable;
      },
      layer: (name, inner, inputs) => {
        const { values } = at;
        inner.build(inputs, values ? { ...at, values: (own, shape) => values(`${name}/${own}`, shape) } : at);
        this.#inner.push(inner);
        if (!this.#trainable) inner.trainable = false;
        this.variables.push(...inner.variables().map(({ name: own, value }) => ({ name: `${name}/${own}`, value })));
      },
    };
  }

  penalties(): Tensor[] {
    const own = this.#own.flatMap(({ variable, options: { regularizer } }) =>
      regularizer && variable.trainable ? [regularizer.penalty(variable.value)] : [],
    );
    return [...own, ...this.#inner.flatMap((layer) => layer.penalties?.() ?? [])];
  }

  constraints(): ConstrainedVariable[] {
    const own = this.#own.flatMap(({ variable, options: { constraint } }) =>
      constraint ? [{ variable, apply: constraint.apply }] : [],
    );
    return [...own, ...this.#inner.flatMap((layer) => layer.constraints?.() ?? [])];
  }
}

/** Throws if the layer has not been built. */
function checkBuilt<T>(name: string, built: T | undefined): asserts built is T {
  if (!built) throw new StateError(`${name}: must be built before it is used; call \`build\`, or add it to a model`);
}

/** Throws if a built layer gets inputs with other features. Other sizes and the number of inputs may differ. */
function checkRebuild(name: string, built: readonly Shape[], inputs: readonly Shape[]): void {
  inputs.slice(0, built.length).forEach((input, i) => {
    if (!sameShape(built[i]!.slice(1).slice(-1), input.slice(1).slice(-1))) {
      throw new ShapeError(`${name}: was built for inputs ${showShape(built[i]!)}, got ${showShape(input)}`);
    }
  });
}
