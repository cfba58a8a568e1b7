import {
  defineMultiLayer,
  type InputShape,
  type OutputShape,
  type ShapeRule,
  type Value,
} from '@chainrule/layers-core';
import { OptionError, ShapeError, showShape } from '@chainrule/errors';
import { aString, checkOptions, checkThat, oneOf } from '@chainrule/errors/check';
import {
  type Add,
  concat,
  flip,
  map,
  scalar as e,
  type Shape,
  type ShapeMistake,
  type Tensor,
} from '@chainrule/tensor';
import { sameShape } from '@chainrule/tensor/graph';
import type { RecurrentLayer, StatefulLayer } from './recurrentLayer.ts';

/** How to combine the outputs of both directions. */
export type MergeMode = 'concat' | 'sum' | 'average' | 'multiply';

/** Options of {@link bidirectional}. */
export interface BidirectionalOptions<Mode extends MergeMode = MergeMode> {
  /** Default 'concat', along the features. Keras calls the others 'sum', 'ave' and 'mul'. */
  readonly mergeMode?: Mode;
  /** The layer for the backward direction. Default a copy of `layer` with weights of its own. */
  readonly backwardLayer?: RecurrentLayer;
  readonly name?: string;
}

/** The output of the rule `R`; if `Double`, with twice the size on the last axis. */
export interface BidirectionalRule<R extends ShapeRule, Double extends boolean> extends ShapeRule {
  readonly output: MergedShape<OutputShape<R, InputShape<this>>, Double>;
}
/** Merges the outputs of both directions; their states follow, those of the backward direction last. */
type MergedShape<Output, Double extends boolean> = [Output] extends [ShapeMistake]
  ? Output
  : Output extends readonly [infer First extends Shape, ...infer States extends readonly Shape[]]
    ? [MergedOutput<First, Double>, ...States, ...States]
    : MergedOutput<Output, Double>;
type MergedOutput<Output, Double extends boolean> = boolean extends Double
  ? Shape
  : Double extends false
    ? Output
    : Output extends readonly [...infer Rest extends Shape, infer Units extends number]
      ? [...Rest, Add<Units, Units>]
      : Shape;

/**
 * Runs a recurrent layer over `[batch, time, features]` in both directions and merges the outputs (Schuster and Paliwal
 * 1997). Sequences are merged step by step: the output of step t depends on the steps up to t in one direction, and on
 * the steps from t in the other.
 *
 * @param layer - the layer for the forward direction; further inputs are its initial states, then those of the backward layer
 * @param options - as Keras' Bidirectional
 * @returns a layer to the merged output; with `returnState`, also the last states of both directions
 * @throws OptionError for layers with the wrong direction; ShapeError if the outputs have different shapes
 * @example
 * bidirectional(lstm(32, { returnSequences: true })).outputShape([[8, 10, 3]]); // => 8,10,64
 */
export function bidirectional<R extends ShapeRule, const Mode extends MergeMode = 'concat'>(
  layer: RecurrentLayer<R>,
  options: BidirectionalOptions<Mode> = {},
): StatefulLayer<BidirectionalRule<R, Mode extends 'concat' ? true : false>> {
  aRecurrentLayer('bidirectional', 'layer', layer);
  checkOptions<BidirectionalOptions>('bidirectional', options, {
    mergeMode: oneOf(...Object.keys(merges)),
    backwardLayer: aRecurrentLayer,
    name: aString,
  });
  const { name = 'bidirectional', mergeMode = 'concat', backwardLayer: backward = layer.mirrored() } = options;
  const merge = merges[mergeMode];
  checkDirections(name, layer, backward);
  const byDirection = <T>(inputs: readonly T[]): readonly [T[], T[]] => split(name, layer, backward, inputs);
  const merged = defineMultiLayer<BidirectionalRule<R, Mode extends 'concat' ? true : false>>({
    type: 'bidirectional',
    name,
    args: [layer, options],
    outputShape(inputs) {
      const [forwardInputs, backwardInputs] = byDirection(inputs);
      const [[output, ...states], [other, ...otherStates]] = [
        layer.outputShape(forwardInputs),
        backward.outputShape(backwardInputs),
      ] as [[Shape, ...Shape[]], [Shape, ...Shape[]]];
      if (!sameShape(output, other))
        throw new ShapeError(
          `${name}: both directions must give the same shape, got ${showShape(output)} and ${showShape(other)}`,
        );
      return [
        mergeMode === 'concat' ? [...output.slice(0, -1), 2 * output.at(-1)!] : output,
        ...states,
        ...otherStates,
      ];
    },
    build(inputs, at) {
      const [forwardInputs, backwardInputs] = byDirection(inputs);
      at.layer('forward', layer, forwardInputs);
      at.layer('backward', backward, backwardInputs);
    },
    call(inputs, context) {
      const [forwardInputs, backwardInputs] = byDirection(inputs);
      const [output, ...states] = layer.call(forwardInputs, context) as [Value, ...Value[]];
      const [other, ...otherStates] = backward.call(backwardInputs, context) as [Value, ...Value[]];
      // The backward layer returns its sequence in the order of its own steps.
      const data = merge(output.data, other.data.rank === 3 ? flip(other.data, 1) : other.data);
      return [{ ...output, data }, ...states, ...otherStates];
    },
  });
  return Object.assign(merged, { resetStates: () => [layer, backward].forEach((one) => one.resetStates()) });
}

const aRecurrentLayer = /* @__PURE__ */ checkThat(
  'a recurrent layer such as `lstm(8)`',
  (value) => typeof (value as RecurrentLayer | null | undefined)?.mirrored === 'function',
);

const merges: Readonly<Record<MergeMode, (a: Tensor, b: Tensor) => Tensor>> = {
  concat: (a, b) => concat([a, b], -1),
  sum: (a, b) => map(e.add, [a, b]),
  average: (a, b) => map((x, y) => e.mul(e.add(x, y), 0.5), [a, b]),
  multiply: (a, b) => map(e.mul, [a, b]),
};

function checkDirections(name: string, layer: RecurrentLayer, backward: RecurrentLayer): void {
  if (layer.goBackwards) throw new OptionError(`${name}: \`layer\` must run forward; remove its \`goBackwards\``);
  if (!backward.goBackwards)
    throw new OptionError(`${name}: \`backwardLayer\` must run backward; set its \`goBackwards: true\``);
}

/** Splits the inputs into those of each direction: the sequence and its initial states. */
function split<T>(
  name: string,
  layer: RecurrentLayer,
  backward: RecurrentLayer,
  [x, ...states]: readonly T[],
): readonly [T[], T[]] {
  const [forwardStates, backwardStates] = [layer.stateSizes.length, backward.stateSizes.length];
  if (x === undefined || (states.length !== 0 && states.length !== forwardStates + backwardStates)) {
    throw new OptionError(
      `${name}: \`inputs\` must hold one input, or ${1 + forwardStates + backwardStates} with the initial states of both directions, got ${x === undefined ? 0 : 1 + states.length}`,
    );
  }
  return [
    [x, ...states.slice(0, forwardStates)],
    [x, ...states.slice(forwardStates)],
  ];
}
