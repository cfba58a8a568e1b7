import type { Named } from '@chainrule/layers-core';
import type { Tensor } from '@chainrule/tensor';
import { treeLeaves } from '@chainrule/tensor/graph';
import type { BadStep, Callbacks, TrainingControl } from '../callbacks/callbacks.ts';
import type { FlatBatch } from './batches.ts';
import type { TrainedOutput } from './trainedOutputs.ts';
import type { TrainerBase } from './trainerBase.ts';

/** The parts of a running `fit` that handle a step. */
interface Handling {
  readonly callbacks: readonly Callbacks[];
  readonly control: TrainingControl;
  readonly trainer: TrainerBase;
  readonly training: {
    readonly outputs: readonly TrainedOutput[];
    readonly replay: (batch: FlatBatch, around: (run: () => void) => void) => Promise<void>;
  };
}

/** Whether a callback says that training continues after a step that is not finite. */
export async function isHandled(
  { callbacks, control, training, trainer }: Handling,
  data: FlatBatch,
  at: Pick<BadStep, 'epoch' | 'batch' | 'problem'>,
): Promise<boolean> {
  const named = (kind: string, values: readonly Tensor[], names: readonly string[]): Named<Tensor>[] =>
    values.map((value, i) => ({ name: values.length === 1 ? kind : `${kind}.${names[i]}`, value }));
  const step: BadStep = {
    ...at,
    inputs: [
      ...named(
        'x',
        data.x,
        treeLeaves(trainer.model.inputs as never).map(({ path }) => path),
      ),
      ...named(
        'y',
        data.y,
        training.outputs.map(({ name }) => name),
      ),
    ],
    replay: (around) => training.replay(data, around),
  };
  let isHandled = false;
  for (const c of callbacks) isHandled = (await c.onBadStep?.(step, control)) === true || isHandled;
  return isHandled;
}

/** Describes the value of a step that is not finite, with the remedy. */
export function problemOf(loss: number, check: number): string | undefined {
  if (!Number.isFinite(loss))
    return `the loss must be finite, got ${loss}; the weights from before stay; look for NaN in the data, or lower the learning rate`;
  if (Number.isFinite(check)) return undefined;
  return `the gradients and the new weights must be finite, got NaN or Infinity at a loss of ${loss}; the weights from before stay; clip the gradients, or lower the learning rate`;
}
