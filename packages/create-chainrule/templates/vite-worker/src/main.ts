import { digits, softmax, tensor, trainInWorker } from 'chainrule';
import { chances, find, lossCurve, percent, randomSeed } from './page.ts';
import { drawingOn, type Pixels } from './drawing.ts';
import type { service } from './worker.ts';

const epochs = 5;
const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
const training = trainInWorker<typeof service>(worker);

// Training: one button starts, pauses and resumes. Another one stops.

const toggle = find<HTMLButtonElement>('toggle');
const stop = find<HTMLButtonElement>('stop');
toggle.addEventListener('click', () => {
  const step = { idle: start, training: pause, paused: resume, terminated: start }[training.state];
  step().catch(fail);
});
stop.addEventListener('click', () => {
  toggle.focus(); // the focus would be lost when this button is disabled
  training.stop().catch(fail);
});

async function start(): Promise<void> {
  const progress = find<HTMLProgressElement>('progress');
  const curve = lossCurve();
  let last = '';
  let [batchesBefore, lossBefore] = [0, 0];
  progress.value = 0;
  stop.disabled = false;
  say('Drawing pictures and compiling …', 'Pause');
  try {
    const history = await training.start(
      { epochs, seed: randomSeed() },
      {
        onBatchEnd({ epoch, batch, batches = 1, logs }) {
          progress.value = (epoch + (batch + 1) / batches) / epochs;
          // `loss` is the average of the epoch so far. The curve shows that of the batches since the last message.
          const sum = (batch + 1) * logs['loss']!;
          curve.add(progress.value, (sum - lossBefore) / (batch + 1 - batchesBefore));
          [batchesBefore, lossBefore] = batch + 1 < batches ? [batch + 1, sum] : [0, 0];
        },
        onEpochEnd({ epoch, loss, accuracy }) {
          last = `Epoch ${epoch + 1} of ${epochs}: loss ${loss!.toFixed(3)}, accuracy ${percent(accuracy!, 1)}`;
          say(last);
          trained = true;
          predict().catch(fail);
        },
      },
    );
    say(`${history.length === epochs ? 'Done' : 'Stopped'}. ${last}`, 'Start again');
  } finally {
    stop.disabled = true;
  }
}

async function pause(): Promise<void> {
  await training.pause();
  if (training.state === 'paused') toggle.textContent = 'Resume';
}

async function resume(): Promise<void> {
  toggle.textContent = 'Pause';
  await training.resume();
}

function fail(error: unknown): void {
  say(`It failed. ${error instanceof Error ? error.message : String(error)}`, 'Start again');
}

/** Shows a status, and what the button does next. */
function say(status: string, next?: string): void {
  find('status').textContent = status;
  if (next) toggle.textContent = next;
}

// Predictions: of the latest picture, also while the network trains.

let picture: Pixels | undefined;
let predicting = false;
let trained = false;

const drawing = drawingOn(find<HTMLCanvasElement>('canvas'), (pixels) => {
  picture = pixels;
  predict().catch(fail);
});
find('clear').addEventListener('click', () => {
  drawing.clear();
  chances.clear();
});
find('example').addEventListener('click', () => {
  const { images } = digits({ count: 1, seed: randomSeed() });
  drawing.show(Uint8Array.from(images.data));
});

async function predict(): Promise<void> {
  if (predicting || !trained) return;
  predicting = true;
  try {
    let shown: Pixels | undefined;
    while (picture && shown !== picture) {
      shown = picture;
      const scores = await training.predict(tensor(shown, [1, 28, 28, 1], 'uint8'));
      if (shown === picture) chances.show([...softmax(scores).data]);
    }
  } finally {
    predicting = false;
  }
}
