import { readdir, readFile, rm } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { FormatError, MissingDataError } from '@chainrule/errors';
import { aPath } from '@chainrule/errors/check';
import { realPath, withLock, writeAtomically } from '@chainrule/files';
import type { Shape } from '@chainrule/tensor';
import type { Model } from '../graph/model.ts';
import { aModel, aTrainer, parseJson } from './savedChecks.ts';
import { checkKnown, decodeModel, encodeModel } from './savedModel.ts';
import type { Preprocessing } from '../graph/preprocessing.ts';
import type { TrainerBase } from '../training/trainerBase.ts';
import type { LoadedModel, LoadOptions } from './loadOptions.ts';
import { encodeCheckpoint, restoreCheckpoint, type TrainingPosition } from './trainingState.ts';
import { decodeSafetensors } from './safetensors.ts';

const weightsFile = /^weights-[0-9a-f]{16}\.safetensors$/;

/**
 * Saves a model: to one file if the path ends in `.safetensors`, else to a folder with `model.json` and the weights.
 *
 * Writes files beside the old ones, syncs them and moves them into place, so a crash leaves the old model or the new one
 * intact. Saves of one path wait for each other, also across processes. Removes drafts of killed processes.
 *
 * @param path - the file or folder
 * @param model - its `preprocessing` is saved, too
 * @throws ChainruleError if writing fails; OptionError for an activation without a name
 * @example
 * const { mkdtemp, rm } = await import('node:fs/promises');
 * const folder = await mkdtemp('/tmp/model-');
 * await saveModel(`${folder}/net`, sequential(input([2]), dense(1)).build());
 * await rm(folder, { recursive: true });
 */
export async function saveModel(path: string, model: Model): Promise<void> {
  aPath('saveModel', 'path', path);
  aModel('saveModel', 'model', model);
  const bytes = await encodeModel(model);
  if (path.endsWith('.safetensors')) return saveFile(path, bytes);
  await withLock(join(path, '.lock'), () => saveFolder(path, bytes));
}

function saveFile(path: string, bytes: Uint8Array): Promise<void> {
  return withLock(`${realPath(path)}.lock`, () => writeAtomically(path, bytes));
}

/** Writes the weights, then `model.json`, which names them: its move into place is the commit. Then old weights may go. */
async function saveFolder(path: string, bytes: Uint8Array): Promise<void> {
  const weights = weightsName(bytes);
  await writeAtomically(join(path, weights), bytes);
  const { architecture } = decodeSafetensors(bytes).metadata;
  const json = { ...(JSON.parse(architecture!) as object), weights };
  await writeAtomically(join(path, 'model.json'), new TextEncoder().encode(`${JSON.stringify(json, null, 2)}\n`));
  const old = (await readdir(path)).filter((name) => weightsFile.test(name) && name !== weights);
  await Promise.all(old.map((name) => rm(join(path, name), { force: true })));
}

function weightsName(bytes: Uint8Array): string {
  return `weights-${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}.safetensors`;
}

/**
 * Loads a model that `saveModel` saved.
 *
 * @param path - the file or folder
 * @param known - the factories of its layers, its activations, and what makes its preprocessing:
 *   `{ layers: { dense }, activations: { relu }, preprocessing: { scaler: (json) => new Scaler(json) } }`
 * @returns the model, with its `preprocessing`
 * @throws MissingDataError if the file does not exist; FormatError for a damaged file, or a layer or preprocessing that `known`
 *   lacks
 * @example
 * const { mkdtemp, rm } = await import('node:fs/promises');
 * const folder = await mkdtemp('/tmp/model-');
 * await saveModel(`${folder}/net.safetensors`, sequential(input([2]), dense(1)).build());
 * const model = await loadModel(`${folder}/net.safetensors`, { layers: { dense } });
 * await rm(folder, { recursive: true });
 * model.countParameters().total; // => 3
 */
