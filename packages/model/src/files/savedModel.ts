import { FormatError, showValue } from '@chainrule/errors';
import { aFunction, anything, aString, checkOptions, checkThat, refuse } from '@chainrule/errors/check';
import type { Named } from '@chainrule/layers-core';
import { type FloatDType, type Shape, type Tensor, type Variable } from '@chainrule/tensor';
import type { Model } from '../graph/model.ts';
import { aModel, bytesOfFile, isObject, parseJson, recordOf } from './savedChecks.ts';
import { decodeSafetensors, encodeSafetensors, type Safetensors } from './safetensors.ts';
import type { Functional } from '../graph/functional.ts';
import { atPlace, describeGraph, reviveGraph } from './architecture.ts';
import { checkLoadable, type GraphJson } from './architectureChecks.ts';
import { describePreprocessing, revivePreprocessing } from './savedPreprocessing.ts';
import type { LoadedModel, LoadOptions } from './loadOptions.ts';
import type { Preprocessing } from '../graph/preprocessing.ts';
import { readVariables, setWeights } from '../graph/weights.ts';

/** How a model is made, as JSON; the schema is `docs/model.schema.json`. */
export interface Architecture extends GraphJson {
  readonly format: 'chainrule/model';
  readonly version: 1;
  readonly dtype: FloatDType;
}

/**
 * Describes a model as JSON: layers, their arguments and connections, without weights.
 *
 * @throws OptionError for a layer with an activation that has no name, such as a lambda, and for a model that is too large to be
 *   loaded: nested more than 20 deep, or with more than 100,000 nodes
 * @example
 * architectureOf(sequential(input([2]), dense(1)).build()).nodes[0].type; // => dense
 */
export function architectureOf(model: Model): Architecture {
  aModel('architectureOf', 'model', model);
  const dtype = model.variables().some(({ value }) => value.dtype === 'float64') ? 'float64' : 'float32';
  const graph = describeGraph(model);
  checkLoadable(graph);
  return { format: 'chainrule/model', version: 1, dtype, ...graph };
}

/**
 * Makes a model with new weights from its architecture.
 *
 * @throws FormatError for another format or version, a layer or activation that `known` lacks, or arguments that a layer
 *   refuses. It names the place
 * @example
 * const saved = architectureOf(sequential(input([2]), dense(3)).build());
 * fromArchitecture(saved, { layers: { dense } }).countParameters().total; // => 9
 */
export function fromArchitecture<In = Shape, Out = Shape>(json: unknown, known: LoadOptions): Functional<In, Out> {
  checkKnown('fromArchitecture', known);
  const { model, dtype } = modelFrom(json, known);
  return atPlace('`nodes`', () => model.build({ dtype })) as unknown as Functional<In, Out>;
}

const functionsByName = /* @__PURE__ */ recordOf('an object of functions by name', aFunction);
const anObject = /* @__PURE__ */ checkThat('an object of functions by name', isObject);

/** What makes layers and functions from their names. */
export function checkKnown(op: string, known: LoadOptions): void {
  if (!isObject(known)) refuse(op, 'known', 'an object such as { layers: { dense } }', known);
  checkOptions<LoadOptions>(
    op,
    known,
    {
      layers: anObject,
      activations: anObject,
      initializers: anything,
      regularizers: anything,
      constraints: anything,
      preprocessing: functionsByName,
    },
    'layers',
  );
}

/** The model, not yet built. */
function modelFrom(json: unknown, known: LoadOptions): { readonly model: Functional; readonly dtype: FloatDType } {
  const saved = (isObject(json) ? json : {}) as Partial<Record<keyof Architecture, unknown>>;
  if (saved.format !== 'chainrule/model')
    throw new FormatError(`load: \`format\` must be "chainrule/model", got ${showValue(saved.format)}`);
  if (saved.version !== 1)
    throw new FormatError(`load: \`version\` must be 1, got ${showValue(saved.version)}; a newer release may read it`);
  const { dtype } = saved;
  if (dtype !== 'float32' && dtype !== 'float64')
    throw new FormatError(`load: \`dtype\` must be "float32" or "float64", got ${showValue(dtype)}`);
  return { model: reviveGraph(saved, known), dtype };
}

