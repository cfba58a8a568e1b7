import { constants } from 'node:os';
import type { Callbacks } from './callbacks.ts';
import type { TrainerBase } from '../training/trainerBase.ts';

/** Signals that end a program from outside: Ctrl-C, and what `kill` and job schedulers send. */
const signals = ['SIGINT', 'SIGTERM'] as const;
export type EndSignal = (typeof signals)[number];

/** Listens to signals. Returns a function that stops listening. */
function onSignals(listener: (signal: EndSignal) => void): () => void {
  for (const signal of signals) process.on(signal, listener);
  return () => {
    for (const signal of signals) process.off(signal, listener);
  };
}

/** Ends the process with the code by which shells know the signal, 130 or 143. */
function exitBy(signal: EndSignal): never {
  process.exit(128 + constants.signals[signal]);
}

const restorers = new Set<() => void>();
let release: (() => void) | undefined;

/**
 * Restores something, such as the terminal, when a signal ends the program. If the program itself listens to the signal, its
 * listeners decide whether it ends.
 *
 * @returns a function to call when nothing needs restoring anymore
 */
export function restoreOnSignals(restore: () => void): () => void {
  restorers.add(restore);
  release ??= onSignals((signal) => {
    for (const each of restorers) each();
    if (process.listenerCount(signal) === 1) exitBy(signal);
  });
  return () => {
    restorers.delete(restore);
    if (restorers.size > 0) return;
    release?.();
    release = undefined;
  };
}

/**
 * Calls `save` when Ctrl-C or SIGTERM would end the program: after the running batch, while training waits. Then ends the
 * process with the signal's code, 130 or 143. A second Ctrl-C ends it at once.
 *
 * @param save - awaited; its error is printed
 * @example
 * const trainer = sequential(input([1]), dense(1)).compile({ optimizer: sgd({ learningRate: 0.1 }), loss: meanSquaredError });
 * const save = onInterrupt((t) => saveCheckpoint('run.safetensors', t));
 * await trainer.fit({ x: tensor([[0], [1]]), y: tensor([[1], [3]]) }, { callbacks: [progressBar(), save] });
 */
export function onInterrupt(save: (trainer: TrainerBase, signal: EndSignal) => void | Promise<void>): Callbacks {
  let stopListening: (() => void) | undefined;
  const end = (): void => stopListening?.();
  return {
    onTrainBegin({ trainer, pause }) {
      let saving = false;
      stopListening = onSignals((signal) => {
        if (saving) exitBy(signal);
        saving = true;
        void pause(async () => {
          try {
            await save(trainer, signal);
          } catch (error) {
            // eslint-disable-next-line no-console -- the process ends before anybody could catch it
            console.error('onInterrupt: could not save:', error);
          }
          exitBy(signal);
        });
      });
    },
    onTrainEnd: end,
    onTrainError: end,
  };
}