export async function loadModel<In = Shape, Out = Shape, P extends Preprocessing = Preprocessing>(
  path: string,
  known: LoadOptions<P>,
): Promise<LoadedModel<In, Out, P>> {
  aPath('loadModel', 'path', path);
  checkKnown('loadModel', known);
  if (path.endsWith('.safetensors')) return decodeModel(await read(path), known, path);
  const file = join(path, 'model.json');
  const { architecture, weights, bytes } = await readFolder(path, file);
  if (weightsName(bytes) !== weights)
    throw new FormatError(
      `load: ${join(path, weights)}: the contents must have the SHA-256 in the name; the file is damaged, or another one has its name`,
    );
  const written = parseJson(decodeSafetensors(bytes, join(path, weights)).metadata['architecture']);
  if (!isDeepStrictEqual(written, architecture)) {
    throw new FormatError(
      `load: ${file}: must describe the model whose weights are in ${weights}; they belong to different models, save the model again`,
    );
  }
  return decodeModel(bytes, known, join(path, weights));
}

/** How often a reader looks for weights that a save has just replaced. */
const mostLooks = 20;

/** What `model.json` says, and the weights that it names. A save that ends meanwhile replaces both; then they are read again. */
async function readFolder(
  path: string,
  file: string,
): Promise<{ readonly architecture: unknown; readonly weights: string; readonly bytes: Uint8Array }> {
  for (let look = 1; ; look++) {
    const { weights, ...architecture } = descriptionOf(new TextDecoder().decode(await read(file)), file);
    try {
      return { architecture, weights, bytes: await read(join(path, weights)) };
    } catch (error) {
      const named = descriptionOf(new TextDecoder().decode(await read(file)), file).weights;
      if (named === weights || look === mostLooks) throw error;
    }
  }
}

function descriptionOf(text: string, file: string): { readonly weights: string } {
  const json = parseJson(text) as { readonly weights?: unknown } | null | undefined;
  if (json === undefined) throw new FormatError(`load: ${file}: must be JSON`);
  const weights = json?.weights;
  if (typeof weights !== 'string' || !weightsFile.test(weights))
    throw new FormatError(`load: ${file}: \`weights\` must name a file such as weights-0123456789abcdef.safetensors`);
  return json as { readonly weights: string };
}

async function read(file: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(file));
  } catch (error) {
    throw new MissingDataError(`load: cannot read ${file}: ${(error as Error).message}`);
  }
}

/**
 * Saves a training to one file: weights, optimizer, random state, callbacks, position. The old file stays until the new one
 * is complete. Saves of one file wait for each other.
 *
 * @param data - the data set's position, from `Dataset.state()`
 * @throws ChainruleError if writing fails
 * @example
 * const { mkdtemp, rm } = await import('node:fs/promises');
 * const folder = await mkdtemp('/tmp/model-');
 * const trainer = sequential(input([2]), dense(2)).compile({ optimizer: adam(), loss: sparseCategoricalCrossEntropy });
 * await saveCheckpoint(`${folder}/run.safetensors`, trainer);
 * await rm(folder, { recursive: true });
 */
export async function saveCheckpoint(file: string, trainer: TrainerBase, data?: unknown): Promise<void> {
  aPath('saveCheckpoint', 'file', file);
  aTrainer('saveCheckpoint', 'trainer', trainer);
  await saveFile(file, await encodeCheckpoint(trainer, data));
}

/**
 * Continues a training from a file that `saveCheckpoint` wrote.
 *
 * @returns the position; give `data` to `Dataset.restore`
 * @throws MissingDataError if the file does not exist; FormatError for a damaged file, or one of another model or optimizer
 * @example
 * const { mkdtemp, rm } = await import('node:fs/promises');
 * const folder = await mkdtemp('/tmp/model-');
 * const trainer = sequential(input([2]), dense(2)).compile({ optimizer: adam(), loss: sparseCategoricalCrossEntropy });
 * await saveCheckpoint(`${folder}/run.safetensors`, trainer, { epoch: 1, item: 0 });
 * const { data } = await loadCheckpoint(`${folder}/run.safetensors`, trainer);
 * await rm(folder, { recursive: true });
 * data; // => {"epoch":1,"item":0}
 */
export async function loadCheckpoint(file: string, trainer: TrainerBase): Promise<TrainingPosition> {
  aPath('loadCheckpoint', 'file', file);
  aTrainer('loadCheckpoint', 'trainer', trainer);
  return restoreCheckpoint(await read(file), trainer, file);
}