/**
 * Encodes a model as one safetensors file: weights and random state, with the architecture, the preprocessing and a SHA-256 of
 * the values in its metadata.
 *
 * @throws OptionError for a layer with an activation that has no name, and for a model that is too large to be loaded
 * @example
 * const bytes = await encodeModel(sequential(input([2]), dense(1)).build());
 * (await decodeModel(bytes, { layers: { dense } })).countParameters().total; // => 3
 */
export async function encodeModel(model: Model): Promise<Uint8Array> {
  aModel('encodeModel', 'model', model);
  const variables = [...model.variables(), ...randomState(model)];
  return encodeChecked(await readVariables(variables), {
    architecture: JSON.stringify(architectureOf(model)),
    ...describePreprocessing(model.preprocessing),
  });
}

/**
 * Decodes a model from the bytes of `encodeModel`.
 *
 * @param known - the factories of its layers, its activations, and what makes its preprocessing
 * @param name - name of the file, for errors
 * @returns the model, with its `preprocessing`
 * @throws FormatError for a damaged file, or layers, activations and preprocessing that `known` lacks
 * @example
 * const bytes = await encodeModel(sequential(input([2]), dense(1, { activation: relu })).build());
 * const model = await decodeModel(bytes, { layers: { dense }, activations: { relu } });
 * model.call(zeros([1, 2])).toArray(); // => [[0]]
 */
export async function decodeModel<In = Shape, Out = Shape, P extends Preprocessing = Preprocessing>(
  bytes: Uint8Array,
  known: LoadOptions<P>,
  name = 'model',
): Promise<LoadedModel<In, Out, P>> {
  bytesOfFile('decodeModel', 'bytes', bytes);
  checkKnown('decodeModel', known);
  aString('decodeModel', 'name', name);
  const { tensors, metadata } = await decodeChecked(bytes, name);
  const architecture = parseJson(metadata['architecture']);
  if (architecture === undefined)
    throw new FormatError(`load: ${name}: has no architecture in its metadata; it is no model saved by encodeModel`);
  const preprocessing = revivePreprocessing(metadata['preprocessing'], name, known);
  const { model, dtype } = modelFrom(architecture, known);
  const { 'rng/key': key, 'rng/counter': counter, ...weights } = tensors;
  const built = atPlace('`nodes`', () => model.build({ dtype, weights }));
  if (key && counter) setWeights({ variables: () => randomState(built) }, { 'rng/key': key, 'rng/counter': counter });
  built.preprocessing = preprocessing;
  return built as unknown as LoadedModel<In, Out, P>;
}

/** The model's generator, under names of its own. */
export function randomState({ rng: { key, counter } }: Model): Named<Variable>[] {
  return [
    { name: 'rng/key', value: key },
    { name: 'rng/counter', value: counter },
  ];
}

/** Safetensors with a SHA-256 of everything else in the metadata. */
export async function encodeChecked(
  tensors: Readonly<Record<string, Tensor>>,
  metadata: Readonly<Record<string, string>>,
): Promise<Uint8Array> {
  const sha256 = await digest(encodeSafetensors(tensors, metadata));
  return encodeSafetensors(tensors, { ...metadata, sha256 });
}

/** The way back, which refuses a file whose digest is another. */
export async function decodeChecked(
  bytes: Uint8Array,
  name: string,
): Promise<Pick<Safetensors, 'tensors' | 'metadata'>> {
  const {
    tensors,
    metadata: { sha256, ...metadata },
  } = decodeSafetensors(bytes, name);
  if (sha256 === undefined)
    throw new FormatError(
      `load: ${name}: has no SHA-256 in its metadata; to read weights of another library, use decodeSafetensors`,
    );
  const found = await digest(encodeSafetensors(tensors, metadata));
  if (sha256 !== found)
    throw new FormatError(
      `load: ${name}: the contents must have SHA-256 ${showValue(sha256)}, got ${found}; the file is damaged`,
    );
  return { tensors, metadata };
}

async function digest(bytes: Uint8Array): Promise<string> {
  const hash = await globalThis.crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(hash), (b) => b.toString(16).padStart(2, '0')).join('');
}
