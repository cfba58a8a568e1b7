import { dense } from '@chainrule/layers-dense';
import { meanSquaredError } from '@chainrule/losses';
import {
  apply,
  architectureOf,
  encodeCheckpoint,
  encodeModel,
  encodeSafetensors,
  getWeights,
  input,
  type GivenBatch,
  type Sequential,
  sequential,
  serveTraining,
  type Trainer,
  trainInWorker,
} from '@chainrule/model';
import { saveCheckpoint, saveModel } from '@chainrule/model/node';
import { sgd } from '@chainrule/optim';
import { relu, tensor, zeros } from '@chainrule/tensor';
import { inScratch, openChannel } from './scratch.ts';
import type { Table } from './table.ts';

export const model = (): Sequential => sequential(input([2]), dense(1, { activation: relu })).build({ seed: 1 });
export const trainer = (): Trainer =>
  sequential(input([2]), dense(1)).compile({ optimizer: sgd({ learningRate: 0.1 }), loss: meanSquaredError });
const samples = (): object => ({ x: tensor([[0, 1], [1, 0]]), y: tensor([[1], [0]]) }); // prettier-ignore
const known = (): object => ({ layers: { dense }, activations: { relu } });
const page = (): object => ({ ownerDocument: { createElement: () => ({ textContent: '' }) }, append: () => undefined });

const [modelFile, checkpointFile] = [inScratch('net.safetensors'), inScratch('run.safetensors')];
const modelBytes = await encodeModel(model());
const checkpointBytes = await encodeCheckpoint(trainer());
await saveModel(modelFile, model());
await saveCheckpoint(checkpointFile, trainer());

/** A model of one layer, by its ends. */
function functionalCall(): unknown[] {
  const start = input([2]);
  return [start, apply(start, dense(1)), { name: 'net' }];
}

export const modelCalls: Table = {
  reduceOnPlateau: () => [
    { monitor: 'loss', mode: 'min', minDelta: 0, factor: 0.5, patience: 1, cooldown: 0, minLearningRate: 0 },
  ],
  timeLimit: () => [1],
  terminateOnNaN: () => [],
  monitorMode: () => ['valLoss'],
  findNonFinite: () => [],
  learningRateRangeTest: () => [trainer(), samples(), { from: 0.1, to: 1, steps: 2, batchSize: 2, divergence: 4 }],
  earlyStopping: () => [
    { monitor: 'loss', mode: 'min', minDelta: 0.1, patience: 2, restoreBestWeights: true, startFromEpoch: 1 },
  ],
  apply: () => [input([2]), dense(1)],
  functional: functionalCall,
  input: () => [[2, 3], { name: 'image', dtype: 'float32' }],
  isModelLayer: () => [dense(1)],
  modelCheckpoint: () => [() => undefined, { monitor: 'loss', mode: 'min', minDelta: 0.1, saveBestOnly: true }],
  progressElement: () => [page()],
  progressLines: () => [() => undefined],
  decodeSafetensors: () => [encodeSafetensors({ b: zeros([3]) }), { name: 'file', otherDTypes: 'keep' }],
  encodeSafetensors: () => [{ b: zeros([3]) }, { note: 'text' }],
  architectureOf: () => [model()],
  fromArchitecture: () => [architectureOf(model()), known()],
  encodeModel: () => [model()],
  decodeModel: () => [modelBytes, known(), 'file'],
  sequential: () => [input([2]), dense(1)],
  sequentialOf: () => [input([2]), [dense(1)]],
  encodeCheckpoint: () => [trainer(), { epoch: 1 }],
  restoreCheckpoint: () => [checkpointBytes, trainer(), 'file'],
  getWeights: () => [model()],
  setWeights: () => [model(), getWeights(model())],
  serveTraining: () => [() => ({ trainer: trainer(), data: samples() }), openChannel()],
  trainInWorker: () => [openChannel()],
  setTrainable: () => [model().layers[0], false],
};

/** A training whose worker is a channel to this thread. It ran once, so it has a model. */
export const workerTraining: object = await startTraining();

async function startTraining(): Promise<object> {
  const { port1, port2 } = new MessageChannel();
  for (const port of [port1, port2]) (port as unknown as { unref(): void }).unref();
  serveTraining(() => ({ trainer: trainer(), data: samples() as GivenBatch }), port1 as never);
  const training = trainInWorker(port2 as never);
  await training.start({});
  return training;
}
export const workerCalls: Table = {
  start: () => [
    { seed: 1 },
    { onBatchEnd: () => undefined, onEpochEnd: () => undefined, signal: new AbortController().signal },
  ],
  pause: () => [],
  resume: () => [],
  stop: () => [],
  model: () => [],
  loadModel: () => [modelBytes.slice()],
  checkpoint: () => [],
  predict: () => [zeros([3, 2])],
  terminate: () => [],
};

export const modelNodeCalls: Table = {
  onInterrupt: () => [() => undefined],
  csvLogger: () => [inScratch('log.csv'), { append: false, separator: ',' }],
  backupAndRestore: () => [
    inScratch('backup.safetensors'),
    { data: { state: () => 0, restore: () => undefined }, keep: true },
  ],
  progressBar: () => [{ per: 'epoch' }],
  saveModel: () => [inScratch('saved.safetensors'), model()],
  loadModel: () => [modelFile, known()],
  saveCheckpoint: () => [inScratch('saved-run.safetensors'), trainer(), { epoch: 1 }],
  loadCheckpoint: () => [checkpointFile, trainer()],
};

export const trainerCalls: Table = {
  continueAt: () => [3],
  trainStep: () => [samples()],
  dispose: () => [],
  fit: () => [
    samples(),
    {
      epochs: 1,
      initialEpoch: 0,
      batchSize: 2,
      shuffle: false,
      stepsPerEpoch: 1,
      validation: samples(),
      validationSteps: 1,
      validationSplit: 0,
      classWeights: { 0: 1 },
      signal: new AbortController().signal,
      callbacks: [],
      onEpochEnd: () => undefined,
    },
  ],
  evaluate: () => [samples(), { batchSize: 2, steps: 1, signal: new AbortController().signal }],
  predict: () => [zeros([3, 2]), { batchSize: 2, signal: new AbortController().signal }],
};

export const sequentialCalls: Table = {
  build: () => [{ seed: 1, dtype: 'float32' }],
  layer: () => ['dense'],
  output: () => ['dense', { application: 0, index: 0 }],
  variables: () => [],
  trainableVariables: () => [],
  penalties: () => [],
  constraints: () => [],
  call: () => [zeros([3, 2]), { training: true }],
  run: () => [zeros([3, 2]), { training: true }],
  countParameters: () => [],
  summary: () => [],
  toString: () => [],
  toJSON: () => [],
  compile: () => [{ optimizer: sgd(), loss: meanSquaredError, metrics: [], seed: 1 }],
};
