import { checkGradients } from '@chainrule/autograd';
import { wasm } from '@chainrule/backend-wasm';
import { compile } from '@chainrule/compiler';
import { describeArguments, knownFunctions, type Layer, reviveArguments, type Value } from '@chainrule/layers-core';
import { globalAveragePool1d, globalMaxPool1d } from '@chainrule/layers-conv';
import {
  Generator,
  leakyRelu,
  mul,
  randomNormal,
  type Shape,
  sigmoid,
  tensor,
  type Tensor,
  tanh,
  zeros,
} from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { cellFactories, type LayerCase, layerCases } from './layerCases.ts';
import { findLayers, layerFactories } from './layerFactories.ts';

const at = () => ({ rng: new Generator(1), dtype: 'float64' as const });
const lanes = await wasm({ threads: 1 });
const known = {
  ...knownFunctions,
  activations: { leakyRelu, tanh, sigmoid },
  layers: { ...layerFactories, ...cellFactories },
};

/** Inputs that differ, made from one tensor. */
const inputsFrom = (x: Tensor, { length }: readonly Shape[]): Value[] =>
  Array.from({ length }, (_, i) => ({ data: i === 0 ? x : mul(x, 1 - 0.3 * i) }));

function run(layer: Layer, x: Tensor, training: boolean, shapes: readonly Shape[]): Tensor {
  return layer.call(inputsFrom(x, shapes), { training, rng: new Generator(5) })[0]!.data;
}

/** Checks the gradients of a layer by its input and its trainable weights. */
function check({ shapes, make }: LayerCase, training: boolean): number {
  const x = randomNormal(new Generator(2), shapes[0]!, { dtype: 'float64' });
  const layer = make();
  layer.build(shapes, at());
  const variables = layer.variables().map(({ value }) => value);
  const trained = variables.filter((v) => v.trainable);
  const first = variables.map((v) => v.value);
  // Irregular weights: gradients by gamma and beta of 1 and 0 would tell less.
  const weights = trained.map((v, i) =>
    randomNormal(new Generator(10 + i), v.value.shape, { mean: 0.5, dtype: 'float64' }),
  );
  const fn = (input: Tensor, ...values: Tensor[]): Tensor => {
    variables.forEach((v, i) => v.assign(first[i]!));
    trained.forEach((v, i) => v.assign(values[i]!));
    return run(layer, input, training, shapes);
  };
  return checkGradients(fn, [x, ...weights], { tolerance: 1e-6 }).compared;
}

