import { FormatError } from '@chainrule/errors';
import { knownFunctions } from '@chainrule/layers-core';
import { bidirectional, lstm } from '@chainrule/layers-recurrent';
import { conv2d } from '@chainrule/layers-conv';
import { dense, embedding, reshape } from '@chainrule/layers-dense';
import {
  architectureOf,
  decodeModel,
  decodeSafetensors,
  encodeModel,
  encodeSafetensors,
  fromArchitecture,
  input,
  type LoadOptions,
  sequential,
} from '@chainrule/model';
import { relu } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';

const known: LoadOptions = {
  ...knownFunctions,
  layers: { bidirectional, conv2d, dense, embedding, lstm, reshape },
  activations: { relu },
};

/** The error that an architecture of one layer is refused with. */
function refusal(type: string, config: unknown, shape: readonly number[] = [4]): Error {
  const json = {
    ...architectureOf(sequential(input([4]), dense(1)).build()),
    inputs: [{ name: 'input', shape }],
    nodes: [{ type, config }],
  };
  try {
    fromArchitecture(JSON.parse(JSON.stringify(json)), known);
  } catch (error) {
    return error as Error;
  }
  throw new Error('was not refused');
}

describe('a malformed architecture is refused with its place:', () => {
  test.each<[string, string, unknown, (readonly number[])?]>([
    ['no arguments', 'dense', []],
    ['arguments that are not a list', 'dense', { units: 3 }],
    ['a number of units in words', 'dense', ['three']],
    ['null for options', 'dense', [3, null]],
    ['an activation by its name', 'dense', [3, { activation: 'relu' }]],
    ['an activation that is a number', 'dense', [3, { activation: 7 }]],
    ['an initializer that is an object', 'dense', [3, { kernelInitializer: {} }]],
    ['a regularizer that is a number', 'dense', [3, { kernelRegularizer: 0.1 }]],
    ['an unknown option', 'dense', [3, { unit: 4 }]],
    ['filters without a kernel', 'conv2d', [{ filters: 3 }], [4, 4, 1]],
    ['a kernel in words', 'conv2d', [{ filters: 3, kernelSize: 'large' }], [4, 4, 1]],
    ['another rank', 'conv2d', [{ filters: 3, kernelSize: 3 }]],
    ['a number in the place of a layer', 'bidirectional', [3], [4, 2]],
    ['a dense layer in the place of a recurrent one', 'bidirectional', [{ $layer: 'dense', args: [3] }], [4, 2]],
    ['a shape in words', 'reshape', ['flat']],
    ['a tag that is not a name', 'dense', [3, { activation: { $activation: 3 } }]],
    ['a regularizer with other arguments', 'dense', [3, { kernelRegularizer: { $regularizer: 'l2', args: ['much'] } }]],
  ])('%s', (_, type, config, shape) => {
    const error = refusal(type, config, shape);
    expect(error).toBeInstanceOf(FormatError);
    expect(error.message).toMatch(/^load: /);
    expect(error.message).toContain(type);
    expect(error.message).not.toMatch(/Cannot read|is not a function|not iterable|Cannot destructure/);
  });

  test('layers in layers, 20,000 deep', () => {
    let layer: unknown = { $layer: 'lstm', args: [2] };
    for (let i = 0; i < 20_000; i++) layer = { $layer: 'bidirectional', args: [layer] };
    const json = {
      ...architectureOf(sequential(input([4]), dense(1)).build()),
      nodes: [{ type: 'bidirectional', config: [layer] }],
    };
    expect(() => fromArchitecture(json, known)).toThrow(
      'load: the configuration of bidirectional must be nested at most 100 deep',
    );
  });
});

describe('loading', () => {
  const file = async (): Promise<{
    tensors: ReturnType<typeof decodeSafetensors>['tensors'];
    metadata: Readonly<Record<string, string>>;
  }> => decodeSafetensors(await encodeModel(sequential(input([4]), dense(3, { activation: relu }), dense(2)).build()));
  const hash = async (bytes: Uint8Array): Promise<string> =>
    Buffer.from(await crypto.subtle.digest('SHA-256', bytes as BufferSource)).toString('hex');

  /** The file again, with a right checksum. */
  async function resaved(
    change: (parts: { architecture: string; tensors: Record<string, unknown> }) => void,
  ): Promise<Uint8Array> {
    const { tensors, metadata } = await file();
    const parts = { architecture: metadata['architecture']!, tensors: { ...tensors } as Record<string, unknown> };
    change(parts);
    const all = parts.tensors as typeof tensors;
    return encodeSafetensors(all, {
      architecture: parts.architecture,
      sha256: await hash(encodeSafetensors(all, { architecture: parts.architecture })),
    });
  }

  test('checks each weight before it makes one, and draws none', async () => {
    const huge = await resaved((parts) => (parts.architecture = parts.architecture.replace('[3,', '[30000000,')));
    const before = process.memoryUsage().arrayBuffers;
    await expect(decodeModel(huge, known)).rejects.toThrow(
      'load: dense/kernel must be float32 [4,30000000], got float32 [4,3]',
    );
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50e6);
  });

  test('names missing and unused weights', async () => {
    await expect(decodeModel(await resaved(({ tensors }) => delete tensors['dense_1/bias']), known)).rejects.toThrow(
      'load: the model needs a value for dense_1/bias [2], which is missing',
    );
    await expect(
      decodeModel(await resaved(({ tensors }) => (tensors['dense_2/bias'] = tensors['dense/bias'])), known),
    ).rejects.toThrow('load: the model needs no other values than those of its variables; left over: dense_2/bias');
  });

  test('needs no initializer, not even one that would fail', async () => {
    const bytes = await resaved(
      (parts) =>
        (parts.architecture = parts.architecture.replace(
          '"activation"',
          '"kernelInitializer":{"$initializer":"unknown"},"activation"',
        )),
    );
    expect((await decodeModel(bytes, known)).countParameters().total).toBe(4 * 3 + 3 + 3 * 2 + 2);
  });
});

test('build takes values for its variables', () => {
  const saved = sequential(input([4]), dense(3)).build({ seed: 5 });
  const weights = Object.fromEntries(saved.variables().map(({ name, value }) => [name, value.value]));
  const again = sequential(input([4]), dense(3)).build({ weights });
  again
    .variables()
    .forEach(({ value }, i) => expect(value.value.toArray()).toEqual(saved.variables()[i]!.value.value.toArray()));
});
