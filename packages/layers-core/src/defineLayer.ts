import { OptionError, showShape, ShapeError, StateError } from '@chainrule/errors';
import { sameShape, type Shape, type Tensor, Variable, withOpName } from '@chainrule/tensor';
import type { Constraint } from './constraints.ts';
import type { Initializer } from './initializers.ts';
import type { BuildContext, Context, Layer, Named, Value } from './layer.ts';
import type { Regularizer } from './regularizers.ts';
import type { ShapeRule } from './types.ts';

/** What a weight is besides its values. */
export interface WeightOptions {
  /** Default true. */
  readonly trainable?: boolean;
  /** What the weight adds to the loss; see the layer's `penalties`. */
  readonly regularizer?: Regularizer | undefined;
  /** Where the weight stays; see the layer's `constraints`. */
  readonly constraint?: Constraint | undefined;
}

/** Makes the weights of a layer that is being built. */
export interface WeightBuilder extends BuildContext {
  /** A variable of the layer under `name`. */
  weight(name: string, shape: Shape, initializer: Initializer, options?: WeightOptions): Variable;
}

/** A layer with one input and one output; see {@link Layer} for the rest. */
export interface LayerSpec {
  readonly type: string;
  /** By default the type. A model numbers layers of equal names. */
  readonly name?: string | undefined;
  /** The arguments that the layer was made with. */
  readonly args: readonly unknown[];
  outputShape(input: Shape): Shape;
  /** Makes the weights with `at.weight`. */
  build?(input: Shape, at: WeightBuilder): void;
  /** `mask` is that of the input's steps. */
  call(x: Tensor, context: Context, mask?: Tensor): Tensor;
  /** Whether the mask goes on with the output: not where steps are joined or moved. Default true. */
  readonly passesMask?: boolean;
}

/**
 * Makes a layer with one input and one output of its parts: keeps the variables with their penalties and constraints,
 * passes masks on, and says what is wrong when it is used before it is built or with another shape.
 *
 * @param spec - the layer's own parts
 * @example
 * const double = defineLayer({ type: 'double', args: [], outputShape: (s) => s, call: (x) => mul(x, 2) });
 * double.outputShape([[32, 10]]); // => 32,10
 */
export function defineLayer<R extends ShapeRule = ShapeRule>(spec: LayerSpec): Layer<R> {
  const { type, name = spec.type, args, passesMask = true } = spec;
  const variables: Named<Variable>[] = [];
  const weights: { readonly variable: Variable; readonly options: WeightOptions }[] = [];
  let built: Shape | undefined;
  const layer = {
    type,
    name,
    config: () => args,
    outputShape: (inputs: readonly Shape[]) => [spec.outputShape(only(name, inputs))],
    variables: () => {
      requireBuilt(name, built);
      return [...variables];
    },
    penalties: () => weights.flatMap(({ variable, options: { regularizer } }) => (regularizer && variable.trainable ? [regularizer.penalty(variable.value)] : [])),
    constraints: () => weights.flatMap(({ variable, options: { constraint } }) => (constraint ? [{ variable, apply: constraint.apply }] : [])),
    build(inputs: readonly Shape[], at: BuildContext) {
      const input = only(name, inputs);
      if (built) return checkRebuild(name, built, input);
      spec.outputShape(input);
      spec.build?.(input, { ...at, weight: (weightName, shape, initializer, options = {}) => {
        const variable = new Variable(initializer.make(shape, at), { name: `${name}/${weightName}`, trainable: options.trainable ?? true });
        variables.push({ name: weightName, value: variable });
        weights.push({ variable, options });
        return variable;
      } });
      built = input;
    },
    call(inputs: readonly Value[], context: Context): Value[] {
      const input = only(name, inputs);
      requireBuilt(name, spec.build ? built : []);
      const data = withOpName(name, () => spec.call(input.data, context, input.mask));
      return [passesMask ? { ...input, data } : { data }];
    },
  };
  return layer as unknown as Layer<R>;
}

function only<T>(name: string, inputs: readonly T[]): T {
  if (inputs.length !== 1) throw new OptionError(`${name}: takes one input, got ${inputs.length}`);
  return inputs[0]!;
}

/** Throws for a layer that has no weights yet. */
export function requireBuilt<T>(name: string, built: T | undefined): asserts built is T {
  if (!built) throw new StateError(`${name}: must be built before it is used; call \`build\`, or put it into a model`);
}

/** Throws where a built layer is given inputs of another shape; batches may differ. */
export function checkRebuild(name: string, built: Shape, input: Shape): void {
  if (!sameShape(built.slice(1), input.slice(1))) {
    throw new ShapeError(`${name}: was built for inputs ${showShape(built)}, got ${showShape(input)}`);
  }
}

/**
 * The size of an axis, with the layer's name in the error when the rank does not fit.
 *
 * @example
 * try { expectRank('conv', [2, 3], ['batch', 'time', 'features']); } catch (e) { console.log(e.message); } // => conv: expects rank 3 [batch,time,features], got [2,3]
 */
export function expectRank(name: string, shape: Shape, axes: readonly string[]): void {
  if (shape.length !== axes.length) {
    throw new ShapeError(`${name}: expects rank ${axes.length} [${axes.join(',')}], got ${showShape(shape)}`);
  }
}

/**
 * A positive integer, with the layer's name in the error.
 *
 * @example
 * try { expectCount('dense', 'units', 0); } catch (e) { console.log(e.message); } // => dense: `units` must be a positive integer, got 0
 */
export function expectCount(name: string, option: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) throw new OptionError(`${name}: \`${option}\` must be a positive integer, got ${value}`);
}

/**
 * A probability that leaves something over.
 *
 * @example
 * try { expectRate('dropout', 1); } catch (e) { console.log(e.message); } // => dropout: `rate` must be in [0, 1), got 1
 */
export function expectRate(name: string, value: number, option = 'rate'): void {
  if (!(value >= 0 && value < 1)) throw new OptionError(`${name}: \`${option}\` must be in [0, 1), got ${value}`);
}
