import cliProgress from 'cli-progress';
import { type Progress, progressLines, showLogs } from './progress.ts';

/**
 * A bar for each epoch on a terminal, which makes room for a line when the epoch is done; where the output is no
 * terminal, the lines alone. Epochs whose number of batches is not known have no bar. A training loop of your own can call
 * it as well: it needs no trainer.
 *
 * @example
 * const line = { x: tensor([[0], [1]]), y: tensor([[1], [3]]) };
 * const trainer = sequential(input([1]), dense(1)).compile({ optimizer: sgd({ learningRate: 0.1 }), loss: meanSquaredError });
 * await trainer.fit(line, { callbacks: [progressBar()] });
 */
export function progressBar(): Progress {
  return process.stdout.isTTY ? barOn(process.stdout) : progressLines();
}

/** The bar and the lines on a terminal. */
export function barOn(output: NodeJS.WritableStream): Progress {
  const lines = progressLines((line) => void output.write(`${line}\n`));
  let bar: cliProgress.SingleBar | undefined;
  const close = (): void => {
    bar?.stop();
    bar = undefined;
  };
  return {
    onEpochBegin(at) {
      const { epoch, epochs, batches } = at;
      lines.onEpochBegin(at);
      if (batches === undefined) return;
      const format = `epoch ${epoch + 1}/${epochs} {bar} {value}/{total}  {logs}  {eta} s left`;
      bar = new cliProgress.SingleBar({ stream: output, format, hideCursor: true, clearOnComplete: true }, cliProgress.Presets.shades_classic);
      bar.start(batches, 0, { logs: '' });
    },
    onBatchEnd: ({ batch, logs }) => bar?.update(batch + 1, { logs: showLogs(logs) }),
    onEpochEnd(logs) {
      close();
      lines.onEpochEnd(logs);
    },
    onTrainError: close,
  };
}
