import {
  checkSequence,
  defineMultiLayer,
  type ExpectSequence,
  type InputShape,
  type Layer,
  type ShapeRule,
} from '@chainrule/layers-core';
import { OptionError, ShapeError, showShape } from '@chainrule/errors';
import type { FloatDType, IsDynamic, Shape, Tensor } from '@chainrule/tensor';
import { aTensor, sameShape } from '@chainrule/tensor/graph';
import type { Cell } from './cell.ts';
import { KeptStates } from './keptStates.ts';
import type { RnnOptions } from './rnnOptions.ts';
import { runCell } from './runCell.ts';
import { runGates } from './runGates.ts';

/**
 * `[batch, time, features]` to `[batch, U]`, or to `[batch, time, U]` if `Sequences`, and `States` states. `Name` is
 * the layer's type.
 */
export interface RecurrentRule<
  U extends number,
  Sequences extends boolean = false,
  Name extends string = 'recurrent',
  States extends number = 0,
> extends ShapeRule {
  readonly takes: FloatDType;
  readonly output: WithStates<RecurrentShape<InputShape<this>, U, Sequences, Name>, U, States>;
}
/** The output, followed by the states if there are any. */
type WithStates<Output, U extends number, States extends number> = [States] extends [0]
  ? Output
  : Output extends readonly [infer Batch extends number, ...Shape]
    ? [Output, ...StateShapes<Batch, U, States>]
    : Output;
/** One or two states of the size of the output; of any cell, an unknown number of states of any sizes. */
type StateShapes<Batch extends number, U extends number, States extends number> = number extends States
  ? [Batch, number][]
  : States extends 1
    ? [[Batch, U]]
    : [[Batch, U], [Batch, U]];
/** The number of states that a layer returns. Unknown options count as the default, no states. */
export type StatesOf<State extends boolean, Count extends number> = boolean extends State
  ? 0
  : State extends true
    ? Count
    : 0;
type RecurrentShape<
  S extends Shape,
  U extends number,
  Sequences extends boolean,
  Name extends string,
> = boolean extends Sequences
  ? Shape
  : IsDynamic<S> extends true
    ? Sequences extends true
      ? [number, number, U]
      : [number, U]
    : S extends readonly [infer Batch extends number, infer Time extends number, number]
      ? Sequences extends true
        ? [Batch, Time, U]
        : [Batch, U]
      : ExpectSequence<S, Name>;

/** A layer that may keep its states between calls. */
export interface StatefulLayer<R extends ShapeRule = ShapeRule> extends Layer<R> {
  /** Sets the stored states of a stateful layer to 0, or to the learned ones with `learnInitialState`. */
  resetStates(): void;
}

/** A layer that runs a cell over `[batch, time, features]`. Further inputs are initial states, `[batch, size]`. */
export interface RecurrentLayer<R extends ShapeRule = ShapeRule> extends StatefulLayer<R> {
  /** Sizes of the states. */
  readonly stateSizes: readonly number[];
  readonly goBackwards: boolean;
  /**
   * What each step computes: the gates of the cell by name, and its states h and c after the step, `[batch, time, units]` each.
   * For figures: without dropout, masks, and the initial states of further inputs.
   */
  gates(x: Tensor): Readonly<Record<string, Tensor>>;
  /** A layer with the same options and weights of its own that runs in the other direction. */
  mirrored(): RecurrentLayer<R>;
}

/**
 * Common implementation of all recurrent layers: states, direction, masks, dropout, checkpoints, truncation.
 *
 * @param type - name of the factory
 * @param argument - first argument of the factory; the second is `options`
 */
export function recurrentLayer<R extends ShapeRule, U extends number, W, O extends RnnOptions>(
  type: string,
  argument: unknown,
  cell: Cell<U, W>,
  options: O,
): RecurrentLayer<R> {
  const { name = type, returnSequences = false, returnState = false, goBackwards = false, stateful } = options;
  const sizes: readonly number[] = cell.stateSizes;
  let weights: W;
  let kept: KeptStates | undefined;
  let features = 0;
  const layer = defineMultiLayer<R>({
    type,
    name,
    args: [argument, options],
    outputShape(inputs) {
      const [batch, time] = checkShapes(name, sizes, inputs);
      const states = sizes.map((size) => [batch, size]);
      return [returnSequences ? [batch, time, sizes[0]!] : states[0]!, ...(returnState ? states : [])];
    },
    build([input], at) {
      features = input![2]!;
      weights = cell.build(features, at);
      kept = new KeptStates(at, sizes, options);
    },
    call(inputs, context) {
      const [batch] = checkShapes(
        name,
        sizes,
        inputs.map(({ data }) => data.shape),
      );
      if (stateful !== undefined && batch !== stateful)
        throw new ShapeError(`${name}: expects a batch of \`stateful\` = ${stateful} samples, got ${batch}`);
      const initial = inputs.length > 1 ? inputs.slice(1).map(({ data }) => data) : kept!.initial(batch);
      const { output, states } = runCell(cell, weights, inputs[0]!, initial, context, options);
      kept!.keep(states);
      return [output, ...(returnState ? states.map((data) => ({ data })) : [])];
    },
  });
  return Object.assign(layer, {
    stateSizes: sizes,
    goBackwards,
    mirrored: () => recurrentLayer<R, U, W, O>(type, argument, cell, { ...options, goBackwards: !goBackwards }),
    resetStates: () => kept?.reset(),
    gates(x: Tensor) {
      aTensor(name, 'x', x);
      const [batch, , given] = checkShapes(name, sizes, [x.shape]);
      if (!kept) throw new OptionError(`${name}: build the layer before you ask for its gates`);
      if (given !== features)
        throw new ShapeError(`${name}: \`x\` must have ${features} features, as in \`build\`, got ${given}`);
      return runGates(cell, weights, x, kept.initial(batch), goBackwards);
    },
  });
}

/** Returns the shape of the sequence after checking that all inputs match. */
function checkShapes(
  name: string,
  sizes: readonly number[],
  inputs: readonly Shape[],
): readonly [batch: number, time: number, features: number] {
  const [x, ...states] = inputs;
  if (!x || (states.length !== 0 && states.length !== sizes.length)) {
    throw new OptionError(
      `${name}: \`inputs\` must hold one input, or ${1 + sizes.length} with the initial states, got ${inputs.length}`,
    );
  }
  checkSequence(name, x);
  states.forEach((shape, i) => {
    const expected = [x[0]!, sizes[i]!];
    if (!sameShape(shape, expected))
      throw new ShapeError(
        `${name}: initial state ${i} must have shape ${showShape(expected)}, got ${showShape(shape)}`,
      );
  });
  return x as readonly [number, number, number];
}
