import { readdir, readFile, rm } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { FormatError, MissingDataError } from '@chainrule/errors';
import type { Model } from './model.ts';
import { decodeModel, encodeModel, type LoadOptions } from './savedModel.ts';
import type { Sequential } from './sequential.ts';
import type { Trainer } from './callbacks.ts';
import { encodeCheckpoint, restoreCheckpoint, type TrainingPosition } from './trainingState.ts';
import { decodeSafetensors } from './safetensors.ts';
import { writeAtomically } from './writeAtomically.node.ts';

const weightsFile = /^weights-[0-9a-f]{16}\.safetensors$/;

/**
 * Saves a model: to one file where the path ends in `.safetensors`, else to a folder with `model.json` and the weights.
 * Written beside the former one, synced and moved there: a crash leaves one of the two, whole.
 *
 * @param path - of the file or the folder
 * @throws ChainruleError where it cannot be written; OptionError for an activation that has no name
 * @example
 * const { mkdtemp, rm } = await import('node:fs/promises');
 * const folder = await mkdtemp('/tmp/model-');
 * await saveModel(`${folder}/net`, sequential(input([2]), dense(1)).build());
 * await rm(folder, { recursive: true });
 */
export async function saveModel(path: string, model: Model): Promise<void> {
  const bytes = await encodeModel(model);
  if (path.endsWith('.safetensors')) return writeAtomically(path, bytes);
  const weights = `weights-${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}.safetensors`;
  await writeAtomically(join(path, weights), bytes);
  const { architecture } = decodeSafetensors(bytes).metadata;
  const json = { ...(JSON.parse(architecture!) as object), weights };
  await writeAtomically(join(path, 'model.json'), new TextEncoder().encode(`${JSON.stringify(json, null, 2)}\n`));
  const old = (await readdir(path)).filter((name) => weightsFile.test(name) && name !== weights);
  await Promise.all(old.map((name) => rm(join(path, name), { force: true })));
}

/**
 * Loads a model that `saveModel` saved.
 *
 * @param path - the file or folder
 * @param known - the factories of its layers, and its activations: `{ layers: { dense }, activations: { relu } }`
 * @throws MissingDataError where there is nothing; FormatError for a damaged file, or a layer that is not given
 * @example
 * const { mkdtemp, rm } = await import('node:fs/promises');
 * const folder = await mkdtemp('/tmp/model-');
 * await saveModel(`${folder}/net.safetensors`, sequential(input([2]), dense(1)).build());
 * const model = await loadModel(`${folder}/net.safetensors`, { layers: { dense } });
 * await rm(folder, { recursive: true });
 * model.countParameters().total; // => 3
 */
export async function loadModel(path: string, known: LoadOptions): Promise<Sequential> {
  if (path.endsWith('.safetensors')) return decodeModel(await read(path), known, path);
  const file = join(path, 'model.json');
  const text = new TextDecoder().decode(await read(file));
  const weights = weightsOf(text, file);
  return decodeModel(await read(join(path, weights)), known, join(path, weights));
}

function weightsOf(text: string, file: string): string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new FormatError(`load: ${file}: must be JSON: ${(error as Error).message}`);
  }
  const weights = (json as { weights?: unknown } | null)?.weights;
  if (typeof weights !== 'string' || !weightsFile.test(weights)) throw new FormatError(`load: ${file}: \`weights\` must name a file such as weights-0123456789abcdef.safetensors`);
  return weights;
}

async function read(file: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(file));
  } catch (error) {
    throw new MissingDataError(`load: cannot read ${file}: ${(error as Error).message}`);
  }
}

/**
 * Saves a training to one file, the former one whole until the new one is: weights, optimizer, random state, position.
 *
 * @param data - the data set's position, what `Dataset.state()` returns
 * @throws ChainruleError where it cannot be written
 * @example
 * const { mkdtemp, rm } = await import('node:fs/promises');
 * const folder = await mkdtemp('/tmp/model-');
 * const trainer = sequential(input([2]), dense(2)).compile({ optimizer: adam(), loss: sparseCategoricalCrossEntropy });
 * await saveCheckpoint(`${folder}/run.safetensors`, trainer);
 * await rm(folder, { recursive: true });
 */
export async function saveCheckpoint(file: string, trainer: Trainer, data?: unknown): Promise<void> {
  await writeAtomically(file, await encodeCheckpoint(trainer, data));
}

/**
 * Continues a training from a file that `saveCheckpoint` wrote.
 *
 * @returns the position; give `data` to `Dataset.restore`
 * @throws MissingDataError where there is none; FormatError for a damaged one, or one of another model or optimizer
 * @example
 * const { mkdtemp, rm } = await import('node:fs/promises');
 * const folder = await mkdtemp('/tmp/model-');
 * const trainer = sequential(input([2]), dense(2)).compile({ optimizer: adam(), loss: sparseCategoricalCrossEntropy });
 * await saveCheckpoint(`${folder}/run.safetensors`, trainer, { epoch: 1, item: 0 });
 * const { data } = await loadCheckpoint(`${folder}/run.safetensors`, trainer);
 * await rm(folder, { recursive: true });
 * data; // => {"epoch":1,"item":0}
 */
export async function loadCheckpoint(file: string, trainer: Trainer): Promise<TrainingPosition> {
  return restoreCheckpoint(trainer, await read(file), file);
}
