import { readFileSync } from 'node:fs';
import { FormatError, OptionError } from '@chainrule/errors';
import { type Activation, constant, knownFunctions, l2, maxNorm, truncatedNormal } from '@chainrule/layers-core';
import { relu, tensor, tanh, zeros } from '@chainrule/tensor';
import { describe, expect, test, vi } from 'vitest';
import { input } from '../graph/input.ts';
import { decodeSafetensors, encodeSafetensors } from './safetensors.ts';
import { architectureOf, decodeModel, encodeModel, fromArchitecture } from './savedModel.ts';
import { sequential, type Sequential } from '../graph/sequential.ts';
import { affine, bend, noise } from '../../testing/model.ts';
import { type Schema, validates } from '../../testing/schema.ts';
import { getWeights } from '../graph/weights.ts';

const known = { ...knownFunctions, layers: { affine, bend, noise }, activations: { relu, tanh } };
const full = {
  activation: relu,
  kernelInitializer: truncatedNormal({ stddev: 0.1 }),
  biasInitializer: constant(0.5),
  kernelRegularizer: l2(0.1),
  kernelConstraint: maxNorm(3),
  name: 'head',
};
const model = (dtype: 'float32' | 'float64' = 'float32'): Sequential =>
  sequential(input([3]), affine(4, { activation: tanh }), noise(), bend(), affine(4), affine(2, full)).build({
    seed: 7,
    dtype,
  });

/** Everything that a model keeps, and the bits of it. */
const bits = (m: Sequential): unknown[] =>
  [...m.variables(), ...[m.rng.key, m.rng.counter].map((value) => ({ name: value.name, value }))].map(
    ({ name, value }) => [name, value.dtype, value.shape, ...new Uint8Array(value.value.data.buffer)],
  );

