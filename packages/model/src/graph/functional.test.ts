import { defineMultiLayer, l2, type Layer } from '@chainrule/layers-core';
import { OptionError, StateError } from '@chainrule/errors';
import { add, ones, type Tensor, tensor, zeros } from '@chainrule/tensor';
import { describe, expect, onTestFinished, test } from 'vitest';
import { affine, bend, noise } from '../../testing/model.ts';
import { apply } from './apply.ts';
import { functional } from './functional.ts';
import { input } from './input.ts';
import { isModelLayer } from './modelLayer.ts';
import { sequential } from './sequential.ts';

/** The sum of its inputs. */
const plus = (): Layer =>
  defineMultiLayer({
    type: 'plus',
    args: [],
    outputShape: ([first]) => [first!],
    call: ([first, ...others]) => [{ data: others.reduce((sum, { data }) => add(sum, data), first!.data) }],
  });

/** Two outputs: the input, and twice the input. */
const twoWays = (): Layer =>
  defineMultiLayer({
    type: 'twoWays',
    args: [],
    outputShape: ([shape]) => [shape!, shape!],
    call: ([x]) => [x!, { data: add(x!.data, x!.data) }],
  });

function siamese() {
  const [left, right] = [input([3], { name: 'left' }), input([3], { name: 'right' })];
  const encoder = sequential(input([3]), affine(4), bend());
  const joined = apply([apply(left, encoder), apply(right, encoder)], plus(), affine(1));
  return { encoder, model: functional({ left, right }, { distance: joined }) };
}

const x = tensor([
  [1, 2, 3],
  [0, -1, 1],
]);
const values = (t: unknown): unknown => (t as Tensor).toArray();

test.each(['', '/', 'a/b'])('the name %j, which would make paths of weights ambiguous, is refused', (name) => {
  const refused = `\`name\` must be a name of at least one character, without /, got "${name}"`;
  const start = input([3]);
  expect(() => input([3], { name })).toThrow(`input: ${refused}`);
  expect(() => functional(start, apply(start, affine(3)), { name })).toThrow(`functional: ${refused}`);
  expect(() => affine(3, { name })).toThrow(`affine: ${refused}`);
});

