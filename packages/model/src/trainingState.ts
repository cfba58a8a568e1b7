import { FormatError } from '@chainrule/errors';
import type { Variable } from '@chainrule/tensor';
import { decodeChecked, encodeChecked, parseJson, randomState } from './savedModel.ts';
import type { Trainer } from './callbacks.ts';
import { readVariables, setWeights, type WithVariables } from './weights.ts';

/** Where a training stands besides its variables. */
export interface TrainingPosition {
  /** Steps taken. */
  readonly steps: number;
  /** What the data set says of its position, as JSON. */
  readonly data?: unknown;
}

/**
 * A checkpoint: weights, optimizer, random state, steps taken and the data's position, checksummed.
 *
 * @param trainer - what to save
 * @param data - the data set's position, if it is to be continued: what `Dataset.state()` returns
 * @example
 * const trainer = sequential(input([2]), dense(2)).compile({ optimizer: adam(), loss: sparseCategoricalCrossEntropy });
 * await restoreCheckpoint(trainer, await encodeCheckpoint(trainer));
 */
export async function encodeCheckpoint(trainer: Trainer, data?: unknown): Promise<Uint8Array> {
  const position: TrainingPosition = { steps: trainer.steps, ...(data !== undefined && { data }) };
  return encodeChecked(await readVariables(allVariables(trainer).variables()), { checkpoint: JSON.stringify(position) });
}

/**
 * Continues from a checkpoint of the same model and optimizer. Either everything is restored or nothing.
 *
 * @param name - of the file, for errors
 * @returns the position; give `data` to `Dataset.restore`
 * @throws FormatError for a damaged file, or one of another model or optimizer
 * @example
 * const start = () => sequential(input([2]), dense(2)).compile({ optimizer: adam(), loss: sparseCategoricalCrossEntropy });
 * const trainer = start();
 * await trainer.trainStep({ x: zeros([4, 2]), y: zeros([4], 'int32') });
 * const { steps } = await restoreCheckpoint(start(), await encodeCheckpoint(trainer));
 * steps; // => 1
 */
export async function restoreCheckpoint(trainer: Trainer, bytes: Uint8Array, name = 'checkpoint'): Promise<TrainingPosition> {
  const { tensors, metadata } = await decodeChecked(bytes, name);
  const position = parsePosition(metadata['checkpoint'], name);
  setWeights(allVariables(trainer), tensors);
  trainer.continueAt(position.steps);
  return position;
}

function parsePosition(text: string | undefined, name: string): TrainingPosition {
  const position = parseJson(text) as TrainingPosition | null | undefined;
  if (!Number.isSafeInteger(position?.steps)) throw new FormatError(`load: ${name}: is no checkpoint; a model is loaded with loadModel or decodeModel`);
  return position!;
}

/** Model, optimizer and generator, under names of their own. */
function allVariables({ model, optimizerState }: Trainer): WithVariables {
  const optimizer = Object.entries(optimizerState).flatMap(([key, kept]) =>
    (Array.isArray(kept) ? (kept as readonly Variable[]) : [kept as Variable]).map((value, i, { length }) => ({
      name: `optimizer/${key}${length > 1 || Array.isArray(kept) ? `/${i}` : ''}`,
      value,
    })),
  );
  return {
    variables: () => [
      ...model.variables().map(({ name, value }) => ({ name: `model/${name}`, value })),
      ...optimizer,
      ...randomState(model),
    ],
  };
}