describe('encodeModel and decodeModel', () => {
  test.each(['float32', 'float64'] as const)('keep a model in %s bit for bit, with its random state', async (dtype) => {
    const saved = model(dtype);
    saved.variables()[0]!.value.assign(
      tensor(
        Array.from({ length: 12 }, (_, i) => [NaN, -0, 1 / 3, Infinity][i % 4]!),
        [3, 4],
        dtype,
      ),
    );
    const x = zeros([2, 3], dtype);
    saved.call(x, { training: true });
    const loaded = await decodeModel(await encodeModel(saved), known);
    expect(bits(loaded)).toEqual(bits(saved));
    expect(architectureOf(loaded)).toEqual(architectureOf(saved));
    saved.variables()[0]!.value.assign(zeros([3, 4], dtype));
    loaded.variables()[0]!.value.assign(zeros([3, 4], dtype));
    expect(loaded.call(x, { training: true }).toArray()).toEqual(saved.call(x, { training: true }).toArray());
    expect(loaded.penalties().map((t) => t.item())).toEqual(saved.penalties().map((t) => t.item()));
    expect(loaded.constraints()).toHaveLength(1);
  });

  test('give the same file for the same model', async () => {
    expect(await encodeModel(model())).toEqual(await encodeModel(model()));
  });

  test('wait for weights that a device holds', async () => {
    const plain = model();
    const expected = await encodeModel(plain);
    for (const { value } of plain.variables()) {
      const held = value.value;
      value['~reside'](
        () => expect.fail('did not wait'),
        () => Promise.resolve(held),
      );
    }
    expect(await encodeModel(plain)).toEqual(expected);
  });

  test('notice every damaged byte', async () => {
    const bytes = await encodeModel(sequential(input([1]), affine(1)).build());
    const header = 8 + Number(new DataView(bytes.buffer).getBigUint64(0, true));
    for (let at = 0; at < bytes.length; at++) {
      const damaged = bytes.slice();
      damaged[at]! ^= 1;
      const loaded = await decodeModel(damaged, known, 'm').catch((error: unknown) => error);
      if (at >= header)
        expect((loaded as Error).message).toMatch(
          /^load: m: the contents must have SHA-256 "[0-9a-f]{40}…", got [0-9a-f]{64}; the file is damaged$/,
        );
      expect([at, loaded]).toEqual([at, expect.any(FormatError)]);
    }
  });

  test('notice what is missing at the end', async () => {
    const bytes = await encodeModel(model());
    for (const length of [0, 7, 100, bytes.length - 1])
      await expect(decodeModel(bytes.subarray(0, length), known)).rejects.toThrow(FormatError);
  });

  test('refuse files that are no models', async () => {
    await expect(
      decodeModel(encodeSafetensors(getWeights(model())), known, 'w'),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[FormatError: load: w: has no SHA-256 in its metadata; to read weights of another library, use decodeSafetensors]`,
    );
    const { tensors, metadata } = decodeSafetensors(await encodeModel(model()));
    await expect(decodeModel(encodeSafetensors(tensors, { ...metadata, architecture: '{}' }), known)).rejects.toThrow(
      'the file is damaged',
    );
  });
});

describe('what a file needs is named, with the remedy:', () => {
  test('layers, activations, regularizers', async () => {
    const bytes = await encodeModel(model());
    const { affine: _, ...others } = known.layers;
    await expect(decodeModel(bytes, { ...known, layers: others })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[FormatError: load: the model has a layer affine; pass its factory as \`layers: { affine }\`]`,
    );
    await expect(decodeModel(bytes, { ...known, activations: { tanh } })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[FormatError: load: affine needs the activation relu; pass it as \`activations: { relu }\`]`,
    );
    await expect(decodeModel(bytes, { ...known, regularizers: {} })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[FormatError: load: affine needs the regularizer l2; pass it as \`regularizers: { l2 }\`]`,
    );
  });

  test('initializers are not needed: the weights are there', async () => {
    expect(bits(await decodeModel(await encodeModel(model()), { ...known, initializers: {} }))).toEqual(bits(model()));
  });

  test('refuses names of Object’s own methods as layers', () => {
    const json = { ...architectureOf(model()), nodes: [{ type: 'toString', config: [] }] };
    expect(() => fromArchitecture(json, known)).toThrow(
      'load: the model has a layer toString; pass its factory as `layers: { toString }`',
    );
  });

  test('a function of one’s own cannot be saved', async () => {
    const own: Activation = (x) => x;
    const saving = encodeModel(sequential(input([3]), affine(4, { activation: own, name: 'first' })).build());
    await expect(saving).rejects.toThrow(OptionError);
    await expect(saving).rejects.toThrowErrorMatchingInlineSnapshot(
      `[OptionError: first: its activation is not an op and cannot be saved; use an op such as \`relu\`, or create one with \`defineOp\`]`,
    );
  });
});

describe('an architecture', () => {
  const schema = JSON.parse(
    readFileSync(new URL('../../../../docs/model.schema.json', import.meta.url), 'utf8'),
  ) as Schema;
  const saved = architectureOf(model('float64'));
  const json = JSON.parse(JSON.stringify(saved)) as Record<string, unknown>;

  test('is JSON, and makes a model of the same layers with fresh weights', () => {
    expect(json).toEqual(saved);
    const fresh = fromArchitecture(json, known);
    expect(architectureOf(fresh)).toEqual(saved);
    expect(fresh.summary()).toBe(model('float64').summary());
  });

  test('is as docs/model.schema.json says', () => {
    expect(validates(schema, json)).toBe(true);
    expect(validates(schema, { ...json, weights: 'weights-0123456789abcdef.safetensors' })).toBe(true);
  });

  test.each<[string, Record<string, unknown>, string | undefined]>([
    ['another format', { format: 'keras' }, 'load: `format` must be "chainrule/model", got "keras"'],
    ['another version', { version: 2 }, 'load: `version` must be 1, got 2; a newer release may read it'],
    ['no inputs', { inputs: undefined }, 'load: `inputs` must be a list of `{ name, shape }`, got undefined'],
    ['an empty axis', { inputs: [{ name: 'x', shape: [0] }] }, 'load: `inputs` must be a list of `{ name, shape }`'],
    ['a name that is a number', { name: 3 }, 'load: `name` must be a name of at least one character, without /, got 3'],
    ['an empty name', { name: '' }, 'load: `name` must be a name of at least one character, without /, got ""'],
    ['a name that is a path', { name: 'a/b' }, 'load: `name` must be a name of at least one character, without /'],
    ['an input without a name', { inputs: [{ name: '', shape: [3] }] }, 'load: `inputs` must be a list of'],
    ['an input named by a path', { inputs: [{ name: 'a/b', shape: [3] }] }, 'load: `inputs` must be a list of'],
    ['a dtype without gradients', { dtype: 'int32' }, 'load: `dtype` must be "float32" or "float64", got "int32"'],
    ['nodes in an object', { nodes: {} }, 'load: `nodes` must be a list of `{ type, config }`'],
    ['a node of null', { nodes: [null] }, 'load: `nodes` must be a list of `{ type, config }`'],
    ['a reference of one number', { outputs: [[1]] }, 'load: `outputs` must be a list of `[source, index]`'],
    ['no outputs', { outputs: [] }, 'load: `outputs` must be a list of `[source, index]`'],
    [
      'a configuration that is not a list',
      { nodes: [{ type: 'affine', config: { units: 3 } }] },
      'load: the configuration of affine must be a list of arguments, got { units: 3 }',
    ],
    ['weights elsewhere', { weights: '../../weights' }, undefined],
  ])('with %s is refused, by the schema too', (_, change, message) => {
    const changed = JSON.parse(JSON.stringify({ ...json, ...change })) as unknown;
    if (message !== undefined) expect(() => fromArchitecture(changed, known)).toThrow(message);
    expect(validates(schema, changed)).toBe(false);
  });

  /** Nested models, each with the inner one `uses` times. */
  const nested = (levels: number, uses: number): Record<string, unknown> => {
    let graph: Record<string, unknown> = { nodes: [{ type: 'affine', config: [3, {}] }] };
    for (let level = 0; level < levels; level++) {
      const inner = { name: 'm', inputs: [{ name: 'x', shape: [3] }], outputs: [[(graph['nodes'] as []).length, 0]] };
      const again = Array.from({ length: uses - 1 }, () => ({ layer: 1 }));
      graph = { nodes: [{ type: '$model', model: { ...inner, ...graph } }, ...again] };
    }
    return { ...json, inputs: [{ name: 'x', shape: [3] }], outputs: [[(graph['nodes'] as []).length, 0]], ...graph };
  };

  test.each([
    [18, 4],
    [18, 10],
    [20, 2],
    [6, 10],
    [1, 50_001],
  ])('of %i levels with %i uses of each inner model is refused before a layer is made', (levels, uses) => {
    const factory = vi.fn(affine);
    const load = (): unknown => fromArchitecture(nested(levels, uses), { ...known, layers: { affine: factory } });
    expect(load).toThrow(FormatError);
    expect(load).toThrow(
      /^load: the model must have at most 100000 nodes, with those of an inner model counted at each use, got \d+$/,
    );
    expect(factory).not.toHaveBeenCalled();
  });

  test.each([
    [20, 1],
    [8, 2],
    [2, 20],
  ])('of %i levels with %i uses of each inner model is loaded', (levels, uses) => {
    const loaded = fromArchitecture(nested(levels, uses), known);
    expect(loaded.countParameters().total).toBe(12);
    expect(architectureOf(loaded).nodes).toEqual(nested(levels, uses)['nodes']);
  });

  test.each([{ valueOf: 1, toString: 1 }, -1, 1.5, 9, '1', null])('with a use of layer %j is refused', (layer) => {
    const graph = nested(1, 2);
    (graph['nodes'] as unknown[]).push({ layer });
    expect(() => fromArchitecture(graph, known)).toThrow(/^load: `nodes/);
  });

  test.each(['', 'a/b'])('with a layer named %j is refused', (name) => {
    expect(() => fromArchitecture({ ...json, nodes: [{ type: 'affine', config: [3, { name }] }] }, known)).toThrow(
      `load: \`nodes[0]\` (affine): affine: \`name\` must be a name of at least one character, without /, got "${name}"`,
    );
  });

  test.each([null, 3, 'model', []])('is not %j', (value) => {
    expect(() => fromArchitecture(value, known)).toThrow('load: `format` must be "chainrule/model", got undefined');
    expect(validates(schema, value)).toBe(false);
  });
});
