import { dense, flatten, rescaling } from '@chainrule/layers-dense';
import { decodeModel, trainInWorker } from '@chainrule/model';
import { relu } from '@chainrule/tensor';
import type { service } from './digits.training.ts';

export interface WorkerRun {
  readonly accuracy: number;
  readonly epochs: number;
  readonly layers: number;
  /** Batches reported during a pause of 200 ms. */
  readonly whilePaused: number;
  /** The longest time between two turns of the page's own timers, in milliseconds. */
  readonly longestWait: number;
}

/** Trains in a worker; pauses and resumes once, and takes the model. */
export default async function run(): Promise<WorkerRun> {
  let [last, longestWait, batches] = [performance.now(), 0, 0];
  const timer = setInterval(() => {
    longestWait = Math.max(longestWait, performance.now() - last);
    last = performance.now();
  }, 10);
  const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const training = trainInWorker<typeof service>(new Worker('/training.js', { type: 'module' }));
  const begun = new Promise<void>((resolve) => {
    void training.start({ epochs: 1e6 }, { onBatchEnd: () => (batches++, resolve()) }).catch(() => undefined);
  });
  await begun;
  await training.pause();
  await wait(20);
  const before = batches;
  await wait(200);
  const whilePaused = batches - before;
  await training.stop();
  while (training.state !== 'idle') await wait(5);
  const history = await training.start({ epochs: 8 });
  const model = await decodeModel(await training.model(), {
    layers: { rescaling, flatten, dense },
    activations: { relu },
  });
  clearInterval(timer);
  training.terminate();
  const { accuracy } = history.at(-1)!;
  return { accuracy: accuracy!, epochs: history.length, layers: model.layers.length, whilePaused, longestWait };
}
