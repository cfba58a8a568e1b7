import { type CallService, serveCalls } from '@chainrule/data-loaders';
import type { MessageTarget } from '@chainrule/errors/channel';
import { checkTrial, type Fittable, type Run, runFold, type Trial } from './trial.ts';

/**
 * Makes this worker train for the `pool` of a search. Write it once, at the top level of the worker's file, with the trial that
 * the search gets.
 *
 * @param trial - as of the search
 * @param port - the channel to the pool; by default that of this worker
 * @throws StateError outside a worker, if no port is given
 * @example
 * const trial = {
 *   build: ({ rate }: { rate: number }, { seed }: { seed: number }) =>
 *     sequential(input([1]), dense(1)).compile({ seed, optimizer: sgd({ learningRate: rate }), loss: meanSquaredError }),
 *   data: { x: expandDims(arange(12), -1), y: expandDims(mul(arange(12), 2), -1) },
 * };
 * // In a program, the worker's file calls `serveTrials(trial)`, and the pool makes a `Worker` of it.
 * const pool = workerPool<Run<unknown>, number>(() => {
 *   const { port1, port2 } = new MessageChannel();
 *   serveTrials(trial, port1);
 *   return port2;
 * });
 * const { best } = await gridSearch(trial, { rate: [1e-6, 1e-3] }, { pool });
 * best.settings; // => {"rate":0.001}
 * pool.close();
 */
export function serveTrials<Settings, T extends Fittable>(
  trial: Trial<Settings, T>,
  port?: MessageTarget,
): CallService<Run<Settings>, number> {
  checkTrial('serveTrials', trial as unknown as Trial<never, never>);
  const run = (given: Run<Settings>): Promise<number> => runFold(trial, given);
  return port === undefined ? serveCalls(run) : serveCalls(run, port);
}
