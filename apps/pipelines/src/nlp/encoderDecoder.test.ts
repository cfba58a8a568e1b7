import { tensor, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { encoderDecoder, type EncoderDecoder } from './encoderDecoder.ts';

const make = (attention: boolean, dropout = 0): EncoderDecoder =>
  encoderDecoder({ sourceTokens: 9, targetTokens: 11, features: 5, units: 6, dropout, attention, seed: 3 });
const tokens = (rows: number[][]): Tensor => tensor(rows, undefined, 'int32');
const [source, target] = [
  tokens([
    [1, 2, 3, 4],
    [5, 6, 0, 0],
  ]),
  tokens([
    [1, 2, 3],
    [4, 5, 6],
  ]),
];
const numbers = (t: Tensor): number[] => [...t.data];

function logitsOf(net: EncoderDecoder, from: Tensor): Tensor {
  const { words, state } = net.encode(from);
  return net.decode(target, state, words).logits;
}

const close = (a: readonly number[], b: readonly number[]): void =>
  a.forEach((v, i) => expect(v).toBeCloseTo(b[i]!, 5));

describe.each([[true], [false]])('encoderDecoder with attention %s', (attention) => {
  test('ignores padding', () => {
    const net = make(attention);
    const padded = tokens([
      [1, 2, 3, 4, 0, 0],
      [5, 6, 0, 0, 0, 0],
    ]);
    close(numbers(logitsOf(net, source)), numbers(logitsOf(net, padded)));
  });

  test('gives the same logits word by word as at once, for several rows of a sentence', () => {
    const net = make(attention);
    const { words, state } = net.encode(source);
    const whole = net.decode(target, state, words).logits.toArray() as number[][][];
    // Both sentences twice, each with the words of both targets.
    const rows = state.toArray() as number[][];
    let states: Tensor = tensor([rows[0]!, rows[0]!, rows[1]!, rows[1]!]);
    [0, 1, 2].forEach((t) => {
      const [first, second] = [[1, 2, 3][t]!, [4, 5, 6][t]!];
      const next = net.decode(tokens([[first], [second], [first], [second]]), states, words);
      const logits = next.logits.toArray() as number[][][];
      close(logits[0]![0]!, whole[0]![t]!);
      close(logits[3]![0]!, whole[1]![t]!);
      states = next.state;
    });
  });

  test('does not see later words', () => {
    const net = make(attention);
    const { words, state } = net.encode(source);
    const other = net
      .decode(
        tokens([
          [1, 2, 9],
          [4, 5, 9],
        ]),
        state,
        words,
      )
      .logits.toArray() as number[][][];
    (logitsOf(net, source).toArray() as number[][][]).forEach((row, i) =>
      row.slice(0, 2).forEach((logits, t) => close(logits, other[i]![t]!)),
    );
  });

  test('applies dropout only in training', () => {
    const net = make(attention, 0.5);
    const run = (training: boolean): number[] => numbers(net.model.call({ source, before: target }, { training }));
    expect(run(false)).toEqual(run(false));
    expect(run(true)).not.toEqual(run(true));
  });

  test('trains what encode and decode compute', () => {
    const net = make(attention, 0.5);
    close(numbers(net.model.call({ source, before: target })), numbers(logitsOf(net, source)));
  });
});

describe('encoderDecoder', () => {
  test('returns the attention of each word to each source word, or undefined without attention', () => {
    const align = (attention: boolean): Tensor | undefined => {
      const net = make(attention);
      const { words, state } = net.encode(source);
      return net.decode(target, state, words).alignment;
    };
    const weights = align(true)!.toArray() as number[][][];
    expect(align(true)!.shape).toEqual([2, 3, 4]);
    weights.flat().forEach((row) => expect(row.reduce((a, b) => a + b)).toBeCloseTo(1, 5));
    weights[1]!.forEach((row) => expect(row.slice(2)).toEqual([0, 0]));
    expect(align(false)).toBeUndefined();
  });
});
