import { FormatError } from '@chainrule/errors';
import { aString } from '@chainrule/errors/check';
import { type SavedStates, startingWith } from '../callbacks/callbackMemory.ts';
import { aTrainer, bytesOfFile, parseJson, someJson } from './savedChecks.ts';
import { decodeChecked, encodeChecked, randomState } from './savedModel.ts';
import type { Tensor } from '@chainrule/tensor';
import type { TrainerBase } from '../training/trainerBase.ts';
import { optimizerVariables } from '../training/optimizerVariables.ts';
import { readVariables, setWeights, type WithVariables } from '../graph/weights.ts';

/** The position of a training: everything in a checkpoint except variables. */
export interface TrainingPosition {
  /** Steps taken. */
  readonly steps: number;
  /** The position of the data set, as JSON. */
  readonly data?: unknown;
}

/**
 * A checkpoint: weights, optimizer, random state, steps taken, the states of callbacks and the data's position, checksummed.
 *
 * @param trainer - what to save
 * @param data - the data set's position, from `Dataset.state()`, to resume it as well
 * @example
 * const trainer = sequential(input([2]), dense(2)).compile({ optimizer: adam(), loss: sparseCategoricalCrossEntropy });
 * await restoreCheckpoint(await encodeCheckpoint(trainer), trainer);
 */
export async function encodeCheckpoint(trainer: TrainerBase, data?: unknown): Promise<Uint8Array> {
  aTrainer('encodeCheckpoint', 'trainer', trainer);
  someJson('encodeCheckpoint', 'data', data);
  const { json, tensors } = trainer['~memory'].states();
  const position: SavedPosition = {
    steps: trainer.steps,
    ...(data !== undefined && { data }),
    ...(json.length > 0 && { callbacks: json }),
  };
  const kept = Object.fromEntries(Object.entries(tensors).map(([name, value]) => [prefix + name, value]));
  return encodeChecked(
    { ...(await readVariables(allVariables(trainer).variables())), ...kept },
    { checkpoint: JSON.stringify(position) },
  );
}

interface SavedPosition extends TrainingPosition {
  readonly callbacks?: SavedStates['json'];
}

/** Prefix of the tensors of callbacks. */
const prefix = 'callbacks/';

/**
 * Continues from a checkpoint of the same model and optimizer. Restores everything or nothing. The next `fit` restores the
 * states of its callbacks by name.
 *
 * @param name - of the file, for errors
 * @returns the position; give `data` to `Dataset.restore`
 * @throws FormatError for a damaged file, or one of another model or optimizer
 * @example
 * const start = () => sequential(input([2]), dense(2)).compile({ optimizer: adam(), loss: sparseCategoricalCrossEntropy });
 * const trainer = start();
 * await trainer.trainStep({ x: zeros([4, 2]), y: zeros([4], 'int32') });
 * const { steps } = await restoreCheckpoint(await encodeCheckpoint(trainer), start());
 * steps; // => 1
 */
export async function restoreCheckpoint(
  bytes: Uint8Array,
  trainer: TrainerBase,
  name = 'checkpoint',
): Promise<TrainingPosition> {
  bytesOfFile('restoreCheckpoint', 'bytes', bytes);
  aTrainer('restoreCheckpoint', 'trainer', trainer);
  aString('restoreCheckpoint', 'name', name);
  const { tensors, metadata } = await decodeChecked(bytes, name);
  const { callbacks = [], ...position } = parsePosition(metadata['checkpoint'], name);
  setAll(trainer, Object.fromEntries(Object.entries(tensors).filter(([key]) => !key.startsWith(prefix))), name);
  trainer.continueAt(position.steps);
  trainer['~memory'].restore({ json: callbacks, tensors: startingWith(prefix, tensors) });
  return position;
}

/** Sets model, optimizer and generator. The optimizer's state is that of the weights which are trained. */
function setAll(trainer: TrainerBase, values: Readonly<Record<string, Tensor>>, name: string): void {
  try {
    setWeights(allVariables(trainer), values);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const problem = error.message.replace(/^setWeights: /, '');
    throw new FormatError(
      `load: ${name}: ${problem}; a checkpoint needs the model and the optimizer that it was saved with, and the same layers frozen`,
      { cause: error },
    );
  }
}

function parsePosition(text: string | undefined, name: string): SavedPosition {
  const position = parseJson(text) as SavedPosition | null | undefined;
  if (!Number.isSafeInteger(position?.steps))
    throw new FormatError(`load: ${name}: is no checkpoint; a model is loaded with loadModel or decodeModel`);
  const { callbacks = [] } = position!;
  if (!Array.isArray(callbacks) || !callbacks.every(isState))
    throw new FormatError(`load: ${name}: \`callbacks\` must be a list of names and values`);
  return position!;
}

function isState(state: unknown): boolean {
  const { name, values } = (state ?? {}) as Partial<SavedStates['json'][number]>;
  return typeof name === 'string' && typeof values === 'object' && values !== null;
}

/** The variables of model, optimizer and generator by name. */
function allVariables({ model, optimizerState }: TrainerBase): WithVariables {
  return {
    variables: () => [
      ...model.variables().map(({ name, value }) => ({ name: `model/${name}`, value })),
      ...optimizerVariables(optimizerState),
      ...randomState(model),
    ],
  };
}
