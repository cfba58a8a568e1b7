import { checkOptions, oneOf } from '@chainrule/errors/check';
import cliProgress from 'cli-progress';
import { restoreOnSignals } from './onInterrupt.node.ts';
import { barLine } from './barLine.ts';
import { linesIn, type Progress, progressLines } from './progress.ts';
import type { Logs } from '../training/trainingMetric.ts';

/** Options of {@link progressBar}. */
export interface ProgressBarOptions {
  /** What has a bar and a line of its own: each epoch, or the whole training, for many short epochs. Default `epoch`. */
  readonly per?: 'epoch' | 'training';
}

/**
 * Shows a bar for each epoch on a terminal, and replaces it by a line at the end of the epoch. Without a terminal it writes
 * only the lines. Epochs with an unknown number of batches have no bar. With `per: 'training'` one bar counts the epochs, and
 * one line reports the last. Ctrl-C and SIGTERM restore the terminal before they end the program. Your own training loop can
 * call it, too; it needs no trainer.
 *
 * @throws OptionError for another `per`
 * @example
 * const line = { x: tensor([[0], [1]]), y: tensor([[1], [3]]) };
 * const trainer = sequential(input([1]), dense(1)).compile({ optimizer: sgd({ learningRate: 0.1 }), loss: meanSquaredError });
 * await trainer.fit(line, { callbacks: [progressBar()] });
 */
export function progressBar(options: ProgressBarOptions = {}): Progress {
  checkOptions('progressBar', options, { per: oneOf('epoch', 'training') });
  const { per = 'epoch' } = options;
  const output = process.stdout.isTTY ? process.stdout : undefined;
  if (per === 'training') return trainingOn(output);
  return output ? barOn(output) : progressLines();
}

/** The bar and the lines on a terminal. */
export function barOn(output: NodeJS.WritableStream): Progress {
  const lines = linesIn(() => columnsOf(output), lineOn(output));
  const { show, close, end } = terminal(output);
  let bar: Bar | undefined;
  return {
    onEpochBegin(at) {
      const { epoch, epochs, batches } = at;
      lines.onEpochBegin(at);
      if (batches !== undefined) bar = show({ head: () => `epoch ${epoch + 1}/${epochs}`, counted: true }, batches);
    },
    onBatchEnd: ({ batch, logs }) => bar?.update(batch + 1, { logs }),
    onEpochEnd(logs) {
      close();
      lines.onEpochEnd(logs);
    },
    onTrainEnd: end,
    onTrainError: end,
  };
}

/** A bar of epochs, where there is a terminal, and the line of the last epoch. */
export function trainingOn(output: NodeJS.WritableStream | undefined): Progress {
  const line = output ? linesIn(() => columnsOf(output), lineOn(output)) : progressLines();
  const shown = output && terminal(output);
  let bar: Bar | undefined;
  let begun = false;
  const end = (): void => {
    shown?.end();
    begun = false;
  };
  return {
    onEpochBegin(at) {
      if (begun) return;
      begun = true;
      // `progressLines` measures time from here, because only the first epoch is reported to it.
      line.onEpochBegin(at);
      bar = shown?.show({ head: (epoch) => `epoch ${epoch}/${at.epochs}`, counted: false }, at.epochs, at.epoch);
    },
    onEpochEnd: (logs) => bar?.update(logs.epoch + 1, { logs }),
    onTrainEnd(history) {
      end();
      const last = history.at(-1);
      if (last) line.onEpochEnd(last);
    },
    onTrainError: end,
  };
}

interface Bar {
  update(value: number, payload: { readonly logs: Logs }): void;
}

/** How a bar looks. */
interface Look {
  readonly head: (value: number) => string;
  readonly counted: boolean;
}

/** A terminal with at most one bar. From the first bar to `end` it is given back when a signal ends the program, also between bars. */
interface TerminalBar {
  readonly show: (look: Look, total: number, done?: number) => Bar;
  readonly close: () => void;
  readonly end: () => void;
}

function terminal(output: NodeJS.WritableStream): TerminalBar {
  let bar: cliProgress.SingleBar | undefined;
  let release: (() => void) | undefined;
  const close = (): void => {
    bar?.stop();
    bar = undefined;
  };
  return {
    show({ head, counted }, total, done = 0) {
      release ??= restoreOnSignals(close);
      bar = new cliProgress.SingleBar(
        {
          stream: output,
          format: (_, { value, eta }, { logs }: { readonly logs: Logs }) =>
            barLine(
              { head: head(value), value, total, counted, logs, left: value < total ? eta : 0 },
              columnsOf(output),
            ),
          hideCursor: true,
          clearOnComplete: true,
        },
        cliProgress.Presets.shades_classic,
      );
      bar.start(total, done, { logs: {} });
      return bar;
    },
    close,
    end() {
      close();
      release?.();
      release = undefined;
    },
  };
}

/** The width of a terminal now: people resize their windows. */
function columnsOf(output: NodeJS.WritableStream): number {
  return (output as Partial<NodeJS.WriteStream>).columns ?? 80;
}

function lineOn(output: NodeJS.WritableStream): (line: string) => void {
  return (line) => void output.write(`${line}\n`);
}
