// Attention with gradients, recurrent layers, and in a Transformer that trains.
import { checkGradients } from '@chainrule/autograd';
import { compile } from '@chainrule/compiler';
import {
  additiveAttention,
  bahdanauAttention,
  dotProductAttention,
  learnedPositions,
  luongAttention,
  multiHeadAttention,
  sinusoidalPositions,
} from '@chainrule/layers-attention';
import { defineLayer, type Layer, type SameShapeRule, type Value } from '@chainrule/layers-core';
import { dense, dropout, embedding } from '@chainrule/layers-dense';
import { layerNormalization } from '@chainrule/layers-normalization';
import { bidirectional, gru } from '@chainrule/layers-recurrent';
import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { decodeModel, encodeModel, input, sequential, type Sequential } from '@chainrule/model';
import { adam } from '@chainrule/optim';
import { add, argmax, Generator, mul, randomUniform, relu, sum, tensor, type Tensor } from '@chainrule/tensor';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const random = (shape: readonly number[], seed = 5): Tensor =>
  randomUniform(new Generator(seed), shape, { low: -1, high: 1, dtype: 'float64' });

const forms: Readonly<Record<string, (options: { readonly causal: boolean; readonly dropout: number }) => Layer>> = {
  dot: (options) => luongAttention({ ...options, scale: true }),
  general: (options) => luongAttention({ ...options, score: 'general' }),
  concat: (options) => luongAttention({ ...options, score: 'concat', units: 2 }),
  bahdanau: (options) => bahdanauAttention(2, options),
  'a monotonic window': (options) => luongAttention({ ...options, window: { size: 1 } }),
  // Wide enough for no key to stand on its edge.
  'a predicted window': (options) =>
    luongAttention({ ...options, score: 'general', window: { size: 5, align: 'predictive' } }),
  'several heads': (options) =>
    multiHeadAttention({ ...options, numHeads: 2, keyDim: 2, valueDim: 1, returnScores: true }),
};
const names = Object.keys(forms);
const [queryShape, valueShape, keyShape] = [
  [2, 2, 2],
  [2, 3, 2],
  [2, 3, 2],
] as const;

/** The form as a function of query, value, key and weights. */
function check(
  name: string,
  options: { causal: boolean; dropout: number },
  mask: boolean[][] | null,
  order: 1 | 2,
): void {
  const layer = forms[name]!(options);
  layer.build([queryShape, valueShape, keyShape], { rng: new Generator(1), dtype: 'float64' });
  const variables = layer.variables().map(({ value }) => value);
  const fn = (...[query, value, key, ...weights]: Tensor[]): Tensor => {
    variables.forEach((v, i) => v.assign(weights[i]!));
    const values: Value[] = [
      { data: query! },
      { data: value!, ...(mask && { mask: tensor(mask, undefined, 'bool') }) },
      { data: key! },
    ];
    const outputs = layer.call(values, { training: true, rng: new Generator(3) });
    return outputs
      .map(({ data }, i) => sum(mul(data, random(data.shape, 40 + i))) as Tensor)
      .reduce((a, b) => add(a, b));
  };
  const inputs = [queryShape, valueShape, keyShape].map((shape, i) => random(shape, 20 + i));
  checkGradients(fn, [...inputs, ...variables.map((v, i) => random(v.shape, 10 + i))], { order });
}

describe('the gradients of attention', () => {
  const masks = fc.option(
    fc.array(fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }), { minLength: 2, maxLength: 2 }),
  );
  const options = fc.record({ causal: fc.boolean(), dropout: fc.constantFrom<number>(0, 0.3) });

  test.each(names)('are right with masks, causal, with dropout: %s', (name) => {
    fc.assert(
      fc.property(options, masks, (chosen, mask) => check(name, chosen, mask, 1)),
      { numRuns: 6 },
    );
  });

  test.each(names)('have gradients themselves: %s', (name) =>
    check(
      name,
      { causal: true, dropout: 0 },
      [
        [true, false, true],
        [true, true, false],
      ],
      2,
    ),
  );

  test('are right for the functions', () => {
    const [query, key, value, scale] = [[2, 3], [4, 3], [4, 2], [3]].map((shape, i) => random(shape, i)) as [
      Tensor,
      Tensor,
      Tensor,
      Tensor,
    ];
    const mask = tensor(
      [
        [true, false, true, true],
        [true, true, true, false],
      ],
      undefined,
      'bool',
    );
    checkGradients((q, k, v) => dotProductAttention(q, k, v, { mask }), [query, key, value], { order: 2 });
    checkGradients(
      (q, k, v, s) => additiveAttention(q, k, v, { scale: s, mask, causal: true }),
      [query, key, value, scale],
      { order: 2 },
    );
  });

  test.each(names)('belong to programs that compute the same when compiled: %s', (name) => {
    const layer = forms[name]!({ causal: true, dropout: 0 });
    layer.build([queryShape, valueShape, keyShape], { rng: new Generator(1), dtype: 'float64' });
    const inputs = [queryShape, valueShape, keyShape].map((shape, i) => random(shape, 20 + i));
    const context = { training: false, rng: new Generator(1) };
    const run = (all: readonly Tensor[]): Tensor =>
      layer.call(
        all.map((data) => ({ data })),
        context,
      )[0]!.data;
    const [eager, compiled] = [run(inputs), compile(run)(inputs)];
    eager.data.forEach((v, i) => expect(compiled.data[i]).toBeCloseTo(v, 12));
  });
});

