import { runInNewContext } from 'node:vm';
import * as augmentation from '@chainrule/augmentation';
import * as autograd from '@chainrule/autograd';
import * as compiler from '@chainrule/compiler';
import * as dataLoaders from '@chainrule/data-loaders';
import * as dataLoadersNode from '@chainrule/data-loaders/node';
import * as embeddings from '@chainrule/embeddings';
import * as errors from '@chainrule/errors';
import * as layersAttention from '@chainrule/layers-attention';
import * as layersConv from '@chainrule/layers-conv';
import * as layersCore from '@chainrule/layers-core';
import * as layersDense from '@chainrule/layers-dense';
import * as layersMerge from '@chainrule/layers-merge';
import * as layersNormalization from '@chainrule/layers-normalization';
import * as layersRecurrent from '@chainrule/layers-recurrent';
import * as losses from '@chainrule/losses';
import * as metrics from '@chainrule/metrics';
import * as model from '@chainrule/model';
import * as modelNode from '@chainrule/model/node';
import * as modelSelection from '@chainrule/model-selection';
import * as modelSelectionNode from '@chainrule/model-selection/node';
import * as optim from '@chainrule/optim';
import * as tensor from '@chainrule/tensor';
import * as textTokenizer from '@chainrule/text-tokenizer';
import * as textTokenizerNode from '@chainrule/text-tokenizer/node';
import * as wasm from '@chainrule/backend-wasm';
import { afterAll, describe, expect, test, vi } from 'vitest';
import * as chainrule from './index.ts';
import * as chainruleNode from './index.node.ts';
import { augmentBatch as onDefaultAugment } from './onDefault.ts';
import { startDefault } from './startDefault.ts';

type Names = Readonly<Record<string, unknown>>;

const layers: readonly Names[] = [
  layersAttention,
  layersConv,
  layersCore,
  layersDense,
  layersNormalization,
  layersRecurrent,
];
const others: readonly Names[] = [
  augmentation,
  autograd,
  dataLoaders,
  embeddings,
  errors,
  losses,
  metrics,
  model,
  modelSelection,
  optim,
  tensor,
  textTokenizer,
  wasm,
];
const { initializers, regularizers, constraints } = layersCore.knownFunctions;
const namespaces: Readonly<Record<string, Names>> = {
  augment: { ...augmentation, augmentBatch: onDefaultAugment },
  constraints,
  data: { ...dataLoaders },
  initializers: { ...initializers, fromValues: layersCore.fromValues },
  layers: {
    ...layersAttention,
    ...layersConv,
    ...layersDense,
    ...layersMerge,
    ...Object.fromEntries(Object.entries(layersNormalization).filter(([name]) => name.endsWith('Normalization'))),
    ...layersRecurrent,
    defineLayer: layersCore.defineLayer,
    defineMultiLayer: layersCore.defineMultiLayer,
  },
  losses: { ...losses },
  metrics: { ...metrics },
  ops: { ...tensor },
  optim: { ...optim },
  regularizers,
  text: { ...textTokenizer },
};
/** What only authors of layers and of other packages need. The editor would offer it between the names that people look for. */
const forAuthors = [
  ...['showByString', 'showShape', 'showValue'],
  ...['aConstraint', 'aLayer', 'anActivation', 'anInitializer', 'aRegularizer'],
  ...['biasChecks', 'kernelChecks', 'nameCheck', 'checkRank', 'checkSequence'],
  ...['activate', 'activationName', 'applyDropout', 'addBias', 'biasWeight', 'kernelWeight', 'configurable'],
  ...['describeArguments', 'reviveArguments', 'knownFunctions'],
];

/** What compiles programs: the same functions, which set the default backend first. */
const onDefault = [
  'augmentBatch',
  'compile',
  'decodeModel',
  'defaultBackend',
  'fastText',
  'fromArchitecture',
  'glove',
  'sequential',
  'functional',
  'sequentialOf',
  'word2vec',
];

// Test files share modules: others expect no default.
afterAll(() => compiler.setDefaultBackend(undefined));

