import { add, matmul, sigmoid, type Tensor, tensor } from 'chainrule';
import { type Figure, type GatedLayer, type LineFigure, plotGates } from '@chainrule/visualize';
import { sequences, type start } from './program.ts';

type Run = Awaited<ReturnType<typeof start>>;

/** A sequence that the reader looks at: the number of a random one, where its mark is, and the marked number. */
export interface Sequence {
  readonly number: number;
  readonly place: number;
  readonly value: number;
}

/** Training has smaller seeds in the page. */
const testSeed = 1_000_000_007;

function tensorOf(
  { number, place, value }: Sequence,
  length: number,
): { readonly x: Tensor; readonly values: number[] } {
  const values = [...sequences(1, length, testSeed + number).x.data].filter((_, i) => i % 2 === 0);
  values[place] = value;
  return {
    x: tensor(
      values.flatMap((v, t) => [v, t === place ? 1 : 0]),
      [1, length, 2],
    ),
    values,
  };
}

type Trainer = Run['state'][keyof Run['state']];
const memoryOf = ({ model }: Trainer): GatedLayer => model.layer('memory') as never;

/** The probability of class 1 if the sequence ended after each step. */
function answersOf(trainer: Trainer, x: Tensor): number[] {
  const [kernel, bias] = trainer.model
    .layer('answer')
    .variables()
    .map(({ value }) => value.value);
  const states = memoryOf(trainer).gates(x)['h']!;
  return [...sigmoid(add(matmul(states, kernel!), bias!)).data];
}

export const questions = {
  /** The numbers, and what the networks would answer after each of them. */
  answers({ state, length }: Run, sequence: Sequence): LineFigure {
    const { x, values } = tensorOf(sequence, length);
    const points = (list: readonly number[]) => list.map((y, t) => [t, y] as const);
    return {
      kind: 'lines',
      title: 'what the networks would answer after each step',
      x: 'step',
      y: 'probability of “positive”',
      series: [
        { name: 'LSTM', points: points(answersOf(state.lstm, x)) },
        { name: 'simple RNN', points: points(answersOf(state.simple, x)) },
        { name: 'the numbers', points: points(values.map((v) => (v + 1) / 2)), dashed: true },
      ],
    };
  },
  gates: ({ state, length }: Run, sequence: Sequence): Figure =>
    plotGates(memoryOf(state.lstm), tensorOf(sequence, length).x, { title: 'gates and states of the LSTM' }),
};