describe('every layer', () => {
  test('is exported by its package', () => {
    const [found, exported] = [[...findLayers().keys()].sort(), Object.keys(layerFactories).sort()];
    console.log(
      `layers: ${found.length} found in files, ${exported.length} exported by ${new Set(findLayers().values()).size} packages`,
    );
    expect(found.length).toBeGreaterThan(40);
    expect(exported).toEqual(found);
  });

  test('has a case here', () => {
    // Embeddings take integers, and have their tests beside them.
    expect([...new Set([...layerCases.map(({ type }) => type), 'embedding'])].sort()).toEqual(
      Object.keys(layerFactories).sort(),
    );
  });

  test.each(layerCases)('$type passes the gradient check by its input and weights', (layerCase) => {
    expect(check(layerCase, false)).toBeGreaterThan(0);
    expect(check(layerCase, true)).toBeGreaterThan(0);
  });

  test('that pools over all steps has right gradients under masks, even if every step is masked', () => {
    const x = randomNormal(new Generator(2), [3, 4, 2], { dtype: 'float64' });
    const context = { training: false, rng: new Generator(5) };
    const mask = tensor(
      [
        [true, false, true, true],
        [false, true, true, false],
        [false, false, false, false],
      ],
      undefined,
      'bool',
    );
    for (const layer of [globalMaxPool1d(), globalAveragePool1d()]) {
      const fn = (data: Tensor): Tensor => layer.call([{ data, mask }], context)[0]!.data;
      expect(checkGradients(fn, [x], { tolerance: 1e-6 }).compared).toBeGreaterThan(0);
      expect(compile(fn)(x).toArray()).toEqual(fn(x).toArray());
    }
  });

  test.each(layerCases)('$type returns the shape that outputShape promises', ({ shapes, make }) => {
    const layer = make();
    layer.build(shapes, at());
    const x = randomNormal(new Generator(2), shapes[0]!, { dtype: 'float64' });
    expect(run(layer, x, true, shapes).shape).toEqual(layer.outputShape(shapes)[0]);
  });

  test.each(layerCases)('$type computes the same compiled as eagerly', ({ shapes, make }) => {
    const layer = make();
    layer.build(shapes, at());
    const [x, context] = [
      randomNormal(new Generator(2), shapes[0]!, { dtype: 'float64' }),
      { training: false, rng: new Generator(5) },
    ];
    const fn = (input: Tensor): Tensor => layer.call(inputsFrom(input, shapes), context)[0]!.data;
    const [eager, compiled] = [fn(x), compile(fn)(x)];
    expect(compiled.shape).toEqual(eager.shape);
    eager.data.forEach((v, i) => expect(compiled.data[i]).toBeCloseTo(v, 12));
  });

  test.each(layerCases)('$type maps an empty batch to an empty batch, eagerly and compiled', ({ shapes, make }) => {
    const layer = make();
    layer.build(shapes, { rng: new Generator(1), dtype: 'float32' });
    const empty = zeros([0, ...shapes[0]!.slice(1)]);
    const context = { training: false, rng: new Generator(5) };
    const fn = (input: Tensor): Tensor => layer.call(inputsFrom(input, shapes), context)[0]!.data;
    const expected = [0, ...layer.outputShape(shapes)[0]!.slice(1)];
    expect([fn(empty).shape, compile(fn)(empty).shape, compile(fn, { backend: lanes })(empty).shape]).toEqual([
      expected,
      expected,
      expected,
    ]);
  });

  test.each(layerCases)('$type survives a round trip through JSON', ({ type, shapes, make }) => {
    const layer = make();
    const json = JSON.parse(JSON.stringify(describeArguments(type, layer.config()))) as unknown;
    const revived = layerFactories[type]!(...(reviveArguments(type, json, known) as never[]));
    expect(describeArguments(type, revived.config())).toEqual(describeArguments(type, layer.config()));
    layer.build(shapes, at());
    revived.build(shapes, at());
    const x = randomNormal(new Generator(2), shapes[0]!, { dtype: 'float64' });
    expect(run(revived, x, true, shapes).toArray()).toEqual(run(layer, x, true, shapes).toArray());
    const [penalties, constrained] = [
      (l: Layer) => l.penalties?.().map((p) => p.item()),
      (l: Layer) => l.constraints?.().map(({ variable }) => variable.name),
    ];
    expect(penalties(revived)).toEqual(penalties(layer));
    expect(constrained(revived)).toEqual(constrained(layer));
  });
});

describe('penalties and constraints', () => {
  const built = (type: string): Layer => {
    const found = layerCases.find((layerCase) => layerCase.type === type)!;
    const layer = found.make();
    layer.build(found.shapes, at());
    return layer;
  };

  test.each([
    ['dense', 1, ['dense/kernel']],
    ['conv2d', 1, []],
    ['conv3d', 0, ['conv3d/kernel']],
    ['depthwiseConv2d', 1, []],
    ['separableConv2d', 0, ['separableConv2d/pointwiseKernel']],
    ['maxPool2d', 0, []],
  ] as const)('of %s are those of its options', (type, penalties, constrained) => {
    const layer = built(type);
    expect(layer.penalties!().length).toBe(penalties);
    expect(layer.constraints!().map(({ variable }) => variable.name)).toEqual(constrained);
  });

  test('have gradients by the weights', () => {
    const layer = built('dense');
    const [kernel] = layer.variables();
    const found = checkGradients(
      (value) => {
        kernel!.value.assign(value);
        return layer.penalties!()[0]!;
      },
      [kernel!.value.value],
    );
    expect(found.compared).toBe(12);
  });
});