describe('functional', () => {
  test('is what sequential makes, for a chain: same weights, same outputs, same summary', () => {
    const start = input([3]);
    const chain = functional(start, apply(start, affine(4), bend(), noise(), affine(2))).build({ seed: 5 });
    const same = sequential(input([3]), affine(4), bend(), noise(), affine(2)).build({ seed: 5 });
    expect(chain.variables().map(({ name, value }) => [name, values(value.value)])).toEqual(
      same.variables().map(({ name, value }) => [name, values(value.value)]),
    );
    expect(chain.call(x, { training: true })).toEqual(same.call(x, { training: true }));
    expect(chain.summary()).toBe(same.summary());
  });

  test('shares the weights of a model that is used twice', () => {
    const { encoder, model } = siamese();
    model.build({ seed: 2 });
    expect(model.variables().map(({ name }) => name)).toEqual([
      'sequential/affine/kernel',
      'sequential/affine/bias',
      'affine/kernel',
      'affine/bias',
    ]);
    const other = ones([2, 3]);
    const sum = add(encoder.call(x), encoder.call(other));
    const [kernel] = model.layer('affine').variables();
    const { distance } = model.call({ left: x, right: other });
    const expected = sequential(input([4]), affine(1)).build({
      weights: { 'affine/kernel': kernel!.value.value, 'affine/bias': zeros([1]) },
    });
    expect(values(distance)).toEqual(values(expected.call(sum)));
    expect(model.countParameters()).toEqual({ total: 16 + 5, trainable: 21 });
  });

  test('draws other numbers for each application of a layer, and those of a chain for the first', () => {
    const start = input([3]);
    const shared = noise();
    const model = functional(start, [apply(start, shared), apply(start, shared)] as const).build({ seed: 1 });
    const [first, second] = model.call(x, { training: true });
    const chain = sequential(input([3]), noise()).build({ seed: 1 });
    expect(values(first)).toEqual(values(chain.call(x, { training: true })));
    expect(values(second)).not.toEqual(values(first));
  });

  test('takes and returns lists and nested objects', () => {
    const [a, b] = [input([3]), input([3])];
    const model = functional([a, { deep: b }] as const, { sum: apply([a, b], plus()), both: [a, b] as const }).build();
    const found = model.call([x, { deep: x }]);
    expect(values(found.sum)).toEqual(values(add(x, x)));
    expect(found.both.map(values)).toEqual([values(x), values(x)]);
  });

  test('may have an input as its output, and one layer’s outputs as several', () => {
    const start = input([3]);
    const [once, twice] = apply(start, twoWays()) as unknown as (typeof start)[];
    const model = functional(start, { start, once: once!, twice: twice! }).build();
    const found = model.call(x);
    expect([found.start, found.once, found.twice].map(values)).toEqual([x, x, add(x, x)].map(values));
  });

  test('ends a chain with the first output of a layer with several', () => {
    const model = sequential(input([3]), twoWays()).build();
    expect(values(model.call(x))).toEqual(values(x));
    expect(() => sequential(input([3]), twoWays(), bend())).toThrow(
      'layer 1: bend: `inputs` must hold one input, got 2',
    );
  });

  test('adds the penalties of a shared layer once', () => {
    const start = input([2]);
    const shared = affine(2, { kernelRegularizer: l2(1) });
    const model = functional(start, apply(start, shared, bend(), shared)).build();
    expect(model.penalties()).toHaveLength(1);
    expect(model.variables()).toHaveLength(2);
  });

  test('ends at an inner layer over the same weights, without a build of its own', () => {
    const model = sequential(input([3]), affine(4), bend(), affine(2)).build({ seed: 3 });
    const features = functional(model.inputs, model.output('bend'));
    expect(features.outputs.shape).toEqual([4]);
    const [kernel, bias] = model.layer('affine').variables();
    kernel!.value.assign(zeros([3, 4]));
    bias!.value.assign(ones([4]));
    expect(values(features.call(x))).toEqual([
      Array(4).fill(Math.fround(Math.tanh(1))),
      Array(4).fill(Math.fround(Math.tanh(1))),
    ]);
    expect(features.variables().map(({ value }) => value)).toEqual([kernel!.value, bias!.value]);
  });

  test('keeps the weights of an inner model that is built, and makes the others', () => {
    const inner = sequential(input([3]), affine(4)).build({ seed: 9 });
    const before = values(inner.variables()[0]!.value.value);
    const start = input([3]);
    const model = functional(start, apply(start, inner, affine(1))).build({ seed: 1 });
    expect(values(model.variables()[0]!.value.value)).toEqual(before);
    expect(isModelLayer(model.layers[0]!) && model.layers[0].model).toBe(inner);
  });

  test('runs on sizes that differ between batches', () => {
    const model = sequential(input([null, 2]), bend()).build();
    expect([1, 3].map((steps) => model.call(zeros([2, steps, 2])).shape)).toEqual([
      [2, 1, 2],
      [2, 3, 2],
    ]);
    expect(model.summary()).toContain('[?,?,2]');
    expect(() => sequential(input([null]), affine(2)).build()).toThrow('must have known sizes');
  });

  test('sorts its layers, whatever the order of outputs', () => {
    const start = input([2]);
    const first = apply(start, affine(2));
    const second = apply(first, affine(2));
    const model = functional(start, { late: second, early: first }).build();
    expect(model.layers.map(({ name }) => name)).toEqual(['affine', 'affine']);
    expect(model.layers[0]).toBe(first['~node'].layer);
  });

  test('is deep without recursion', () => {
    const start = input([1]);
    const layers = Array.from({ length: 5000 }, () => bend());
    const model = functional(start, apply(start, ...(layers as [Layer]))).build();
    expect(model.layers).toHaveLength(5000);
  });
});

