import { OptionError } from '@chainrule/errors';
import { refuse } from '@chainrule/errors/check';
import type { Layer, WithShapeRule } from '@chainrule/layers-core';
import type { DType, Shape } from '@chainrule/tensor';
import { applyLayers, checkLayers } from './apply.ts';
import { type Functional, modelOf } from './functional.ts';
import type { Model } from './model.ts';
import { isSymbolic, type SymbolicTensor } from './symbolicTensor.ts';
import type { Batched, ChainDType, CheckedLayers, SequentialOutput, Unmeasured } from './types.ts';

/** A model that is a chain of layers. */
export interface Sequential<
  In extends Shape = Shape,
  Out extends Shape = Shape,
  D extends DType = DType,
> extends Functional<In, Out, D> {
  // First, so that models are compared member by member: see `graph/types.ts`.
  readonly '~in'?: { -readonly [K in keyof In]-?: unknown };
  readonly '~out'?: { -readonly [K in keyof Out]-?: unknown };
  readonly '~dtypes'?: Unmeasured<D>;
}

/**
 * Stacks layers to a model: `functional(input, apply(input, ...layers))`. The type checker checks literal shapes, and reports
 * an error at the wrong layer. All shapes are also checked at run time.
 *
 * @param input - the shape of a sample
 * @param layers - layers or models
 * @throws ShapeError from the layer that does not fit
 * @example
 * const model = sequential(input([28, 28, 1]), flatten(), dense(10));
 * model.build({ seed: 1 }).countParameters().total; // => 7850
 */
export function sequential<S extends Shape, D extends DType, const L extends readonly WithShapeRule[]>(
  input: SymbolicTensor<S, D>,
  ...layers: CheckedLayers<Batched<S>, L>
): Sequential<Batched<S>, AsShape<SequentialOutput<Batched<S>, L>>, ChainDType<D, L>> {
  return stack(input, layers as unknown as readonly Layer[]) as unknown as Sequential<
    Batched<S>,
    AsShape<SequentialOutput<Batched<S>, L>>,
    ChainDType<D, L>
  >;
}

type AsShape<S> = S extends Shape ? S : Shape;

/**
 * Stacks a list of layers that is only known at run time, as {@link sequential} does.
 *
 * @throws ShapeError from the layer that does not fit
 * @example
 * const layers = [8, 8, 3].map((units) => dense(units));
 * sequentialOf(input([2]), layers).outputs.shape; // => 3
 */
export function sequentialOf(input: SymbolicTensor, layers: readonly (Layer | Model)[]): Sequential {
  if (!Array.isArray(layers)) refuse('sequentialOf', 'layers', 'a list of layers', layers);
  return stack(input, layers);
}

function stack(input: SymbolicTensor, layers: readonly (Layer | Model)[]): Sequential {
  if (!isSymbolic(input)) {
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
  checkLayers('sequential', layers);
  layers.forEach((layer, i) => {
    const first = layers.indexOf(layer);
    if (first < i)
      throw new OptionError(
        `sequential: layers ${first} and ${i} are one and the same (${layer.name}); make a layer for each place, or share one with \`apply\``,
      );
  });
  if (layers.length === 0)
    refuse('sequential', 'layers', 'at least one layer', layers, 'write `sequential(input, dense(1))`');
  const end = applyLayers(input, layers);
  // A chain ends with one value: of a layer with several outputs, the first.
  const isOne = !Array.isArray(end) || '~layer' in layers.at(-1)!;
  return modelOf('sequential', 'sequential', input, isOne ? end : (end[0] as SymbolicTensor)) as unknown as Sequential;
}
