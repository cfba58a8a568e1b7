import { add, type FloatDType, Generator, mul, tensor, type Tensor, type Variable, zeros } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { activate, activationName } from './activation.ts';
import { defineLayer } from './defineLayer.ts';
import { checkRank } from './checkRank.ts';
import { nonNeg } from './constraints.ts';
import { constant } from './initializers.ts';
import type { Layer } from './layer.ts';
import { l1, l2 } from './regularizers.ts';

const at = { rng: new Generator(1), dtype: 'float64' as FloatDType };
const context = { training: false, rng: new Generator(1) };

function scale(name?: string): Layer {
  let factor: Variable;
  return defineLayer({
    type: 'scale',
    name,
    args: [{ factor: 2 }],
    outputShape: (shape) => (checkRank('scale', shape, ['batch', 'features']), shape),
    build(input, built) {
      factor = built.weight('factor', [input[1]!], constant(2));
      built.weight('count', [], constant(0), { trainable: false });
    },
    call: (x) => mul(x, factor.value),
  });
}

describe('defineLayer', () => {
  test('creates the variables once, in the dtype of the model, named after the layer', () => {
    const layer = scale('mine');
    layer.build([[1, 3]], at);
    layer.build([[8, 3]], at);
    const [factor, count] = layer.variables().map(({ value }) => value) as [Variable, Variable];
    expect(layer.variables().map(({ name }) => name)).toEqual(['factor', 'count']);
    expect([factor.name, factor.dtype, factor.trainable, count.name, count.trainable]).toEqual([
      'mine/factor',
      'float64',
      true,
      'mine/count',
      false,
    ]);
    expect(factor.value.toArray()).toEqual([2, 2, 2]);
  });

  test.each(['', '/', 'a/b', '/a', 'a/'])(
    'refuses the name %j, because paths of weights would not be unique',
    (name) => {
      expect(() => scale(name)).toThrow(
        `scale: \`name\` must be a name of at least one character, without /, got "${name}"`,
      );
    },
  );

  test('uses its type as the default name, and stores its configuration', () => {
    expect([scale().name, scale().type, scale('mine').name, scale('mine').type]).toEqual([
      'scale',
      'scale',
      'mine',
      'scale',
    ]);
    expect(scale().config()).toEqual([{ factor: 2 }]);
  });

  test('passes the mask on with the new data', () => {
    const layer = defineLayer({ type: 'next', args: [], outputShape: (s) => s, call: (x) => add(x, 1) });
    const mask = tensor([[true]], undefined, 'bool');
    const [out] = layer.call([{ data: tensor([[1]]), mask }], context);
    expect([out!.data.toArray(), out!.mask]).toEqual([[[2]], mask]);
  });

  test('drops the mask if its output has other steps, and passes it to `call`', () => {
    let seen: Tensor | undefined;
    const layer = defineLayer({
      type: 'last',
      args: [],
      outputShape: (s) => s,
      call: (x, _, mask) => ((seen = mask), x),
      passesMask: false,
    });
    const mask = tensor([[true]], undefined, 'bool');
    const [out] = layer.call([{ data: tensor([[1]]), mask }], context);
    expect([seen, 'mask' in out!]).toEqual([mask, false]);
  });

  test('reports penalties and constraints of its weights', () => {
    const layer = defineLayer({
      type: 'weighted',
      args: [],
      outputShape: (s) => s,
      build(_, built) {
        built.weight('a', [2], constant(-3), { regularizer: l1(0.5), constraint: nonNeg() });
        built.weight('b', [2], constant(1));
        built.weight('c', [2], constant(2), { regularizer: l2(1) });
      },
      call: (x) => x,
    });
    layer.build([[1]], at);
    expect(layer.penalties!().map((p) => p.item())).toEqual([3, 8]);
    const [only, ...others] = layer.constraints!();
    expect([only!.variable.name, only!.apply(only!.variable.value).toArray(), others]).toEqual([
      'weighted/a',
      [0, 0],
      [],
    ]);
    only!.variable.assign(tensor([1, 1], undefined, 'float64'));
    expect(layer.penalties!()[0]!.item()).toBe(1);
    expect([scale().penalties!(), scale().constraints!()]).toEqual([[], []]);
  });

  test('can be called without `build` if it has no weights', () => {
    const layer = defineLayer({ type: 'same', args: [], outputShape: (s) => s, call: (x) => x });
    expect(layer.call([{ data: tensor([1]) }], context)[0]!.data.toArray()).toEqual([1]);
  });

  test('throws if it is used before it is built', () => {
    expect(() => scale().call([{ data: zeros([1, 3]) }], context)).toThrowErrorMatchingInlineSnapshot(
      `[StateError: scale: must be built before it is used; call \`build\`, or add it to a model]`,
    );
    expect(() => scale('mine').variables()).toThrowErrorMatchingInlineSnapshot(
      `[StateError: mine: must be built before it is used; call \`build\`, or add it to a model]`,
    );
  });

  test('rejects another shape after it is built', () => {
    const layer = scale();
    layer.build([[1, 3]], at);
    expect(() => layer.build([[1, 4]], at)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: scale: was built for inputs [1,3], got [1,4]]`,
    );
    expect(layer.variables()[0]!.value.shape).toEqual([3]);
  });

  test('takes one input', () => {
    const layer = scale();
    expect(() => layer.outputShape([])).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: scale: \`inputs\` must hold one input, got 0]`,
    );
    expect(() =>
      layer.build(
        [
          [1, 2],
          [1, 2],
        ],
        at,
      ),
    ).toThrowErrorMatchingInlineSnapshot(`[OptionError: scale: \`inputs\` must hold one input, got 2]`);
    layer.build([[1, 3]], at);
    expect(() => layer.call([], context)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: scale: \`inputs\` must hold one input, got 0]`,
    );
    expect(() =>
      layer.call([{ data: zeros([1, 3]) }, { data: zeros([1, 3]) }], context),
    ).toThrowErrorMatchingInlineSnapshot(`[OptionError: scale: \`inputs\` must hold one input, got 2]`);
  });

  test('creates no variables for a shape that it rejects', () => {
    const layer = scale();
    expect(() => layer.build([[1, 2, 3]], at)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: scale: expects rank 2 [batch,features], got [1,2,3]]`,
    );
    expect(() => layer.variables()).toThrow('must be built');
  });

  test('names the layer in errors of the operations that it calls', () => {
    const layer = scale('mine');
    layer.build([[1, 3]], at);
    expect(() => layer.call([{ data: zeros([1, 2], 'float64') }], context)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: mine: cannot broadcast [1,2] with [3]]`,
    );
  });
});

describe('activations', () => {
  const double = (x: Tensor): Tensor => mul(x, 2);

  test('are applied if given', () => {
    expect([activate(double, tensor([3])).toArray(), activate(undefined, tensor([3])).toArray()]).toEqual([[6], [3]]);
  });

  test('have the name of the op or function', () => {
    expect([activationName(undefined), activationName(double), activationName((x) => x)]).toEqual([
      null,
      'double',
      'lambda',
    ]);
  });
});
