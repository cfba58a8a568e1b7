import {
  type BuildContext, checkRebuild, type Context, expectCount, expectRank, expectRate, glorotUniform, type Initializer, type Layer, type Named,
  orthogonal, type RecurrentRule, requireBuilt, type Value, zerosInitializer,
} from '@chainrule/layers-core';
import { OptionError, ShapeError, showShape } from '@chainrule/errors';
import {
  add, broadcastTo, concat, flip, full, map, matmul, randomUniform, reshape, sameShape, scalar as e, scan, type Shape, type Tensor, transpose,
  Variable, withOpName, zeros,
} from '@chainrule/tensor';
import { lstmCell, type LstmState } from './lstmCell.ts';

/** Options of {@link lstm}. */
export interface LstmOptions<Sequences extends boolean = boolean> {
  /** Return the output of every step instead of the last. Default false. */
  readonly returnSequences?: Sequences;
  /** Return the last h and c as well. Default false. */
  readonly returnState?: boolean;
  /** Run from the last step to the first; sequences come in that order. Default false. */
  readonly goBackwards?: boolean;
  /** Part of the inputs that is dropped while training, one mask for all steps. Default 0. */
  readonly dropout?: number;
  /** Part of the state that is dropped while training, one mask for all steps (Gal and Ghahramani 2016). Default 0. */
  readonly recurrentDropout?: number;
  /** Start the forget gate's bias at 1. Default true. */
  readonly unitForgetBias?: boolean;
  /** Keep the state of every so many steps only, and run the others again for the gradient. By default keep all. */
  readonly checkpointEvery?: number;
  /** Default Glorot's uniform. */
  readonly kernelInitializer?: Initializer;
  /** Default orthogonal. */
  readonly recurrentInitializer?: Initializer;
  readonly name?: string;
}

interface Weights {
  readonly kernel: Variable;
  readonly recurrentKernel: Variable;
  readonly bias: Variable;
}

/**
 * Long short-term memory over `[batch, time, features]`; further inputs are the first h and c, `[batch, units]`.
 *
 * See {@link lstmCell} for a step. The input's projection is one product before the loop.
 *
 * @param units - size of the state
 * @param options - as Keras' LSTM
 * @returns a layer to `[batch, units]`, or `[batch, time, units]` with `returnSequences`; with `returnState` followed by
 *   h and c
 * @throws OptionError, ShapeError for what does not fit
 * @example
 * lstm(128).outputShape([[32, 28, 28]]); // => 32,128
 */
export function lstm<const U extends number, const Sequences extends boolean = false>(
  units: U,
  options: LstmOptions<Sequences> = {},
): Layer<RecurrentRule<U, Sequences, 'lstm'>> {
  const { returnSequences = false, returnState = false, name = 'lstm', dropout = 0, recurrentDropout = 0 } = options;
  expectCount(name, 'units', units);
  expectRate(name, dropout, 'dropout');
  expectRate(name, recurrentDropout, 'recurrentDropout');
  let built: { readonly input: Shape; readonly weights: Weights } | undefined;
  const layer = {
    type: 'lstm',
    name,
    config: () => [units, options],
    outputShape: (inputs: readonly Shape[]): Shape[] => {
      const [batch, time] = checkShapes(name, units, inputs);
      const state = [batch, units];
      return [returnSequences ? [batch, time, units] : state, ...(returnState ? [state, state] : [])];
    },
    build: (inputs: readonly Shape[], at: BuildContext): void => {
      const input = checkShapes(name, units, inputs);
      if (built) return checkRebuild(name, built.input, input);
      built = { input, weights: makeWeights(name, units, input, at, options) };
    },
    variables: (): Named<Variable>[] => {
      requireBuilt(name, built);
      return Object.entries(built.weights).map(([key, value]: [string, Variable]) => ({ name: key, value }));
    },
    call: (inputs: readonly Value[], context: Context): Value[] => {
      checkShapes(name, units, inputs.map(({ data }) => data.shape));
      requireBuilt(name, built);
      const { weights } = built;
      const { sequence, state } = withOpName(name, () => runLstm(units, inputs, context, weights, options));
      const output: Value = returnSequences ? { ...inputs[0], data: sequence } : { data: state[0] };
      return [output, ...(returnState ? state.map((data) => ({ data })) : [])];
    },
  };
  return layer as unknown as Layer<RecurrentRule<U, Sequences, 'lstm'>>;
}

