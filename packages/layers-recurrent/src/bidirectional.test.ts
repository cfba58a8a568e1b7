import { concat, flip, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { bidirectional, type MergeMode } from './bidirectional.ts';
import { gru } from './gru.ts';
import { lstm, type LstmOptions } from './lstm.ts';
import { bools, built, copyWeights, inference, numbers, outputs, random } from '../testing/recurrent.ts';

const x = random([2, 5, 3]);
const mask = bools([
  [true, true, true, false, false],
  [true, true, true, true, true],
]);
const join: Readonly<Record<MergeMode, (a: number, b: number) => number>> = {
  concat: () => NaN,
  sum: (a, b) => a + b,
  average: (a, b) => (a + b) / 2,
  multiply: (a, b) => a * b,
};

/** Both directions by hand: the sequence of the second turned round. */
function byHand(
  options: LstmOptions,
  weights: { readonly variables: () => ReturnType<ReturnType<typeof lstm>['variables']> },
  states: readonly Tensor[],
): { ahead: Tensor[]; back: Tensor[] } {
  const [forward, backward] = [
    built(lstm(4, options), x.shape),
    built(lstm(4, { ...options, goBackwards: true }), x.shape),
  ];
  const all = weights.variables();
  copyWeights({ variables: () => all.slice(0, 3) } as never, forward);
  copyWeights({ variables: () => all.slice(3) } as never, backward);
  const [sequence, ...last] = outputs(backward, x, { mask, states: states.slice(2) });
  return {
    ahead: outputs(forward, x, { mask, states: states.slice(0, 2) }),
    back: [options.returnSequences ? flip(sequence!, 1) : sequence!, ...last],
  };
}

describe('bidirectional', () => {
  test.each(['concat', 'sum', 'average', 'multiply'] as const)('equals two runs by hand, joined by %s', (mergeMode) => {
    for (const options of [{ returnSequences: true, returnState: true }, { returnState: true }, {}]) {
      const layer = built(bidirectional(lstm(4, options), { mergeMode }), x.shape);
      for (const states of [[], [1, 2, 3, 4].map((seed) => random([2, 4], seed))]) {
        const { ahead, back } = byHand(options, layer, states);
        const [merged, ...last] = outputs(layer, x, { mask, states });
        const expected =
          mergeMode === 'concat'
            ? numbers(concat([ahead[0]!, back[0]!], -1))
            : numbers(ahead[0]!).map((v, i) => join[mergeMode](v, numbers(back[0]!)[i]!));
        numbers(merged!).forEach((v, i) => expect(v).toBeCloseTo(expected[i]!, 12));
        expect(last.map(numbers)).toEqual([...ahead.slice(1), ...back.slice(1)].map(numbers));
        expect(layer.outputShape([x, ...states].map(({ shape }) => shape))).toEqual(
          [merged!, ...last].map(({ shape }) => shape),
        );
      }
    }
  });

  test('has the weights of both layers, and keeps the mask of sequences', () => {
    const layer = built(bidirectional(gru(4, { returnSequences: true })), x.shape);
    expect(layer.variables().map(({ name }) => name)).toEqual(
      ['forward', 'backward'].flatMap((way) =>
        ['kernel', 'recurrentKernel', 'bias', 'recurrentBias'].map((name) => `${way}/${name}`),
      ),
    );
    expect(layer.call([{ data: x, mask }], inference())[0]!.mask).toBe(mask);
  });

  test('accepts another layer for the backward direction', () => {
    const layer = built(bidirectional(lstm(4), { backwardLayer: gru(4, { goBackwards: true }) }), x.shape);
    expect(layer.variables().length).toBe(7);
    expect(layer.outputShape([x.shape])).toEqual([[2, 8]]);
  });

  test('resets the states of both layers', () => {
    const layer = built(bidirectional(gru(4, { stateful: 2 })), x.shape);
    const first = numbers(outputs(layer, x)[0]!);
    expect(numbers(outputs(layer, x)[0]!)).not.toEqual(first);
    layer.resetStates();
    expect(numbers(outputs(layer, x)[0]!)).toEqual(first);
  });

  test('rejects invalid arguments', () => {
    expect(() => bidirectional(lstm(4), { mergeMode: 'ave' as 'sum' })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: bidirectional: \`mergeMode\` must be "concat", "sum", "average" or "multiply", got "ave"]`,
    );
    expect(() => bidirectional(lstm(4, { goBackwards: true }))).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: bidirectional: \`layer\` must run forward; remove its \`goBackwards\`]`,
    );
    expect(() => bidirectional(lstm(4), { backwardLayer: lstm(4) })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: bidirectional: \`backwardLayer\` must run backward; set its \`goBackwards: true\`]`,
    );
    expect(() =>
      bidirectional(lstm(4), { backwardLayer: lstm(3, { goBackwards: true }) }).outputShape([[2, 5, 3]]),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: bidirectional: both directions must give the same shape, got [2,4] and [2,3]]`,
    );
    expect(() =>
      bidirectional(lstm(4)).outputShape([
        [2, 5, 3],
        [2, 4],
        [2, 4],
      ]),
    ).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: bidirectional: \`inputs\` must hold one input, or 5 with the initial states of both directions, got 3]`,
    );
    expect(() => bidirectional(lstm(4)).outputShape([])).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: bidirectional: \`inputs\` must hold one input, or 5 with the initial states of both directions, got 0]`,
    );
    expect(() => bidirectional(lstm(4)).outputShape([[2, 5]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: lstm: expects rank 3 [batch,time,features], got [2,5]; set \`returnSequences: true\` on a recurrent layer before it, or put \`embedding\` before it for token indices]`,
    );
  });
});
