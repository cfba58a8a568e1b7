import { adam, dense, gru, input, lstm, meanSquaredError, sequential, simpleRnn, tensor } from 'chainrule';

export interface Settings {
  seed: number;
  series: string;
  sees: string;
  window: number;
  units: number;
  learningRate: number;
}

/** Your own series. */
export interface Series {
  values: number[];
}

const { sin, PI } = Math;
const count = (length: number) => Array.from({ length }, (_, t) => t);

/** The series to choose from: t is the time. */
const series: Record<string, () => number[]> = {
  sine: () => count(200).map((t) => sin((2 * PI * t) / 25)),
  chirp: () => count(240).map((t) => sin((2 * PI * t) / 40 + (t / 70) ** 2)), // gets faster
  sawtooth: () => count(200).map((t) => (t % 20) / 10 - 1),
  growth: () => count(144).map((t) => 100 * 1.01 ** t * (1 + 0.2 * sin((2 * PI * t) / 12) + 0.1 * sin((2 * PI * t) / 6))),
};

export function start(settings: Settings, own?: Series) {
  const values = own?.values ?? series[settings.series]!();
  const { window } = settings;

  // The first 70% are for training. The networks never see the rest.
  const split = Math.round(0.7 * values.length);
  if (split <= window) throw new Error(`The series needs more than ${Math.ceil(window / 0.7)} values, got ${values.length}.`);
  const known = values.slice(0, split);

  // Networks like numbers near 0: subtract the mean, divide by the standard deviation.
  const mean = known.reduce((sum, v) => sum + v, 0) / split;
  const deviation = Math.sqrt(known.reduce((sum, v) => sum + (v - mean) ** 2, 0) / split) || 1;
  const scaled = values.map((v) => (v - mean) / deviation);

  // A sample: `window` values, and the one that follows. To see changes, subtract the last value of the window from both.
  const baseOf = (from: number[]) => (settings.sees === 'changes' ? from.at(-1)! : 0);
  const toInput = (from: number[]) => from.map((v) => v - baseOf(from));
  const windowsUpTo = (end: number) => scaled.slice(window, end).map((_, i) => scaled.slice(i, i + window));
  const toBatch = (windows: number[][]) => tensor(windows.flatMap(toInput), [windows.length, window, 1]);
  const train = windowsUpTo(split);
  const batch = { x: toBatch(train), y: tensor(train.map((from, i) => [scaled[window + i]! - baseOf(from)])) };

  // The same network three times, with another recurrent layer. It reads the window value by value; a dense unit forecasts.
  const trainerOf = (layer: typeof simpleRnn | typeof lstm | typeof gru) =>
    sequential(input([window, 1]), (layer as typeof gru)(settings.units), dense(1)).compile({
      seed: settings.seed,
      optimizer: adam({ learningRate: settings.learningRate }),
      loss: meanSquaredError,
    });
  const state = { simple: trainerOf(simpleRnn), lstm: trainerOf(lstm), gru: trainerOf(gru) };

  // Each step shows all windows to each network.
  const step = async () => ({
    simple: (await state.simple.trainStep(batch)).loss!,
    lstm: (await state.lstm.trainStep(batch)).loss!,
    gru: (await state.gru.trainStep(batch)).loss!,
  });

  const predict = async (name: keyof typeof state, windows: number[][]) => {
    const outputs = await state[name].predict(toBatch(windows));
    return windows.map((from, i) => outputs.data[i]! + baseOf(from));
  };
  const restored = (forecast: number[]) => forecast.map((v) => v * deviation + mean);

  /** One step ahead, from true values: the forecasts of values[window], values[window + 1], … */
  const oneAhead = async (name: keyof typeof state) => restored(await predict(name, windowsUpTo(values.length)));

  /** On its own, from the end of the known part: each forecast becomes an input of the next one. */
  const onItsOwn = async (name: keyof typeof state) => {
    const path = scaled.slice(split - window, split);
    while (path.length < window + values.length - split) path.push(...(await predict(name, [path.slice(-window)])));
    return restored(path.slice(window));
  };
  return { state, step, values, split, window, oneAhead, onItsOwn };
}