describe('summary', () => {
  test('shows connections, shared models once, and what is frozen', () => {
    const { encoder, model } = siamese();
    encoder.trainable = false;
    expect(`\n${model.build().summary()}\n`).toMatchInlineSnapshot(`
      "
      Layer (type)        Output shape  Param #  Connected to
      ──────────────────────────────────────────────────────────────────
      left (input)        [?,3]               0
      right (input)       [?,3]               0
      sequential (model)  [?,4]              16  left, right
      plus (plus)         [?,4]               0  sequential + sequential
      affine (affine)     [?,1]               5  plus
      ──────────────────────────────────────────────────────────────────
      Total params: 21
      Trainable params: 5
      Non-trainable params: 16
      "
    `);
  });

  test('wraps long cells to the columns that are given, or to those of the terminal', () => {
    const { model } = siamese();
    const { isTTY, columns } = process.stdout;
    onTestFinished(() => void Object.assign(process.stdout, { isTTY, columns }));
    const narrow = model.summary({ columns: 45 });
    expect(Math.max(...narrow.split('\n').map((line) => line.length))).toBe(45);
    Object.assign(process.stdout, { isTTY: true, columns: 45 });
    expect(model.summary()).toBe(narrow);
    expect(() => model.summary({ columns: 3 })).toThrow('summary: `columns` must be an integer of at least 40, got 3');
  });
});

describe('functional refuses', () => {
  const start = input([3], { name: 'given' });
  const end = apply(start, affine(2));

  test.each<[string, () => unknown, string]>([
    [
      'an input that is not listed',
      () => functional(input([3]), end),
      'functional: `outputs` depend on the input given, which `inputs` must list',
    ],
    [
      'an input that is not needed',
      () => functional([start, input([2], { name: 'spare' })], end),
      'functional: `inputs` must be those that the outputs need, got spare, which none needs',
    ],
    [
      'an input twice',
      () => functional([start, start], end),
      'functional: `inputs` must be different, got given twice',
    ],
    [
      'an inner value as input',
      () => functional(end, apply(end, bend())),
      'functional: `inputs` must be what `input(shape)` gives, got the output of affine',
    ],
    ['tensors', () => functional(start, x as never), 'functional: `outputs` must be a symbolic tensor, or several'],
    ['no outputs', () => functional(start, []), 'functional: `outputs` must be at least one symbolic tensor'],
    [
      'a tensor to apply to',
      () => apply(x as unknown as typeof start, bend()),
      'apply: `value` must be a symbolic tensor, or several, got Tensor',
    ],
    [
      'a factory that is not called',
      () => apply(start, bend as never),
      'apply: `layers[0]` must be a layer, got function bend; call it: `bend(…)`',
    ],
    [
      'two inputs of a layer with one',
      () => apply([start, start], bend()),
      'layer 0: bend: `inputs` must hold one input, got 2',
    ],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(OptionError);
    expect(make).toThrow(message);
  });

  test('a model for another shape', () => {
    const other = sequential(input([4]), bend());
    // @ts-expect-error layer 0: model: expects [?,4], got [?,3]
    const wrong = (): unknown => apply(start, other);
    expect(wrong).toThrow('layer 0: sequential: expects [?,4], got [?,3]');
  });

  test('names and places that it does not have', () => {
    const model = functional(start, end);
    expect(() => model.layer('conv')).toThrow(
      "layer: `name` must be one of the model's layers, got conv; they are affine",
    );
    expect(() => model.output('affine', { application: 1 })).toThrow(
      'output: `application` and `index` must be those of an output of affine, got 1 and 0',
    );
  });

  test('to be called before it is built, and trees of another form', () => {
    const { model } = siamese();
    const pair = { left: x, right: x };
    expect(() => model.call(pair)).toThrow(StateError);
    model.build();
    expect(() => model.call({ left: x } as never)).toThrow(
      'call: `x` must be an object with left, right, got one with left',
    );
    expect(() => model.call(x as never)).toThrow('call: `x` must be an object with left, right, got');
    expect(() => model.call({ left: x, right: [1] } as never)).toThrow('call: `x` must be a tensor');
  });
});

test('symbolic tensors and models can be written as JSON', () => {
  expect(JSON.stringify(input([null, 2], { name: 'steps' }))).toBe('{"name":"steps","shape":[null,2]}');
  const start = input([2]);
  const inner = sequential(input([2]), affine(3), affine(2));
  const model = functional(start, apply(start, inner, affine(1)));
  expect(JSON.stringify([model, model.outputs])).toBe(
    '[{"name":"functional","layers":["sequential","affine"]},{"name":"affine","shape":[1]}]',
  );
  expect(() => JSON.stringify(model.layers)).not.toThrow();
});