/** The first input's shape, once all shapes fit together. */
function checkShapes(name: string, units: number, inputs: readonly Shape[]): readonly [batch: number, time: number, features: number] {
  const [x, ...states] = inputs;
  if (!x || (states.length !== 0 && states.length !== 2)) {
    throw new OptionError(`${name}: takes one input, or three with the first h and c, got ${inputs.length}`);
  }
  expectRank(name, x, ['batch', 'time', 'features']);
  for (const shape of states) {
    if (!sameShape(shape, [x[0]!, units])) {
      throw new ShapeError(`${name}: first states must have shape ${showShape([x[0]!, units])}, got ${showShape(shape)}`);
    }
  }
  return x as readonly [number, number, number];
}

function makeWeights(name: string, units: number, input: Shape, at: BuildContext, options: LstmOptions): Weights {
  const { kernelInitializer = glorotUniform, recurrentInitializer = orthogonal, unitForgetBias = true } = options;
  const make = (key: string, shape: Shape, initializer: Initializer): Variable =>
    new Variable(initializer.make(shape, at), { name: `${name}/${key}` });
  const forget: Initializer = {
    name: 'unitForgetBias',
    make: (_shape, { dtype }) => concat([zeros([units], dtype), full([units], 1, dtype), zeros([2 * units], dtype)]),
  };
  return {
    kernel: make('kernel', [input[2]!, 4 * units], kernelInitializer),
    recurrentKernel: make('recurrentKernel', [units, 4 * units], recurrentInitializer),
    bias: make('bias', [4 * units], unitForgetBias ? forget : zerosInitializer),
  };
}

/** One mask for all steps: 0 with probability `rate`, else 1 / (1 − rate). */
function dropMask({ rng, training }: Context, rate: number, shape: Shape, like: Tensor): Tensor | undefined {
  if (!training || rate === 0) return undefined;
  const u = randomUniform(rng, shape, { dtype: like.dtype === 'float64' ? 'float64' : 'float32' });
  return map((r) => e.cast(e.select(e.lt(r, rate), 0, 1 / (1 - rate)), u.dtype), [u]);
}

interface Run {
  readonly sequence: Tensor;
  readonly state: LstmState;
}

function runLstm(units: number, inputs: readonly Value[], context: Context, weights: Weights, options: LstmOptions): Run {
  const x = inputs[0]!.data;
  const [batch, time] = x.shape as [number, number];
  const inputMask = dropMask(context, options.dropout ?? 0, [batch, 1, x.shape[2]!], x);
  const recurrentMask = dropMask(context, options.recurrentDropout ?? 0, [batch, units], x);
  const seen = inputMask ? map(e.mul, [x, inputMask]) : x;
  const flat = reshape(seen, [batch * time, x.shape[2]!]);
  const projected = reshape(add(matmul(flat, weights.kernel.value), weights.bias.value), [batch, time, 4 * units]);
  const recurrentKernel: Tensor = weights.recurrentKernel.value;
  const [state, outputs] = scan(
    (carry: LstmState, step: Tensor) => {
      const next = lstmCell(step, carry, recurrentKernel, recurrentMask);
      return [next, next[0]] as const;
    },
    initialState(units, inputs, batch),
    transpose(projected, [1, 0, 2]),
    { reverse: options.goBackwards ?? false, ...(options.checkpointEvery !== undefined && { checkpointEvery: options.checkpointEvery }) },
  );
  const sequence: Tensor = transpose(outputs, [1, 0, 2]);
  return { sequence: options.goBackwards ? flip(sequence, 1) : sequence, state };
}

function initialState(units: number, [x, h, c]: readonly Value[], batch: number): LstmState {
  if (h && c) return [h.data, c.data];
  const none = broadcastTo(zeros([], x!.data.dtype), [batch, units]);
  return [none, none];
}
