import { createHash } from 'node:crypto';
import { ChainruleError } from '@chainrule/errors';
import { knownFunctions } from '@chainrule/layers-core';
import {
  apply,
  decodeModel,
  decodeSafetensors,
  encodeModel,
  encodeSafetensors,
  functional,
  input,
  type LoadOptions,
} from '@chainrule/model';
import * as ops from '@chainrule/tensor';
import fc from 'fast-check';
import { layerCases } from '../layerCases.ts';
import { layerFactories } from '../layerFactories.ts';
import { opsOf } from '../ops.ts';
import { defineFuzzer, type Fuzzer } from './fuzzer.ts';

const known: LoadOptions = {
  ...knownFunctions,
  layers: layerFactories,
  activations: Object.fromEntries(opsOf(ops)),
};

/** A model file with one layer of each kind. */
const files: readonly Uint8Array[] = await Promise.all(
  layerCases.map(({ make, shapes }) => {
    const inputs = shapes.map((shape) => input(shape.slice(1)));
    return encodeModel(functional(inputs, apply(inputs, make())).build());
  }),
);

/** Replacements for a part of the architecture. */
const hostile = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    '',
    'relu',
    '__proto__',
    -1,
    0,
    0.5,
    1e9,
    1e300,
    2 ** 53,
    [],
    {},
    [[]],
    [1e9, 1e9],
    { $activation: 7 },
    { $activation: 'toString' },
    { $layer: 'dense', args: [1e9] },
    { $layer: 'dense' },
    { $regularizer: 'l2', args: {} },
    { constructor: { name: {} } },
  ),
  fc.integer({ min: 1, max: 12 }).map((k) => 10 ** k),
  fc.integer({ min: 50, max: 20_000 }).map((depth) => nested(depth)),
  fc.jsonValue(),
);

function nested(depth: number): unknown {
  let value: unknown = { $layer: 'dense', args: [1] };
  for (let i = 0; i < depth; i++) value = { $layer: 'bidirectional', args: [value] };
  return value;
}

type Change =
  | { readonly kind: 'architecture'; readonly at: number; readonly value: unknown }
  | { readonly kind: 'bytes'; readonly at: number; readonly value: number };

const changes: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('architecture' as const), at: fc.nat(10_000), value: hostile }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('bytes' as const), at: fc.nat(100_000), value: fc.nat(255) }) },
);

/** The architecture with one of its parts replaced. */
function replaced(json: unknown, at: number, value: unknown): unknown {
  const places: [Record<string, unknown>, string][] = [];
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    for (const key of Object.keys(part)) {
      places.push([part as Record<string, unknown>, key]);
      visit((part as Record<string, unknown>)[key]);
    }
  };
  visit(json);
  const [owner, key] = places[at % places.length]!;
  owner[key] = value;
  return json;
}

/** JSON text of values nested too deep for `JSON.stringify`. */
function textOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

/** A file with a right checksum and another architecture. */
function withArchitecture(bytes: Uint8Array, change: (json: unknown) => unknown): Uint8Array {
  const { tensors, metadata } = decodeSafetensors(bytes);
  const architecture = textOf(change(JSON.parse(metadata['architecture']!)));
  if (architecture === undefined) return bytes;
  const sha256 = createHash('sha256').update(encodeSafetensors(tensors, { architecture })).digest('hex');
  return encodeSafetensors(tensors, { architecture, sha256 });
}

function applied(bytes: Uint8Array, change: Change): Uint8Array {
  if (change.kind === 'architecture') return withArchitecture(bytes, (json) => replaced(json, change.at, change.value));
  const damaged = bytes.slice();
  damaged[change.at % damaged.length] = change.value;
  return damaged;
}

/** Loads a model file, which must succeed or throw an error of the library. */
const fuzzer: Fuzzer = defineFuzzer({
  name: 'modelFiles',
  summary: 'Damaged and hostile model files are loaded or refused with an error of ours.',
  inputs: fc.record({ file: fc.nat(files.length - 1), change: changes }),
  limits: { seconds: 5, megabytes: 200 },
  quick: 80,
  show: ({ file, change }) => `${layerCases[file]!.type}: ${JSON.stringify(change)?.slice(0, 500)}`,
  async check({ file, change }) {
    const bytes = applied(files[file]!, change);
    try {
      decodeSafetensors(bytes);
      await decodeModel(bytes, known);
    } catch (error) {
      if (!(error instanceof ChainruleError)) throw error;
      if (!error.message.startsWith('load: '))
        throw new Error(`the error must begin with "load: ", got ${error.message}`, { cause: error });
    }
  },
});
export default fuzzer;