/** x + attention(norm x), then x + dense(relu(dense(norm x))): layers inside a layer. */
function transformerBlock(options: {
  readonly heads: number;
  readonly features: number;
  readonly causal?: boolean;
}): Layer<SameShapeRule> {
  const { heads, features, causal = false } = options;
  const attention = multiHeadAttention({ numHeads: heads, keyDim: features / heads, causal });
  const [first, second] = [layerNormalization(), layerNormalization()];
  const [wide, narrow, drop] = [dense(4 * features, { activation: relu }), dense(features), dropout(0.05)];
  return defineLayer<SameShapeRule>({
    type: 'transformerBlock',
    args: [options],
    outputShape: (shape) => shape,
    build(shape, at) {
      Object.entries({ first, attention, second, wide, drop }).forEach(([name, layer]) =>
        at.layer(name, layer, [shape]),
      );
      at.layer('narrow', narrow, [[...shape.slice(0, -1), 4 * features]]);
    },
    call(x, context, mask) {
      const through = (data: Tensor, ...layers: readonly Layer[]): Tensor =>
        layers.reduce((values, layer) => layer.call(values, context), [{ data, ...(mask && { mask }) }] as Value[])[0]!
          .data;
      const attended = add(x, through(x, first as Layer, attention as Layer, drop as Layer));
      return add(attended, through(attended, second as Layer, wide as Layer, narrow as Layer));
    },
  });
}

describe('a small Transformer', () => {
  const [vocabulary, time, features] = [8, 6, 16];
  const make = (): Sequential =>
    sequential(
      input([time]),
      embedding(vocabulary, features),
      learnedPositions(time),
      transformerBlock({ heads: 2, features }),
      dense(vocabulary),
    );

  test('learns to turn sequences round, and comes back from its file', async () => {
    const rng = new Generator(4);
    const tokens = Int32Array.from(randomUniform(rng, [512 * time]).data, (u) => Math.floor(u * vocabulary));
    const reversed = Int32Array.from(
      { length: tokens.length },
      (_, i) => tokens[Math.floor(i / time) * time + (time - 1 - (i % time))]!,
    );
    const [x, y] = [tokens, reversed].map((data) => tensor(data, [512, time], 'int32')) as [Tensor, Tensor];
    const model = make();
    const trainer = model.compile({
      seed: 1,
      optimizer: adam({ learningRate: 0.01 }),
      loss: sparseCategoricalCrossEntropy,
    });
    await trainer.fit({ x, y }, { epochs: 15, batchSize: 32 });
    const guessed = argmax(model.call(x), { axis: -1 });
    const right = [...guessed.data].filter((token, i) => token === reversed[i]).length / tokens.length;
    expect(right).toBeGreaterThan(0.95);
    const loaded = await decodeModel(await encodeModel(model), {
      layers: { embedding, learnedPositions, transformerBlock, dense },
    });
    expect(loaded.call(x).toArray()).toEqual(model.call(x).toArray());
  });

  test('that is causal tells nothing of later tokens', () => {
    const model = sequential(
      input([time]),
      embedding(vocabulary, features),
      sinusoidalPositions(),
      transformerBlock({ heads: 2, features, causal: true }),
    ).build({ seed: 1 });
    const run = (...row: number[]): unknown[] =>
      (model.call(tensor([row], undefined, 'int32')).toArray() as unknown[][][])[0]!;
    const [a, b] = [run(1, 2, 3, 4, 5, 6), run(1, 2, 3, 7, 0, 1)];
    expect(a.slice(0, 3)).toEqual(b.slice(0, 3));
    expect(a[3]).not.toEqual(b[3]);
  });

  test('skips padding that the embedding leaves out', () => {
    const model = sequential(
      input([time]),
      embedding(vocabulary, features, { maskZero: true }),
      transformerBlock({ heads: 2, features }),
    ).build({ seed: 1 });
    const run = (...row: number[]): number[][] =>
      model.call(tensor([row], undefined, 'int32')).toArray() as unknown as number[][];
    const [padded, short] = [run(3, 1, 2, 0, 0, 0), run(3, 1, 2)] as unknown as [number[][][], number[][][]];
    padded[0]!.slice(0, 3).forEach((row, t) => row.forEach((v, f) => expect(v).toBeCloseTo(short[0]![t]![f]!, 5)));
  });
});

test('a decoder attends to what an encoder read, padding left out', () => {
  const [encoder, decoder, attention] = [
    bidirectional(gru(4, { returnSequences: true })),
    gru(8, { returnSequences: true }),
    luongAttention({ score: 'general', returnScores: true }),
  ];
  const [source, target] = [random([2, 5, 3]), random([2, 4, 3], 6)];
  const mask = tensor(
    [
      [true, true, true, false, false],
      [true, true, true, true, true],
    ],
    undefined,
    'bool',
  );
  const at = { rng: new Generator(1), dtype: 'float64' as const };
  const context = { training: false, rng: at.rng };
  encoder.build([source.shape], at);
  decoder.build([target.shape], at);
  attention.build(
    [
      [2, 4, 8],
      [2, 5, 8],
    ],
    at,
  );
  const [read] = encoder.call([{ data: source, mask }], context);
  const [spoken] = decoder.call([{ data: target }], context);
  const [, weights] = attention.call([spoken!, read!], context);
  (weights!.data.toArray() as number[][][])[0]!.forEach((row) => expect(row.slice(3)).toEqual([0, 0]));
});