describe('chainrule', () => {
  test('exports everything that the packages export, except what only authors need', () => {
    const all = [...layers, ...others, compiler].flatMap((names) => Object.keys(names));
    const expected = new Set([...all.filter((name) => !forAuthors.includes(name)), ...Object.keys(namespaces)]);
    expect(forAuthors.filter((name) => !all.includes(name))).toEqual([]);
    expect(Object.keys(chainrule).sort()).toEqual([...expected].sort());
    expect(all.filter((name) => name in namespaces)).toEqual([]);
  });

  test('has namespaces with everything under the names of its package', () => {
    for (const [name, expected] of Object.entries(namespaces))
      expect({ ...(chainrule as Names)[name]! }).toEqual(expected);
  });

  test('without a namespace, a name means the layer before the operation, and the loss before the metric', () => {
    const seen: Record<string, unknown> = {};
    const shared: string[] = [];
    for (const [name, value] of [...layers, losses, ...others].flatMap((names) => Object.entries(names))) {
      if (name in seen && seen[name] !== value) shared.push(name);
      seen[name] ??= value;
      if (!onDefault.includes(name) && !forAuthors.includes(name))
        expect((chainrule as Names)[name], name).toBe(seen[name]);
    }
    const layersAndOps = layers.flatMap((names) => Object.keys(names).filter((name) => name in tensor));
    expect(layersAndOps).toContain('conv2d');
    expect(shared.sort()).toEqual([...layersAndOps, 'meanAbsoluteError', 'meanSquaredError'].sort());
  });

  test('exports for Node what the packages export for Node', () => {
    const loadModel = expect.any(Function) as unknown;
    expect({ ...chainruleNode }).toEqual({
      ...dataLoadersNode,
      ...modelNode,
      ...modelSelectionNode,
      ...textTokenizerNode,
      loadModel,
    });
  });
});

describe('the default backend of chainrule', () => {
  test('is set by whatever compiles, and by nothing else', async () => {
    const { add, dense, input, sequential, tensor: make } = chainrule;
    compiler.setDefaultBackend(undefined);
    add(make([1]), 1);
    expect(compiler.hasDefaultBackend()).toBe(false);
    const file = await chainrule.encodeModel(sequential(input([1]), dense(1)).build());
    for (const run of [
      () => sequential(input([1]), dense(1)),
      () => chainrule.sequentialOf(input([1]), [dense(1)]),
      () => chainrule.compile(add),
      () => chainrule.decodeModel(file, { layers: { dense } }),
      () => chainrule.defaultBackend(),
    ]) {
      compiler.setDefaultBackend(undefined);
      await run();
      expect(compiler.hasDefaultBackend(), String(run)).toBe(true);
      expect(compiler.defaultBackend().name).toBe('wasm');
    }
  });

  test('is the one that the user set', () => {
    const chosen = chainrule.reference();
    chainrule.setDefaultBackend(chosen);
    chainrule.compile(chainrule.add);
    expect(chainrule.defaultBackend()).toBe(chosen);
    compiler.setDefaultBackend(undefined);
  });

  test('is WebAssembly, for compiled functions and for training', async () => {
    const double = chainrule.compile((x: tensor.Tensor) => chainrule.mul(x, 2));
    expect(double(chainrule.tensor([1, 2])).toArray()).toEqual([2, 4]);
    expect(chainrule.defaultBackend().name).toBe('wasm');
    const line = { x: chainrule.tensor([[0], [1]]), y: chainrule.tensor([[1], [3]]) };
    const trainer = chainrule
      .sequential(chainrule.input([1]), chainrule.dense(1))
      .compile({ optimizer: chainrule.sgd({ learningRate: 0.1 }), loss: chainrule.meanSquaredError });
    const [first, second] = await trainer.fit(line, { epochs: 2 });
    expect(second!['loss']).toBeLessThan(first!['loss']!);
  });

  test('is the reference where WebAssembly is forbidden, with a warning that says why', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    vi.stubGlobal('WebAssembly', runInNewContext('WebAssembly', {}, { contextCodeGeneration: { wasm: false } }));
    chainrule.setDefaultBackend(startDefault);
    expect([chainrule.defaultBackend().name, chainrule.defaultBackend().name]).toEqual(['reference', 'reference']);
    expect(warn.mock.calls).toMatchInlineSnapshot(`
      [
        [
          "chainrule: programs run on the reference, many times slower than WebAssembly: wasm: must be allowed to compile WebAssembly, got \`WebAssembly.Module(): Wasm code generation disallowed by embedder\`; where the page has a content security policy, add 'wasm-unsafe-eval' to its \`script-src\`, or use \`reference()\` from \`@chainrule/compiler\`",
        ],
      ]
    `);
    vi.unstubAllGlobals();
    warn.mockRestore();
  });
});
