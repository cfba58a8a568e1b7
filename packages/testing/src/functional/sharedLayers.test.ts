// Files of models whose inner models have layers in common.
import { dense } from '@chainrule/layers-dense';
import {
  type AnyFunctional,
  apply,
  architectureOf,
  decodeModel,
  encodeModel,
  fromArchitecture,
  functional,
  getWeights,
  input,
  sequential,
} from '@chainrule/model';
import { tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';

describe('saves and loads layers that several models share:', () => {
  const encoder = sequential(input([3]), dense(4), dense(3), dense(2));
  const cut = functional(encoder.inputs, encoder.output('dense_1'), { name: 'cut' });
  const start = input([3]);
  const both = { whole: apply(start, encoder), part: apply(start, cut) };
  const inner = functional(start, both, { name: 'inner' });
  const other = input([3]);
  const outer = functional(other, apply(other, inner), { name: 'outer' });
  const own = dense(3, { name: 'own' });
  const holder = functional(start, apply(start, own), { name: 'holder' });

  test.each([
    ['two models cut from each other', () => functional(start, both), [3 * 4 + 4 + 4 * 3 + 3 + 3 * 2 + 2, 3]],
    ['the cut model first', () => functional(start, [apply(start, cut), apply(start, encoder)]), [39, 3]],
    ['in a model in a model', () => functional(start, apply(start, outer)), [39, 3]],
    ['a model in two models', () => functional(start, [apply(start, inner).whole, apply(start, outer).part]), [39, 3]],
    ['the outer and an inner model', () => functional(start, apply(start, own, holder)), [12, 1]],
    ['an inner and the outer model', () => functional(start, apply(start, holder, own)), [12, 1]],
  ])('%s', async (_, make, [parameters, layers]) => {
    const model = make().build({ seed: 3 });
    const loaded = await decodeModel(await encodeModel(model), { layers: { dense } });
    expect(architectureOf(loaded)).toEqual(architectureOf(model));
    expect(loaded.countParameters().total).toBe(parameters);
    expect(loaded['~graph'].leaves()).toHaveLength(layers!);
    expect(loaded.summary()).toBe(model.summary());
    expect(getWeights(loaded)).toEqual(getWeights(model));
    const x = tensor([[1, -2, 3]]);
    expect(loaded.call(x)).toEqual(model.call(x));
  });

  test('a node names a layer of another model by the way to it', () => {
    const { nodes: saved } = architectureOf(functional(start, both).build());
    expect(saved[1]).toMatchObject({ model: { nodes: [{ layer: [1, 1] }, { layer: [1, 2] }] } });
  });

  test.each([[[1, 1, 1]], [[2]], [[2, 1]], [[]], [[-1]], [['1']], [Array.from({ length: 22 }, () => 1)]])(
    'refuses the way %j',
    (layer) => {
      const saved = JSON.parse(JSON.stringify(architectureOf(functional(start, both).build()))) as {
        nodes: { model: { nodes: unknown[] } }[];
      };
      saved.nodes[1]!.model.nodes[0] = { layer };
      expect(() => fromArchitecture(saved, { layers: { dense } })).toThrow(/^load: `nodes/);
    },
  );

  test('refuses to save what could not be loaded', () => {
    let model: AnyFunctional = sequential(input([3]), dense(3));
    for (let depth = 0; depth < 21; depth++) {
      const from = input([3]);
      model = functional(from, apply(from, model as typeof holder));
    }
    expect(() => architectureOf(model.build())).toThrow(
      'architectureOf: the saved model could not be loaded again: load: models must be nested at most 20 deep',
    );
  });
});
